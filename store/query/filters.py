"""Reads a filter, `key:value`, as a condition."""

import datetime
from typing import Any

from store import folding
from store.query.nodes import Condition, Node, Number, Target, Whole, Words, words_of
from store.schema import Schema

FILTERS = ("tag", "city", "in", "number")


class Refused(Exception):
    """A filter that cannot be understood."""

    def __init__(self, code: str, path: str = "", **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.path = path
        self.details = details


def read_filter(key: str, value: str, quoted: bool, schema: Schema, today: datetime.date) -> Node | None:
    """A filter as a node; None for the trash.

    Raises:
        Refused: why it cannot be understood.
    """
    key = key.lower()
    if key not in FILTERS:
        raise Refused("filter-unknown", known=list(FILTERS))
    if not value or (key == "in" and value != "trash") or (key == "number" and not folding.digits(value)):
        raise Refused("filter-value")
    if key == "in":
        return None
    if key == "number":
        return Number(folding.digits(value))
    target = Target("tags.tags" if key == "tag" else "addresses.city")
    return Condition(target, Whole(value) if quoted else Words(words_of(value)))
