"""Reads a filter, `key:value`, as a node."""

import datetime
from collections.abc import Callable, Mapping

from store.query import field_filters, figure_filters
from store.query.asked import Asked, Refused
from store.query.days import Unreadable
from store.query.keys import Keys
from store.query.nodes import Node

_READING: Mapping[str, Callable[[Asked], Node | None]] = {
    "note": field_filters.note,
    "phone": field_filters.phone,
    "number": field_filters.amount,
    "money": field_filters.amount,
    "count": field_filters.amount,
    "percent": field_filters.amount,
    "date": field_filters.day,
    "birthday": field_filters.day,
    "choice": field_filters.choice,
    "yes_no": field_filters.yes_no,
    "name": field_filters.name,
    "section": field_filters.section,
    "in": figure_filters.trash,
    "client_number": figure_filters.number,
    "has": figure_filters.presence,
    "no": figure_filters.absence,
    "age": figure_filters.age,
    "round": figure_filters.birthday,
    "task": figure_filters.task,
    "consent": figure_filters.consent,
    "rfm": figure_filters.segment,
}
"""How a value is read, by the key's kind; other kinds are texts."""


def read_filter(key: str, value: str, quoted: bool, keys: Keys, today: datetime.date) -> Node | None:
    """A filter as a node; None for the trash.

    Args:
        key: As typed.
        value: As typed, without the quotation marks.
        quoted: Whether it had them: then a text means the whole value.
        keys: The names of the schema.
        today: What ages and distances count from.

    Raises:
        Refused: Why it cannot be understood.
    """
    found = keys.find(key)
    if found is None:
        raise Refused("filter-unknown", known=keys.near(key))
    if not value.strip():
        raise Refused("filter-empty")
    asked = Asked(found, value.strip(), quoted, keys, today)
    try:
        return _READING.get(found.kind, field_filters.text)(asked)
    except Unreadable as error:
        raise Refused(error.code, asked.path) from error
