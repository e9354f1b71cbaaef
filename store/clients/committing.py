"""A changeset is committed: under the lock, all of it or nothing, journal and index included."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from store import disk, erased, numbers
from store.card import Card, Document
from store.clients.identity import new_code, new_uid
from store.clients.steps import Outcome, Step
from store.clients.uniqueness import Claims, Freed
from store.clock import is_stamp, stamp
from store.errors import Busy, Damaged, NotAllowed, NotFound, Unsure
from store.journal import Change
from store.lazy import Lazy
from store.progress import Progress
from store.schema import Schema
from store.segments import SEGMENT_SIZE, Segment, SegmentFolder, segment_number
from store.segments.cards import Cards, card_in
from store.segments.folder import Aside
from store.segments.lock import LockState
from store.segments.sealing import decode, encode
from store.segments.segment import NO_FILE, history_file, history_files

if TYPE_CHECKING:
    from store.index import Index, SegmentUpdate

JOURNAL_BYTES = 96 * 1024
"""What a segment's file holds of changes at most; the older half then moves to a file that saves don't rewrite."""

SEGMENTS_KEPT = 128
"""Segments of a changeset that are kept in memory after they were written, some 8,000 cards."""

REBUILD_FROM = 5_000
"""Cards of a changeset from which on, if they are most of the store, the index is rather built anew."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did."""

    changeset: str
    """"" where nothing differed and nothing was written."""
    seq: int
    """The highest sequence number now."""
    cards: Sequence[Card]
    """The cards as they are stored now, in the order of the edits."""
    merged: tuple[str, ...]
    """Paths that another operator had changed meanwhile, and that were kept."""
    freed: tuple[Freed, ...] = ()
    """Values that a client in the trash had until now."""


@dataclass(slots=True)
class _Part:
    """One segment's part of a changeset."""

    aside: Aside
    serials: list[int]
    """The cards that were written."""
    seqs: range
    """Its changes, one a card."""
    gone: bool
    """True where a card of it is no more."""


class Committer:
    """Commits changesets of one operator. Every method is to be called under the store's lock."""

    def __init__(
        self,
        folder: SegmentFolder,
        index: "Index",
        schema: Schema,
        operator: str,
        modes: disk.Modes,
        note: Callable[[LockState], None],
    ) -> None:
        self._folder = folder
        self._index = index
        self._schema = schema
        self._operator = operator
        self._modes = modes
        self._note = note

    def commit(
        self,
        state: LockState,
        steps: Sequence[tuple[int | None, Step]],
        why: str,
        *,
        undoes: str = "",
        progress: Progress | None = None,
    ) -> Written:
        """Carry out the steps on the cards of those serials (None: a new card).

        Raises:
            Conflict: Nothing was saved: a step refused, or a unique value is another client's.
            NotAllowed: `disk-refused`: the disk is full or read-only; nothing was saved.
            Unsure: `disk-failed` while the files were put in place.
        """
        run = _Run(self, state, steps, why, undoes, progress or (lambda done, of: None))
        try:
            with disk.discarded_on_failure(run.asides()):
                run.prepare()
                run.announce()
        except OSError as error:
            raise NotAllowed("disk-refused", file=str(self._folder.path), reason=error.strerror or "") from error
        if not run.parts:
            return Written("", state.seq, run.cards(), ())
        run.place()
        return run.written()


class _Run:
    """One commit."""

    def __init__(
        self,
        committer: Committer,
        state: LockState,
        steps: Sequence[tuple[int | None, Step]],
        why: str,
        undoes: str,
        progress: Progress,
    ) -> None:
        self.c = committer
        self.state = state
        self.steps = steps
        self.why = why
        self.undoes = undoes
        self.progress = progress
        self.seq = state.seq
        self.next_serial = state.next_serial
        self.changeset = new_code(8)
        self.at = stamp()
        self.parts: list[_Part] = []
        self.merged: dict[str, None] = {}
        self.by_step: dict[int, int] = {}
        self.kept: dict[int, Segment] = {}
        self.had: dict[int, dict[int, tuple[bytes, bool]]] = {}
        """By segment the documents that are replaced, as JSON, and whether they were in the trash: for the index."""
        written = {serial for serial, _ in steps if serial is not None}
        self.claims = Claims(committer._schema, committer._index, Cards(committer._folder), written, self._taken)
        self.free = iter(self._free_numbers(len(steps) - len(written)))
        self.done = 0
        self.begun = False
        """Whether any segment is new."""

    def prepare(self) -> None:
        """Work out every card and write every segment aside."""
        for number, places in sorted(self._places().items()):
            self._segment(number, places)

    def announce(self) -> None:
        """Note which segments are about to be replaced: should this process die then, the next one looks there."""
        if self.parts:
            numbers_ = tuple(part.aside.number for part in self.parts)
            self.c._note(replace(self.state, seq=self.seq, next_serial=self.next_serial, pending=numbers_))

    def place(self) -> None:
        """Put all in its place, then tell the index."""
        try:
            self.c._folder.place([part.aside for part in self.parts])
        except OSError as error:
            raise Unsure("disk-failed", file=str(self.c._folder.path), reason=error.strerror or "") from error
        except KeyboardInterrupt:
            # All or nothing, and what is told must be so: once the first file is in its place it is too late.
            if not self.c._folder.finish() and any(aside.exists() for aside in self.asides()):
                disk.discard(self.asides())
                raise
        try:
            self._index()
        except (Busy, Damaged, OSError, KeyboardInterrupt):
            # What was to be saved is saved. The segments stay noted as pending, and whoever takes the lock next
            # brings the index up to them.
            return
        # That the index knows it need not be noted: at worst it is told twice. Nor that there are segments more.
        with suppress(OSError, Damaged):
            if self.begun:
                self.c._folder.list_segments()
            self.c._note(replace(self.state, seq=self.seq, next_serial=self.next_serial, pending=()))

    def asides(self) -> Iterator[Path]:
        """What was written aside, by now."""
        return (part.aside.aside for part in self.parts)

    def cards(self) -> Sequence[Card]:
        """The cards as they are now, in the order of the steps."""
        return Lazy([self.by_step[place] for place in sorted(self.by_step)], self._stored)

    def written(self) -> Written:
        """What was done."""
        return Written(self.changeset, self.seq, self.cards(), tuple(self.merged), tuple(self.claims.freed))

    def _places(self) -> Mapping[int, list[tuple[int, int]]]:
        """Segment number -> the steps of its cards: place among the steps, serial."""
        found: dict[int, list[tuple[int, int]]] = {}
        for place, (serial, _step) in enumerate(self.steps):
            if serial is None:
                serial = self._new_serial(found)
            found.setdefault(segment_number(serial), []).append((place, serial))
        return found

    def _new_serial(self, begun: Mapping[int, object]) -> int:
        """The next serial. Another hand may have put cards where ours would go: those are not written over."""
        while (number := segment_number(self.next_serial)) not in begun:
            try:
                segment = self.c._folder.read(number)
            except Damaged:
                self.next_serial = (number + 1) * SEGMENT_SIZE  # a damaged file keeps nobody from adding clients
                continue
            if segment.stamp == NO_FILE and number in self.c._folder.listed():
                self.next_serial = (number + 1) * SEGMENT_SIZE  # nor one that somebody deleted: it stays missed
                continue
            used = max((*segment.cards, *segment.trash), default=0)
            if used < self.next_serial:
                break
            self.next_serial = used + 1
        serial = self.next_serial
        self.next_serial += 1
        return serial

    def _segment(self, number: int, places: Sequence[tuple[int, int]]) -> None:
        segment = self.c._folder.read(number)
        self.seq = max(self.seq, segment.last_seq)
        clients, trash = dict(segment.cards), dict(segment.trash)
        serials: list[int] = []
        changes: dict[int, bytes] = {}
        first_seq = self.seq + 1
        for place, serial in places:
            card = card_in(segment, serial)
            outcome = self.steps[place][1](card, segment)
            if outcome is None:
                if card:
                    self.by_step[place] = serial
                continue
            if card:
                record = (segment.trash if card.trashed else segment.cards)[serial]
                self.had.setdefault(number, {})[serial] = record, card.trashed
            made = self._made(serial, outcome, card)
            clients.pop(serial, None)
            trash.pop(serial, None)
            if outcome.act != "merge":
                (trash if made.trashed else clients)[serial] = encode(made.document)
                serials.append(serial)
                self.by_step[place] = serial
            change = self._change(made, outcome)
            changes[change.seq] = change.record()
            self.merged.update(dict.fromkeys(outcome.theirs))
        self.done += len(places)
        self.progress(self.done, 2 * len(self.steps))
        if not changes:
            return
        made_segment = replace(
            segment,
            generation=segment.generation + 1,
            last_seq=self.seq,
            cards=clients,
            trash=trash,
            changes=self._journal(segment, changes),
        )
        self.begun = self.begun or segment.stamp == NO_FILE
        aside = self.c._folder.write_aside(made_segment, durable=len(self.steps) == 1)
        seqs = range(first_seq, self.seq + 1)
        self.parts.append(_Part(aside, serials, seqs, gone=len(seqs) > len(serials)))
        self._keep(made_segment)

    def _keep(self, segment: Segment) -> None:
        """Keep the segment in memory; if there are many by now, not the first of them: they can be read again."""
        if len(self.kept) >= SEGMENTS_KEPT:
            del self.kept[next(iter(self.kept))]
        self.kept[segment.number] = segment

    def _now(self, number: int) -> Segment:
        """A segment as it is when all is in its place."""
        if number not in self.kept:
            self._keep(self.c._folder.read(number))
        return self.kept[number]

    def _stored(self, serial: int) -> Card:
        card = card_in(self._now(segment_number(serial)), serial)
        if card is None:
            raise NotFound("client-missing", reference=str(serial))
        return card

    def _update(self, part: _Part) -> "SegmentUpdate":
        """What the index is told of a segment."""
        from store import refreshing
        from store.index import SegmentUpdate

        number = part.aside.number
        before = {
            serial: Card(serial, decode(record), trashed)
            for serial, (record, trashed) in self.had.get(number, {}).items()
        }
        if part.gone:
            whole = refreshing.whole(self.c._folder, self._now(number))
            return replace(whole, stamp=part.aside.stamp, before=before)
        changes = Lazy(part.seqs, lambda seq: Change.of(seq, self._now(number).changes[seq]))
        return SegmentUpdate(number, part.aside.stamp, Lazy(part.serials, self._stored), changes, before=before)

    def _made(self, serial: int, outcome: Outcome, card: Card | None) -> Card:
        document = outcome.document
        is_new = outcome.act == "new"
        # A card that a merge took away goes on from the revision it went with.
        revision = 1 if is_new else (Card(serial, document) if card is None else card).revision + 1
        if outcome.act == "merge":
            return Card(serial, {"revision": revision})
        envelope = {
            "uid": (not is_new and document.get("uid")) or self._uid(document),
            "number": document.get("number") or next(self.free),
            "revision": revision,
            "created": document["created"] if self._is_dated(document, is_new) else self.at,
            "updated": self.at,
        }
        made: Document = {**envelope, **{key: value for key, value in document.items() if key not in envelope}}
        # What a card in the trash had may be another client's now.
        had = card.document if card and outcome.act != "restore" else None
        self.claims.add(serial, had, made, own=outcome.act == "unmerge")
        stays = outcome.act == "edit" and card is not None and card.trashed
        return Card(serial, made, trashed=stays or outcome.act == "remove")

    @staticmethod
    def _is_dated(document: Document, is_new: bool) -> bool:
        """Whether the card says when it was made; a new one may bring that along from another store."""
        return is_stamp(document.get("created")) if is_new else bool(document.get("created"))

    def _uid(self, document: Document) -> str:
        """A new card keeps the uid it was offered with, unless that is somebody's already."""
        uid = str(document.get("uid") or "")
        return new_uid() if not uid or self.c._index.owners(uid, kinds=("uid",)) else uid

    def _change(self, card: Card, outcome: Outcome) -> Change:
        self.seq += 1
        return Change(
            seq=self.seq,
            changeset=self.changeset,
            serial=card.serial,
            revision=card.revision,
            at=self.at,
            who=self.c._operator,
            why=self.why if self.why != "edit" or outcome.act == "edit" else outcome.act,
            fields=outcome.fields,
            act=outcome.act,
            undoes=self.undoes,
        )

    def _journal(self, segment: Segment, changes: Mapping[int, bytes]) -> dict[int, bytes]:
        """The segment's changes with the new ones; the older half moves out where they grow too large."""
        records = {**segment.changes, **changes}
        size = sum(map(len, records.values()))
        if size <= JOURNAL_BYTES or not segment.changes:
            return records
        moved: dict[int, bytes] = {}
        for seq in sorted(segment.changes):
            if size <= JOURNAL_BYTES // 2:
                break
            moved[seq] = records.pop(seq)
            size -= len(moved[seq])
        path = self.c._folder.file(segment.number)
        older = history_file(path, len(history_files(path)) + 1)
        # Written before the segment: a crash between the two leaves changes twice, never not at all.
        history = Segment(segment.number, generation=1, last_seq=max(moved), changes=moved)
        disk.replace(older, history.content(), self.c._modes.file)
        return records

    def _index(self) -> None:
        from store import refreshing

        cards = sum(len(part.serials) for part in self.parts)
        if cards >= REBUILD_FROM and cards * 2 > self.next_serial:
            # Most of the store is new: both cores build the index sooner than one takes the cards in.
            refreshing.rebuild(self.c._folder, self.c._index, self._index_progress)
            return
        self.c._index.update(Lazy(self.parts, self._update))
        self._index_progress(1, 1)

    def _index_progress(self, done: int, of: int) -> None:
        count = len(self.steps)
        self.progress(count + count * done // max(of, 1), 2 * count)

    def _taken(self, numbers_: Iterable[str]) -> set[str]:
        asked = list(numbers_)
        return self.c._index.numbers_taken(asked) | erased.numbers_taken(self.c._folder.store, asked)

    def _free_numbers(self, count: int) -> Iterator[str]:
        """Numbers for new cards that bring none; asked for only when the first of them needs one."""
        if count:
            yield from numbers.free(count, self.state.next_serial + count, self._taken)
        while True:
            yield from numbers.free(1, self.state.next_serial, self._taken)
