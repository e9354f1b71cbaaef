"""Import: the rows of a file become cards, or are put into the cards they belong to, in one changeset."""

import dataclasses
import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store import erased
from store.card import Card, Document, Path
from store.clients.identity import identified, new_code, tidy
from store.clients.steps import Edit
from store.clients.uniqueness import Claim, claims
from store.clients.validation import problems
from store.errors import Invalid, Problem
from store.exchange.incoming import Incoming
from store.exchange.updating import keys_of, updated
from store.journal.differences import is_table
from store.lazy import Lazy
from store.schema import Schema
from store.segments.sealing import decode, encode

if TYPE_CHECKING:
    from store.door import Store
    from store.progress import Progress

_ENVELOPE = ("number", "uid")


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do. Rows in = created + updated + unchanged + skipped + failed."""

    rows: int = 0
    """Rows of the file, its header left out."""
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    """Rows that say nothing."""
    failed: int = 0
    """Rows that could not be taken; each has a problem that says why."""
    changeset: str = ""
    """To undo the import by; "" where nothing was written."""
    kept: int = 0
    """Rows that were taken although something in them could not be read: it is kept as typed."""
    problems: list[Problem] = field(default_factory=list)
    """What could not be read (and was kept as typed), and why rows failed."""
    columns: list[tuple[str, str]] = field(default_factory=list)
    """Header -> path, `-` for a column left out, "" for one kept in the notes."""
    encoding: str = ""
    delimiter: str = ""


@dataclass(slots=True)
class _Slot:
    """A card this import makes or changes, as JSON: 100,000 documents as objects take 400 MB, as JSON 70."""

    serial: int | None = None
    before: bytes = b""
    """Empty: a new card."""
    after: bytes = b""

    @property
    def old(self) -> Document | None:
        """The card as it was stored."""
        return decode(self.before) if self.before else None

    @property
    def made(self) -> Document:
        """The card as the rows so far make it."""
        return decode(self.after) if self.after else {}

    @property
    def edit(self) -> Edit:
        """Its part of the changeset."""
        return Edit(self.serial, self.old, self.made)


class Importer:
    """Takes the clients of a file one by one, then writes them all at once."""

    def __init__(self, store: "Store", update_by: str | None) -> None:
        """Prepare an import.

        Args:
            store: Where to.
            update_by: The path whose value tells that a row and a card are one client; None: every row is new.

        Raises:
            Invalid: `update-by-unknown`.
        """
        self._store = store
        self._schema: Schema = store.schema
        self._update_by = _checked(update_by, self._schema)
        self._slots: list[_Slot] = []
        self._slot_of: dict[int, int] = {}
        self._owners: dict[str, set[int]] = {}
        """Key -> the cards that have it: serials, and below 0 cards of this import (-1 - place among the slots)."""
        self._claimed: dict[tuple[str, str], int] = {}
        self._is_empty = not any(store.index.count(trashed=trashed) for trashed in (False, True))
        self._erased = erased.number_keys(store.path)
        for card in store.cards() if self._update_by else ():
            self._learn(card.document, card.serial)

    def take(self, incoming: Incoming, report: ImportReport) -> None:
        """Take one row: count it, and report what is wrong with it."""
        report.problems += incoming.problems
        if incoming.unreadable:
            report.failed += 1
            report.problems.append(incoming.unreadable)
            return
        if not any(value for key, value in incoming.document.items() if key not in ("uid", "created")):
            report.skipped += 1
            return
        found = self._found(incoming.document)
        if len(found) > 1:
            report.failed += 1
            details = {"clients": len(found)}
            report.problems.append(
                Problem(self._update_by, "update-ambiguous", self._asked(incoming), incoming.number, details)
            )
            return
        place = self._place_of(next(iter(found))) if found else None
        slot = self._slots[place] if place is not None else _Slot()
        made = slot.made
        after = updated(made, incoming.document, self._schema) if found else _with_ids(incoming.document)
        owner = -1 - (len(self._slots) if place is None else place)
        claimed = list(claims(self._schema, after))
        wrong = self._wrong(slot, after) if slot.before or not incoming.read else []
        wrong = wrong or self._conflicts(slot, made, claimed, owner)
        if wrong:
            report.failed += 1
            report.problems += [dataclasses.replace(problem, row=incoming.number) for problem in wrong]
            return
        report.kept += bool(incoming.problems)
        if place is None:
            place = len(self._slots)
            self._slots.append(slot)
            report.created += 1
        elif after == made:
            report.unchanged += 1
            return
        else:
            report.updated += 1
        slot.after = encode(after)
        self._claimed.update(((claim.place, claim.key), owner) for claim in claimed)
        if self._update_by:
            self._learn(after, slot.serial or -1 - place)

    def write(self, progress: "Progress | None") -> str:
        """Save all that was taken; the changeset, or "" where there is nothing to save."""
        edits = Lazy([slot for slot in self._slots if slot.after != slot.before], lambda slot: slot.edit)
        # What only reading needed makes room for what writing needs.
        for done in (self._slots, self._slot_of, self._owners, self._claimed):
            done.clear()
        return self._store.write(edits, why="import", progress=progress).changeset if edits else ""

    def _learn(self, document: Document, owner: int) -> None:
        for key in keys_of(document, self._update_by):
            self._owners.setdefault(key, set()).add(owner)

    def _found(self, document: Document) -> set[int]:
        if not self._update_by:
            return set()
        return {owner for key in keys_of(document, self._update_by) for owner in self._owners.get(key, ())}

    def _asked(self, incoming: Incoming) -> str:
        return ", ".join(keys_of(incoming.document, self._update_by))

    def _place_of(self, owner: int) -> int:
        """The slot of a card; it gets one when it is first met."""
        if owner < 0:
            return -1 - owner
        if owner not in self._slot_of:
            stored = encode(self._store.card(owner).document)
            self._slot_of[owner] = len(self._slots)
            self._slots.append(_Slot(owner, stored, stored))
        return self._slot_of[owner]

    def _wrong(self, slot: _Slot, after: Document) -> list[Problem]:
        before = identified(slot.old or {}) if slot.before else None
        return problems(self._schema, before, tidy(identified(after), self._schema))

    def _conflicts(self, slot: _Slot, made: Document, claimed: list[Claim], owner: int) -> list[Problem]:
        """Values of it that must be one client's alone, and are another's."""
        had = {(claim.place, claim.key) for claim in claims(self._schema, made)} if made else set()
        new = [claim for claim in claimed if (claim.place, claim.key) not in had]
        return [problem for claim in new if (problem := self._conflict(claim, slot.serial, owner)) is not None]

    def _conflict(self, claim: Claim, serial: int | None, owner: int) -> Problem | None:
        number = self._taken(claim, serial, owner)
        if number is not None:
            code = "value-taken" if number else "value-twice"
            return Problem(claim.path, code, claim.value, details={"number": number})
        if claim.place == "number" and claim.key in self._erased and not self._store.index.owners(claim.value):
            return Problem(claim.path, "number-erased", claim.value)
        return None

    def _taken(self, claim: Claim, serial: int | None, owner: int) -> str | None:
        """The number of another client that has this value ("" where it is one of this file), or None."""
        if self._claimed.get((claim.place, claim.key), owner) != owner:
            return ""
        if self._is_empty:
            return None
        for other in self._store.index.owners(claim.value):
            if other.serial == serial:
                continue
            card: Card = self._store.card(other.serial)
            if card.trashed and claim.place != "number":
                continue  # it is freed when the import is written
            has = {(known.place, known.key) for known in claims(self._schema, card.document)}
            if (claim.place, claim.key) in has or (other.old and claim.key not in {key for _, key in has}):
                return card.number
        return None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the cyclic collector, which finds nothing among 100,000 documents and looks again and again: a fifth of
    the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _with_ids(document: Document) -> Document:
    """A new card with an id in each row, so that nobody has to look for what it may have been before."""
    for value in document.values():
        if is_table(value):
            for row in value:
                row.setdefault("id", new_code(4))
    return document


def run(
    importer: Importer,
    rows: Iterable[Incoming | None],
    report: ImportReport,
    *,
    dry_run: bool,
    position: Callable[[], tuple[int, int]],
    progress: "Progress | None",
) -> ImportReport:
    """Take all rows (None: an empty one), then write. Progress: a third for the reading, two for the writing."""
    for count, incoming in enumerate(rows):
        report.rows += 1
        if incoming is None:
            report.skipped += 1
        else:
            importer.take(incoming, report)
        if progress and count % 500 == 0:
            done, size = position()
            progress(done, 3 * max(size, 1))
    size = max(position()[1], 1)
    if dry_run:
        if progress:
            progress(size, size)
        return report

    def further(done: int, of: int) -> None:
        if progress:
            progress(size + 2 * size * done // max(of, 1), 3 * size)

    with _uncollected():
        report.changeset = importer.write(further)
    return report


def _checked(update_by: str | None, schema: Schema) -> str:
    if not update_by or update_by in _ENVELOPE:
        return update_by or ""
    try:
        path = Path.parse(update_by)
    except Invalid:
        path = Path("")
    if not schema.field(path.section, path.field):
        raise Invalid([Problem("", "update-by-unknown", update_by)])
    return f"{path.section}.{path.field}"
