"""A found list: its first page and count at once, any window of it when asked, in name order or another.

Those whose names hold what was asked come first: who types `шевч` means Shevchenko, not who lives in his street.
"""

import json
from bisect import bisect_left
from collections.abc import Callable
from contextlib import AbstractContextManager
from sqlite3 import Connection

from store.errors import Invalid, Problem
from store.index.asking import Selection, of_names, selection
from store.index.tables import ListRow
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

_ROW = "rank, serial, number, name, phone, city, tags, trashed"


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
        self._order = _order_by(sort)
        self._ranks, self.capped = self._first(query)
        self._complete = not self.capped
        self._swapped_from = len(self._ranks)
        named = self._named(query, limit)
        if self._complete:
            self._add_swapped()
        self.total = len(self._ranks)
        self._marks = {0: None, CAP: self._ranks[CAP - 1]} if self.capped else {}
        self._unarranged = named is not None
        """True while only the first page has the names first; the whole is arranged when it is asked for."""
        self._page = self._listed(_names_first(named, self._ranks)[:limit]) if named else self._window(0, limit)

    def rows(self, start: int, count: int) -> list[ListRow]:
        """The clients from place `start` on, counted from 0."""
        if start + count <= len(self._page) or (self._complete and len(self._page) == self.total):
            return self._page[start : start + count]
        self._arrange()
        return self._window(start, count)

    def exact(self) -> int:
        """Count all of them: 3 ms for 100,000, so in a worker. `total` and `capped` are right afterwards."""
        if self.capped:
            asked = selection(self.query)
            if self.query.is_empty:
                asked = Selection("select 1 from client where trashed = ?", (self.query.in_trash,))
            self.total = self._count(asked)
            self.capped = False
        return self.total

    def position(self, serial: int) -> int | None:
        """Where a client stands in the list, from 0; None where it is not in it."""
        with self._reading() as db:
            row = db.execute("select rank from client where serial = ?", (serial,)).fetchone()
        if row is None:
            return None
        rank = int(row[0])
        self._arrange()
        if self._complete or rank <= self._ranks[-1]:
            return self._ranks.index(rank) if rank in self._ranks else None
        if not self._ask(selection(self.query, after=rank - 1, before=rank + 1)):
            return None
        return self._count(selection(self.query, before=rank))

    def _first(self, query: Query) -> tuple[list[int], bool]:
        """The ranks found, and whether there are more of them."""
        asked = selection(query)
        if self._order:
            sql = f"select client.rank from ({asked.sql}) as hits join client on client.rank = hits.rowid"
            if query.is_empty:
                sql, asked = "select rank from client where trashed = ?", Selection("", (query.in_trash,))
            return self._ask(Selection(f"{sql} order by {self._order}", asked.parameters)), False
        ranks = self._ask(asked, CAP + 1)
        return ranks[:CAP], len(ranks) > CAP

    def _named(self, query: Query, limit: int) -> list[int] | None:
        """The first of those found by their names alone; None where that makes no difference."""
        asked = of_names(query) if not self._order and len(self._ranks) > 1 else None
        return self._ask(asked, limit) if asked else None

    def _arrange(self) -> None:
        """Bring the whole list in order, names first: 100,000 found take 40 ms."""
        if not self._unarranged:
            return
        named = self._ask(of_names(self.query) or selection(self.query))
        if self._complete:
            asked, swapped = self._ranks[: self._swapped_from], self._ranks[self._swapped_from :]
            self._ranks = [*_names_first(named, asked), *swapped]
        elif named != (everyone := self._ask(selection(self.query))):
            self._ranks = _names_first(named, everyone)
            self._swapped_from = self.total = len(self._ranks)
            self._complete, self.capped = True, False
        self._unarranged = False

    def _add_swapped(self) -> None:
        """Add those found in another keyboard layout: of the first reading that finds somebody else."""
        if self._ranks and sum(len(word.text) for word in self.query.words) < _TELLING_LETTERS:
            return
        for reading in self.query.other_layouts():
            known = set(self._ranks)
            ranks, more = self._first(reading)
            if not more and (named := self._named(reading, CAP)):
                ranks = _names_first(named, ranks)
            added = [rank for rank in ranks if rank not in known]
            if added:
                self.layout = reading
                self._ranks += added
                self.capped = more
                return

    def _window(self, start: int, count: int) -> list[ListRow]:
        ranks = self._ranks[start : start + count]
        if not self._complete and start + count > len(self._ranks):
            ranks = self._streamed(start, count)
        return self._listed(ranks, start)

    def _listed(self, ranks: list[int], start: int = 0) -> list[ListRow]:
        """The rows of those ranks, which stand from place `start` on."""
        sql = f"select {_ROW} from client where rank in (select value from json_each(?))"
        with self._reading() as db:
            rows = db.execute(sql, (json.dumps(ranks),)).fetchall()
        found = {
            rank: ListRow(serial, number, name, phone, city, tuple(tags.split("\n")) if tags else (), bool(trashed), "")
            for rank, serial, number, name, phone, city, tags, trashed in rows
        }
        return [
            found[rank]._replace(group="layout") if self._complete and place >= self._swapped_from else found[rank]
            for place, rank in enumerate(ranks, start=start)
            if rank in found
        ]

    def _streamed(self, start: int, count: int) -> list[int]:
        """The ranks of a window that lies beyond what is known, from the nearest place known before it."""
        marks = sorted(self._marks)
        mark = marks[bisect_left(marks, start + 1) - 1]
        asked = selection(self.query, after=self._marks[mark])
        ranks = self._ask(asked, count, start - mark)
        if len(ranks) == count:
            self._marks[start + count] = ranks[-1]
        return ranks

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
