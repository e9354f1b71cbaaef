"""Bringing the index up to what the segments hold, card by card or many at once."""

import sqlite3
from collections.abc import Iterable, Sequence

from store.index import places
from store.index.extract import Extract, Named, Plan, extract, forget_texts, former, former_words
from store.index.tables import SEGMENT_SIZE, Changed, SegmentUpdate, sum_of

MANY = 2_000
"""From so many cards on, and where they are a third of the store, ranking all anew is cheaper than placing each."""

MERGE_EVERY = 40
"""Updates after which some of the pieces they left in the search tables are merged: many make every search slower.
One save in so many takes some milliseconds longer; when there is time, `tidy` merges all."""

_FEW_PAGES = 40
_MANY_PAGES = 400
_SEARCH_TABLES = ("fts", "phones")

IdentifierRow = tuple[str, int, str, str, str, bool, int]
SaidRow = tuple[int, str, str, str]
ClientRow = tuple[int, int, str, str, str, str, str, bool, int, str, str, str, str, str, int]
ChangeRow = tuple[int, str, int, str, str, str, int]


def update(db: sqlite3.Connection, segments: Sequence[SegmentUpdate], plan: Plan) -> None:
    """Take in what became of some segments. Runs inside the caller's transaction."""
    cards = sum(len(segment.cards) for segment in segments)
    known = db.execute("select max(serial) from client").fetchone()[0] or 0
    at_once = cards >= MANY and cards * 3 >= known
    sayings = places.Sayings(db)
    for segment in segments:
        if segment.whole:
            _forget_missing(db, sayings, segment)
        _note_changes(db, segment.changes)
        for card in segment.cards:
            found = extract(card, plan)
            if at_once:
                _put_waiting(db, found)
            else:
                _put(db, sayings, found)
        db.execute("insert or replace into segment values(?, ?, ?, ?, ?)", (segment.number, *segment.stamp))
    if at_once:
        places.rank_all(db)
    else:
        sayings.write()
        forget_texts()
    db.execute("update meta set value = 1 where key = 'built'")
    db.execute("update meta set value = value + 1 where key = 'unmerged'")


def _put(db: sqlite3.Connection, sayings: places.Sayings, found: Extract) -> None:
    """Put a card into the index in place of what was known of it."""
    serial = found.serial
    _put_named(db, serial, found.named)
    said = said_of(found, _former_of(db, serial))
    before = db.execute("select rank, trashed, key from client where serial = ?", (serial,)).fetchone()
    old = sayings.said(serial) if before else None
    rank = before[0] if before else 0
    if before is None or (bool(before[1]), before[2]) != (found.trashed, found.key):
        if before and old:
            sayings.unsay(rank, old)
            db.execute("delete from client where serial = ?", (serial,))
        rank = places.free_rank(db, sayings, found.key, serial, found.trashed)
        sayings.say(rank, said)
    elif old and old != said:
        sayings.unsay(rank, old)
        sayings.say(rank, said)
    _put_rows(db, rank, found, said, known=old)


def _put_waiting(db: sqlite3.Connection, found: Extract) -> None:
    """Put a card into the tables without a place of its own: `places.rank_all` follows."""
    _put_named(db, found.serial, found.named)
    said = said_of(found, _former_of(db, found.serial))
    _put_rows(db, places.waiting_rank(found.serial), found, said)


def _put_rows(
    db: sqlite3.Connection, rank: int, found: Extract, said: places.Said, *, known: places.Said | None = None
) -> None:
    row = client_row(rank, found)
    db.execute(f"insert or replace into client values({', '.join('?' * len(row))})", row)
    if said != known:
        db.execute("insert or replace into said values(?, ?, ?, ?)", (found.serial, *said))


def said_of(found: Extract, old: Iterable[Named]) -> places.Said:
    """What a card is found by: a row of the table `said` without its serial."""
    further = dict.fromkeys(found.more.split())
    further.update((word, None) for word in former_words(sorted(set(old), key=lambda named: (named.key, named.path))))
    return found.words, " ".join(further), found.grams


def client_row(rank: int, found: Extract) -> ClientRow:
    """A row of the table `client`."""
    return (
        *(rank, found.serial, found.number, found.name, found.phone, found.city, found.tags),
        *(found.trashed, found.revision, found.created, found.updated, found.key, found.city_key, found.digits),
        sum_of(found.serial, found.number, found.name, found.phone, found.city, found.tags, int(found.trashed)),
    )


def identifier_row(serial: int, named: Named, *, old: bool = False) -> IdentifierRow:
    """A row of the table `identifier`."""
    total = sum_of(serial, named.key, named.kind, named.path, named.value, int(old))
    return named.key, serial, named.kind, named.path, named.value, old, total


def change_row(change: Changed) -> ChangeRow:
    """A row of the table `change`."""
    row = (change.seq, change.changeset, change.serial, change.at, change.who, change.why)
    return *row, sum_of(*row)


def merge_some(db: sqlite3.Connection) -> None:
    """Merge a little of what single updates left, if they were many, and bring the write-ahead log home."""
    unmerged = db.execute("select value from meta where key = 'unmerged'").fetchone()
    if unmerged and unmerged[0] >= MERGE_EVERY:
        for table in _SEARCH_TABLES:
            _merge_step(db, table, _FEW_PAGES)
        db.execute("update meta set value = 0 where key = 'unmerged'")
        db.execute("pragma wal_checkpoint(passive)").fetchone()


def tidy(db: sqlite3.Connection) -> None:
    """Merge all that single updates left in the search tables, and bring the write-ahead log home."""
    for table in _SEARCH_TABLES:
        while _merge_step(db, table, _MANY_PAGES):
            pass
    db.execute("update meta set value = 0 where key = 'unmerged' and value > 0")
    db.execute("pragma wal_checkpoint(passive)").fetchone()


def _merge_step(db: sqlite3.Connection, table: str, pages: int) -> bool:
    """Merge some pages; False where there was nothing to merge: SQLite documents that as fewer than two changes."""
    changes = db.total_changes
    db.execute(f"insert into {table}({table}, rank) values('merge', {pages})")
    return db.total_changes - changes >= 2


def _forget_missing(db: sqlite3.Connection, sayings: places.Sayings, segment: SegmentUpdate) -> None:
    first = segment.number * SEGMENT_SIZE
    span = (first, first + SEGMENT_SIZE - 1)
    named = {card.serial for card in segment.cards}
    known = db.execute("select serial, rank from client where serial between ? and ?", span).fetchall()
    for serial, rank in known:
        if serial not in named:
            sayings.unsay(rank, sayings.said(serial))
            for table in ("client", "said", "identifier"):
                db.execute(f"delete from {table} where serial = ?", (serial,))
    db.execute("delete from identifier where old and serial between ? and ?", span)
    db.execute("delete from change where serial between ? and ?", span)


def _note_changes(db: sqlite3.Connection, changes: Iterable[Changed]) -> None:
    for change in changes:
        db.execute("insert or replace into change values(?, ?, ?, ?, ?, ?, ?)", change_row(change))
        _put_former(db, change.serial, former(change))


def _put_former(db: sqlite3.Connection, serial: int, named: Iterable[Named]) -> None:
    for name in set(named) - set(_former_of(db, serial)):
        db.execute("insert into identifier values(?, ?, ?, ?, ?, ?, ?)", identifier_row(serial, name, old=True))


def _put_named(db: sqlite3.Connection, serial: int, named: Iterable[Named]) -> None:
    rows = [identifier_row(serial, name) for name in named]
    known = db.execute("select * from identifier where serial = ? and not old", (serial,)).fetchall()
    if sorted(rows) != sorted(known):
        db.execute("delete from identifier where serial = ? and not old", (serial,))
        db.executemany("insert into identifier values(?, ?, ?, ?, ?, ?, ?)", rows)


def _former_of(db: sqlite3.Connection, serial: int) -> list[Named]:
    return [
        Named(*row)
        for row in db.execute("select kind, key, path, value from identifier where serial = ? and old", (serial,))
    ]
