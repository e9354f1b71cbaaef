"""Reads the value of a filter as a test, by the kind of what is asked."""

import re
from typing import NamedTuple

from store import folding
from store.query.days import Bounds, Unreadable, bounds
from store.query.nodes import Span, Word, Words, in_phone
from store.query.parsing import HRYVNIA, THOUSANDS

SCALES = {"number": 1000, "money": 100, "count": 1, "percent": 1, "age": 1}
"""How many integers one unit is, see `Kind.ordinal`."""

_IN_THOUSANDTHS = SCALES["number"]
"""What has fewer decimals has no third: the sign in `10,000` may part thousands."""

_SHARES = ("number", "percent")
"""Kinds that may be typed with a sign of percent."""

LEAST_PHONE_DIGITS = 3

_PLAIN = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,9})?", re.ASCII)
_SCALE = rf"(?:{THOUSANDS}|[kкmм])"
_TIMES = re.compile(rf"(?P<number>.*\d)\s*(?P<times>{_SCALE})(?:\s*{HRYVNIA})?", re.IGNORECASE)
_HYPHENED = re.compile(rf"([0-9][0-9.,]*{_SCALE}?)-([0-9][0-9.,]*{_SCALE}?{HRYVNIA}?)", re.IGNORECASE)


def number_spans(value: str, kind: str) -> tuple[Span, ...]:
    """The numbers a value means, as ordered integers.

    Raises:
        Unreadable: `filter-number`, `filter-backwards`, `filter-currency`.
    """
    asked = bounds(value)
    if not asked.how and (match := _HYPHENED.fullmatch("".join(value.split()))):
        asked = Bounds("..", match[1], match[2])
    scale = SCALES[kind]
    if asked.how == ".." and (times := _TIMES.fullmatch(asked.high)) and asked.low[-1:].isdigit():
        asked = Bounds("..", asked.low + times["times"], asked.high)  # 10..20 тис
    if kind in _SHARES:
        asked = Bounds(asked.how, *(text.rstrip("%") for text in (asked.low, asked.high)))
    if asked.how == "..":
        low, high = (_read(text, scale) if text else None for text in (asked.low, asked.high))
        if low is None and high is None:
            raise Unreadable("filter-number")
        if low and high and high < low:
            raise Unreadable("filter-backwards")
        return ((low.least if low else None, high.most if high else None),)
    bound = _read(asked.low, scale)
    match asked.how:
        case ">=":
            return ((bound.least, None),)
        case "<=":
            return ((None, bound.most),)
        case ">":
            return ((bound.under + 1, None),)
        case "<":
            return ((None, bound.over - 1),)
    # A part of a whole number is nobody's: then the least is more than the most.
    return ((bound.least, bound.most),)


def looks_like_range(value: str) -> bool:
    """Whether a range was meant, where there is none."""
    # No expression: of a thousand dots pasted by mistake one takes seconds.
    return value[:1] in tuple("<>≤≥=") or (".." in value and len(value) > 2 and len(value.split()) == 1)


def phone_words(value: str) -> Words | None:
    """The digits a stored phone must contain; None where there are too few."""
    run = in_phone(folding.digits(value))
    return Words((Word(run, (run,)),)) if len(run) >= LEAST_PHONE_DIGITS else None


class _Bound(NamedTuple):
    """A number that was asked for, as ordered integers."""

    under: int
    """The greatest that is no more than it."""
    over: int
    """The least that is no less."""
    least: int
    """From which on values are no less: an amount of more decimals than are told apart is rounded as a stored one."""
    most: int
    """Up to which they are no more."""


def _read(text: str, scale: int) -> _Bound:
    """Read a number. Raises Unreadable (`filter-number`, `filter-currency`)."""
    times = 1
    text = text.strip()
    if match := _TIMES.fullmatch(text):
        text, times = match["number"], 1000 if match["times"][0].lower() in "kкт" else 1_000_000
    if not _PLAIN.fullmatch(text) or ("," in text and times == 1 and scale < _IN_THOUSANDTHS):
        text = _as_typed(text)
    whole, _, fraction = text.replace(",", ".").lstrip("+").partition(".")
    places = len(str(scale * times)) - 1
    if len(whole) > 15:
        raise Unreadable("filter-number")
    cut = int(whole + f"{fraction[:places]:0<{places}}")
    if not fraction[places:].strip("0"):
        return _Bound(cut, cut, cut, cut)
    is_negative = whole.startswith("-")
    under, over = (cut - 1, cut) if is_negative else (cut, cut + 1)
    if scale == 1:
        return _Bound(under, over, over, under)
    # As `Kind.ordinal` does: half of the last place goes up, and away from zero.
    near = cut if fraction[places] < "5" else under if is_negative else over
    return _Bound(under, over, near, near)


def _as_typed(text: str) -> str:
    """A number as forms take it."""
    # Here, as the kinds take long to import.
    from store.kinds.amounts import FOREIGN, plain_sum

    if FOREIGN.search(text):
        raise Unreadable("filter-currency")
    value = plain_sum(text)
    if value is None:
        raise Unreadable("filter-number")
    return value
