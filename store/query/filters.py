"""Reads a filter, `key:value`, as a node."""

import datetime
import re
from collections.abc import Callable, Mapping

from store.errors import Problem
from store.query import field_filters, figure_filters
from store.query.asked import Asked, Refused
from store.query.days import Unreadable
from store.query.keys import Keys, keys_of
from store.query.nodes import Node
from store.query.query import Mistake
from store.schema import Schema

_READING: Mapping[str, Callable[[Asked], Node | None]] = {
    "note": field_filters.note,
    "client": field_filters.client,
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


def read_filter(token: re.Match[str], schema: Schema, today: datetime.date) -> Node | Mistake | None:
    """A filter as a node; None for the trash; a mistake where it cannot be understood.

    Args:
        token: With the groups `key`, `phrase` (what stood in quotation marks) and `bare`.
        schema: Which fields there are.
        today: What ages and distances count from.
    """
    quoted = token["phrase"] is not None
    try:
        return _read(token["key"], (token["phrase"] or token["bare"] or "").strip(), quoted, keys_of(schema), today)
    except Refused as refused:
        start, end = token.span("key") if refused.code == "filter-unknown" else (token.end("key") + 1, token.end())
        problem = Problem(refused.path, refused.code, token[0], details=refused.details)
        return Mistake(start if start < end else token.start(), end, problem)


def _read(key: str, value: str, quoted: bool, keys: Keys, today: datetime.date) -> Node | None:
    found = keys.find(key)
    if found is None:
        raise Refused("filter-unknown", known=keys.near(key))
    if not value:
        raise Refused("filter-empty")
    asked = Asked(found, value, quoted, keys, today)
    try:
        return _READING.get(found.kind, field_filters.text)(asked)
    except Unreadable as error:
        raise Refused(error.code, asked.path) from error
