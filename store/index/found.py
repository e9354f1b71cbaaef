"""A found list: its first page and count at once, any window of it when asked, in name order or another.

Those whose names hold what was asked come first: who types `шевч` means Shevchenko, not who lives in his street.
"""

import json
from bisect import bisect_left
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from sqlite3 import Connection

from store.errors import Invalid, Problem
from store.index.asking import Selection, of_names, selection
from store.index.tables import ListRow, verified
from store.query import Query

CAP = 1_000
"""So many are counted at once; more are `exact()`'s."""

ORDERS = {
    "name": ("rank",),
    "number": ("length(number)", "number"),
    "city": ("city_key",),
    "created": ("created",),
    "updated": ("updated",),
}
"""What a list can be sorted by, `-` before it turns it round; cards without the value come last."""

Reading = Callable[[], AbstractContextManager[Connection]]
"""Gives this thread's connection, and makes of SQLite's errors those of the store."""

_TELLING_LETTERS = 3
"""Shorter words are words in every layout: another one is tried for them only where nothing was found."""

_ROW = "rank, sum, serial, number, name, phone, city, tags, trashed"


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a found list: those found in one way."""

    how: str
    """"" as asked, `part`, `layout`, `typo`, `language`."""
    query: Query
    """What was really looked for."""
    count: int
    start: int
    """The place of its first client in the list."""


class _Hits:
    """What one reading of a query finds: the first thousand at once, the whole when it is asked for."""

    def __init__(self, reading: Reading, query: Query, order: str = "") -> None:
        self.query = query
        self._reading = reading
        self._order = order
        asked = self._ordered(order) if order else selection(query)
        ranks = self._ask(asked, -1 if order else CAP + 1)
        self.more = not order and len(ranks) > CAP
        """True where there are more than `ranks`."""
        self.ranks = ranks[:CAP] if self.more else ranks
        """In name order, or the order asked for."""
        self._marks: dict[int, int | None] = {0: None, CAP: self.ranks[-1]} if self.more else {}

    @property
    def by_name(self) -> Selection | None:
        """Those found by their names alone; None where names do not come first."""
        return of_names(self.query) if not self._order and len(self.ranks) > 1 else None

    def first(self, limit: int) -> list[int]:
        """The first of them, names first."""
        by_name = self.by_name
        return _names_first(self._ask(by_name, limit), self.ranks)[:limit] if by_name else self.ranks[:limit]

    def all(self) -> list[int]:
        """All of them, names first: 100,000 take 40 ms."""
        ranks = self._ask(selection(self.query)) if self.more else self.ranks
        by_name = self.by_name
        return _names_first(self._ask(by_name), ranks) if by_name else ranks

    def count(self) -> int:
        """How many there are: 3 ms for 100,000."""
        if not self.more:
            return len(self.ranks)
        if self.query.is_empty:
            return self._count(Selection("select 1 from client where trashed = ?", (self.query.in_trash,)))
        return self._count(selection(self.query))

    def streamed(self, start: int, count: int) -> list[int]:
        """A window in name order, from the nearest place known before it."""
        if start + count <= len(self.ranks):
            return self.ranks[start : start + count]
        marks = sorted(self._marks)
        mark = marks[bisect_left(marks, start + 1) - 1]
        ranks = self._ask(selection(self.query, after=self._marks[mark]), count, start - mark)
        if len(ranks) == count:
            self._marks[start + count] = ranks[-1]
        return ranks

    def streamed_place(self, rank: int) -> int | None:
        """Where a rank stands in name order; None where it is not among them."""
        if not self._ask(selection(self.query, after=rank - 1, before=rank + 1)):
            return None
        return self._count(selection(self.query, before=rank))

    def _ordered(self, order: str) -> Selection:
        asked = selection(self.query)
        sql = f"select client.rank from ({asked.sql}) as hits join client on client.rank = hits.rowid"
        if self.query.is_empty:
            sql, asked = "select rank from client where trashed = ?", Selection("", (self.query.in_trash,))
        return Selection(f"{sql} order by {order}", asked.parameters)

    def _ask(self, asked: Selection, limit: int = -1, offset: int = 0) -> list[int]:
        # As one JSON text: a row for each rank takes twice as long.
        sql = f"with hits(rank) as ({asked.sql} limit ? offset ?) select json_group_array(rank) from hits"
        with self._reading() as db:
            row = db.execute(sql, (*asked.parameters, limit, offset)).fetchone()
        ranks: list[int] = json.loads(row[0])
        return ranks

    def _count(self, asked: Selection) -> int:
        with self._reading() as db:
            return int(db.execute(f"select count(*) from ({asked.sql})", asked.parameters).fetchone()[0])


class Found:
    """The clients a query finds; may be read by several threads.

    First those found as asked, then those found in another keyboard layout. The second are looked for only
    where the first are few enough to be counted at once.
    """

    total: int
    """How many; where `capped`, the least there are."""

    capped: bool
    """True where there are more than `total`: `1,000+`."""

    def __init__(self, reading: Reading, query: Query, limit: int = 50, sort: str | None = None) -> None:
        self.query = query
        self.layout: Query | None = None
        """The query as meant in another keyboard layout, where that found somebody."""
        self._reading = reading
        order = _order_by(sort)
        self._own = _Hits(reading, query, order)
        self._swapped = None if self._own.more else self._in_other_layout(order)
        self._own_count = len(self._own.ranks)
        self._whole: list[int] | None = None
        """All ranks in their order, once a place beyond the first page was asked for."""
        page = self._own.first(limit)
        self.total, self.capped = self._own_count, self._own.more
        if self._swapped:
            self.layout = self._swapped.query
            self.total += len(set(self._swapped.ranks).difference(self._own.ranks))
            self.capped = self._swapped.more
            page = [*page, *_without(self._own.ranks, self._swapped.first(limit + self._own_count))][:limit]
        self._page = self._listed(page, 0)

    def rows(self, start: int, count: int) -> list[ListRow]:
        """The clients from place `start` on, counted from 0."""
        if start + count <= len(self._page) or (not self.capped and len(self._page) == self.total):
            return self._page[start : start + count]
        if self._streams:
            return self._listed(self._own.streamed(start, count), start)
        return self._listed(self._arranged()[start : start + count], start)

    def exact(self) -> int:
        """Count all of them, so in a worker. `total` and `capped` are right afterwards."""
        if self.capped:
            self.total = len(self._arranged()) if self._swapped else self._own.count()
            self.capped = False
        return self.total

    def position(self, serial: int) -> int | None:
        """Where a client stands in the list, from 0; None where it is not in it."""
        with self._reading() as db:
            row = db.execute("select rank from client where serial = ?", (serial,)).fetchone()
        if row is None:
            return None
        rank = int(row[0])
        if self._streams:
            return self._own.streamed_place(rank)
        ranks = self._arranged()
        return ranks.index(rank) if rank in ranks else None

    def serials(self) -> list[int]:
        """The serials of all of them, in order."""
        ranks = self._arranged()
        with self._reading() as db:
            rows = db.execute(
                "select rank, serial from client where rank in (select value from json_each(?))", (json.dumps(ranks),)
            )
            known = dict(rows.fetchall())
        return [known[rank] for rank in ranks if rank in known]

    @property
    def phases(self) -> tuple[Phase, ...]:
        """How the list is made up: first those found as asked, then those found in another keyboard layout."""
        own = Phase("", self.query, min(self._own_count, self.total), 0)
        if self.layout is None:
            return (own,)
        return (own, Phase("layout", self.layout, self.total - self._own_count, self._own_count))

    @property
    def _streams(self) -> bool:
        """Whether the list stands in name order throughout, so that no window needs the whole."""
        return self._own.more and self._own.by_name is None

    def _arranged(self) -> list[int]:
        if self._whole is None:
            ranks = self._own.all()
            if self._swapped:
                ranks = [*ranks, *_without(ranks, self._swapped.all())]
            self._whole = ranks
        return self._whole

    def _in_other_layout(self, order: str) -> _Hits | None:
        """What the first reading in another keyboard layout finds that finds somebody else."""
        known = set(self._own.ranks)
        if known and sum(len(word.text) for word in self.query.words) < _TELLING_LETTERS:
            return None
        for query in self.query.other_layouts():
            hits = _Hits(self._reading, query, order)
            if not known.issuperset(hits.ranks):
                return hits
        return None

    def _listed(self, ranks: list[int], start: int) -> list[ListRow]:
        """The rows of those ranks, which stand from place `start` on."""
        sql = f"select {_ROW} from client where rank in (select value from json_each(?))"
        with self._reading() as db:
            rows = db.execute(sql, (json.dumps(ranks),)).fetchall()
            for _, total, *shown in rows:
                verified(total, *shown)
        found = {
            rank: ListRow(serial, number, name, phone, city, tuple(tags.split("\n")) if tags else (), bool(trashed), "")
            for rank, _, serial, number, name, phone, city, tags, trashed in rows
        }
        return [
            found[rank]._replace(group="layout") if self._swapped and place >= self._own_count else found[rank]
            for place, rank in enumerate(ranks, start=start)
            if rank in found
        ]


def _without(known: list[int], ranks: list[int]) -> list[int]:
    own = set(known)
    return [rank for rank in ranks if rank not in own]


def _names_first(named: list[int], ranks: list[int]) -> list[int]:
    first = set(named)
    return [*named, *(rank for rank in ranks if rank not in first)]


def _order_by(sort: str | None) -> str:
    if sort in (None, "", "name"):
        return ""
    columns = ORDERS.get(sort.removeprefix("-"))
    if columns is None:
        raise Invalid([Problem("sort", "sort-unknown", sort, details={"known": ", ".join(ORDERS)})])
    direction = " desc" if sort.startswith("-") else ""
    return ", ".join([f"{columns[-1]} = ''", *(f"{column}{direction}" for column in columns), f"rank{direction}"])
