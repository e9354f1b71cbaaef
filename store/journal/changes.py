"""One change of one card, and how it lies in the table `changes` of the card's segment."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from store.segments.sealing import SERIALS, decode, encode

_PARTS = 3
"""Of a changed field: where, before and after."""

GONE = frozenset(("merge", "empty", "erase"))
"""Acts after which there is no card any more."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value before and after."""

    path: str
    """`person.last_name`, `contacts#k3f9.value`; a whole row `contacts#k3f9`; `contacts` with two lists of row
    ids: the rows' order."""
    before: Any
    """None: there was none."""
    after: Any
    """None: removed."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one save did to one card."""

    seq: int
    """Its place in the order of all changes of the store."""
    changeset: str
    """Shared by changes made together."""
    serial: int
    revision: int
    """The card's revision after it."""
    at: str
    who: str
    why: str
    """`new`, `edit`, `import`, `undo`, `remove`, `restore`, `merge` …"""
    fields: tuple[FieldChange, ...]
    """Empty for a new card (the values are in the card) and for one put into the trash or taken out of it."""
    act: str = "edit"
    """What it did to the card as a whole: `new`, `edit`, `remove` or `restore`; `merge`: it went into another card,
    whose number is the `number` after it (all that the card was is in `fields`); `unmerge`: it came back;
    `empty`, `erase`: it is no more."""
    undoes: str = ""
    """The changeset that it took back."""

    def record(self) -> bytes:
        """The change as one line of JSON."""
        record: dict[str, Any] = {
            "changeset": self.changeset,
            "serial": self.serial,
            "revision": self.revision,
            "at": self.at,
            "who": self.who,
            "why": self.why,
        }
        if self.act != "edit":
            record["act"] = self.act
        if self.undoes:
            record["undoes"] = self.undoes
        record["fields"] = [[change.path, change.before, change.after] for change in self.fields]
        return encode(record)

    @classmethod
    def of(cls, seq: int, record: bytes) -> "Change":
        """Read a change from its record; what a foreign hand left out, or made something else of, is empty."""
        data = decode(record)
        return cls(
            seq=seq,
            changeset=_text(data.get("changeset")),
            serial=_number(data.get("serial")),
            revision=_number(data.get("revision")),
            at=_text(data.get("at")),
            who=_text(data.get("who")),
            why=_text(data.get("why")),
            fields=tuple(_fields(data.get("fields"))),
            act=_text(data.get("act", "edit")),
            undoes=_text(data.get("undoes")),
        )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int:
    return value if type(value) is int and 0 <= value < SERIALS else 0


def _fields(value: Any) -> Iterator[FieldChange]:
    for each in value if isinstance(value, list) else ():
        if isinstance(each, list) and len(each) == _PARTS and isinstance(each[0], str):
            yield FieldChange(*each)
