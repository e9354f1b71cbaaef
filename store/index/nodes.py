"""The unions of the beginnings that very many terms share, made anew: by a rebuild, and when many terms came since.

A beginning without a node is read term by term: right as well, but of one or two letters that is thousands of rows.
"""

import sqlite3
from itertools import groupby

from store.index.docs import Docs
from store.index.postings import LAST, NODE, Postings
from store.index.rows import Row, all_sealed, rows_of_docs
from store.index.tables import NODED, ROWS, insertion, salt
from store.index.terms import space_size
from store.index.totals import Totals

CROWD = 64
"""A beginning of more words than this has a node."""

FIELD_CROWD = 256
"""A field's beginning of more terms than this has a node: a filter may take a little longer than a letter typed."""

_FEW_ROWS = 4_000
"""With fewer rows in all, a beginning is read in a millisecond without any node."""


def are_outgrown(db: sqlite3.Connection) -> bool:
    """Whether there are half as many rows again as when the nodes were made."""
    meta = dict(db.execute("select key, value from meta where key in (?, ?)", (ROWS, NODED)))
    rows, noded = meta.get(ROWS, 0), meta.get(NODED, 0)
    return bool(rows > max(_FEW_ROWS, noded + noded // 2))


def made(db: sqlite3.Connection) -> list[Row]:
    """The rows of every beginning that many terms of a space share, not sealed yet; reads only."""
    terms = [term for (term,) in db.execute("select distinct term from posting where term >= ?", (NODE + LAST,))]
    postings = Postings(db)
    rows: list[Row] = []
    for (size, _space), inside in groupby(terms, lambda term: (space_size(term), term[: space_size(term)])):
        if size:
            group = list(inside)
            _node(postings, group, 0, len(group), size, rows, size)
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


def _node(postings: Postings, terms: list[str], start: int, end: int, depth: int, made: list[Row], size: int) -> Docs:
    """The union of terms[start:end], which share a beginning of `depth` letters; its node is made if they are many."""
    if end - start <= (CROWD if size == 1 else FIELD_CROWD):
        return postings.between(terms[start], terms[end - 1] + "\0")
    found = Docs()
    place = start
    if len(terms[place]) == depth:
        found = postings.docs(terms[place])
        place += 1
    while place < end:
        letter = terms[place][depth]
        beyond = place
        while beyond < end and terms[beyond][depth] == letter:
            beyond += 1
        found = found | _node(postings, terms, place, beyond, depth + 1, made, size)
        place = beyond
    made.extend(rows_of_docs(NODE + terms[start][:depth], found))
    return found
