"""Bringing the index up to what the segments hold, card by card or many at once."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from store import folding
from store.card import Card
from store.clock import seconds_of
from store.index import vocabulary
from store.index.extract import Extract, Named, Shown, extracts, forget_texts, former
from store.index.keys import kind_code, named_key
from store.index.places import Line
from store.index.plan import Plan
from store.index.postings import PostingsWriter
from store.index.said import value_of
from store.index.slices import bits_of, within
from store.index.tables import MARK, Changed, SegmentUpdate, columns, insertion, mark_of, salt, sum_of
from store.index.terms import RANK
from store.segments.segment import SEGMENT_SIZE

MANY = 4_096
"""Cards whose terms are gathered before they are written."""

ClientRow = tuple[int, int, int, str, str, str, str, str, bool, int, str, int, int]
ChangeRow = tuple[int, str, int, int | str, str, str, int]
NamedRow = tuple[int, int, int]
FormerRow = tuple[int, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A card that is to be put in: what it was found by, where that is known, and what it is found by now."""

    before: Extract | None
    after: Extract | None
    """None for a card that is gone."""
    rank: int
    """The place it had; 0 where it was not indexed."""


class Update:
    """One transaction's changes to the index."""

    def __init__(self, db: sqlite3.Connection, plan: Plan) -> None:
        self._db = db
        self._plan = plan
        self._writer = PostingsWriter(db)
        self._salt = salt(db)
        self._waiting: dict[int, _Waiting] = {}
        self._unknown: set[int] = set()
        """Cards that were indexed nobody knows how: taken out of everything before they are put in."""
        self._named: dict[int, set[NamedRow]] = {}
        """What these have in the table `named`."""
        self._anew: tuple[list[int], list[ChangeRow]] = ([], [])
        """Segments that are told whole, and all their changes."""
        self._fresh: set[int] = set()
        """Cards whose rank is new, so that their slices are not written yet."""
        self._ranks = Line(db, "select rank, name, serial from client where true", (), self._move_client, column="rank")

    def put(self, segment: SegmentUpdate) -> None:
        """Note what became of a segment; written when enough is noted, and by `finish`."""
        had = {card.serial: former_of(self._db, card.serial) for card in segment.cards}
        if segment.whole:
            self._forget_missing(segment)
            first = segment.number * SEGMENT_SIZE
            self._db.execute("delete from former where serial between ? and ?", (first, first + SEGMENT_SIZE - 1))
        self._note_changes(segment)
        for card in segment.cards:
            if card.serial in self._waiting:
                self._write()
            self._note(card, segment.before.get(card.serial), had[card.serial])
        self._db.execute(insertion("segment"), (segment.number, *segment.stamp))
        if len(self._waiting) >= MANY:
            self._write()

    def finish(self) -> None:
        """Write all that was noted."""
        self._write()
        self._writer.finish()
        if self._plan.remembers_much():
            forget_texts(self._plan)
        self._db.execute("update meta set value = 1 where key = 'built'")
        self._db.execute("update meta set value = value + 1 where key = 'state'")

    def _note(self, card: Card, before: Card | None, had: Sequence[Named]) -> None:
        serial = card.serial
        known = self._known(serial)
        # Where nobody says what it was like, it may well be as it was.
        now = former_of(self._db, serial)
        is_other = known is not None and (before is not None or had != now)
        after, *old = extracts([(card, now), *([(before or card, had)] if is_other else ())], self._plan)
        old = old or [after]
        self._waiting[serial] = self._waiting_for(serial, known, old, after)

    def _known(self, serial: int) -> tuple[int, int] | None:
        """The rank of a client, and by what it is known how it was indexed."""
        row: tuple[int, int] | None
        row = self._db.execute("select rank, said from client where serial = ?", (serial,)).fetchone()
        return row

    def _waiting_for(
        self, serial: int, known: tuple[int, int] | None, old: Sequence[Extract], after: Extract | None
    ) -> _Waiting:
        if known is None:
            return _Waiting(None, after, 0)
        if old and old[0].sum == known[1]:
            return _Waiting(old[0], after, known[0])
        self._unknown.add(serial)
        return _Waiting(None, after, known[0])

    def _forget_missing(self, segment: SegmentUpdate) -> None:
        first = segment.number * SEGMENT_SIZE
        span = (first, first + SEGMENT_SIZE - 1)
        named = {card.serial for card in segment.cards}
        for (serial,) in self._db.execute("select serial from client where serial between ? and ?", span).fetchall():
            if serial not in named:
                before = segment.before.get(serial)
                old = extracts([(before, former_of(self._db, serial))], self._plan) if before else ()
                self._waiting[serial] = self._waiting_for(serial, self._known(serial), old, None)

    def _note_changes(self, segment: SegmentUpdate) -> None:
        whole, changes = self._anew
        if segment.whole:
            whole.append(segment.number)
        for change in segment.changes:
            if segment.whole:
                changes.append(change_row(change))
            else:
                self._db.execute(insertion("change", self._salt), change_row(change))
            self._db.executemany(
                insertion("former", self._salt, "or ignore"),
                [former_row(change.serial, named) for named in former(change)],
            )

    def _write(self) -> None:
        """Write what is waiting: first the places, which may move others, then the terms by them."""
        self._write_changes()
        if not self._waiting:
            return
        words: dict[str, None] = {}
        values: dict[str, None] = {}
        if self._unknown:
            for known, gone in zip((words, values), self._purge(), strict=True):
                known.update(dict.fromkeys(gone))
        self._place_wholes()
        ranks = self._place_names()
        self._writer.write()
        # Only now: places may have been moved while new ones were made.
        for serial, waiting in self._waiting.items():
            before, after = waiting.before, waiting.after
            self._writer.change(serial, before.terms if before else (), after.terms if after else ())
            old = numbers_of(before, places_of(self._db, before), ranks[serial][0]) if before else {}
            new = numbers_of(after, places_of(self._db, after), ranks[serial][1]) if after else {}
            self._slice(serial, old, new)
            self._put_rows(serial, before, after)
            if after:
                vocabulary.learn(self._db, self._writer, after.words - (before.words if before else set()))
            if before:
                words.update(dict.fromkeys(before.words - (after.words if after else set())))
                values.update(dict.fromkeys(before.wholes - (after.wholes if after else set())))
        self._writer.write()
        self._forget(words, values)
        self._waiting.clear()
        self._unknown.clear()
        self._named.clear()
        self._fresh.clear()

    def _write_changes(self) -> None:
        """Write the changes of segments that are told whole in the place of those that were known of them."""
        whole, changes = self._anew
        if whole:
            # All at once: no index tells which are whose, and to look through those of a million clients is 0.1 s.
            gone = f"delete from change where serial / {SEGMENT_SIZE} in (select value from json_each(?))"
            self._db.execute(gone, (json.dumps(whole),))
            self._db.executemany(insertion("change", self._salt), changes)
            self._anew = ([], [])

    def _slice(self, serial: int, old: Mapping[str, int], new: Mapping[str, int]) -> None:
        """Note which of a card's numbers are others now."""
        for code in {*old, *new}:
            self._writer.slice(code, serial, old.get(code), new.get(code))

    def _forget(self, words: Iterable[str], values: Iterable[str]) -> None:
        """Let go of words and values that nobody has any more."""
        vocabulary.forget(self._db, self._writer, words)
        self._writer.write()
        unsaid = [(term,) for term in values if not self._writer.docs(term)]
        self._db.executemany("delete from whole where term = ?", unsaid)

    def _place_wholes(self) -> None:
        """Give every value that is new in its field a place."""
        for term in self._new_wholes():
            place = self._values(term[1:3]).free(value_of(term), term)
            self._db.execute(insertion("whole", self._salt, ""), whole_row(term, place))

    def _new_wholes(self) -> list[str]:
        wanted: set[str] = set()
        for waiting in self._waiting.values():
            if waiting.after:
                wanted |= waiting.after.wholes - (waiting.before.wholes if waiting.before else set())
        new = [term for term in wanted if place_of(self._db, term) is None]
        return sorted(new, key=lambda term: (term[1:3], folding.sort_key(value_of(term)), term))

    def _values(self, code: str) -> Line:
        rows = "select place, term, term from whole where field = ?"
        return Line(self._db, rows, (code,), self._move_whole, column="place", text_of=value_of)

    def _place_names(self) -> dict[int, tuple[int, int]]:
        """Give every client whose name is new a rank: the old ones and the new ones, 0 for none."""
        placed: list[tuple[str, int]] = []
        for serial, waiting in self._waiting.items():
            after = waiting.after
            row = self._db.execute("select name from client where serial = ?", (serial,)).fetchone()
            if after is None or row is None or row[0] != after.shown.name:
                self._db.execute("delete from client where serial = ?", (serial,))
                self._fresh.add(serial)
                if after:
                    placed.append((folding.sort_key(after.shown.name), serial))
        for _, serial in sorted(placed):
            after = self._waiting[serial].after
            assert after is not None
            rank = self._ranks.free(after.shown.name, serial)
            self._put_client(rank, after)
        ranks: dict[int, tuple[int, int]] = {}
        for serial, waiting in self._waiting.items():
            row = self._db.execute("select rank from client where serial = ?", (serial,)).fetchone()
            now = row[0] if row else 0
            ranks[serial] = (waiting.rank if serial in self._fresh else now, now)
        return ranks

    def _put_client(self, rank: int, found: Extract) -> None:
        self._db.execute(insertion("client", self._salt), client_row(rank, found.shown, found.digits, found.sum))

    def _put_rows(self, serial: int, before: Extract | None, after: Extract | None) -> None:
        rows = set(named_rows(serial, after.shown.named)) if after else set()
        known = set(named_rows(serial, before.shown.named)) if before else self._named.get(serial, set())
        exact = f"key = ? and serial = ? and kind = ? + {self._salt}"
        self._db.executemany(f"delete from named where {exact}", known - rows)
        self._db.executemany(insertion("named", self._salt, "or ignore"), rows - known)
        if after:
            (rank,) = self._db.execute("select rank from client where serial = ?", (serial,)).fetchone()
            self._put_client(rank, after)

    def _purge(self) -> tuple[set[str], set[str]]:
        """Take the cards that were indexed nobody knows how out of all terms: what nobody says and has any more."""
        gone = self._writer.purge(self._unknown)
        wanted = "serial in (select value from json_each(?))"
        query = f"select {columns('named')} from named where {wanted}"
        for row in self._db.execute(query, (json.dumps([*self._unknown]),)):
            self._named.setdefault(row[1], set()).add(row)
        unsaid = vocabulary.said_by(self._db, {term[1:] for term in gone if term[0] == "w"})
        return set(unsaid), {term for term in gone if term[0] == "="}

    def _move_client(self, serial: int | str, place: int, target: int) -> None:
        self._db.execute(
            f"update client set rank = :rank, mark = {MARK} + {self._salt} where serial = :serial",
            {"rank": target, "serial": serial},
        )
        if serial not in self._fresh:
            self._move(RANK, [int(serial)], place, target)

    def _move_whole(self, term: int | str, place: int, target: int) -> None:
        text = str(term)
        code = text[1:3]
        self._db.execute(insertion("whole", self._salt), whole_row(text, target))
        self._writer.write()
        having = self._writer.docs(text)
        if having and code not in self._plan.singles:
            # Who has several values is sorted by the first of them, which may be another.
            having = within(self._writer.slices(code), having, place, place)
        self._move(code, list(having), place, target)

    def _move(self, code: str, serials: Sequence[int], place: int, target: int) -> None:
        for serial in serials:
            self._slice(serial, {code: place}, {code: target})
        self._writer.write()


def terms_of(found: Extract, places: Mapping[str, int], rank: int) -> set[str]:
    """Every term of a card, those of its numbers and places too."""
    terms = set(found.terms)
    for code, number in numbers_of(found, places, rank).items():
        terms.update(bits_of(code, number))
    return terms


def numbers_of(found: Extract, places: Mapping[str, int], rank: int) -> dict[str, int]:
    """Every number a card is sorted by: its own, its values' places and its name's."""
    return {**found.numbers, **places, RANK: rank}


def places_of(db: sqlite3.Connection, found: Extract) -> dict[str, int]:
    """The places of a card's values, the first of each field's, by the field's code."""
    rows = db.execute(
        "select field, min(place) from whole where term in (select value from json_each(?)) group by field",
        (json.dumps(list(found.wholes)),),
    )
    return dict(rows.fetchall())


def place_of(db: sqlite3.Connection, term: str) -> int | None:
    """The place of a whole value among those of its field; None where it has none."""
    row = db.execute("select place from whole where term = ?", (term,)).fetchone()
    return int(row[0]) if row else None


def former_of(db: sqlite3.Connection, serial: int) -> list[Named]:
    """The numbers and identifiers a client had once, those it has again too."""
    return [
        Named(*row)
        for row in db.execute("select kind, key, path, value from former where serial = ? order by 1, 2, 3", (serial,))
    ]


def client_row(rank: int, shown: Shown, digits: str, total: int) -> ClientRow:
    """A row of the table `client`."""
    serial, number, name, phone, city, tags, is_trashed, revision, _ = shown
    checked = sum_of(serial, number, name, phone, city, tags, int(is_trashed), digits)
    mark = mark_of(serial, rank)
    return serial, rank, mark, number, name, phone, city, tags, is_trashed, revision, digits, total, checked


def whole_row(term: str, place: int) -> tuple[str, str, int, int]:
    """A row of the table `whole`."""
    return term, term[1:3], place, sum_of(term, place)


def named_rows(serial: int, named: Iterable[Named]) -> Iterator[NamedRow]:
    """Rows of the table `named`."""
    for one in named:
        key = named_key(one.key)
        yield key, serial, kind_code(key, serial, one.kind)


def former_row(serial: int, named: Named) -> FormerRow:
    """A row of the table `former`."""
    values = (serial, named.kind, named.key, named.path, named.value)
    return *values, sum_of(*values)


def change_row(change: Changed) -> ChangeRow:
    """A row of the table `change`."""
    row = (change.seq, change.changeset, change.serial, seconds_of(change.at), change.who, change.why)
    return *row, sum_of(*row)
