"""What one filter asks, before it is read: its key, its value, and what both are read with."""

import datetime
from dataclasses import dataclass
from typing import Any as Anything

from store.query import values
from store.query.keys import Key, Keys
from store.query.nodes import Condition, Target, Test, Words, words_of


class Refused(Exception):
    """A filter that cannot be understood."""

    def __init__(self, code: str, path: str = "", **details: Anything) -> None:
        super().__init__(code)
        self.code = code
        self.path = path
        self.details = details


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter's value and what it is asked of."""

    key: Key
    value: str
    """As typed, without quotation marks."""
    quoted: bool
    keys: Keys
    today: datetime.date

    @property
    def now(self) -> int:
        """Today as an ordered integer."""
        return self.today.toordinal()

    @property
    def target(self) -> Target:
        """What is asked about."""
        if self.key.target is None:
            raise Refused("filter-value")
        return self.key.target

    @property
    def path(self) -> str:
        """The field that is asked about; "" for what is no field."""
        return self.target.key if self.key.field else ""

    def condition(self, test: Test) -> Condition:
        """The target put to a test."""
        return Condition(self.target, test)

    def words(self, *, whole: bool = False) -> Words:
        """The words of the value. Raises Refused where there is none."""
        words = words_of(self.value, whole=whole)
        if not words:
            raise Refused("filter-value", self.path)
        return Words(words)

    def refuse_range(self) -> None:
        """Raise Refused where a range was typed, and there is none."""
        if not self.quoted and values.looks_like_range(self.value):
            raise Refused("filter-range", self.path)


def no_choice(key: Key | None) -> Refused:
    """A value that is none of the choices, to be raised."""
    choices = key.field.choices if key and key.field else ()
    return Refused(
        "filter-choice",
        key.target.key if key and key.target else "",
        choices=[choice.code for choice in choices],
        labels={choice.code: choice.labels for choice in choices},
    )
