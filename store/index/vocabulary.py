"""The words that are in the store: to find those that hold what was typed, and those one typing error away.

Typing errors are found by deletions (W. Garbe, "SymSpell", 2012): a word and what was meant have, with one error
between them, a deletion in common. To stay small, deletions are kept of the words' first letters only, and words
are checked letter by letter afterwards. Which words hold three letters is kept like which clients have a term.
"""

import sqlite3
import zlib
from collections.abc import Iterable

from store import folding
from store.index.postings import LAST, Postings, PostingsWriter
from store.index.tables import Malformed

SHORTEST_PART = 4
"""From so many letters on, what was typed is also looked for inside of words."""

SHORTEST_TYPO = 4

_STEMS = (4, 6)
_LONGEST = 32
_CANDIDATES = 2_000
"""Words that are looked at for one word with a typing error; more begin alike only in made-up data."""

_ROUGH = str.maketrans(
    {"ґ": "г", "і": "и", "ї": "и", "й": "и", "ы": "и", "є": "е", "э": "е", "ё": "е", "ь": "", "ъ": ""}
)


def rough(word: str) -> str:
    """A word as the vocabulary has it: letters that are taken for one another are one, and stay one letter each."""
    return word.translate(_ROUGH)


def is_kept(word: str) -> bool:
    """Whether a word, as `rough` gives it, is one of a vocabulary: letters, and enough of them."""
    # One letter again and again is no word: its skeleton is that of any number of them.
    return SHORTEST_TYPO <= len(word) <= _LONGEST and word.isalpha() and len({*word}) > 1


def containing(db: sqlite3.Connection, part: str, limit: int) -> list[str]:
    """The words that hold a skeleton somewhere after their first letter."""
    grams = [part[start : start + 3] for start in range(len(part) - 2)]
    if len(part) < SHORTEST_PART:
        return []
    postings = Postings(db)
    found = postings.docs(f"v{grams[0]}")
    for gram in grams[1:]:
        if not found:
            return []
        found = found & postings.docs(f"v{gram}")
    ids = list(found)[: limit * 4]
    rows = db.execute(f"select word from word where id in ({', '.join('?' * len(ids))})", ids)
    return [word for (word,) in rows if part in folding.literal(word)[1:]][:limit]


def near(db: sqlite3.Connection, typed: str, limit: int, *, typing: bool) -> list[str]:
    """The words one typing error away: a letter replaced, missing, too many, or two neighbours swapped.

    Args:
        db: The index.
        typed: One of `folding.words`.
        limit: At most so many.
        typing: Whether the word may go on: then beginnings of words count.

    Returns:
        Their skeletons.
    """
    wanted = rough(typed)
    if not is_kept(wanted):
        return []
    words = _near(db, _WORDS, "", wanted, limit, typing)
    if words:
        return list(dict.fromkeys(form for word in words for form in folding.forms(word)))
    # In another alphabet a letter may be two: there the skeletons are compared.
    found: list[str] = []
    for form in folding.forms(typed):
        if len(form) >= SHORTEST_TYPO:
            found += _near(db, _TERMS, _SKELETON, form, limit, typing)
    return list(dict.fromkeys(found))


_WORDS = "select word from word where word >= ? and word < ? limit ?"
_TERMS = "select distinct substr(term, 2) from posting where term >= 'w' || ? and term < 'w' || ? limit ?"
_SKELETON = "="
"""Before a stem that is of a skeleton and not of a word."""


def _near(db: sqlite3.Connection, query: str, mark: str, wanted: str, limit: int, typing: bool) -> list[str]:
    """The words, or the skeletons, that are near."""
    size = _STEMS[1] if len(wanted) >= _STEMS[1] else _STEMS[0]
    keys = [_key(mark + text) for text in _deletions(wanted[:size])]
    stems = db.execute(f"select distinct stem from stem where key in ({', '.join('?' * len(keys))})", keys)
    found: list[str] = []
    seen = 0
    for (stem,) in stems.fetchall():
        if not isinstance(stem, str):
            raise Malformed("a stem is not what was written")
        if (stem[:1] == _SKELETON) != (mark == _SKELETON) or not _may_lead(wanted, stem.removeprefix(mark)):
            continue  # another text of the same checksum, or one that is too far
        beginning = stem.removeprefix(mark)
        for (word,) in db.execute(query, (beginning, beginning + LAST, _CANDIDATES)):
            if not isinstance(word, str):
                raise Malformed("a word is not what was written")
            seen += 1
            if word != wanted and _is_near(wanted, word, typing):
                found.append(word)
        if len(found) >= limit or seen >= _CANDIDATES:
            break
    return found[:limit]


def learn(db: sqlite3.Connection, writer: PostingsWriter, words: Iterable[str]) -> None:
    """Take words in, as `folding.words` gives them."""
    for word in {rough(word) for word in words}:
        if not is_kept(word):
            continue
        row = db.execute("insert or ignore into word(word) values(?)", (word,))
        if row.rowcount and row.lastrowid:
            for gram in grams_of(word):
                writer.add(f"v{gram}", row.lastrowid)
            db.executemany("insert or ignore into stem values(?, ?)", stem_rows(word))


def forget(db: sqlite3.Connection, writer: PostingsWriter, words: Iterable[str]) -> None:
    """Let go of words that nobody says any more."""
    postings = Postings(db)
    for word in {rough(word) for word in words}:
        row = db.execute("select id from word where word = ?", (word,)).fetchone()
        if row is None or postings.any_of([f"w{form}" for form in folding.forms(word)]):
            continue
        db.execute("delete from word where id = ?", row)
        for gram in grams_of(word):
            writer.take(f"v{gram}", row[0])
        for stem in _stems(word):
            if not _is_stem(db, stem):
                db.executemany("delete from stem where key = ? and stem = ?", _rows_of_stem(stem))


def said_by(db: sqlite3.Connection, forms: set[str]) -> list[str]:
    """The words that have one of these skeletons. Looks at every word."""
    if not forms:
        return []
    words = db.execute("select word from word").fetchall()
    return [word for (word,) in words if not forms.isdisjoint(folding.forms(word))]


def grams_of(word: str) -> set[str]:
    """Every three letters of a word's skeleton."""
    skeleton = folding.literal(word)
    return {skeleton[start : start + 3] for start in range(len(skeleton) - 2)}


def stem_rows(word: str) -> list[tuple[int, str]]:
    """The rows of the table `stem` that lead to a word, and to its skeleton."""
    return [row for stem in _stems(word) for row in _rows_of_stem(stem)]


def _stems(word: str) -> set[str]:
    skeleton = folding.literal(word)
    return {stem for size in _STEMS for stem in (word[:size], _SKELETON + skeleton[:size])}


def _rows_of_stem(stem: str) -> list[tuple[int, str]]:
    mark = _SKELETON if stem.startswith(_SKELETON) else ""
    return [(_key(mark + text), stem) for text in _deletions(stem.removeprefix(mark))]


def _is_stem(db: sqlite3.Connection, stem: str) -> bool:
    """Whether a word still has this stem."""
    text = stem.removeprefix(_SKELETON)
    # A whole short word is a stem of its own: longer words have others.
    beyond = text + LAST if len(text) in _STEMS else text + "\0"
    query = _TERMS if stem.startswith(_SKELETON) else _WORDS
    return db.execute(query, (text, beyond, 1)).fetchone() is not None


def _deletions(text: str) -> list[str]:
    return list({text, *(text[:place] + text[place + 1 :] for place in range(len(text)))})


def _key(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _may_lead(wanted: str, stem: str) -> bool:
    """Whether words of this beginning can be one error away: a cheap look before the words are fetched."""
    size = len(stem)
    return any(_one(wanted[:length], stem) for length in (size - 1, size, size + 1)) or (
        stem[: size - 1] == wanted[: size - 1]
    )


def _is_near(wanted: str, word: str, typing: bool) -> bool:
    if _one(wanted, word):
        return True
    # While it is typed a word is compared with beginnings; that the last letter is another proves nothing yet.
    size = len(wanted)
    return typing and any(
        word[length - 1 : length] == wanted[-1] and _one(wanted, word[:length]) for length in (size, size + 1, size - 1)
    )


def _one(first: str, second: str) -> bool:
    """Whether at most one error lies between two words (optimal string alignment distance)."""
    if first == second:
        return True
    short, long = (first, second) if len(first) <= len(second) else (second, first)
    if len(long) - len(short) > 1:
        return False
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    return short[start + 1 :] == long[start + 1 :] or (
        short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    )
