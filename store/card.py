"""A client's card: a document made of sections, and the addresses of the values inside it."""

import re
from dataclasses import dataclass
from typing import Any

from store.errors import Invalid, Problem

Row = dict[str, Any]
Document = dict[str, Any]
"""A client's document as stored: `uid`, `number`, `revision`, `created`, `updated`, then one key a section:
a dict for a form, a list of dicts for a table. Keys the schema does not know are kept."""

ENVELOPE = ("uid", "number", "revision", "created", "updated")
"""Keys of a document that are not sections."""

MOST_REVISIONS = 1 << 62

_PATH = re.compile(r"(?P<section>\w+)(?:\[(?P<row>\d+|\+)\]|#(?P<id>\w+))?(?:\.(?P<field>\w+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Path:
    """Where a value lies: `person.last_name`, `contacts[0].label`, `contacts[+].value` or `contacts#k3f9.value`."""

    section: str
    field: str = ""
    row: int | None = None
    """Place of the row as counted now, from 0; None for a form."""
    row_id: str = ""
    """The row's own lasting `id`, as the journal names it."""
    new_row: bool = False
    """True for `[+]`: a row to be added."""

    @classmethod
    def parse(cls, text: str) -> "Path":
        """Read a path as typed. Raises Invalid (`path-unreadable`)."""
        match = _PATH.fullmatch(text.strip())
        if not match:
            raise Invalid([Problem(text, "path-unreadable", text)])
        row = match["row"]
        return cls(
            section=match["section"],
            field=match["field"] or "",
            row=int(row) if row and row != "+" else None,
            row_id=match["id"] or "",
            new_row=row == "+",
        )

    def __str__(self) -> str:
        place = (
            "[+]" if self.new_row else f"#{self.row_id}" if self.row_id else "" if self.row is None else f"[{self.row}]"
        )
        return f"{self.section}{place}" + (f".{self.field}" if self.field else "")


@dataclass(frozen=True, slots=True)
class Card:
    """One client as stored at one revision. The document is never changed in place: copy, change, write."""

    serial: int
    """The client's place in the store, from 1: its TinyDB document id. Never shown to people."""

    document: Document

    trashed: bool = False
    """True for a card that was removed and rests in the trash."""

    @property
    def number(self) -> str:
        """The client number as stored, such as `K-4821-7`."""
        return str(self.document.get("number", ""))

    @property
    def revision(self) -> int:
        """How many times the card was saved, from 1; 0 where another program wrote what cannot be."""
        revision = self.document.get("revision", 0)
        return revision if isinstance(revision, int) and 0 <= revision <= MOST_REVISIONS else 0

    @property
    def name(self) -> str:
        """Last name, first name and patronymic; else the company, a phone or e-mail, else the number."""
        return display_name(self.document)


def display_name(document: Document) -> str:
    """The name a client is listed by (see `Card.name`)."""
    person = document.get("person") or {}
    if isinstance(person, dict):
        name = " ".join(str(person[key]) for key in ("last_name", "first_name", "patronymic") if person.get(key))
        if name or (name := str(person.get("company") or "")):
            return name
    for row in rows(document, "contacts"):
        if row.get("value"):
            return str(row["value"])
    return str(document.get("number", ""))


def rows(document: Document, section: str) -> list[Row]:
    """The rows of a table section; a form counts as one row; what is not rows is none."""
    value = document.get(section)
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list):
        return [row for row in value if isinstance(row, dict)]
    return []


def texts(value: Any) -> list[str]:
    """The texts of a stored value: itself, or each of a list."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return []
