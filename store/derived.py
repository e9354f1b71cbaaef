"""What one card says without being asked: age, money spent, last purchase, how complete it is. Never stored."""

import datetime
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from store.card import Document, Row, rows

LOST = ("cancelled", "returned")
"""Statuses of purchases that brought no money."""

_COMPLETE = (
    ("person", ("last_name", "first_name", "birth_date", "language")),
    ("addresses", ("city",)),
    ("consents", ("given",)),
    ("preferences", ("channel",)),
)
"""What a complete card holds, besides a phone and an e-mail."""

_COUNTED = sum(len(keys) for _, keys in _COMPLETE) + 2


def derive(document: Document, today: datetime.date) -> dict[str, Any]:
    """Compute what follows from a card alone.

    Returns:
        `age` in full years or None; `purchases`, how many were kept; `total`, their sum by currency as decimal
        strings; `last_purchase`, the ISO date of the latest or None; `completeness` in percent (see `completeness`).
    """
    kept = [row for row in rows(document, "purchases") if row.get("status") not in LOST]
    return {
        "age": age(_form(document, "person").get("birth_date"), today),
        "purchases": len(kept),
        "total": _totals(kept),
        "last_purchase": max((str(row["date"]) for row in kept if row.get("date")), default=None),
        "completeness": completeness(document),
    }


def age(birth_date: Any, today: datetime.date) -> int | None:
    """Full years since a birth date; None where the year is not known or the day is still to come.

    Who was born on 29 February is counted a year older on 1 March of a common year.
    """
    try:
        born = datetime.date.fromisoformat(str(birth_date))
    except ValueError:
        return None
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return years if years >= 0 else None


def completeness(document: Document) -> int:
    """How much of what a business needs to serve a client the card holds, in percent.

    Nine things count alike: last name, first name, birth date, language, a phone, an e-mail, a city, a consent and
    a preferred channel.
    """
    held = 0
    for section, keys in _COMPLETE:
        told = rows(document, section)
        for key in keys:
            for row in told:
                if row.get(key):
                    held += 1
                    break
    kinds = [row.get("kind") for row in rows(document, "contacts") if row.get("value")]
    held += ("phone" in kinds) + ("email" in kinds)
    return round(100 * held / _COUNTED)


def _totals(purchases: Iterable[Row]) -> dict[str, str]:
    sums: dict[str, Decimal] = {}
    for row in purchases:
        try:
            amount = Decimal(str(row.get("amount") or "0"))
        except InvalidOperation:
            # A foreign hand wrote it; `check` tells of it, a sum cannot count it.
            continue
        if amount and amount.is_finite():
            currency = str(row.get("currency") or "")
            sums[currency] = sums.get(currency, Decimal()) + amount
    return {currency: str(total) for currency, total in sorted(sums.items())}


def _form(document: Document, section: str) -> Row:
    return next(iter(rows(document, section)), {})
