"""Days as people write them, in Ukrainian, Russian and English, day before month."""

import datetime
import re

_MONTHS: tuple[tuple[str, ...], ...] = tuple(
    tuple(names.split())
    for names in (
        "січень січня січні январь января январе january",
        "лютий лютого лютому февраль февраля феврале february",
        "березень березня березні март марта марте march",
        "квітень квітня квітні апрель апреля апреле april",
        "травень травня травні май мая мае may",
        "червень червня червні июнь июня июне june",
        "липень липня липні июль июля июле july",
        "серпень серпня серпні август августа августе august",
        "вересень вересня вересні сентябрь сентября сентябре september",
        "жовтень жовтня жовтні октябрь октября октябре october",
        "листопад листопада листопаді ноябрь ноября ноябре november",
        "грудень грудня грудні декабрь декабря декабре december",
    )
)

NO_YEAR = 4
"""Stands for the year of a birthday without one: it is leap, so that 29 February is a day."""

_DAYS = {
    "сьогодні": 0, "сегодня": 0, "today": 0, "зараз": 0, "сейчас": 0, "now": 0,
    "завтра": 1, "tomorrow": 1, "післязавтра": 2, "послезавтра": 2,
    "вчора": -1, "учора": -1, "вчера": -1, "yesterday": -1, "позавчора": -2, "позавчера": -2,
}  # fmt: skip
_WEEKDAYS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "пн понеділок понедельник mon monday",
        "вт вівторок вторник tue tues tuesday",
        "ср середа середу среда среду wed wednesday",
        "чт четвер четверг thu thur thurs thursday",
        "пт п'ятниця п'ятницю пятница пятницу fri friday",
        "сб субота суботу суббота субботу sat saturday",
        "нд неділя неділю вс воскресенье sun sunday",
    )
):
    _WEEKDAYS.update(dict.fromkeys(_names.split(), _number))

_UNITS = {
    "d": "d", "д": "d", "дн": "d", "день": "d", "дні": "d", "днів": "d", "дня": "d", "дней": "d", "day": "d",
    "days": "d",
    "w": "w", "т": "w", "тиж": "w", "тижд": "w", "тиждень": "w", "тижні": "w", "тижнів": "w", "н": "w", "нед": "w",
    "неделя": "w", "недели": "w", "недель": "w", "week": "w", "weeks": "w",
    "m": "m", "м": "m", "міс": "m", "мес": "m", "місяць": "m", "місяці": "m", "місяців": "m", "месяц": "m",
    "месяца": "m", "месяцев": "m", "month": "m", "months": "m",
    "y": "y", "р": "y", "г": "y", "рік": "y", "роки": "y", "років": "y", "год": "y", "года": "y", "лет": "y",
    "year": "y", "years": "y",
}  # fmt: skip

_RELATIVE = re.compile(r"([+\-−])\s*(\d{1,4})\s*([^\W\d]*)\.?")
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})[-./\s](\d{1,2})(?:[-./\s](\d{4}|\d{2}))?\.?", re.ASCII)
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:-?(?:го|е|st|nd|rd|th))?[\s./-]+([^\W\d]{3,})\.?(?:,?[\s./-]+(\d{4}|\d{2}))?")
_MONTH_FIRST = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}|\d{2}))?")
_YEAR_WORD = re.compile(r"\s*(?:року|рік|р\.?|года|год|г\.?)$")
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`′", "'"))


def read_day(text: str, today: datetime.date, *, birthday: bool = False) -> datetime.date | None:
    """The day a text says, or None.

    Args:
        text: Such as `12.03.85`, `12 березня 1985`, `tomorrow`, `+3d`, `пн`.
        today: What `tomorrow` counts from.
        birthday: Years of two digits lie in the past, and a day without a year is one of `NO_YEAR` (the caller
            stores it without); else years are near today's and a missing one is this year's.
    """
    text = " ".join(text.casefold().translate(_APOSTROPHES).split())
    if text in _DAYS:
        return _shift(today, _DAYS[text], "d")
    if text in _WEEKDAYS:
        return today + datetime.timedelta(days=(_WEEKDAYS[text] - today.weekday() - 1) % 7 + 1)
    if match := _RELATIVE.fullmatch(text):
        unit = _UNITS.get(match[3] or "d")
        count = int(match[2]) * (1 if match[1] == "+" else -1)
        return _shift(today, count, unit) if unit else None
    text = _YEAR_WORD.sub("", text)
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _COMPACT.fullmatch(text):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := _NUMERIC.fullmatch(text):
        year = _year(match[3], today, birthday)
        # Day first; only what can't be a day and a month that way is month first (03/25/1985).
        first, second = int(match[1]), int(match[2])
        return _day(year, second, first) or (_day(year, first, second) if "/" in text else None)
    if match := _DAY_FIRST.fullmatch(text):
        day, month = match[1], match[2]
    elif match := _MONTH_FIRST.fullmatch(text):
        day, month = match[2], match[1]
    else:
        return None
    number = _month(month)
    return _day(_year(match[3], today, birthday), number, int(day)) if number else None


def _month(word: str) -> int:
    """The month a word of three letters or more begins, 0 for none."""
    found = (at for at, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names))
    return next(found, 0)


def _year(text: str | None, today: datetime.date, birthday: bool) -> int:
    if not text:
        return NO_YEAR if birthday else today.year
    year = int(text)
    if len(text) == 4:
        return year
    century = today.year // 100 * 100
    latest = today.year if birthday else today.year + 20
    return century + year if century + year <= latest else century - 100 + year


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _shift(day: datetime.date, count: int, unit: str) -> datetime.date | None:
    try:
        if unit in ("d", "w"):
            return day + datetime.timedelta(days=count * (7 if unit == "w" else 1))
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        last = 31
        while last > 27:
            if found := _day(year, month + 1, min(day.day, last)):
                return found
            last -= 1
    except (ValueError, OverflowError):
        return None
    return None
