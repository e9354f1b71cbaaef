"""Days in filters: `2026-10-30`, `10.2026`, `today`, `>90d`, `1.03..15.03`, and birthdays round the year."""

import datetime
import re
from dataclasses import dataclass

from store.query import aliases
from store.query.nodes import Span

_YEAR = re.compile(r"(?:19|20|21)\d\d", re.ASCII)
_MONTH = re.compile(r"(?:(?P<m>\d{1,2})[./](?P<y>(?:19|20|21)\d\d)|(?P<iy>(?:19|20|21)\d\d)-(?P<im>\d{1,2}))", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DISTANCE = re.compile(r"(\d{1,4})([^\W\d_]{1,10})")
_NO_YEAR = re.compile(r"(?:--)?(?:(?P<d>\d{1,2})[./](?P<m>\d{1,2})\.?|(?P<im>\d{1,2})-(?P<id>\d{1,2}))", re.ASCII)
_RANGE = re.compile(r"(?P<low>.*?)(?:\.\.\.?|…|–)(?P<high>.*)", re.DOTALL)
_COMPARED = re.compile(r"(?P<how>>=|<=|=>|=<|≥|≤|>|<|=)\s*(?P<value>.*)", re.DOTALL)
_HOW = {"≥": ">=", "=>": ">=", "≤": "<=", "=<": "<="}

_LEAP = 2000
"""A year with a 29 February."""

_WORDS = {word: name for name, words in aliases.DAYS.items() for word in aliases.names(words)}
_MONTHS = {word: number for number, words in aliases.MONTHS.items() for word in aliases.names(words)}


@dataclass(frozen=True, slots=True)
class Bounds:
    """A range as written: `A..B`, `>A`, `A`."""

    how: str
    """`..`, `>`, `>=`, `<`, `<=`, `=` or "" for a value alone."""
    low: str
    high: str = ""


class Unreadable(Exception):
    """No day, no number; or one range that ends before it begins."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def bounds(value: str) -> Bounds:
    """Cut a value into the bounds of a range."""
    if match := _COMPARED.fullmatch(value):
        return Bounds(_HOW.get(match["how"], match["how"]), match["value"].strip())
    if match := _RANGE.fullmatch(value):
        return Bounds("..", match["low"].strip(), match["high"].strip())
    return Bounds("", value)


def day_spans(value: str, today: datetime.date, *, ahead: bool = False, born: bool = False) -> tuple[Span, ...]:
    """The days a value means.

    Args:
        value: Such as `2026`, `>90d`, `1.10.2026..today`.
        today: What distances count from.
        ahead: Distances lie before us (of a task's day), not behind (of a purchase's).
        born: Years of two digits lie in the past.

    Raises:
        Unreadable: `filter-date`, `filter-backwards`.
    """
    asked = bounds(value)
    distances = [distance for text in (asked.low, asked.high) if (distance := _distance(text, today, ahead))]
    if distances and len(distances) == sum(map(bool, (asked.low, asked.high))):
        return (_within(asked, distances, today, ahead),)
    return (_ordered(asked, *(_period(text, today, born) for text in (asked.low, asked.high))),)


def birthday_spans(value: str, today: datetime.date) -> tuple[Span, ...]:
    """The birthdays a value means, as spans of `birthday_code`: over New Year there are two.

    Raises:
        Unreadable: `filter-birthday`, `filter-backwards`.
    """
    asked = bounds(value)
    if asked.how in (">", ">="):
        raise Unreadable("filter-birthday")
    if distance := _distance(asked.low, today, True):
        first, last = today, distance - datetime.timedelta(days=asked.how == "<")
        if asked.how == "..":
            end = _distance(asked.high, today, True)
            if not end:
                raise Unreadable("filter-birthday")
            first, last = distance, end
        return _around(first, last)
    if asked.how == ".." and not asked.low and (distance := _distance(asked.high, today, True)):
        return _around(today, distance)
    if asked.how in ("<", "<=") or (asked.how == ".." and not (asked.low and asked.high)):
        raise Unreadable("filter-birthday")
    if asked.how in ("", "=") and (word := _WORDS.get(asked.low.casefold())):
        return _birthdays_of(word, today)
    low = _month_days(asked.low, today)
    high = _month_days(asked.high, today) if asked.high else low
    if low is None or high is None:
        raise Unreadable("filter-birthday")
    return _codes(low[0], high[1])


def birthday_code(month: int, day: int) -> int:
    """A day of the year as an integer."""
    return month * 31 + day


def age_spans(low: int | None, high: int | None, today: datetime.date) -> tuple[Span, ...]:
    """The days of birth of those who are of an age in full years, as `store.derived.age` counts it."""
    latest = _born_by(max(low or 0, 0), today)
    if latest is None or (high is not None and high < 0):
        return ()  # Nobody is so old, or not born yet.
    before = None if high is None else _born_by(high + 1, today)
    return ((before + 1 if before else None, latest),)


def _born_by(years: int, today: datetime.date) -> int | None:
    """The latest day of birth of those who are so many years old at least."""
    if today.year - years < 1:
        return None
    try:
        return today.replace(year=today.year - years).toordinal()
    except ValueError:
        return datetime.date(today.year - years, 2, 28).toordinal()


def _within(asked: Bounds, distances: list[datetime.date], today: datetime.date, ahead: bool) -> Span:
    """Distances from today: `<` is nearer, `>` is farther."""
    near, far = distances[0].toordinal(), distances[-1].toordinal()
    now, step = today.toordinal(), 1 if ahead else -1
    match asked.how:
        case ">":
            near, farthest = near + step, None
        case ">=":
            farthest = None
        case "<":
            near, farthest = now, near - step
        case "=":
            farthest = near
        case ".." if not asked.low:
            near, farthest = now, far
        case ".." if not asked.high:
            farthest = None
        case "..":
            if (far - near) * step < 0:
                raise Unreadable("filter-backwards")
            farthest = far
        case _:
            near, farthest = now, near
    return (near, farthest) if ahead else (farthest, near)


def _ordered(asked: Bounds, low: Span | None, high: Span | None) -> Span:
    """Periods as bounds: `>2026` is after it, `<2026` before."""
    if (low is None and (asked.low or asked.how != "..")) or (high is None and asked.high) or not (low or high):
        raise Unreadable("filter-date")
    first, last = low or (None, None)
    match asked.how:
        case ">":
            return (_moved(last, 1), None)
        case ">=":
            return (first, None)
        case "<":
            return (None, _moved(first, -1))
        case "<=":
            return (None, last)
        case "..":
            end = high[1] if high else None
            if first is not None and end is not None and end < first:
                raise Unreadable("filter-backwards")
            return (first, end)
    return (first, last)


def _moved(day: int | None, by: int) -> int | None:
    return None if day is None else day + by


def _period(text: str, today: datetime.date, born: bool) -> Span | None:
    """The first and the last day of what is written; None for nothing, and for what is no day."""
    small = text.casefold()
    if not small:
        return None
    if word := _WORDS.get(small):
        first, last = _calendar(word, today)
        return first.toordinal(), last.toordinal()
    try:
        if _ISO.fullmatch(small):
            day = datetime.date.fromisoformat(small).toordinal()
            return day, day
        if _YEAR.fullmatch(small):
            year = int(small)
            return datetime.date(year, 1, 1).toordinal(), datetime.date(year, 12, 31).toordinal()
        if match := _MONTH.fullmatch(small):
            first = datetime.date(int(match["y"] or match["iy"]), int(match["m"] or match["im"]), 1)
            return first.toordinal(), _month_end(first).toordinal()
    except ValueError:
        return None
    return _as_typed(text, today, born)


def _as_typed(text: str, today: datetime.date, born: bool) -> Span | None:
    """A day as forms take it. Here, as the kinds take long to import and are seldom needed by a search."""
    from store.kinds.human_dates import NO_YEAR, read_day

    day = read_day(text.replace("_", " "), today, birthday=born)
    return None if day is None or day.year == NO_YEAR else (day.toordinal(), day.toordinal())


def _distance(text: str, today: datetime.date, ahead: bool) -> datetime.date | None:
    """The day that lies so far from today (`90d`, `3м`); None for what is no distance."""
    match = _DISTANCE.fullmatch(text.casefold())
    if not match:
        return None
    number, unit = int(match[1]), match[2]
    days = number * (7 if unit == "w" else 1)
    if unit in ("d", "д", "w"):
        try:
            return today + datetime.timedelta(days=days if ahead else -days)
        except OverflowError:
            return None
    from store.kinds.human_dates import read_day

    return read_day(f"{'+' if ahead else '-'}{number}{unit}", today)


def _calendar(word: str, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    day = datetime.timedelta(days=1)
    match word:
        case "yesterday":
            return today - day, today - day
        case "tomorrow":
            return today + day, today + day
        case "week":
            monday = today - today.weekday() * day
            return monday, monday + 6 * day
        case "month":
            return today.replace(day=1), _month_end(today)
        case "year":
            return today.replace(month=1, day=1), today.replace(month=12, day=31)
    return today, today


def _month_end(day: datetime.date) -> datetime.date:
    return (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)


def _birthdays_of(word: str, today: datetime.date) -> tuple[Span, ...]:
    if word == "year":
        return ((None, None),)
    if word == "week":
        return _around(today, today + datetime.timedelta(days=7))
    return _around(*_calendar(word, today))


def _month_days(text: str, today: datetime.date) -> tuple[int, int] | None:
    """The first and last code of what is written: a month, or a day without its year."""
    small = text.casefold()
    if month := _MONTHS.get(small):
        return birthday_code(month, 1), birthday_code(month, 31)
    if _WORDS.get(small) in ("today", "tomorrow", "yesterday"):
        first, _ = _calendar(_WORDS[small], today)
        code = birthday_code(first.month, first.day)
        return code, code
    if match := _NO_YEAR.fullmatch(small):
        month, day = int(match["m"] or match["im"]), int(match["d"] or match["id"])
        try:
            datetime.date(_LEAP, month, day)
        except ValueError:
            return None
    else:
        from store.kinds.human_dates import NO_YEAR, read_day  # as `_as_typed`

        read = read_day(text.replace("_", " "), today, birthday=True)
        if read is None or read.year != NO_YEAR:
            return None
        month, day = read.month, read.day
    return birthday_code(month, day), birthday_code(month, day)


def _around(first: datetime.date, last: datetime.date) -> tuple[Span, ...]:
    """The birthdays kept from one day to another. Who was born on 29 February keeps 1 March in a common year."""
    if last < first:
        raise Unreadable("filter-backwards")
    if (last - first).days >= 365:
        return ((None, None),)
    start = birthday_code(first.month, first.day)
    if (first.month, first.day) == (3, 1) and (first - datetime.timedelta(days=1)).day == 28:
        start = birthday_code(2, 29)
    return _codes(start, birthday_code(last.month, last.day))


def _codes(first: int, last: int) -> tuple[Span, ...]:
    return ((first, last),) if first <= last else ((first, None), (None, last))
