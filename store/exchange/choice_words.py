"""What people write in a file where the card has a choice of codes, in three languages, as data.

The words of the standard card's own codes only; a choice an operator added brings its labels along.
"""

from collections.abc import Mapping, Sequence

_BY_FIELD: Mapping[str, Mapping[str, Sequence[str]]] = {
    "person.sex": {
        "female": ("ж", "жін", "жіноча", "жінка", "жен", "женский", "женщина", "f", "w", "woman", "пані"),
        "male": ("ч", "чол", "чоловіча", "чоловік", "м", "муж", "мужской", "мужчина", "m", "man", "пан"),
    },
    "person.language": {
        "uk": ("укр", "ukr", "ua", "українська", "украинский", "ukrainian"),
        "ru": ("рос", "рус", "rus", "російська", "русский", "russian"),
        "en": ("анг", "англ", "eng", "англійська", "английский", "english"),
    },
    "contacts.label": {
        "mobile": ("мобільний", "мобильный", "моб", "сотовый", "cell", "mob"),
        "home": ("домашній", "домашний", "дом"),
        "work": ("робочий", "рабочий", "роб", "раб", "business", "office"),
        "other": ("інший", "другой", "інше"),
    },
    "addresses.kind": {
        "home": ("домашня", "домашний", "дім", "дом"),
        "work": ("робоча", "рабочий", "офіс", "офис", "business"),
        "delivery": ("доставка", "доставки", "shipping"),
        "other": ("інша", "другой"),
    },
    "purchases.currency": {
        "UAH": ("грн", "₴", "гривня", "гривень", "гривен", "грив"),
        "USD": ("$", "дол", "долар", "доллар", "us$"),
        "EUR": ("€", "євро", "евро", "euro"),
        "PLN": ("zł", "zl", "злотий", "злотый", "зл"),
        "GBP": ("£", "фунт"),
        "RUB": ("₽", "руб", "р", "рублей"),
    },
    "purchases.status": {
        "new": ("нове", "новий", "новый", "нова", "новое", "прийнято", "принят"),
        "paid": ("оплачено", "сплачено", "оплачен", "оплата"),
        "sent": ("відправлено", "надіслано", "в дорозі", "отправлен", "отправлено", "в пути", "shipped"),
        "delivered": (
            "доставлено", "виконано", "отримано", "завершено", "доставлен", "выполнен", "выполнено", "получено",
            "завершен", "completed", "done",
        ),
        "cancelled": ("скасовано", "відмінено", "отменен", "отменено", "отмена", "canceled"),
        "returned": ("повернення", "повернуто", "возврат", "возвращено", "refunded"),
    },
    "preferences.channel": {
        "phone": ("телефон", "дзвінок", "звонок"),
        "sms": ("смс",),
        "email": ("пошта", "почта", "e-mail", "mail"),
        "messenger": ("месенджер", "мессенджер", "viber", "telegram", "whatsapp", "вайбер", "телеграм"),
        "none": ("не турбувати", "не беспокоить", "ні", "нет"),
    },
}  # fmt: skip

_CODES: Mapping[str, Mapping[str, str]] = {
    path: {word: code for code, words in choices.items() for word in (code.casefold(), *words)}
    for path, choices in _BY_FIELD.items()
}

YES = frozenset(("1", "+", "true", "yes", "y", "так", "т", "да", "д", "є", "есть", "on", "x", "✓", "v"))
NO = frozenset(("0", "-", "false", "no", "n", "ні", "н", "нет", "off", "—"))


def code_of(path: str, typed: str) -> str | None:
    """The code of a standard choice that a word stands for, or None."""
    return _CODES.get(path, {}).get(typed.strip().strip("*. ").casefold().replace("ё", "е"))
