"""The words that are in the store: to find those that hold what was typed, and those one typing error away.

Typing errors are found by deletions (W. Garbe, "SymSpell", 2012): a word and what was meant have, with one error
between them, a deletion in common. To stay small, deletions are kept of the words' first letters only, and words
are checked letter by letter afterwards. Which words hold three letters is kept like which clients have a term.
"""

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator

from store import folding
from store.index.postings import LAST, Postings, PostingsWriter
from store.index.tables import Malformed, columns, insertion, salt, sum_of

SHORTEST_PART = 4
"""From so many letters on, what was typed is also looked for inside of words."""

SHORTEST_TYPO = 4

_STEMS = (4, 6)
_LONGEST = 32
_CANDIDATES = 2_000
"""Words that are looked at for one word with a typing error; more begin alike only in made-up data."""

_AT_ONCE = 160
"""Words that are read at once to see whether they hold a part."""

_LOOKED_AT = 100_000
"""Rows of words of addresses in which a part is looked for at most."""

_ROUGH = str.maketrans(
    {"ґ": "г", "і": "и", "ї": "и", "й": "и", "ы": "и", "є": "е", "э": "е", "ё": "е", "ь": "", "ъ": ""}
)


def rough(word: str) -> str:
    """A word as the vocabulary has it: letters that are taken for one another are one, and stay one letter each."""
    return word.translate(_ROUGH)


def is_kept(word: str) -> bool:
    """Whether a word, as `rough` gives it, is one of a vocabulary: letters, and enough of them."""
    return SHORTEST_TYPO <= len(word) <= _LONGEST and word.isalpha()


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
    chosen = f"select {columns('word')} from word where id in (select value from json_each(?))"
    held: list[str] = []
    ids = list(found)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        words = [_verified(*row) for row in db.execute(chosen, (json.dumps(some),))]
        if len(words) < len(some):
            raise Malformed("there is no word for letters that are known")
        # Of the first ones all may only begin so.
        held += [word for word in words if part in folding.literal(word)[1:]]
        if len(held) >= limit:
            break
    return held[:limit]


def in_addresses(db: sqlite3.Connection, space: str, part: str, limit: int) -> list[str]:
    """The skeletons of a space's words that hold a part. Looks through all of them, up to a limit: 25 ms at most."""
    words = db.execute(
        "select distinct substr(term, ?) as held from (select term from posting where term >= ? and term < ? limit ?)"
        " where instr(held, ?) limit ?",
        (len(space) + 1, space, space + LAST, _LOOKED_AT, part, limit),
    )
    return [skeleton for (skeleton,) in words]


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
    words = _near(db, _words, "", wanted, limit, typing)
    if words:
        return list(dict.fromkeys(form for word in words for form in folding.forms(word)))
    return sounding_near(db, typed, limit, typing=typing)


def sounding_near(db: sqlite3.Connection, typed: str, limit: int, *, typing: bool) -> list[str]:
    """As `near`, but by the skeletons: in another alphabet a letter may be two."""
    if not is_kept(rough(typed)):
        return []
    forms = [form for form in folding.forms(typed) if len(form) >= SHORTEST_TYPO]
    found = [each for form in forms for each in _near(db, _skeletons, _SKELETON, form, limit, typing)]
    return list(dict.fromkeys(found))


_SKELETON = "="
"""Before a stem that is of a skeleton and not of a word."""

Beginning = Callable[[sqlite3.Connection, str], Iterable[str]]
"""Gives what begins so."""


def _near(
    db: sqlite3.Connection, with_beginning: Beginning, mark: str, wanted: str, limit: int, typing: bool
) -> list[str]:
    """The words, or the skeletons, that are near."""
    size = _STEMS[1] if len(wanted) >= _STEMS[1] else _STEMS[0]
    stems = _stems_by(db, [mark + text for text in _deletions(wanted[:size])])
    found: list[str] = []
    seen = 0
    for stem in sorted(stems):
        if (stem[:1] == _SKELETON) != (mark == _SKELETON) or not _may_lead(wanted, stem.removeprefix(mark)):
            continue  # another text of the same checksum, or one that is too far
        for word in with_beginning(db, stem.removeprefix(mark)):
            seen += 1
            if word != wanted and _is_near(wanted, word, typing):
                found.append(word)
        if len(found) >= limit or seen >= _CANDIDATES:
            break
    return found[:limit]


def _words(db: sqlite3.Connection, beginning: str) -> Iterator[str]:
    """The words that begin so. As with terms, damage to a word is seen by looking at its neighbours."""
    chosen = f"select {columns('word')} from word where word"
    for row in db.execute(f"{chosen} < ? order by word desc limit 1", (beginning,)):
        _verified(*row)
    for row in db.execute(f"{chosen} >= ? order by word limit ?", (beginning, _CANDIDATES)):
        word = _verified(*row)
        if word >= beginning + LAST:
            break
        yield word


def _skeletons(db: sqlite3.Connection, beginning: str) -> list[str]:
    """The skeletons of words that begin so."""
    return [term[1:] for term in Postings(db).terms(f"w{beginning}", _CANDIDATES)]


_LED = "select stem.key - :salt, stem.stem from json_each(:keys) as wanted cross join stem on stem.key = wanted.value"

_BESIDE = "ifnull(key - :salt, '') || ' ' || ifnull(stem, '')"
_NEIGHBOURS = f"""
select
    (select {_BESIDE} from stem where key < wanted.value order by key desc, stem desc limit 1),
    (select {_BESIDE} from stem where key > wanted.value order by key, stem limit 1)
from json_each(:keys) as wanted
"""


def _stems_by(db: sqlite3.Connection, texts: Iterable[str]) -> set[str]:
    """The stems by some of their deletions, the neighbours looked at as well."""
    salted = salt(db)
    wanted = {_key(text): text for text in texts}
    asked = {"salt": salted, "keys": json.dumps([key + salted for key in wanted])}
    for beside in db.execute(_NEIGHBOURS, asked):
        # None: there is none on that side. What is damaged may be of any type, and so is told as a text.
        for neighbour in filter(None, beside):
            key, _, stem = neighbour.partition(" ")
            _led(int(key) if key.isdecimal() else -1, stem)
    return {_led(key, stem, wanted.get(key)) for key, stem in db.execute(_LED, asked)}


def _led(key: int, stem: str, text: str | None = None) -> str:
    """A stem that is led to by a key. Raises Malformed where it is not.

    Args:
        key: The key.
        stem: The stem.
        text: Of what the key is, where that is known: then no checksums have to be made.
    """
    if isinstance(stem, str):
        first = len(_SKELETON) if stem.startswith(_SKELETON) else 0
        if any(stem[:place] + stem[place + 1 :] == text for place in range(first, len(stem) + 1)):
            return stem
        if any(_key(stem[:first] + each) == key for each in _deletions(stem[first:])):
            return stem
    raise Malformed(f"the stem {stem!r} is not what was written")


def _verified(number: int, word: str, total: int) -> str:
    # As `tables.sum_of` does, in half the time.
    if zlib.crc32(f"{number}\x1f{word}".encode()) != total:
        raise Malformed(f"the word {word!r} is not what was written")
    return word


def learn(db: sqlite3.Connection, writer: PostingsWriter, words: Iterable[str]) -> None:
    """Take words in, as `folding.words` gives them."""
    for word in {rough(word) for word in words}:
        if not is_kept(word):
            continue
        if db.execute("select 1 from word where word = ?", (word,)).fetchone():
            continue
        (number,) = db.execute("select coalesce(max(id), 0) + 1 from word").fetchone()
        db.execute(insertion("word", salt(db)), word_row(number, word))
        for gram in grams_of(word):
            writer.add(f"v{gram}", number)
        db.executemany(insertion("stem", salt(db), "or ignore"), stem_rows(word))


def forget(db: sqlite3.Connection, writer: PostingsWriter, words: Iterable[str]) -> None:
    """Let go of words that nobody says any more."""
    for word in {rough(word) for word in words}:
        row = db.execute("select id from word where word = ?", (word,)).fetchone()
        if row is None or writer.any_of([f"w{form}" for form in folding.forms(word)]):
            continue
        db.execute("delete from word where id = ?", row)
        for gram in grams_of(word):
            writer.take(f"v{gram}", row[0])
        for stem in _stems(word):
            if not _is_stem(db, stem):
                exact = f"key = ? + {salt(db)} and stem = ?"
                db.executemany(f"delete from stem where {exact}", _rows_of_stem(stem))


def said_by(db: sqlite3.Connection, forms: set[str]) -> list[str]:
    """The words that have one of these skeletons. Looks at every word."""
    if not forms:
        return []
    words = db.execute("select word from word").fetchall()
    return [word for (word,) in words if not forms.isdisjoint(folding.forms(word))]


def word_row(number: int, word: str) -> tuple[int, str, int]:
    """A row of the table `word`."""
    return number, word, sum_of(number, word)


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
    if stem.startswith(_SKELETON):
        query = "select 1 from posting where term >= 'w' || ? and term < 'w' || ? limit 1"
    else:
        query = "select 1 from word where word >= ? and word < ? limit 1"
    return db.execute(query, (text, beyond)).fetchone() is not None


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
