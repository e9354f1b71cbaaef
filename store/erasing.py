"""Erasing a client: all that is known of it is gone for good, from the store and from its snapshots.

What remains: that a client of that uid and number was erased, when and by whom. What is to be done is written down
first (`erasing.json`); whoever opens the store after a crash, or erases again, does all of it again from the
beginning, which changes nothing where it was done.
"""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from store import access, clock, disk, erased, refreshing, rewriting
from store.card import Card, Document
from store.clients.families import merged_into, numbers_of
from store.clients.identity import new_code
from store.clients.mentions import Mentions
from store.clients.merging import number_of
from store.clients.wiping import Wiping
from store.erased import Erased
from store.errors import Damaged, NotAllowed, NotFound, StoreError
from store.journal import Change, FieldChange
from store.journal.reading import changes_of
from store.segments import Segment, SegmentFolder, read, segment_number
from store.segments.folder import Aside
from store.segments.lock import LockState
from store.segments.sealing import decode, encode
from store.segments.segment import history_files
from store.snapshots import wiping as of_snapshots
from store.snapshots.emptied import emptied
from store.snapshots.listing import FOLDER as BACKUPS
from store.snapshots.merged import MERGES
from store.snapshots.merged import merged_into as in_snapshots
from store.snapshots.taking import sweep

if TYPE_CHECKING:
    from store.door import Store

FILE = "erasing.json"

_MOVES = ("merge", "unmerge")

OPENING_PATIENCE = 0.5
"""Seconds that opening a store waits to finish an erasing: longer than saves take, shorter than an erasing itself."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What was erased."""

    number: str
    at: str
    who: str
    relations: int = 0
    """How many other cards had a relation to the client."""
    already: bool = False
    """True where it was done before."""


def erase(store: "Store", reference: str) -> Gone:
    """Erase a client, and with it the cards that were merged into its own. It cannot be undone.

    Args:
        store: The store.
        reference: Its number, an identifier or its uid (see `whom`).

    Raises:
        NotFound: `client-missing`.
        Damaged: `segment-damaged`: the card cannot be read; nothing was erased.
        NotAllowed: `store-read-only`; `disk-refused`: nothing was erased; `erase-unfinished`: a part was, the rest is
            done when the store is opened next, or by erasing again.
    """
    try:
        return _erased(store, reference)
    except OSError as error:
        file = str(error.filename or store.path)
        raise NotAllowed("disk-refused", file=file, reason=error.strerror or "") from error


def _erased(store: "Store", reference: str) -> Gone:
    finish(store)
    if before := erased.named(store.path, reference):
        return Gone(before.number, before.at, before.who, already=True)
    merges = Mentions(MERGES)
    seen = _mentions(whom(store, reference, merges).entries)
    _read_ahead(store, seen)
    with store.writing() as state:
        meant = whom(store, reference, merges)
        if any(not seen.needles.issuperset(entry.needles) for entry in meant.entries):
            seen = _mentions(meant.entries)
        _write_down(store, meant)
        return _carried_out(store, state, meant.entries, meant.fields, seen)


@dataclass(frozen=True, slots=True)
class Meant:
    """Who would be erased."""

    number: str
    name: str
    entries: Sequence[Erased]
    """The client, and the cards that were merged into its own, as they will be remembered."""
    fields: Sequence[str]
    """The fields that are filled, as the access log names them."""


def whom(store: "Store", reference: str, merges: Mentions | None = None) -> Meant:
    """Who is meant: a client, one in the trash, or one who went out of it for good and is in snapshots still.

    Args:
        store: The store.
        reference: Its number, an identifier or its uid.
        merges: Remembers which files were looked through for merges.

    Raises:
        NotFound: `client-missing`, `client-erased`.
    """
    at, changeset = clock.stamp(), new_code(8)

    def entry(uid: object, serial: int, numbers: Sequence[str], revision: int) -> Erased:
        known = str(uid or "")
        merges = _merges(store, serial, known)
        return Erased(known, serial, tuple(numbers), revision + 1, at, store.operator, changeset, merges=merges)

    try:
        card = store.get(reference).card
    except NotFound:
        found = emptied(store.folder, reference)
        if not found:
            raise
        entries = [entry(each.uid, each.change.serial, each.numbers, each.change.revision) for each in found]
        first = Card(entries[0].serial, found[0].document)
        return Meant(first.number, first.name, entries, sorted(_filled(store, first.document)))
    entries = [entry(card.document.get("uid"), card.serial, numbers_of(card), card.revision)]
    gone = list(merged_into(store.folder, store.index, card.serial))
    numbers = [*numbers_of(card), *map(number_of, gone)]
    # Of cards that only snapshots know as merged, those that are another client today are left to it.
    gone += [
        each
        for each in in_snapshots(store.path, card, numbers, merges or Mentions(MERGES))
        if not _is_there(store, each)
    ]
    for change in {each.serial: each for each in gone}.values():
        was = {field.path: field.before for field in change.fields}
        numbers = [str(was["number"])] if was.get("number") else []
        entries.append(entry(was.get("uid"), change.serial, numbers, change.revision))
    return Meant(card.number, card.name, entries, sorted(_filled(store, card.document)))


def finish(store: "Store", patience: float | None = None) -> None:
    """Finish what was begun and not finished: the program was killed, or the disk refused.

    Args:
        store: The store.
        patience: Seconds to wait for the lock; as for a save by default.

    Raises:
        Busy: `store-locked`: somebody is just doing it.
        NotAllowed: `erase-unfinished`: the disk refuses still.
    """
    if not (store.path / FILE).exists():
        return
    with store.writing(patience) as state:
        try:
            data = json.loads((store.path / FILE).read_bytes())
            entries, fields = [erased.of(entry) for entry in data["erased"]], list(map(str, data["fields"]))
        except FileNotFoundError:
            return
        except (ValueError, KeyError, TypeError) as error:
            raise Damaged("segment-damaged", file=str(store.path / FILE)) from error
        _carried_out(store, state, entries, fields, _mentions(entries))


def finish_if_possible(store: "Store") -> None:
    """Finish what was begun; where that is not possible now, `check` names it and the next opening tries again."""
    with contextlib.suppress(StoreError):
        finish(store, OPENING_PATIENCE)


def _is_there(store: "Store", change: Change) -> bool:
    try:
        store.card(change.serial)
    except StoreError:
        return False
    return True


def _filled(store: "Store", document: Document) -> Iterator[str]:
    """The fields that a card has values in, as the access log names them."""
    for section in store.schema.sections:
        value = document.get(section.key)
        rows = value if isinstance(value, list) else [value]
        names = {name for row in rows if isinstance(row, dict) for name in row}
        yield from (f"{section.key}.{field.key}" for field in section.fields if field.key in names)


def _merges(store: "Store", serial: int, uid: str) -> tuple[str, ...]:
    """The changesets by which a client went into another and came back, those that only snapshots know too."""
    found: dict[str, None] = {}
    for folder in (store.folder, *map(SegmentFolder, of_snapshots.all_in(store.path))):
        try:
            segment = folder.read(segment_number(serial))
            record = segment.cards.get(serial) or segment.trash.get(serial)
            if record is None or decode(record).get("uid") in (uid, None):
                own = (each for each in changes_of(folder, segment) if each.serial == serial)
                found.update((each.changeset, None) for each in own if each.act in _MOVES)
        except Damaged:
            continue  # what can be read of it is looked through for the uid
    return tuple(found)


def _mentions(entries: Sequence[Erased]) -> Mentions:
    return Mentions(*(needle for entry in entries for needle in entry.needles))


def _write_down(store: "Store", meant: Meant) -> None:
    record = {"erased": [asdict(entry) for entry in meant.entries], "fields": meant.fields}
    content = json.dumps(record, ensure_ascii=False, indent=1).encode()
    disk.replace(store.path / FILE, content, disk.Modes.of(store.path).file)


def _read_ahead(store: "Store", seen: Mentions) -> None:
    """Look through all files before the lock is taken: under it only what was written meanwhile is read."""
    seen.segments(store.folder)
    for snapshot in of_snapshots.all_in(store.path):
        for file in snapshot.glob("clients/*.json"):
            seen.hold(file)


def _carried_out(
    store: "Store", state: LockState, entries: Sequence[Erased], fields: Sequence[str], seen: Mentions
) -> Gone:
    """Do all of it; what was done before a crash is not done twice."""
    number = entries[0].number
    modes = disk.Modes.of(store.path)
    try:
        cards = _Cards(store, state, entries, seen)
        cards.wipe()
        entries = cards.entries
        erased.add(store.path, entries)
        _log(store, entries, fields)
        _out_of_drafts(store.path / "drafts", entries)
        wiping = Wiping(store.schema, entries)
        for snapshot in of_snapshots.all_in(store.path):
            of_snapshots.wipe(snapshot, wiping, seen, modes)
        _out_of_leftovers(store, wiping, seen, modes)
        refreshing.scrub(store.folder, store.index)
        store.note(replace(store.lock_state(), pending=()))
        disk.remove(store.path / FILE)
    except (StoreError, OSError) as error:
        reason = error.strerror or "" if isinstance(error, OSError) else error.details.get("reason") or error.code
        raise NotAllowed("erase-unfinished", number=number, reason=reason) from error
    return Gone(number, entries[0].at, entries[0].who, cards.relations)


class _Cards:
    """The store's own files, without the client."""

    def __init__(self, store: "Store", state: LockState, entries: Sequence[Erased], seen: Mentions) -> None:
        self._store = store
        self._state = state
        self._seen = seen
        self._wiping = Wiping(store.schema, entries)
        self._seq = state.seq
        self.entries = list(entries)
        self.relations = 0
        """How many other cards had a relation to the client."""

    def wipe(self) -> None:
        """Put files without it in place of those with it."""
        rewriting.place(self._store, self._state, self._asides, lambda: self._seq)

    def _asides(self) -> Iterator[Aside]:
        for number in sorted({*self._seen.segments(self._store.folder), *self._wiping.numbers}):
            file = self._store.folder.file(number)
            older = history_files(file)
            try:
                main, parts = self._store.folder.read(number), [read(part) for part in older]
            except Damaged:
                if number in self._wiping.numbers:
                    raise
                continue  # another's damaged card: of the client it holds no more than the uid
            made, wiped = self._wiping.together(main, parts)
            for part, before, after in zip(older, parts, wiped, strict=True):
                if after is not before:
                    yield rewriting.older_aside(self._store, part.name, after)
            made = self._journalled(main, made)
            if made is not main:
                yield self._store.folder.write_aside(replace(made, generation=main.generation + 1))

    def _journalled(self, before: Segment, made: Segment) -> Segment:
        """The segment with the changes that say what was done to it."""
        self._seq = max(self._seq, before.last_seq)
        cards, trash = dict(made.cards), dict(made.trash)
        changes: dict[int, bytes] = {}
        for records, old in ((cards, before.cards), (trash, before.trash)):
            for serial, record in records.items():
                if record != old[serial]:
                    self._seq += 1
                    self.relations += 1
                    records[serial], changes[self._seq] = self._without_relations(serial, record)
        for place, entry in enumerate(self.entries):
            if segment_number(entry.serial) == made.number:
                seq = _seq_of(entry, made)
                self._seq += not seq
                self.entries[place] = replace(entry, seq=seq or self._seq)
                if not seq:
                    changes[self._seq] = self.entries[place].change().record()
        if not changes:
            return made
        return replace(made, cards=cards, trash=trash, changes={**made.changes, **changes}, last_seq=self._seq)

    def _without_relations(self, serial: int, record: bytes) -> tuple[bytes, bytes]:
        """Another client's card at its next revision, and the change that says so."""
        first = self.entries[0]
        document = decode(record)
        document |= {"revision": Card(serial, document).revision + 1, "updated": first.at}
        fields = (FieldChange("relations", None, None),)
        who, changeset = first.who, first.changeset
        change = Change(self._seq, changeset, serial, document["revision"], first.at, who, "erase", fields)
        return encode(document), change.record()


def _seq_of(entry: Erased, segment: Segment) -> int:
    """The place of the change that says a client was erased; 0 where it is not there yet."""
    for seq, record in segment.changes.items():
        change = Change.of(seq, record)
        if (change.act, change.serial, change.changeset) == ("erase", entry.serial, entry.changeset):
            return seq
    return 0


def _log(store: "Store", entries: Sequence[Erased], fields: Sequence[str]) -> None:
    if not any(entry.changeset == entries[0].changeset for entry in access.entries(store.path)):
        access.add(
            store.path,
            [
                access.Access(each.at, each.who, "erase", each.number, each.uid, tuple(fields), each.changeset)
                for each in entries
            ],
        )


def _out_of_drafts(folder: Path, entries: Sequence[Erased]) -> None:
    """Remove what operators typed into the card and did not save, whole files and torn ones."""
    uids = [entry.uid for entry in entries if entry.uid]
    seen = Mentions(*uids)
    for operator in folder.iterdir() if folder.is_dir() else ():
        if not operator.is_dir():
            continue
        for file in operator.iterdir():
            if file.name in [f"{uid}.json" for uid in uids] or (disk.is_aside(file.name) and seen.hold(file)):
                file.unlink(missing_ok=True)
        disk.sync(operator)


def _out_of_leftovers(store: "Store", wiping: Wiping, seen: Mentions, modes: disk.Modes) -> None:
    """What killed programs left, and damaged files that lie beside those brought back. Under the lock."""
    store.folder.sweep()
    folders = [store.path, store.folder.path]
    if (store.path / BACKUPS).is_dir():
        sweep(store.path)
        folders.append(store.path / BACKUPS)
    for folder in folders:
        disk.sync(folder)  # what is removed is not to be back after a loss of power
    for file in store.folder.path.glob("*.damaged-*"):
        number = int(file.name.partition(".")[0])
        if number in wiping.numbers or seen.hold(file):
            disk.replace(file, wiping.lines(file.read_bytes()), modes.file)
