"""What the standard card's sections, fields and figures are called in a search line, in three languages, as data.

English names stand before the first `|`, Ukrainian ones before the second, then Russian ones; the first of each is the
one that is offered. They are written with `_` for a space, small, without apostrophes; a key typed with any of them, in
capitals or with `ё` is the same key. What operators add is called by its own keys and labels, see `store.query.keys`.
"""

from collections.abc import Mapping

_LANGUAGES = ("en", "uk", "ru")

SPECIAL: Mapping[str, str] = {
    "has": "has | є має | есть имеет",
    "no": "no | немає нема без | нет",
    "in": "in | у | в",
    "number": "number client_number | номер номер_клієнта | номер номер_клиента",
    "name": "name | піб | фио пиб",
}
"""Keys that are no field."""

TRASH: Mapping[str, str] = {"trash": "trash | кошику кошик смітнику | корзине корзина корзину"}

FIGURES: Mapping[str, str] = {
    "age": "age | вік років | возраст лет",
    "birth": "birth born | народження народився народилась | рождение родился родилась",
    "birthday": "birthday | день_народження уродини дня_народження | день_рождения др дня_рождения",
    "spent": "spent total | витратив витрачено | потратил потрачено",
    "bought": "bought purchase_count | купив куплено кількість_покупок | купил куплено количество_покупок",
    "last_purchase": "last_purchase | остання_покупка | последняя_покупка",
    "first_purchase": "first_purchase | перша_покупка | первая_покупка",
    "last_contact": "last_contact contacted | останній_контакт | последний_контакт",
    "created": "created | створено створений | создано создан",
    "updated": "updated changed | змінено змінений оновлено | изменено изменен обновлено",
    "task": "task | завдання | задача задание",
    "consent": "consent | згода | согласие",
    "completeness": "completeness | повнота заповнено | полнота заполнено",
    "rfm": "rfm segment | сегмент | сегмент",
}
"""Figures, and `age`, which is asked of `birth`."""

SECTIONS: Mapping[str, str] = {
    "person": "person | особисте | личное",
    "contacts": "contacts | контакти | контакты",
    "identifiers": "identifiers | ідентифікатори | идентификаторы",
    "addresses": "addresses address | адреси адреса | адреса адрес",
    "purchases": "purchases orders | покупки замовлення покупок замовлень | покупки заказы покупок заказов",
    "interactions": "interactions conversations | спілкування історія | общение история",
    "tasks": "tasks | завдання завдань | задачи задач",
    "preferences": "preferences | уподобання | предпочтения",
    "feedback": "feedback | відгуки | отзывы",
    "consents": "consents | згоди | согласия",
    "relations": "relations | звязки | связи",
    "tags": "tags | теги тегів міток | теги тегов меток",
    "notes": "notes | нотатки нотаток | заметки заметок",
}

FIELDS: Mapping[str, str] = {
    "person.last_name": "last_name surname | прізвище прізвища | фамилия фамилии",
    "person.first_name": "first_name given_name | імя імені | имя имени",
    "person.patronymic": "patronymic middle_name | по_батькові | отчество",
    "person.birth_date": "birth_date | дата_народження дати_народження | дата_рождения даты_рождения",
    "person.sex": "sex gender | стать | пол",
    "person.language": "language | мова | язык",
    "person.company": "company | компанія фірма організація компанії фірми | компания фирма организация компании фирмы",
    "person.position": "position job | посада | должность",
    "person.source": "source came_from | звідки_прийшов звідки джерело | откуда_пришел откуда источник",
    "contacts.value": "contact | контакт | контакт",
    "contacts.label": "contact_label | мітка_контакту | метка_контакта",
    "contacts.main": "main | основний | основной",
    "contacts.typed": "typed as_typed | як_введено | как_введено",
    "identifiers.value": "identifier | ідентифікатор | идентификатор",
    "addresses.country": "country | країна | страна",
    "addresses.region": "region | область регіон | область регион",
    "addresses.city": "city town | місто міста | город города",
    "addresses.street": "street | вулиця вул | улица ул",
    "addresses.house": "house | будинок | дом",
    "addresses.flat": "flat apartment | квартира кв | квартира кв",
    "addresses.postcode": "postcode zip | індекс | индекс",
    "purchases.date": "purchase_date purchased | дата_покупки | дата_покупки",
    "purchases.item": "item product | товар послуга товар_або_послуга покупка | товар услуга товар_или_услуга покупка",
    "purchases.quantity": "quantity | кількість | количество",
    "purchases.amount": "amount price | сума ціна | сумма цена",
    "purchases.currency": "currency | валюта | валюта",
    "purchases.status": "status order_status | статус стан | статус состояние",
    "interactions.date": "interaction_date | дата_контакту дата_розмови | дата_контакта дата_разговора",
    "interactions.kind": "interaction | спосіб_звязку | способ_связи",
    "interactions.direction": "direction | напрямок | направление",
    "interactions.text": "conversation | розмова | разговор",
    "interactions.by": "by handled_by manager | хто_спілкувався менеджер | кто_общался менеджер",
    "tasks.due": "due | термін | срок",
    "tasks.text": "task_text | текст_завдання | текст_задачи",
    "tasks.done": "done | виконано | выполнено",
    "tasks.assignee": "assignee | виконавець | исполнитель",
    "preferences.channel": "preferred_channel | бажаний_канал | желаемый_канал",
    "preferences.contact_time": "contact_time time_to_call | зручний_час | удобное_время",
    "preferences.likes": "likes | любить | любит",
    "preferences.dislikes": "dislikes | не_любить | не_любит",
    "preferences.sizes": "sizes size | розміри розмір | размеры размер",
    "feedback.kind": "feedback_kind | вид_відгуку | вид_отзыва",
    "feedback.rating": "rating | оцінка | оценка",
    "feedback.text": "review | відгук | отзыв",
    "consents.kind": "consent_to | згода_на | согласие_на",
    "consents.given": "given | надано | дано",
    "consents.channel": "given_through | як_надано | как_дано",
    "relations.client": "client | клієнт | клиент",
    "relations.kind": "relation | звязок | связь",
    "tags.tags": "tag | тег мітка | тег метка",
    "notes.text": "note | нотатка примітка | заметка примечание",
}
"""Names by which a field is asked for alone."""

COMMON: Mapping[str, str] = {
    "kind": "kind type | вид тип | вид тип",
    "value": "value identifier | значення ідентифікатор | значение идентификатор",
    "label": "label | мітка | метка",
    "note": "note | примітка | примечание",
    "date": "date | дата | дата",
    "text": "text task notes | текст завдання нотатки | текст задача заметки",
    "status": "status | статус стан | статус состояние",
    "since": "since | від | с",
    "until": "until | до | до",
    "channel": "channel | канал | канал",
    "tags": "tags | теги | теги",
    "client": "client | клієнт | клиент",
}
"""Names that mean a field of several sections: asked for with the section before, `purchases.date`."""

KINDS: Mapping[str, str] = {
    "phone": "phone tel phones | телефон тел телефони телефону | телефон тел телефоны телефона",
    "email": "email e_mail mail | пошта імейл ел_пошта пошти | почта имейл эл_почта почты",
    "telegram": "telegram tg | телеграм телеграму | телеграм телеграма",
    "viber": "viber | вайбер | вайбер",
    "whatsapp": "whatsapp | ватсап вотсап | ватсап вотсап",
    "signal": "signal | сигнал | сигнал",
    "instagram": "instagram | інстаграм | инстаграм",
    "facebook": "facebook | фейсбук | фейсбук",
    "website": "website site | сайт | сайт",
    "account": "account | рахунок особовий_рахунок | счет лицевой_счет",
    "profile": "profile | профіль | профиль",
    "loyalty": "loyalty card loyalty_card | картка картка_лояльності | карта карта_лояльности",
    "tax": "tax tax_number | іпн рнокпп податковий_номер | инн налоговый_номер",
    "passport": "passport | паспорт | паспорт",
}
"""Rows of contacts and identifiers by their kind: `email:` is a contact's value of that kind."""

SEGMENTS: Mapping[str, str] = {
    "champions": "champions | чемпіони | чемпионы",
    "loyal": "loyal loyal_customers | лояльні вірні постійні | лояльные верные постоянные",
    "potential_loyalists": "potential_loyalists potential potentially_loyal | потенційно_лояльні потенційні"
    " | потенциально_лояльные потенциальные",
    "new": "new new_customers recent | нові | новые",
    "promising": "promising | перспективні | перспективные",
    "need_attention": "need_attention attention | потребують_уваги уваги | требуют_внимания внимания",
    "about_to_sleep": "about_to_sleep about_to_fall_asleep | засинають | засыпают",
    "at_risk": "at_risk risk | під_загрозою загроза | под_угрозой угроза",
    "cant_lose": "cant_lose cannot_lose not_to_be_lost | не_можна_втратити не_втратити не_втрачати"
    " | нельзя_потерять не_потерять не_терять",
    "hibernating": "hibernating asleep | сплячі сплять | спящие спят",
}
"""Segments of `store.rfm`; the names offered are those that the screen shows."""

TASKS: Mapping[str, str] = {
    "overdue": "overdue | прострочено прострочені прострочене | просрочено просроченные просрочена",
    "open": "open | відкриті відкрито відкрите | открытые открыто открыта",
}

MONTHS: Mapping[int, str] = {
    1: "january jan | січень січня січ | январь января янв",
    2: "february feb | лютий лютого лют | февраль февраля фев",
    3: "march mar | березень березня бер | март марта мар",
    4: "april apr | квітень квітня кві | апрель апреля апр",
    5: "may | травень травня тра | май мая",
    6: "june jun | червень червня чер | июнь июня июн",
    7: "july jul | липень липня лип | июль июля июл",
    8: "august aug | серпень серпня сер | август августа авг",
    9: "september sep | вересень вересня вер | сентябрь сентября сен",
    10: "october oct | жовтень жовтня жов | октябрь октября окт",
    11: "november nov | листопад листопада лис | ноябрь ноября ноя",
    12: "december dec | грудень грудня гру | декабрь декабря дек",
}

DAYS: Mapping[str, str] = {
    "today": "today | сьогодні | сегодня",
    "yesterday": "yesterday | вчора учора | вчера",
    "tomorrow": "tomorrow | завтра | завтра",
    "week": "week | тиждень тижня | неделя неделю недели",
    "month": "month | місяць місяця | месяц месяца",
    "year": "year | рік року | год года",
}

SAID: Mapping[str, str] = {
    "yes": "yes y true 1 + | так є | да есть",
    "no": "no n false 0 - | ні немає | нет",
}

HEADLINES = ("city", "tag", "age", "spent", "last_purchase", "birthday", "phone", "has", "no")
"""The filters most used: told where a key resembles none."""


def names(said: str) -> list[str]:
    """All the names of an entry."""
    return said.replace("|", " ").split()


def offered(said: str, language: str) -> str:
    """The name of an entry that is offered to who speaks a language (`en`, `uk`, `ru`)."""
    parts = said.split("|")
    place = _LANGUAGES.index(language) if language in _LANGUAGES else 0
    return parts[min(place, len(parts) - 1)].split()[0]


def called(name: str, language: str) -> str:
    """What a key of the standard card, given by the English name that is offered, is called in a language."""
    for entries in (SPECIAL, FIGURES, KINDS, SECTIONS, FIELDS):
        for said in entries.values():
            if offered(said, "en") == name:
                return offered(said, language)
    section, _, field = name.partition(".")
    if section in SECTIONS and (known := FIELDS.get(name) or COMMON.get(field)):
        return f"{offered(SECTIONS[section], language)}.{offered(known, language)}"
    return name
