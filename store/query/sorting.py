"""Reads the order of a list: `name`, `-spent`, `місто`, `person.birth_date`."""

from typing import NamedTuple

from store.errors import Invalid, Problem
from store.query.keys import keys_of
from store.query.nodes import Target
from store.schema import Schema


class Sort(NamedTuple):
    """The order of a list."""

    target: Target | None
    """What it goes by: as in a condition, or `Target("number")`; None is by name."""
    descending: bool = False


SORTS = ("name", "number", "city", "age", "birthday", "spent", "last_purchase", "last_contact", "created", "updated")
"""The orders most used; besides, any field has one."""

_WITHOUT_ORDER = ("has", "no", "in", "section", "rfm", "consent", "client")


def parse_sort(text: str, schema: Schema) -> Sort:
    """Read an order; `-` before it turns it round.

    Raises:
        Invalid: `sort-unknown`.
    """
    typed = text.strip()
    name = typed.removeprefix("-").strip()
    descending = typed.startswith("-")
    if not typed:
        return Sort(None)  # without the names of all fields, which take a millisecond to gather
    key = keys_of(schema).find(name) if name else None
    if key and key.kind == "name":
        return Sort(None, descending)
    is_hidden = key is not None and key.field is not None and key.field.hidden
    if key is None or key.kind in _WITHOUT_ORDER or key.target is None or is_hidden:
        raise Invalid([Problem("sort", "sort-unknown", text, details={"known": list(SORTS)})])
    # Who is young was born late.
    return Sort(key.target, descending != (key.kind == "age"))


def target_of(name: str, schema: Schema) -> Target | None:
    """What a key is about; None for a key that is unknown or no target."""
    key = keys_of(schema).find(name)
    return key.target if key else None
