"""What the standard card's sections, fields and figures are called in a search line, in three languages, as data.

Names are written with `_` for a space, small, without apostrophes; a key typed with any of them, in capitals or with
`ё` is the same key. What operators add is called by its own keys and labels, see `store.query.keys`.
"""

from collections.abc import Mapping

SPECIAL: Mapping[str, str] = {
    "has": "has має є есть имеет",
    "no": "no немає нема нет без",
    "in": "in у в",
    "number": "number номер номер_клієнта номер_клиента client_number",
    "name": "name піб пиб фио",
}
"""Keys that are no field."""

TRASH = frozenset(("trash", "кошику", "кошик", "корзине", "корзина", "корзині", "смітнику"))

FIGURES: Mapping[str, str] = {
    "age": "age вік років возраст лет",
    "birth": "birth born народження народився народилась рождение родился родилась",
    "birthday": "birthday день_народження уродини др день_рождения",
    "spent": "spent витратив витрачено потратил потрачено total",
    "bought": "bought купив куплено купил purchase_count кількість_покупок количество_покупок",
    "last_purchase": "last_purchase остання_покупка последняя_покупка",
    "first_purchase": "first_purchase перша_покупка первая_покупка",
    "last_contact": "last_contact останній_контакт последний_контакт contacted",
    "created": "created створено створений создано создан",
    "updated": "updated changed змінено змінений изменено изменен обновлено оновлено",
    "task": "task завдання задача задание",
    "consent": "consent згода согласие",
    "completeness": "completeness повнота заповнено полнота заполнено",
    "rfm": "rfm segment сегмент",
}
"""Figures, and `age`, which is asked of `birth`."""

SECTIONS: Mapping[str, str] = {
    "person": "person особисте личное",
    "contacts": "contacts контакти контакты",
    "identifiers": "identifiers ідентифікатори идентификаторы",
    "addresses": "addresses address адреси адреса адрес",
    "purchases": "purchases orders покупки замовлення заказы",
    "interactions": "interactions conversations спілкування общение історія история",
    "tasks": "tasks завдання задачи",
    "preferences": "preferences уподобання предпочтения",
    "feedback": "feedback відгуки отзывы",
    "consents": "consents згоди согласия",
    "relations": "relations звязки связи",
    "tags": "tags теги",
    "notes": "notes нотатки заметки",
}

FIELDS: Mapping[str, str] = {
    "person.last_name": "last_name surname прізвище фамилия",
    "person.first_name": "first_name given_name імя имя",
    "person.patronymic": "patronymic middle_name по_батькові отчество",
    "person.birth_date": "birth_date дата_народження дата_рождения",
    "person.sex": "sex gender стать пол",
    "person.language": "language мова язык",
    "person.company": "company компанія фірма організація компания фирма организация",
    "person.position": "position job посада должность",
    "person.source": "source came_from звідки_прийшов звідки джерело откуда_пришел откуда источник",
    "contacts.value": "contact контакт",
    "contacts.label": "contact_label",
    "contacts.main": "main основний основной",
    "contacts.typed": "typed as_typed як_введено как_введено",
    "identifiers.value": "identifier ідентифікатор идентификатор",
    "addresses.country": "country країна страна",
    "addresses.region": "region область регіон регион",
    "addresses.city": "city town місто город",
    "addresses.street": "street вулиця вул улица ул",
    "addresses.house": "house будинок дом",
    "addresses.flat": "flat apartment квартира кв",
    "addresses.postcode": "postcode zip індекс индекс",
    "purchases.date": "purchase_date purchased дата_покупки",
    "purchases.item": "item product товар послуга услуга товар_або_послуга товар_или_услуга покупка",
    "purchases.quantity": "quantity кількість количество",
    "purchases.amount": "amount price сума сумма ціна цена",
    "purchases.currency": "currency валюта",
    "purchases.status": "status order_status стан статус состояние",
    "interactions.date": "interaction_date дата_контакту дата_контакта дата_розмови дата_разговора",
    "interactions.kind": "interaction спосіб_звязку способ_связи",
    "interactions.direction": "direction напрямок направление",
    "interactions.text": "conversation розмова разговор",
    "interactions.by": "by handled_by хто_спілкувався кто_общался менеджер manager",
    "tasks.due": "due термін срок",
    "tasks.text": "task_text текст_завдання текст_задачи",
    "tasks.done": "done виконано выполнено",
    "tasks.assignee": "assignee виконавець исполнитель",
    "preferences.channel": "preferred_channel бажаний_канал желаемый_канал",
    "preferences.contact_time": "contact_time time_to_call зручний_час удобное_время",
    "preferences.likes": "likes любить любит",
    "preferences.dislikes": "dislikes не_любить не_любит",
    "preferences.sizes": "sizes size розміри розмір размеры размер",
    "feedback.kind": "feedback_kind вид_відгуку вид_отзыва",
    "feedback.rating": "rating оцінка оценка",
    "feedback.text": "review відгук отзыв",
    "consents.kind": "consent_to згода_на согласие_на",
    "consents.given": "given надано дано",
    "consents.channel": "given_through як_надано как_дано",
    "relations.client": "client клієнт клиент",
    "relations.kind": "relation звязок связь",
    "tags.tags": "tag тег мітка метка ярлик",
    "notes.text": "note нотатка заметка примітка примечание",
}
"""Names by which a field is asked for alone."""

COMMON: Mapping[str, str] = {
    "kind": "kind вид тип type",
    "value": "value значення значение identifier ідентифікатор идентификатор",
    "label": "label мітка метка",
    "note": "note примітка примечание",
    "date": "date дата",
    "text": "text текст task завдання задача notes нотатки заметки",
    "status": "status стан статус состояние",
    "since": "since від с",
    "until": "until до",
    "channel": "channel канал",
    "tags": "tags теги",
}
"""Names that mean a field of several sections: asked for with the section before, `purchases.date`."""

KINDS: Mapping[str, str] = {
    "phone": "phone телефон тел tel phones телефони телефоны",
    "email": "email e_mail mail пошта імейл ел_пошта почта имейл эл_почта",
    "telegram": "telegram телеграм tg",
    "viber": "viber вайбер",
    "whatsapp": "whatsapp ватсап вотсап",
    "signal": "signal сигнал",
    "instagram": "instagram інстаграм инстаграм",
    "facebook": "facebook фейсбук",
    "website": "website site сайт",
    "account": "account рахунок особовий_рахунок счет лицевой_счет",
    "profile": "profile профіль профиль",
    "loyalty": "loyalty card картка картка_лояльності карта карта_лояльности",
    "tax": "tax tax_number іпн рнокпп податковий_номер инн налоговый_номер",
    "passport": "passport паспорт",
}
"""Rows of contacts and identifiers by their kind: `email:` is a contact's value of that kind."""

SEGMENTS: Mapping[str, str] = {
    "champions": "чемпіони чемпионы",
    "loyal": "loyal_customers лояльні вірні лояльные верные постійні постоянные",
    "potential_loyalists": "potential потенційні потенциальные",
    "new": "new_customers recent нові новые",
    "promising": "перспективні перспективные",
    "need_attention": "attention потребують_уваги уваги требуют_внимания внимания",
    "about_to_sleep": "засинають засыпают",
    "at_risk": "risk під_загрозою загроза под_угрозой угроза",
    "cant_lose": "cannot_lose не_втратити не_втрачати не_потерять не_терять",
    "hibernating": "сплячі сплять спящие спят",
}
"""Segments of `store.rfm`."""

TASKS: Mapping[str, str] = {
    "overdue": "overdue прострочено прострочені прострочене просрочено просроченные просрочена",
    "open": "open відкриті відкрито відкрите открыто открытые открыта",
}

MONTHS: Mapping[int, str] = {
    1: "january jan січень січня січ январь января янв",
    2: "february feb лютий лютого лют февраль февраля фев",
    3: "march mar березень березня бер март марта мар",
    4: "april apr квітень квітня кві апрель апреля апр",
    5: "may травень травня тра май мая",
    6: "june jun червень червня чер июнь июня июн",
    7: "july jul липень липня лип июль июля июл",
    8: "august aug серпень серпня сер август августа авг",
    9: "september sep вересень вересня вер сентябрь сентября сен",
    10: "october oct жовтень жовтня жов октябрь октября окт",
    11: "november nov листопад листопада лис ноябрь ноября ноя",
    12: "december dec грудень грудня гру декабрь декабря дек",
}

DAYS: Mapping[str, str] = {
    "today": "today сьогодні сегодня",
    "yesterday": "yesterday вчора учора вчера",
    "tomorrow": "tomorrow завтра",
    "week": "week тиждень тижня неделя неделю недели",
    "month": "month місяць місяця месяц месяца",
    "year": "year рік року год года",
}

YES = frozenset(("yes", "y", "true", "1", "+", "так", "да", "є", "есть"))
NO = frozenset(("no", "n", "false", "0", "-", "ні", "нет", "немає"))

HEADLINES: Mapping[str, tuple[str, ...]] = {
    "en": ("city", "tag", "age", "spent", "last_purchase", "birthday", "phone", "has", "no"),
    "uk": ("місто", "тег", "вік", "витратив", "остання_покупка", "день_народження", "телефон", "має", "немає"),
    "ru": ("город", "тег", "возраст", "потратил", "последняя_покупка", "день_рождения", "телефон", "есть", "нет"),
}
"""The filters most used: told where a key resembles none."""
