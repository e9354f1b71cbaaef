"""Is the index what the segments say? Compared segment by segment, then read through to its last row.

Nothing is built a second time. A card is compared with its row; of some cards, or of all where they are few, a print
of all their terms is kept, and one reading of all rows of terms makes the same print from the other side
(`store.index.scanning`). All of it is about one state of the index, whoever saves meanwhile.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from store.card import Card
from store.index import vocabulary, writing
from store.index.extract import Extract, Named, extract, forget_texts, former
from store.index.orders import names_wrong, values_wrong
from store.index.plan import Plan
from store.index.postings import nodes_over
from store.index.scanning import Prints, Scan, print_of
from store.index.tables import OF_SALT, Changed, Malformed, SegmentUpdate, badly_typed, columns
from store.index.wording import words_wrong
from store.schema import Schema
from store.segments.segment import SEGMENT_SIZE

FEW = 5_000
"""Of so many cards every term is verified …"""

EVERY = 50
"""… of more only those of every so manieth card; all their rows are compared in any case."""

_OF_SERIALS = ("client", "named", "former", "change")


class Verifier:
    """Compares one state of the index with the segments."""

    damage: str = ""
    """Why the index cannot be read to its end; "" where it can."""

    def __init__(self, db: sqlite3.Connection, schema: Schema) -> None:
        """Take a connection of its own: it stays in one transaction until `close`."""
        self._db = db
        # Not that of the index itself: another thread may be saving by it.
        self._plan = Plan(schema)
        self._passed: set[int] = set()
        self._unlike: set[int] = set()
        self._misplaced = False
        self._expected = dict.fromkeys(_OF_SERIALS, 0)
        self._prints: Prints = {}
        self._every = 1
        self._nodes: frozenset[str] = frozenset()
        self._generations: dict[int, int] = {}
        self._spoken = True
        with self._noting():
            self._begin()

    @property
    def unlike(self) -> frozenset[int]:
        """The segments that were not compared, as they are of another generation than the index has."""
        return frozenset(self._unlike)

    def pass_over(self, number: int) -> None:
        """Leave a segment out: it cannot be read, or it is known not to be as it was indexed."""
        self._passed.add(number)

    def compare(self, segment: SegmentUpdate) -> list[str]:
        """Compare a segment, whole, with what the index keeps of it.

        Returns:
            The numbers of the clients of whom the index says something else.
        """
        if self.damage or segment.number in self._passed:
            return []
        if self._generations.get(segment.number) != segment.stamp[3]:
            self._passed.add(segment.number)
            self._unlike.add(segment.number)
            return []
        with self._noting():
            return self._differing(segment)
        return []

    def rest(self) -> list[str]:
        """Read the whole index through, once all segments were compared or passed over.

        Returns:
            What is wrong with it, as names of its tables and orders; [] where nothing is.
        """
        if self.damage:
            return []
        with self._noting():
            return list(dict.fromkeys(self._read_through()))
        return []

    def close(self) -> None:
        """End the transaction and close the connection."""
        forget_texts(self._plan)
        with suppress(sqlite3.Error):
            self._db.close()

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Note damage that keeps a question from being answered."""
        try:
            yield
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            self.damage = self.damage or str(error)

    def _begin(self) -> None:
        self._db.execute("begin")
        if wrong := badly_typed(self._db):
            raise Malformed(f"the table {wrong} is not what was written")
        self._generations = dict(self._db.execute("select number, generation from segment"))
        (count,) = self._db.execute("select count(*) from client").fetchone()
        self._every = 1 if count <= FEW else EVERY
        self._nodes = Scan.nodes(self._db)

    def _differing(self, segment: SegmentUpdate) -> list[str]:
        had: dict[int, dict[Named, None]] = {}
        for change in segment.changes:
            had.setdefault(change.serial, {}).update(dict.fromkeys(former(change)))
        span = _span(segment.number)
        rows = {row[0]: row for row in self._rows("client", span)}
        wrong: dict[int, str] = {}
        for card in segment.cards:
            if card.serial // SEGMENT_SIZE != segment.number:
                self._misplaced = True  # another hand put it here: the check says so
            elif not self._is_indexed(card, rows.pop(card.serial, None), had.get(card.serial, {})):
                wrong[card.serial] = card.number
        gone = {serial: str(row[3]) for serial, row in rows.items()}
        numbers = {**{card.serial: card.number for card in segment.cards}, **gone}
        for serial in self._journal_wrong(segment.changes, had, span):
            wrong[serial] = numbers.get(serial, "")
        return [*{**wrong, **gone}.values()]

    def _read_through(self) -> Iterator[str]:
        (verdict,) = self._db.execute("pragma integrity_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        if not self._misplaced:
            yield from (table for table in _OF_SERIALS if self._count(table) != self._expected[table])
        ranks, wrong = names_wrong(self._db)
        yield from wrong
        yield from values_wrong(self._db, self._plan)
        scan = Scan(self._db, self._every)
        yield from scan.wrong(self._prints, self._passed, ranks)
        yield from words_wrong(self._db, scan.words)
        if not self._spoken:
            yield "word"

    def _is_indexed(self, card: Card, row: tuple[Any, ...] | None, had: Mapping[Named, None]) -> bool:
        """Whether a card is in the index as it is."""
        found = extract(card, self._plan, had)
        named = set(writing.named_rows(card.serial, found.shown.named))
        self._expected["client"] += 1
        self._expected["named"] += len(named)
        if card.serial % self._every == 0:
            self._sample(found, row[1] if row else 0)
        exact = "select 1 from named where key = ? and serial = ? and kind = ? + " + OF_SALT
        return (
            row is not None
            and row == writing.client_row(row[1], found.shown, found.digits, found.sum)
            and all(self._db.execute(exact, each).fetchone() for each in named)
        )

    def _sample(self, found: Extract, rank: int) -> None:
        """Keep a print of all terms of a card, and ask for its words."""
        terms = writing.terms_of(found, writing.places_of(self._db, found), rank)
        terms |= nodes_over(terms, self._nodes.__contains__)
        self._prints[found.serial] = print_of(terms)
        for word in {vocabulary.rough(word) for word in found.words}:
            if (
                vocabulary.is_kept(word)
                and not self._db.execute("select 1 from word where word = ?", (word,)).fetchone()
            ):
                self._spoken = False

    def _journal_wrong(
        self, changes: Iterable[Changed], had: Mapping[int, Mapping[Named, None]], span: tuple[int, int]
    ) -> Iterator[int]:
        """The clients whose changes, or former numbers and identifiers, the index has otherwise."""
        made = {writing.change_row(change) for change in changes if span[0] <= change.serial <= span[1]}
        olds = {
            writing.former_row(serial, named)
            for serial, taken in had.items()
            for named in taken
            if span[0] <= serial <= span[1]
        }
        self._expected["change"] += len(made)
        self._expected["former"] += len(olds)
        # By their places in the order of all: there may be millions, and no index leads from a client to them.
        chosen = f"select {columns('change')} from change where seq in (select value from json_each(?))"
        kept = set(self._db.execute(chosen, (json.dumps([row[0] for row in made]),)))
        yield from (row[2] for row in kept ^ made)
        yield from (row[0] for row in self._rows("former", span) ^ olds)

    def _rows(self, table: str, span: tuple[int, int]) -> set[Any]:
        return set(self._db.execute(f"select {columns(table)} from {table} where serial between ? and ?", span))

    def _count(self, table: str) -> int:
        """How many rows a table has of the segments that were compared, and of those that are no more."""
        segments = f"serial / {SEGMENT_SIZE} not in (select value from json_each(?))"
        (count,) = self._db.execute(
            f"select count(*) from {table} where {segments}", (json.dumps(sorted(self._passed)),)
        ).fetchone()
        return int(count)


def _span(number: int) -> tuple[int, int]:
    first = number * SEGMENT_SIZE
    return first, first + SEGMENT_SIZE - 1
