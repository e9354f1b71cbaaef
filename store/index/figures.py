"""What follows from a card alone, as ordered numbers to filter and sort by; nothing here depends on the day."""

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from store.card import Document, Row, rows
from store.clock import DAY
from store.derived import LOST, completeness
from store.folding import digits
from store.schema import Field

CURRENCY = "UAH"
"""Money spent is counted in this one: sums of several currencies are no number."""

FOR_EVER = datetime.date.max.toordinal()
"""The last day of a consent without an end."""

NO_DAY = 0
"""The due day of a task that has none."""

_BIRTHDAY = re.compile(r"(?:\d{4}|-)-(\d\d)-(\d\d)", re.ASCII)

_NO_FIELD = Field("", "", {})


def single_figures(document: Document) -> dict[str, int]:
    """Each figure a card has at most one of, by its name (see `store.index.plan.SINGLE_FIGURES`)."""
    found: dict[str, int] = {}
    if number := digits(str(document.get("number", ""))):
        found["number"] = int(number[:12])
    for key in ("created", "updated"):
        if (moment := second_number(document.get(key))) is not None:
            found[key] = moment
    for person in rows(document, "person")[:1]:
        found.update(birth_figures(person.get("birth_date")))
    kept = [row for row in rows(document, "purchases") if row.get("status") not in LOST]
    found["bought"] = len(kept)
    found["spent"] = cents_in([row.get("amount") for row in kept if row.get("currency") == CURRENCY])
    if days := [day for row in kept if (day := day_number(row.get("date"))) is not None]:
        found["last_purchase"] = max(days)
        found["first_purchase"] = min(days)
    if days := [day for row in rows(document, "interactions") if (day := day_number(row.get("date"))) is not None]:
        found["last_contact"] = max(days)
    found["completeness"] = completeness(document)
    return found


def task_days(document: Document) -> Iterator[int]:
    """The due days of the tasks that are not done."""
    for row in rows(document, "tasks"):
        if row.get("done") is not True:
            day = day_number(row.get("due"))
            yield NO_DAY if day is None else day


def consent_days(document: Document) -> Iterator[tuple[str, int]]:
    """Each kind of consent that stands, and the last day it does."""
    return ((kind, until) for kind, _, until in standing_consents(document))


def standing_consents(document: Document) -> Iterator[tuple[str, int, int]]:
    """Each kind of consent that stands, the place of its row and the last day it does: what was said last counts."""
    last: dict[str, tuple[str, int, Row]] = {}
    for place, row in enumerate(rows(document, "consents")):
        kind = str(row.get("kind", ""))
        said = (str(row.get("date") or ""), place, row)
        if kind not in last or said[:2] > last[kind][:2]:
            last[kind] = said
    for kind, (_, place, row) in last.items():
        if row.get("given") is True:
            until = day_number(row.get("until"))
            yield kind, place, FOR_EVER if until is None else until


def birth_figures(birth_date: Any) -> Iterator[tuple[str, int]]:
    """The day of birth, and the day of the year it is celebrated on: month * 31 + day."""
    text = birth_date if isinstance(birth_date, str) else ""
    if (day := day_number(text)) is not None:
        yield "birth", day
    # Of what another program wrote anything may come: numbers of a thousand digits, a month 99.
    if (match := _BIRTHDAY.fullmatch(text)) and 1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 31:
        yield "birthday", int(match[1]) * 31 + int(match[2])


def day_number(value: Any) -> int | None:
    """The proleptic ordinal of a stored day, its time of day left out; None for anything else."""
    return iso_day(value[:10]) if isinstance(value, str) else None


@lru_cache(1 << 14)
def iso_day(text: str) -> int | None:
    """The proleptic ordinal of a day as it is written; None for anything else."""
    try:
        return datetime.date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def second_number(value: Any) -> int | None:
    """A stored moment as `clock.beginning_of` counts; where it names no time, when its day begins in UTC."""
    day = day_number(value)
    if day is None:
        return None
    time = [*value[11:19].split(":"), "00"][:3]
    if len(time) == 3 and all(len(part) == 2 and part.isdecimal() and part.isascii() for part in time):
        return day * DAY + int(time[0]) * 3600 + int(time[1]) * 60 + int(time[2])
    return day * DAY


def cents_of(value: Any) -> int | None:
    """Hundredths of a stored amount."""
    return ordinal_of("money", value)


def cents_in(amounts: Iterable[Any]) -> int:
    """Hundredths of the sum of stored amounts: rounded is the sum, not what it is of."""
    read = [(amount, cents) for amount in amounts if (cents := cents_of(amount)) is not None]
    if not any("." in amount[:-3] for amount, _ in read):
        return sum([cents for _, cents in read])
    from decimal import Decimal  # as in `ordinal_of`

    return cents_of(f"{sum(Decimal(amount) for amount, _ in read):f}") or 0


@lru_cache(1 << 14)
def ordinal_of(kind: str, value: Any) -> int | None:
    """The ordered number of a stored value (see `Kind.ordinal`)."""
    # Here: a search imports this module, and no search needs the kinds.
    from store.kinds import KINDS

    return KINDS[kind].ordinal(value, _NO_FIELD) if isinstance(value, str) else None
