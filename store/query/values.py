"""Reads the value of a filter as a test, by the kind of what is asked."""

import re

from store import folding
from store.query.days import Bounds, Unreadable, bounds
from store.query.nodes import Span, Word, Words, in_phone

SCALES = {"number": 1000, "money": 100, "count": 1, "percent": 1, "age": 1}
"""How many integers one unit is, see `Kind.ordinal`."""

_IN_THOUSANDTHS = SCALES["number"]
"""What has fewer decimals has no third: the sign in `10,000` parts thousands."""

LEAST_PHONE_DIGITS = 3

_PLAIN = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,9})?", re.ASCII)
_TIMES = re.compile(r"(?P<number>.*\d)\s*(?P<times>k|к|тис\.?|тыс\.?|m|м|млн\.?)", re.IGNORECASE)
_HYPHENED = re.compile(r"(\d[\d.,]*)-(\d[\d.,]*)", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_LIKE_RANGE = re.compile(r"(?:[<>≤≥=].*|\S+\.\.\S*|\.\.\S+)", re.DOTALL)


def number_spans(value: str, kind: str) -> tuple[Span, ...]:
    """The numbers a value means, as ordered integers.

    Raises:
        Unreadable: `filter-number`, `filter-backwards`, `filter-currency`.
    """
    asked = bounds(value)
    if not asked.how and (match := _HYPHENED.fullmatch(value)):
        asked = Bounds("..", match[1], match[2])
    scale = SCALES[kind]
    if asked.how == "..":
        low, high = (_ordinals(text, scale) if text else None for text in (asked.low, asked.high))
        if low is None and high is None:
            raise Unreadable("filter-number")
        if low and high and high < low:
            raise Unreadable("filter-backwards")
        return ((low[1] if low else None, high[0] if high else None),)
    under, over = _ordinals(asked.low, scale)
    match asked.how:
        case ">=":
            return ((over, None),)
        case "<=":
            return ((None, under),)
        case ">":
            return ((under + 1, None),)
        case "<":
            return ((None, over - 1),)
    # A part of a whole number is nobody's; a stored amount is cut off as the one that is asked for.
    return ((over, under),) if scale == 1 else ((under, under),)


def looks_like_range(value: str) -> bool:
    """Whether a range was meant, where there is none."""
    return bool(_LIKE_RANGE.fullmatch(value))


def phone_words(value: str) -> Words | None:
    """The digits a stored phone must contain; None where there are too few."""
    run = in_phone(folding.digits(value))
    return Words((Word(run, (run,)),)) if len(run) >= LEAST_PHONE_DIGITS else None


def _ordinals(text: str, scale: int) -> tuple[int, int]:
    """The greatest integer that is no more than a number, and the least that is no less."""
    times = 1
    text = text.rstrip("%").strip()
    if match := _TIMES.fullmatch(text):
        text, times = match["number"], 1000 if match["times"][0].lower() in "kкт" else 1_000_000
    if not _PLAIN.fullmatch(text):
        text = _as_typed(text)
    elif times == 1 and scale < _IN_THOUSANDTHS and _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    whole, _, fraction = text.replace(",", ".").lstrip("+").partition(".")
    places = len(str(scale * times)) - 1
    if len(whole) > 15:
        raise Unreadable("filter-number")
    cut = int(whole + f"{fraction[:places]:0<{places}}")
    if not fraction[places:].strip("0"):
        return cut, cut
    return (cut - 1, cut) if whole.startswith("-") else (cut, cut + 1)


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
