"""The clients who were erased: their uids and numbers, so that nothing brings them back and no number is given again.

It is a TinyDB file sealed like `store.json`, and no part of the store's state: a restore leaves it as it is.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from store import disk
from store.errors import Damaged
from store.folding import number_key
from store.journal import Change, FieldChange
from store.segments.sealing import Seal, decode, encode, pack, unpack

FILE = "erased.json"


@dataclass(frozen=True, slots=True)
class Erased:
    """What remains of a client."""

    uid: str
    serial: int
    numbers: tuple[str, ...]
    """All client numbers it ever had, the last one first."""
    revision: int
    """Of the change that says so."""
    at: str
    who: str
    changeset: str
    seq: int = 0
    """The change's place in the order of all changes; 0 until it has one."""
    merges: tuple[str, ...] = ()
    """The changesets by which it went into another client's card and came back: what they put there is its own."""

    @property
    def needles(self) -> tuple[str, ...]:
        """What a file holds that speaks of it."""
        return tuple(filter(None, (self.uid, *self.merges)))

    @property
    def number(self) -> str:
        """The client number it had last."""
        return self.numbers[0] if self.numbers else ""

    def change(self, serial: int | None = None) -> Change:
        """The change that remains in the journal: who erased it, when, and which numbers stay taken."""
        numbers = tuple(FieldChange("number", number, None) for number in self.numbers)
        place = self.serial if serial is None else serial
        return Change(self.seq, self.changeset, place, self.revision, self.at, self.who, "erase", numbers, act="erase")


def known(store: Path) -> list[Erased]:
    """All that were erased. Raises Damaged (`segment-damaged`, `segment-unreadable`)."""
    try:
        content = (store / FILE).read_bytes()
    except FileNotFoundError:
        return []
    except PermissionError:
        raise
    except OSError as error:
        raise Damaged("segment-unreadable", file=str(store / FILE), reason=error.strerror or "") from error
    try:
        return [of(decode(record)) for record in unpack(content, str(store / FILE)).tables.get("erased", {}).values()]
    except (KeyError, TypeError) as error:
        raise Damaged("segment-damaged", file=str(store / FILE)) from error


def add(store: Path, entries: Iterable[Erased]) -> None:
    """Add some; one that is known is replaced. Call only under the lock."""
    found = {(entry.uid, entry.serial): entry for entry in (*known(store), *entries)}
    records = {place: encode(asdict(entry)) for place, entry in enumerate(found.values(), 1)}
    content = pack("store", Seal(len(records), 0), {"erased": records})
    disk.replace(store / FILE, content, disk.Modes.of(store).file)


def named(store: Path, reference: str) -> Erased | None:
    """Who was erased and had that uid or number, in any spelling."""
    key = number_key(reference)
    for entry in known(store):
        if (reference and entry.uid == reference) or (key and key in map(number_key, entry.numbers)):
            return entry
    return None


def numbers_taken(store: Path, numbers: Iterable[str]) -> set[str]:
    """Which of these client numbers one of them had."""
    keys = number_keys(store)
    return {number for number in numbers if number_key(number) in keys} if keys else set()


def number_keys(store: Path) -> set[str]:
    """What the client numbers of all of them are compared by."""
    return {number_key(number) for entry in known(store) for number in entry.numbers}


def of(record: dict[str, Any]) -> Erased:
    """Read a record. Raises KeyError and TypeError where it is none."""
    return Erased(**{**record, "numbers": tuple(record["numbers"]), "merges": tuple(record.get("merges", ()))})
