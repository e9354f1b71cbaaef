"""Kinds whose value is a text as it was typed."""

from typing import Any, ClassVar

from store.kinds.kind import Kind, Reading
from store.schema import Field


class TextKind(Kind):
    """One line of text; what would break the line becomes a space."""

    name: ClassVar[str] = "text"

    def _read(self, text: str, field: Field, reading: Reading) -> str:
        return " ".join(text.splitlines())


class NoteKind(Kind):
    """Text of any number of lines."""

    name: ClassVar[str] = "note"

    def _read(self, text: str, field: Field, reading: Reading) -> str:
        return text.replace("\r\n", "\n").replace("\r", "\n")


class IdentifierKind(Kind):
    """A number or code that somebody gave to the client: an account, a loyalty card, a tax number."""

    name: ClassVar[str] = "identifier"

    def _read(self, text: str, field: Field, reading: Reading) -> str:
        return " ".join(text.split())

    def order(self, value: Any) -> Any:
        """Numbers by their size, before other codes."""
        text = str(value)
        return (0, len(text), text) if text.isdecimal() else (1, 0, text.casefold())


class ClientKind(Kind):
    """Another client, by its `uid`. `show` can't know the other's name: who shows it looks it up."""

    name: ClassVar[str] = "client"

    def _read(self, text: str, field: Field, reading: Reading) -> str:
        return text

    def check(self, value: Any, field: Field) -> str | None:
        """A uid is letters and digits."""
        return None if isinstance(value, str) and value.isalnum() and value.isascii() else "client-unreadable"
