"""All rows of terms read once: each opened, all counted, and prints made of what some clients have."""

import sqlite3
from array import array
from collections.abc import Container, Iterable
from functools import lru_cache
from typing import Any

from store.index.docs import bitmap_of, docs_of, docs_of_bitmap
from store.index.postings import LAST, NODE
from store.index.rows import BITMAP, BLOCK, BUNDLE, PART, base_of, opened, serials_of, unbundled
from store.index.slices import bit_name, slices_term
from store.index.tables import ROWS, SUM, salt
from store.index.terms import RANK
from store.index.totals import Totals
from store.segments.segment import SEGMENT_SIZE

Prints = dict[int, int]
"""Of some clients, by serial: the prints of all their terms, added up."""

_WORDS = "v"
_RANKS = slices_term(RANK)


def print_of(terms: Iterable[str]) -> int:
    """What terms come to: two sets of them hardly ever to the same, in one process."""
    return sum(map(hash, terms))


class Scan:
    """One reading of all rows, in the order of the terms."""

    words: dict[int, int]
    """Of every word of the vocabulary, by its number: the prints of the letters it is found by."""

    def __init__(self, db: sqlite3.Connection, every: int) -> None:
        """Get ready.

        Args:
            db: The index.
            every: Of how many clients one is looked at.
        """
        self._db = db
        self._salt = salt(db)
        self._every = every
        self._prints: Prints = {}
        self.words = {}
        self._ranks = 0

    @staticmethod
    def nodes(db: sqlite3.Connection) -> frozenset[str]:
        """The beginnings that have a node."""
        rows = db.execute("select distinct term from posting where term >= ? and term < ?", (NODE, NODE + LAST))
        return frozenset(term[1:] for (term,) in rows)

    def wrong(self, wanted: Prints, passed: Container[int], ranks: int) -> list[str]:
        """Read, and name what is wrong.

        Args:
            wanted: What the terms of the clients that are looked at must come to.
            passed: The segments of whose clients nobody knows.
            ranks: What the ranks of all clients come to.
        """
        totals = Totals()
        for term, place, blob in self._db.execute("select term, place, docs from posting order by term, place"):
            content = opened(term, place, blob, self._salt)
            totals.came(blob)
            if term[0] == _WORDS:
                self._note(self.words, serials_of(place, content), term)
                continue
            if term[0] == BUNDLE:
                self._look_at_bits(term, place, content)
                continue
            self._note(self._prints, self._sampled(place, content), term)
        meta: dict[str, Any] = dict(self._db.execute("select key, value from meta"))
        wrong = [] if (totals.rows, totals.sum) == (meta.get(ROWS), meta.get(SUM)) else ["posting"]
        if ranks != self._ranks:
            wrong.append("rank")
        held = {serial: told for serial, told in self._prints.items() if serial // SEGMENT_SIZE not in passed}
        if held != {serial: told for serial, told in wanted.items() if serial // SEGMENT_SIZE not in passed}:
            wrong.append("terms")
        return wrong

    def _look_at_bits(self, term: str, part: int, bundle: bytes) -> None:
        for bit, content in unbundled(bundle).items():
            if term == _RANKS:
                self._ranks += _count(part, content) << bit
            self._note(self._prints, self._sampled(part, content), bit_name(term, bit))

    def _note(self, prints: Prints, found: Iterable[int], term: str) -> None:
        told = hash(term)
        for number in found:
            prints[number] = prints.get(number, 0) + told

    def _sampled(self, place: int, content: bytes) -> Iterable[int]:
        if self._every == 1:
            return serials_of(place, content)
        if len(content) == BITMAP and place >= 0:
            base = place * PART
            _, mask = _chosen(-base % self._every, PART, self._every)
            held = int.from_bytes(content, "little") & mask
            return (base + offset for offset in docs_of_bitmap(held.to_bytes(BITMAP, "little")) if held)
        base = base_of(place)
        chosen, _ = _chosen(-base % self._every, BLOCK, self._every)
        return (base + offset for offset in chosen.intersection(array("H", content)))


@lru_cache(256)
def _chosen(first: int, size: int, every: int) -> tuple[frozenset[int], int]:
    """The offsets of the clients that are looked at in a row, as a set and as a bitmap."""
    offsets = range(first, size, every)
    return frozenset(offsets), int.from_bytes(bitmap_of(docs_of(offsets)), "little")


def _count(place: int, content: bytes) -> int:
    if place >= 0 and len(content) == BITMAP:
        return int.from_bytes(content, "little").bit_count()
    return len(content) // 2
