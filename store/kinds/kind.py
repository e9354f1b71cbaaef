"""What a kind of field can do: read what was typed, check, show, be found by, be ordered."""

import datetime
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from store.errors import Invalid, Problem
from store.schema import Field


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read what a person typed."""

    today: datetime.date
    """The day `tomorrow` and `+3d` count from."""

    region: str = "UA"
    """Where a phone without a country code is from (ISO 3166)."""

    language: str = "uk"
    """The operator's language; decides nothing but ties."""


class Kind:
    """A kind of field. One instance serves all fields of the kind; it keeps no state.

    The base class is a line of text.
    """

    name: ClassVar[str] = "text"

    def read(self, typed: str, field: Field, reading: Reading) -> Any:
        """The value to store for what a person typed; None for nothing typed.

        Raises:
            Invalid: One problem with the path "", its code and what was typed.
        """
        text = clean(typed)
        if not text:
            return None
        return self._read(text, field, reading)

    def check(self, value: Any, field: Field) -> str | None:
        """The code of what is wrong with a stored value, or None."""
        return None if isinstance(value, str) and is_unicode(value) else f"{self.name}-unreadable"

    def show(self, value: Any, field: Field, language: str) -> str:
        """The value as a person reads it, and as `read` takes it."""
        return "" if value is None else str(value)

    def texts(self, value: Any) -> Iterable[str]:
        """What search sees of the value."""
        return () if value is None or value == "" else (str(value),)

    def order(self, value: Any) -> Any:
        """A key that orders values of the kind; never fails, whatever is stored."""
        return str(value).casefold()

    def ordinal(self, value: Any, field: Field) -> int | None:
        """An integer that orders values of the kind, for ranges; None where there is none. Never fails."""
        return None

    def _read(self, text: str, field: Field, reading: Reading) -> Any:
        return text


def clean(typed: str) -> str:
    """What was typed, in composed letters, without the space around. Raises Invalid for what isn't Unicode."""
    if not is_unicode(typed):
        raise refused("text-unreadable", typed)
    return unicodedata.normalize("NFC", typed).strip()


def is_unicode(text: str) -> bool:
    """Whether a text can be stored: a half of a surrogate pair (from a broken argument or file) can't."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def refused(code: str, typed: str, **details: Any) -> Invalid:
    """Why what was typed can't be taken, to be raised."""
    return Invalid([Problem("", code, typed, details=details)])
