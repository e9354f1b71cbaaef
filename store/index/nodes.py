"""The unions of the beginnings that many terms share, made anew: by a rebuild, and when many terms came since.

A beginning without a node is read term by term: right as well, but of one or two letters that is thousands of rows.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from store.index.docs import NOBODY, Docs
from store.index.postings import LAST, NODE, Postings
from store.index.rows import Row, all_sealed, rows_of_docs
from store.index.tables import NODED, ROWS, insertion, salt
from store.index.terms import SPACES, space_size
from store.index.totals import Totals

SAVED = 64
"""A beginning of words has a node where so many rows more would be read without it."""

FIELD_SAVED = 512
"""The same of a field's: a filter may take a little longer than a letter typed."""

_FEW_ROWS = 4_000
"""With fewer rows in all, a beginning is read in a millisecond without any node."""


def are_outgrown(db: sqlite3.Connection) -> bool:
    """Whether there are half as many rows again as when the nodes were made."""
    meta = dict(db.execute("select key, value from meta where key in (?, ?)", (ROWS, NODED)))
    rows, noded = meta.get(ROWS, 0), meta.get(NODED, 0)
    return bool(rows > max(_FEW_ROWS, noded + noded // 2))


def made(db: sqlite3.Connection, spaces: Iterable[str] = SPACES) -> list[Row]:
    """The rows of every beginning that has a node, not sealed yet, of these spaces of terms; reads only."""
    postings = Postings(db)
    rows: list[Row] = []
    for space in spaces:
        counts = "select term, count(*) from posting where term >= ? and term < ? group by term order by term"
        terms: list[tuple[str, int]] = db.execute(counts, (space, space + LAST)).fetchall()
        size = space_size(space)
        by_field: dict[str, list[tuple[str, int]]] = {}
        for term, count in terms:
            by_field.setdefault(term[:size], []).append((term, count))
        for inside in by_field.values():
            rows += _Group(postings, inside, SAVED if size == 1 else FIELD_SAVED).made(size)
    rows.sort()
    return rows


def put(db: sqlite3.Connection, rows: list[Row]) -> None:
    """Put these in the place of the nodes there are, in a transaction that somebody else ends."""
    totals = Totals()
    nodes = (NODE, NODE + LAST)
    for (blob,) in db.execute("select docs from posting where term >= ? and term < ?", nodes):
        totals.went(blob)
    db.execute("delete from posting where term >= ? and term < ?", nodes)
    sealed = all_sealed(rows, salt(db))
    db.executemany(insertion("posting"), sealed)
    totals.came_all(blob for _, _, blob in sealed)
    totals.save(db)
    db.execute("update meta set value = (select value from meta where key = ?) where key = ?", (ROWS, NODED))


class _Group:
    """The terms of one space, in their order, each with the number of its rows."""

    def __init__(self, postings: Postings, terms: Sequence[tuple[str, int]], saved: int) -> None:
        self._postings = postings
        self._terms = terms
        self._saved = saved
        self._made: list[Row] = []

    def made(self, size: int) -> list[Row]:
        """The rows of the nodes of beginnings of so many letters and more."""
        self._node(0, len(self._terms), size)
        return self._made

    def _node(self, start: int, end: int, depth: int) -> tuple[Docs, bool]:
        """The union of terms[start:end], which share a beginning of `depth` letters, and whether it has a node.

        It has one where much is saved by it, and where a longer beginning has one: nodes are closed.
        """
        terms = self._terms
        first, last = terms[start][0], terms[end - 1][0]
        total = sum([count for _, count in terms[start:end]])
        if total <= self._saved:
            return self._postings.between(first, last + "\0"), False
        parts: list[Docs] = []
        has_node = False
        place = start
        if len(first) == depth:
            parts.append(self._postings.docs(first))
            place += 1
        while place < end:
            letter = terms[place][0][depth]
            beyond = place
            while beyond < end and terms[beyond][0][depth] == letter:
                beyond += 1
            docs, has_longer = self._node(place, beyond, depth + 1)
            parts.append(docs)
            has_node = has_node or has_longer
            place = beyond
        union = NOBODY.union(*parts)
        rows = list(rows_of_docs(NODE + first[:depth], union))
        if has_node or total - len(rows) > self._saved:
            self._made += rows
            return union, True
        return union, False
