"""What people call the choices of the standard card, in three languages, as data.

The words of the standard card's own codes only; a choice an operator added brings its labels along.
"""

from collections.abc import Mapping, Sequence
from functools import cache

CHOICE_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "person.sex": {
        "female": (
            "жіноча", "женский", "ж", "жін", "жінка", "жінки", "жен", "женщина", "женщины", "f", "w", "woman",
            "пані",
        ),
        "male": (
            "чоловіча", "мужской", "ч", "чол", "чоловік", "чоловіки", "м", "муж", "мужчина", "мужчины", "m", "man",
            "пан",
        ),
    },
    "person.language": {
        "uk": ("українська", "украинский", "укр", "ukr", "ua", "Ukrainian"),
        "ru": ("російська", "русский", "рос", "рус", "rus", "Russian"),
        "en": ("англійська", "английский", "анг", "англ", "eng", "English"),
    },
    "contacts.kind": {
        "phone": ("телефон", "телефон"),
        "email": ("ел. пошта", "эл. почта", "e-mail", "пошта", "почта"),
        "telegram": ("Telegram", "Telegram", "телеграм"),
        "viber": ("Viber", "Viber", "вайбер"),
        "whatsapp": ("WhatsApp", "WhatsApp", "ватсап", "вотсап"),
        "signal": ("Signal", "Signal", "сигнал"),
        "instagram": ("Instagram", "Instagram", "інстаграм", "инстаграм"),
        "facebook": ("Facebook", "Facebook", "фейсбук"),
        "website": ("сайт", "сайт"),
        "other": ("інше", "другое"),
    },
    "contacts.label": {
        "mobile": ("мобільний", "мобильный", "моб", "сотовый", "cell", "mob"),
        "home": ("дім", "дом", "домашній", "домашний"),
        "work": ("робота", "работа", "робочий", "рабочий", "роб", "раб", "business", "office"),
        "other": ("інше", "другое", "інший", "другой"),
    },
    "identifiers.kind": {
        "account": ("рахунок", "счёт"),
        "profile": ("профіль користувача", "профиль пользователя", "user profile"),
        "loyalty": ("картка лояльності", "карта лояльности", "loyalty card"),
        "tax": ("податковий номер", "налоговый номер", "tax number", "іпн", "рнокпп", "инн"),
        "passport": ("паспорт", "паспорт"),
        "number": ("колишній номер клієнта", "прежний номер клиента", "former client number"),
        "other": ("інше", "другое"),
    },
    "addresses.kind": {
        "home": ("дім", "дом", "домашня", "домашний"),
        "work": ("робота", "работа", "робоча", "рабочий", "офіс", "офис", "business"),
        "delivery": ("доставка", "доставка", "доставки", "shipping"),
        "other": ("інше", "другое", "інша", "другой"),
    },
    "purchases.currency": {
        "UAH": ("гривня", "гривна", "грн", "₴", "гривень", "гривен", "гривні", "гривны", "грив", "hryvnia"),
        "USD": ("долар США", "доллар США", "$", "дол", "долар", "доллар", "us$", "US dollar"),
        "EUR": ("євро", "евро", "€", "euro"),
        "PLN": ("злотий", "злотый", "zł", "zl", "зл", "zloty"),
        "GBP": ("фунт стерлінгів", "фунт стерлингов", "£", "фунт", "pound sterling"),
        "RUB": ("російський рубль", "российский рубль", "₽", "руб", "р", "рублей", "Russian rouble"),
    },
    "purchases.status": {
        "new": ("замовлено", "заказано", "нове", "новий", "новый", "нова", "новое", "прийнято", "принят", "ordered"),
        "paid": ("оплачено", "оплачено", "сплачено", "оплачен", "оплата"),
        "sent": ("відправлено", "отправлено", "надіслано", "в дорозі", "отправлен", "в пути", "shipped"),
        "delivered": (
            "доставлено", "доставлено", "виконано", "отримано", "завершено", "доставлен", "выполнен", "выполнено",
            "получено", "завершен", "completed", "done",
        ),
        "cancelled": ("скасовано", "отменено", "відмінено", "отменен", "отмена", "canceled"),
        "returned": ("повернено", "возвращено", "повернення", "повернуто", "возврат", "refunded"),
    },
    "interactions.kind": {
        "call": ("дзвінок", "звонок"),
        "meeting": ("зустріч", "встреча"),
        "letter": ("лист", "письмо"),
        "chat": ("листування в месенджері", "переписка в мессенджере", "чат"),
        "visit": ("візит", "визит"),
        "note": ("зауваження", "замечание", "remark"),
    },
    "interactions.direction": {
        "in": ("від клієнта", "от клиента", "from the client", "вхідний", "входящий"),
        "out": ("до клієнта", "к клиенту", "to the client", "вихідний", "исходящий"),
    },
    "preferences.channel": {
        "phone": ("телефон", "телефон", "дзвінок", "звонок"),
        "sms": ("SMS", "SMS", "смс"),
        "email": ("ел. пошта", "эл. почта", "пошта", "почта", "e-mail", "mail"),
        "messenger": ("месенджер", "мессенджер", "viber", "telegram", "whatsapp", "вайбер", "телеграм"),
        "none": ("не турбувати", "не беспокоить", "ні", "нет", "do not contact"),
    },
    "feedback.kind": {
        "praise": ("подяка", "благодарность"),
        "complaint": ("скарга", "жалоба"),
        "suggestion": ("пропозиція", "предложение"),
        "review": ("відгук", "отзыв"),
    },
    "feedback.status": {
        "new": ("ще без відповіді", "пока без ответа", "not answered yet", "без відповіді", "без ответа"),
        "answered": ("є відповідь", "есть ответ"),
        "closed": ("закрито", "закрыто"),
    },
    "consents.kind": {
        "processing": (
            "обробку персональних даних", "обработку персональных данных", "processing of personal data", "обробка",
            "обработка",
        ),
        "marketing": ("рекламу", "рекламу", "реклама", "маркетинг"),
        "email": ("електронні листи", "электронные письма", "e-mails", "листи", "письма", "пошта", "почта"),
        "sms": ("SMS-повідомлення", "SMS-сообщения", "смс", "SMS messages"),
        "calls": ("телефонні дзвінки", "телефонные звонки", "phone calls", "дзвінки", "звонки"),
        "photo": ("фотографування", "фотосъёмку", "photographs", "фото"),
        "third_party": (
            "передачу даних іншим", "передачу данных другим", "passing data to others", "передача", "передачу",
        ),
    },
    "relations.kind": {
        "spouse": ("чоловік або дружина", "муж или жена", "чоловік", "дружина", "муж", "жена"),
        "parent": ("батько або мати", "отец или мать", "батько", "мати", "отец", "мать"),
        "child": ("дитина", "ребёнок"),
        "relative": ("родич", "родственник"),
        "friend": ("друг", "друг"),
        "colleague": ("колега", "коллега"),
        "employer": ("роботодавець", "работодатель"),
        "referred_by": ("прийшов за порадою", "пришёл по совету", "referred by"),
        "other": ("інше", "другое"),
    },
}  # fmt: skip
"""Field -> code -> what it is called in Ukrainian, in Russian, and other words for it."""


def words_of_choice(path: str, code: str) -> Sequence[str]:
    """The other words for a choice of a standard field."""
    return CHOICE_WORDS.get(path, {}).get(code, ())


def offered_choice(path: str, code: str, language: str) -> str:
    """What a choice of a standard field is called in a language (`en`, `uk`, `ru`); its code where that is English."""
    words = words_of_choice(path, code)
    return words[language == "ru"] if words and language in ("uk", "ru") else code


def code_of_choice(path: str, typed: str) -> str | None:
    """The code of a standard choice that a word stands for (`скасовано`), or None."""
    return _codes(path).get(_compared(typed.strip().strip("*. ")))


@cache
def _codes(path: str) -> Mapping[str, str]:
    return {_compared(word): code for code, words in CHOICE_WORDS.get(path, {}).items() for word in (code, *words)}


def _compared(word: str) -> str:
    return word.casefold().replace("ё", "е")
