"""Whether the vocabulary is what it should be: every word with its letters and stems, and none that nobody says."""

import sqlite3
from collections.abc import Mapping

from store import folding
from store.index import vocabulary
from store.index.scanning import print_of

_REMEMBERED = 1 << 16
"""So many stems are remembered as seen, then all are forgotten: most words share theirs with many."""


def words_wrong(db: sqlite3.Connection, letters: Mapping[int, int]) -> list[str]:
    """Look at every word.

    Args:
        db: The index.
        letters: Of each word's number, the prints of the letters it is found by, as the rows of terms have them.
    """
    seen: set[tuple[int, str]] = set()
    left = dict(letters)
    wrong: dict[str, None] = {}
    for number, word in db.execute("select id, word from word order by word"):
        if left.pop(number, 0) != print_of(f"v{gram}" for gram in vocabulary.grams_of(word)):
            wrong["letters"] = None
        if not vocabulary.is_kept(word) or vocabulary.rough(word) != word or not _is_said(db, word):
            wrong["word"] = None
        rows = {*vocabulary.stem_rows(word)} - seen
        if any(not db.execute("select 1 from stem where key = ? and stem = ?", row).fetchone() for row in rows):
            wrong["stem"] = None
        if len(seen) > _REMEMBERED:
            seen.clear()
        seen |= rows
    return [*wrong, *(["letters"] if left else [])]


def _is_said(db: sqlite3.Connection, word: str) -> bool:
    """Whether a client is found by the word in any of its forms."""
    terms = [f"w{form}" for form in folding.forms(word)]
    marks = ", ".join("?" * len(terms))
    return db.execute(f"select 1 from posting where term in ({marks}) limit 1", terms).fetchone() is not None
