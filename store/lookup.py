"""What an open store is asked: cards by whatever names them, searches, and what was changed."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from store import clock, disk
from store.card import Card, rows
from store.errors import Conflict, NotFound
from store.index import Index, Owner
from store.index.phases import PAGE
from store.schema import Schema
from store.segments import SegmentFolder, segment_number
from store.segments.cards import Cards
from store.segments.lock import LockState, StoreLock
from store.upkeep import Upkeep

# One quick question from the shell finds and no more: what only other questions need is imported when they are asked.
if TYPE_CHECKING:
    from store.index import Found
    from store.index.facets import Facet
    from store.journal import Change
    from store.kinds import Reading
    from store.query import Query, Target

INDEX = "index.sqlite3"


class Located(NamedTuple):
    """A card found by a number, identifier or uid."""

    card: Card
    old: bool
    """True where the client has that number or identifier no more."""
    path: str
    """The value it was found by, such as `number` or `identifiers[0].value`."""


class Lookup:
    """The files of a store and their index, opened, and every question they answer."""

    def __init__(
        self, path: Path, schema: Schema, operator: str, reading: "Reading | None", *, polled: bool = False
    ) -> None:
        self.path = path
        self.schema = schema
        self.operator = operator
        self._modes = disk.Modes.of(path)
        self.folder = SegmentFolder(path, self._modes)
        """The files; for the parts of the store, not for callers of the door."""
        self._cards = Cards(self.folder)
        self._reading = reading
        self.read_only = not all(os.access(place, os.W_OK | os.X_OK) for place in (path, self.folder.path))
        self.index = Index.open(path / INDEX, schema, read_only=self.read_only)
        self.index.read = self._cards.several
        self._lock = None if self.read_only else StoreLock(path, operator, self._modes.file)
        self._upkeep = Upkeep(self.folder, self.index, self._lock, polled=polled)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store's files."""
        self.index.close()
        if self._lock:
            self._lock.close()

    @property
    def reading(self) -> "Reading":
        """How typed values are read; its day is today's, also of a screen left open over midnight."""
        from store.kinds import Reading

        return self._reading or Reading(self._today)

    @property
    def _today(self) -> date:
        """The day of `reading`, without the kinds of fields, which a search by words never asks."""
        return self._reading.today if self._reading else clock.today()

    def get(self, reference: str) -> Located:
        """Find a client by number (in any spelling, old ones too), identifier or uid.

        Raises:
            NotFound: `client-missing`, with `reference`; `client-erased`, with `number` and `at`.
            Conflict: `reference-ambiguous`, with `reference` and the `numbers` of those it may mean.
        """
        owners = self._upkeep.healed(lambda: self.index.owners(reference))
        found = [located for owner in owners if (located := self._located(owner))]
        best = min((_rank(located) for located in found), default=None)
        found = [located for located in found if _rank(located) == best]
        if not found:
            from store import erased

            if gone := erased.named(self.path, reference):
                raise NotFound("client-erased", number=gone.number, at=gone.at)
            raise NotFound("client-missing", reference=reference)
        if len(found) > 1:
            names = [located.card.number for located in found]
            raise Conflict("reference-ambiguous", reference=reference, numbers=names)
        return found[0]

    def card(self, serial: int) -> Card:
        """A card, one in the trash too. Raises NotFound (`client-missing`, `-erased`), Conflict (`client-merged`)."""
        if card := self._cards.get(serial):
            return card
        from store.clients.merging import gone

        raise gone(serial, self.history(serial)[::-1])

    def cards(self, serials: Iterable[int] | None = None) -> Iterator[Card]:
        """Cards by their serials, ordered by them, each segment read once; all that are not in the trash by default."""
        return self._cards.all() if serials is None else self._cards.several(list(serials))

    def find(
        self,
        line: str,
        *,
        limit: int = PAGE,
        sort: str | None = None,
        among: Sequence[int] | None = None,
        as_given: bool = False,
    ) -> "Found":
        """Find clients by a search line (see `store.query`).

        Args:
            line: As typed.
            limit: Clients of the first page. Where fewer are found as typed, other ways in which the line may have
                been meant are tried; so 0 finds those as typed alone.
            sort: A key of `store.query.parse_sort`; None for the order of names, the nearest first.
            among: The clients it is a list of; None for all.
            as_given: Whether those found in one way are to stand as in `among`.
        """
        from store.query import parse_sort

        query = self._asked(line)
        order = parse_sort(sort or "", self.schema)
        return self._upkeep.healed(lambda: self.index.find(query, limit, order, among, as_given=as_given))

    def count(self, line: str, among: Sequence[int] | None = None) -> int:
        """How many clients a search line finds: as many as its list has."""
        return self.find(line, among=among).total

    def facets(self, line: str, target: "Target", limit: int = 20, among: Sequence[int] | None = None) -> "list[Facet]":
        """The values of a field among the clients a search line finds, the most frequent first."""
        query = self._asked(line)
        return self._upkeep.healed(lambda: self.index.facets(query, target, limit, among))

    def values(self, target: "Target", beginning: str, limit: int = 10) -> list[tuple[str, int]]:
        """Values of a field that begin so, with how many clients have them, the most frequent first."""
        return self._upkeep.healed(lambda: self.index.values(target, beginning, limit))

    def history(self, serial: int) -> "list[Change]":
        """All changes of a card, the newest first."""
        from store.journal.reading import history

        return history(self.folder, serial)[::-1]

    def changes(self, since: datetime | None = None, limit: int | None = None) -> "list[Change]":
        """Changes of all cards, the newest first."""
        from store.journal.reading import changes_of

        moment = clock.stamp(since.astimezone(UTC)) if since else None
        refs = self._upkeep.healed(lambda: self.index.changes(since=moment, limit=limit))
        by_segment: dict[int, set[int]] = {}
        for ref in refs:
            by_segment.setdefault(segment_number(ref.serial), set()).add(ref.seq)
        found = [
            change
            for number, wanted in by_segment.items()
            for change in changes_of(self.folder, self.folder.read(number))
            if change.seq in wanted
        ]
        return sorted(found, key=lambda change: change.seq, reverse=True)

    def data_version(self) -> int:
        """A number that changes when any process saved; to be asked every 250 ms."""
        return self.index.data_version()

    @property
    def is_left_unfinished(self) -> bool:
        """Whether somebody saves right now, or was killed while he did: `finish_for_the_dead` tells the two apart."""
        return self._lock is not None and bool(self._lock.peek().pending)

    def finish_for_the_dead(self) -> None:
        """Index what a killed writer saved: with a whole store to be read anew this takes long."""
        if self.is_left_unfinished:
            self._upkeep.finish_for_the_dead()

    def lock_state(self) -> LockState:
        """What the lock file says now, without taking the lock: who saves, if anybody."""
        return self._lock.peek() if self._lock else LockState()

    def catch_up(self) -> None:
        """Take in what another program wrote into the files: by their status, some milliseconds for 100,000 clients."""
        self._upkeep.catch_up()

    def _asked(self, line: str) -> "Query":
        from store.query import parse

        return parse(line, self.schema, self._today)

    def _located(self, owner: Owner) -> Located | None:
        card = self._cards.get(owner.serial)
        if card is None:
            return None
        old = owner.old
        if owner.path.startswith("identifiers["):
            place = int(owner.path[len("identifiers[") : owner.path.index("]")])
            known = rows(card.document, "identifiers")
            until = known[place].get("until") if place < len(known) else None
            old = old or (isinstance(until, str) and until <= self._today.isoformat())
        return Located(card, old, owner.path)


def _rank(located: Located) -> tuple[bool, bool]:
    return located.card.trashed, located.old
