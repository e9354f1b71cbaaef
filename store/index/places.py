"""Ranks: the places of cards in name order, with gaps, so that a found list streams in order and nothing is sorted.

The rank is the row number of every search table. A card whose name changes takes a free rank between its new
neighbours; where none is free, a neighbourhood is spread.
"""

import sqlite3

from store.index.tables import FIRST_RANK, GAP

_ROOM = 8
"""The least gap a spread must leave, so that it is not soon needed again."""

Said = tuple[str, str, str]
"""What a card is found by: words, further words, grams of its phones."""

_ASIDE = -(1 << 61)
"""Where rows wait while their neighbourhood is moved: no card is ever ranked here."""


def waiting_rank(serial: int) -> int:
    """A rank for a card that `rank_all` will place: every card has another."""
    return _ASIDE + (1 << 32) + serial


class Sayings:
    """What the search tables are to hold from now on, gathered and then written in the order of ranks.

    In any other order FTS5 would write out what it has gathered at every step back.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._before: dict[int, Said] = {}
        self._after: dict[int, Said] = {}

    def said(self, serial: int) -> Said:
        """What `said` holds of a card."""
        row: Said = self._db.execute("select words, more, grams from said where serial = ?", (serial,)).fetchone()
        return row

    def say(self, rank: int, said: Said) -> None:
        """Let the search find this at that rank."""
        self._after[rank] = said

    def unsay(self, rank: int, said: Said) -> None:
        """Take it out of the search: the very words that were put in."""
        if self._after.pop(rank, None) is None:
            self._before[rank] = said

    def write(self) -> None:
        """Write it all."""
        for rank in sorted({*self._before, *self._after}):
            old, new = self._before.get(rank), self._after.get(rank)
            if old == new:
                continue
            if old:
                self._db.execute("insert into fts(fts, rowid, words, more) values('delete', ?, ?, ?)", (rank, *old[:2]))
                self._db.execute("insert into phones(phones, rowid, grams) values('delete', ?, ?)", (rank, old[2]))
            if new:
                self._db.execute("insert into fts(rowid, words, more) values(?, ?, ?)", (rank, *new[:2]))
                self._db.execute("insert into phones(rowid, grams) values(?, ?)", (rank, new[2]))
        self._before.clear()
        self._after.clear()


def free_rank(db: sqlite3.Connection, sayings: Sayings, key: str, serial: int, trashed: bool) -> int:
    """A rank for a card between its neighbours in name order; may move neighbours."""
    while True:
        lower, higher = _neighbours(db, key, serial, trashed)
        if lower is None:
            rank = FIRST_RANK[trashed] if higher is None else higher - GAP
            if trashed or rank > 0:
                return rank
            lower = 0
        if higher is None:
            return lower + GAP
        if higher - lower > 1:
            return (lower + higher) // 2
        _spread(db, sayings, higher, trashed)


def _neighbours(db: sqlite3.Connection, key: str, serial: int, trashed: bool) -> tuple[int | None, int | None]:
    place = (trashed, key, serial)
    lower = db.execute(
        "select rank from client where trashed = ? and (key, serial) < (?, ?) order by key desc, serial desc limit 1",
        place,
    ).fetchone()
    higher = db.execute(
        "select rank from client where trashed = ? and (key, serial) > (?, ?) order by key, serial limit 1", place
    ).fetchone()
    return lower and lower[0], higher and higher[0]


def _spread(db: sqlite3.Connection, sayings: Sayings, around: int, trashed: bool) -> None:
    """Give the cards about a rank even gaps, taking in more of them until there is room."""
    count = 16
    while True:
        count *= 2
        window = _window(db, around, count, trashed)
        start, end = _room(db, window[0][0], window[-1][0], len(window), trashed)
        step = (end - start) // (len(window) + 1)
        if step >= _ROOM:
            break
    for place, (rank, serial) in enumerate(window):
        sayings.unsay(rank, sayings.said(serial))
        db.execute("update client set rank = ? where serial = ?", (_ASIDE + place, serial))
    for place, (_, serial) in enumerate(window, start=1):
        db.execute("update client set rank = ? where serial = ?", (start + place * step, serial))
        sayings.say(start + place * step, sayings.said(serial))


def _window(db: sqlite3.Connection, around: int, count: int, trashed: bool) -> list[tuple[int, int]]:
    limits = (_ASIDE // 2, -1) if trashed else (1, 1 << 62)
    before = db.execute(
        "select rank, serial from client where rank between ? and ? order by rank desc limit ?",
        (limits[0], around - 1, count),
    ).fetchall()
    after = db.execute(
        "select rank, serial from client where rank between ? and ? order by rank limit ?", (around, limits[1], count)
    ).fetchall()
    return [*reversed(before), *after]


def _room(db: sqlite3.Connection, first: int, last: int, count: int, trashed: bool) -> tuple[int, int]:
    """The free ranks outside the window: its neighbours, or as far as there is need where there is none."""
    lower = db.execute("select max(rank) from client where rank < ?", (first,)).fetchone()[0]
    higher = db.execute("select min(rank) from client where rank > ?", (last,)).fetchone()[0]
    if not trashed and (lower is None or lower < 0):
        lower = 0
    if trashed and (higher is None or higher > 0):
        higher = None
    start = first - GAP * count if lower is None or lower < _ASIDE // 2 else lower
    end = max(last, start) + GAP * (count + 1) if higher is None else higher
    return start, end


def rank_all(db: sqlite3.Connection) -> None:
    """Rank every card anew and fill the search from what `said` holds: cheaper than many single insertions.

    Cards to be placed may have any rank that no other card has. Runs inside the caller's transaction.
    """
    db.execute("drop table if exists temp.placed")
    db.execute("create temp table placed as select * from client")
    db.execute("delete from client")
    for trashed, first in FIRST_RANK.items():
        db.execute(
            "insert into client select ? + (row_number() over (order by key, serial) - 1) * ?, serial, number, name,"
            " phone, city, tags, trashed, revision, created, updated, key, city_key, digits, sum"
            " from temp.placed where trashed = ? order by key, serial",
            (first, GAP, trashed),
        )
    db.execute("drop table temp.placed")
    for table, columns in (("fts", "words, more"), ("phones", "grams")):
        db.execute(f"insert into {table}({table}) values('delete-all')")
        db.execute(
            f"insert into {table}(rowid, {columns})"
            f" select rank, {columns} from client join said using(serial) order by rank"
        )
