"""What other programs and people call the fields of a card, in Ukrainian, Russian and English, as data.

A target is a path (`person.last_name`), for a table with what the row also says
(`contacts[kind=phone,label=mobile].value`), or one of the words explained in `store.exchange.headers`
(`name`, `address`, `date`, `-`). Names are written as `headers.plain` leaves them: small letters, е for ё, ' for every
apostrophe, no punctuation, `#` in the place of a number ("E-mail 1 - Value" is "e mail # value").
"""

from collections.abc import Mapping, Sequence

SYNONYMS: Mapping[str, Sequence[str]] = {
    "name": (
        "піб", "п і б", "піб клієнта", "прізвище ім'я по батькові", "прізвище та ім'я", "прізвище ім'я",
        "прізвище і ім'я", "повне ім'я", "ім'я та прізвище", "ім'я прізвище", "клієнт", "фио", "ф и о",
        "фио клиента", "ф и о клиента", "фамилия имя отчество", "фамилия имя", "фамилия и имя", "полное имя",
        "имя и фамилия", "имя фамилия", "клиент", "full name", "fullname", "name", "display name", "client",
        "client name", "customer", "customer name", "contact name", "контактна особа", "контактное лицо",
        "contact person", "покупець", "покупатель", "назва", "наименование", "file as", "замовник", "заказчик",
        "отримувач", "получатель", "абонент", "контакт", "фіо", "ф і о", "контрагент", "пацієнт", "пациент",
    ),
    "person.last_name": (
        "прізвище", "прізвище клієнта", "фамилия", "фамилия клиента", "last name", "lastname", "surname",
        "family name", "person last name",
    ),
    "person.first_name": (
        "ім'я", "імя", "iм'я", "ім'я клієнта", "имя", "имя клиента", "first name", "firstname", "given name",
        "forename",
    ),
    "person.patronymic": (
        "по батькові", "побатькові", "отчество", "patronymic", "middle name", "additional name", "second name",
    ),
    "person.birth_date": (
        "дата народження", "день народження", "народження", "д н", "дн", "рік народження", "дата рождения",
        "день рождения", "д р", "др", "год рождения", "birthday", "birth date", "birthdate", "date of birth", "dob",
        "born", "дата нар", "дата рожд",
    ),
    "person.sex": ("стать", "пол", "sex", "gender"),
    "person.language": ("мова", "мова спілкування", "язык", "язык общения", "language", "preferred language"),
    "person.company": (
        "компанія", "назва компанії", "фірма", "організація", "підприємство", "місце роботи", "компания",
        "название компании", "фирма", "организация", "предприятие", "место работы", "company", "company name",
        "organization", "organisation", "organization name", "organization # name", "employer", "account name",
    ),
    "person.position": (
        "посада", "професія", "должность", "профессия", "position", "job title", "title", "occupation",
        "organization title", "organization # title", "job",
    ),
    "person.source": (
        "джерело", "звідки дізнався", "звідки", "канал залучення", "источник", "откуда узнал", "откуда", "source",
        "lead source", "referral source",
    ),
    "contacts[kind=phone].value": (
        "телефон", "телефони", "телефон #", "номер телефону", "контактний телефон", "тел", "тел #", "номер тел",
        "телефоны", "номер телефона", "контактный телефон", "phone", "phones", "phone #", "phone number",
        "phone # value", "telephone", "tel", "primary phone", "main phone", "other phone", "callback",
        "contact phone", "контактний номер", "контактный номер", "phone number #", "додатковий телефон",
        "дополнительный телефон", "контакти", "контакты",
    ),
    "contacts[kind=phone,label=mobile].value": (
        "мобільний", "мобільний телефон", "моб", "моб телефон", "моб тел", "мобильный", "мобильный телефон",
        "сотовый", "mobile", "mobile phone", "mobile #", "cell", "cell phone", "cellphone", "mobile number",
        "сотовый телефон",
    ),
    "contacts[kind=phone,label=home].value": (
        "домашній телефон", "домашній", "дом тел", "домашний телефон", "домашний", "home phone", "home phone #",
    ),
    "contacts[kind=phone,label=work].value": (
        "робочий телефон", "робочий", "роб тел", "рабочий телефон", "рабочий", "раб тел", "work phone",
        "office phone", "business phone", "business phone #", "company main phone", "company phone",
    ),
    "contacts[kind=email].value": (
        "e mail", "email", "e mail #", "email #", "e mail address", "email address", "e mail # address",
        "email # address", "e mail # value", "email # value", "mail", "пошта", "ел пошта", "електронна пошта",
        "електронна адреса", "адреса електронної пошти", "імейл", "емейл", "почта", "эл почта", "электронная почта",
        "электронный адрес", "адрес электронной почты", "имейл", "емайл", "мейл", "мыло", "еmail", "пошта e mail",
    ),
    "contacts[kind=telegram].value": ("telegram", "телеграм", "телеграмм", "tg", "telegram username"),
    "contacts[kind=viber].value": ("viber", "вайбер"),
    "contacts[kind=whatsapp].value": ("whatsapp", "ватсап", "вотсап", "вацап", "whats app"),
    "contacts[kind=signal].value": ("signal", "сигнал"),
    "contacts[kind=instagram].value": (
        "instagram", "інстаграм", "инстаграм", "інста", "инста", "insta", "инстаграмм",
    ),
    "contacts[kind=facebook].value": ("facebook", "фейсбук", "fb"),
    "contacts[kind=website].value": (
        "сайт", "вебсайт", "веб сайт", "website", "web site", "web page", "url", "website # value", "home page",
        "personal web page",
    ),
    "identifiers[kind=loyalty].value": (
        "номер картки", "картка", "дисконтна картка", "номер дисконтної картки", "карта лояльності",
        "картка лояльності", "бонусна картка", "номер карты", "карта", "дисконтная карта", "номер дисконтной карты",
        "карта лояльности", "бонусная карта", "loyalty", "loyalty card", "loyalty number", "card number", "card",
        "card no", "штрихкод картки", "штрих код", "штрихкод", "barcode",
    ),
    "identifiers[kind=account].value": (
        "код", "код клієнта", "код клиента", "особовий рахунок", "лицевой счет", "рахунок", "account",
        "account number", "account no", "id", "id клієнта", "id клиента", "client id", "customer id",
        "customer number", "external id", "ід", "ид", "user id", "номер договору", "номер договора", "договір",
        "договор", "government id number",
    ),
    "identifiers[kind=profile].value": (
        "профіль", "профиль", "profile", "login", "логін", "логин", "username", "nickname", "нік",
    ),
    "identifiers[kind=tax].value": (
        "іпн", "рнокпп", "єдрпоу", "код єдрпоу", "податковий номер", "инн", "єдрпоу іпн", "код едрпоу", "едрпоу",
        "окпо", "tax id", "tax number", "vat", "vat number", "tin", "іпн рнокпп",
    ),
    "identifiers[kind=passport].value": (
        "паспорт", "номер паспорта", "серія та номер паспорта", "passport", "passport number",
    ),
    "number": (
        "номер", "номер клієнта", "клієнт №", "номер клиента", "client number", "number", "client no", "№ клієнта",
        "№ клиента",
    ),
    "addresses.country": ("країна", "страна", "country", "address # country", "country region"),
    "addresses.region": (
        "область", "регіон", "регион", "край", "region", "state", "province", "address # region", "state province",
        "район",
    ),
    "addresses.city": (
        "місто", "населений пункт", "нас пункт", "город", "населенный пункт", "city", "town", "address # city",
        "city town",
    ),
    "addresses.street": (
        "вул", "ул", "вулиця", "улица", "street", "street address", "address # street", "address line #", "address #",
    ),
    "addresses.house": (
        "будинок", "буд", "номер будинку", "дом", "номер дома", "house", "house number", "building",
    ),
    "addresses.flat": ("квартира", "кв", "офіс", "офис", "flat", "apartment", "apt", "unit"),
    "addresses.postcode": (
        "індекс", "поштовий індекс", "индекс", "почтовый индекс", "postcode", "postal code", "zip", "zip code",
        "address # postal code",
    ),
    "addresses[kind=home].street": ("home street",),
    "addresses[kind=home].city": ("home city",),
    "addresses[kind=home].region": ("home state",),
    "addresses[kind=home].postcode": ("home postal code",),
    "addresses[kind=home].country": ("home country", "home country region"),
    "addresses[kind=work].street": ("business street",),
    "addresses[kind=work].city": ("business city",),
    "addresses[kind=work].region": ("business state",),
    "addresses[kind=work].postcode": ("business postal code",),
    "addresses[kind=work].country": ("business country", "business country region"),
    "addresses[kind=other].street": ("other street",),
    "addresses[kind=other].city": ("other city",),
    "addresses[kind=other].region": ("other state",),
    "addresses[kind=other].postcode": ("other postal code",),
    "addresses[kind=other].country": ("other country", "other country region"),
    "address": (
        "адреса", "адреса клієнта", "домашня адреса", "адреса проживання", "адрес", "адрес клиента",
        "домашний адрес", "адрес проживания", "address", "home address", "full address", "address # formatted",
        "місце проживання",
    ),
    "addresses[kind=delivery].street": (
        "адреса доставки", "адрес доставки", "delivery address", "shipping address", "відділення нп", "відділення",
        "отделение нп", "отделение",
    ),
    "purchases.date": (
        "дата покупки", "дата замовлення", "дата заказа", "дата продажу", "дата продажи", "остання покупка",
        "дата останньої покупки", "последняя покупка", "дата последней покупки", "purchase date", "order date",
        "last purchase", "last purchase date",
    ),
    "purchases.item": (
        "товар", "послуга", "покупка", "замовлення", "назва товару", "услуга", "заказ", "название товара", "item",
        "product", "service", "purchase", "order", "product name", "item name",
        "найменування товару",
    ),
    "purchases.quantity": (
        "кількість", "к сть", "кіл", "количество", "кол во", "quantity", "qty", "кількість шт", "количество шт",
    ),
    "purchases.amount": (
        "сума", "сума грн", "сума покупки", "сума покупок", "сума замовлення", "вартість", "ціна", "ціна грн", "оборот",
        "сумма", "сумма грн", "сумма покупки", "сумма покупок", "сумма заказа", "стоимость", "цена", "amount",
        "total", "sum", "price", "purchase amount", "order total", "total spent", "order amount", "spent",
    ),
    "purchases.currency": ("валюта", "currency"),
    "purchases.status": (
        "статус замовлення", "статус заказа", "order status", "purchase status", "статус покупки",
    ),
    "purchases.note": ("примітка до замовлення", "примечание к заказу", "order note"),
    "tags.tags": (
        "теги", "мітки", "мітка", "група", "групи", "категорія", "метки", "метка", "группа", "группы", "категория",
        "сегмент", "tags", "tag", "labels", "label", "groups", "group", "group membership", "category",
        "categories", "тег", "segment",
    ),
    "notes.text": (
        "примітки", "примітка", "коментар", "коментарі", "нотатки", "нотатка", "опис", "додатково", "примечание",
        "примечания", "комментарий", "комментарии", "заметки", "заметка", "описание", "дополнительно", "notes",
        "note", "comment", "comments", "remarks", "description", "прим",
    ),
    "preferences.contact_time": (
        "зручний час", "зручний час дзвінка", "удобное время", "удобное время звонка", "contact time",
        "best time to call",
    ),
    "preferences.likes": (
        "вподобання", "уподобання", "предпочтения", "likes", "preferences", "hobby", "hobbies", "хобі", "хобби",
    ),
    "preferences.sizes": ("розмір", "розміри", "размер", "размеры", "size", "sizes"),
    "interactions.text": ("останній контакт", "последний контакт", "last contact", "історія", "история"),
    "contacts[kind=phone].label": ("phone # type", "phone # label", "phone type", "phone label"),
    "contacts[kind=email].label": ("e mail # type", "e mail # label", "email # type", "email # label"),
    "addresses.kind": ("address # type", "address # label"),
    "date": ("дата", "date"),
    "-": (
        "№ п п", "№", "№ з п", "п п", "n п п", "no", "#", "row", "порядковий номер", "порядковый номер", "№ пп",
        "name prefix yomi", "photo",
    ),
}  # fmt: skip
"""Target -> names."""

STEMS: Sequence[tuple[str, str]] = (
    ("mail", "contacts[kind=email].value"),
    ("пошт", "contacts[kind=email].value"),
    ("почт", "contacts[kind=email].value"),
    ("мобіл", "contacts[kind=phone,label=mobile].value"),
    ("мобил", "contacts[kind=phone,label=mobile].value"),
    ("mobile", "contacts[kind=phone,label=mobile].value"),
    ("телефон", "contacts[kind=phone].value"),
    ("phone", "contacts[kind=phone].value"),
    ("прізвищ", "person.last_name"),
    ("фамили", "person.last_name"),
    ("народж", "person.birth_date"),
    ("рожден", "person.birth_date"),
    ("birth", "person.birth_date"),
    ("піб", "name"),
    ("фіо", "name"),
    ("фио", "name"),
    ("пацієнт", "name"),
    ("пациент", "name"),
    ("картк", "identifiers[kind=loyalty].value"),
    ("карты", "identifiers[kind=loyalty].value"),
    ("приміт", "notes.text"),
    ("примеч", "notes.text"),
    ("комент", "notes.text"),
    ("коммент", "notes.text"),
)
"""Beginnings of words that decide where no whole name was known, the surest first."""
