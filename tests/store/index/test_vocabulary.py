"""The vocabulary finds the words one typing error away, and those that hold what was typed."""

import random
import sqlite3
from collections.abc import Iterator
from itertools import pairwise

import pytest

from store import folding
from store.index import tables, vocabulary
from store.index.postings import Postings, PostingsWriter
from tests.store.index.conftest import SCHEMA

LETTERS = "абвгдк"
"""So few that many words are one error apart."""


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:", isolation_level=None)
    tables.create(made, SCHEMA)
    yield made
    made.close()


def words(seed: int, count: int = 150) -> set[str]:
    """Made-up words, none with the same letter twice in a row: every one has a skeleton of its own."""
    dice = random.Random(seed)
    made = ("".join(dice.choices(LETTERS, k=dice.randint(4, 8))) for _ in range(3 * count))
    return set([word for word in made if all(one != two for one, two in pairwise(word))][:count])


def say(db: sqlite3.Connection, said: set[str]) -> None:
    """Let one client say words."""
    writer = PostingsWriter(db)
    writer.change(1, (), {f"w{form}" for word in said for form in folding.forms(word)})
    vocabulary.learn(db, writer, said)
    writer.finish()


def unsay(db: sqlite3.Connection, gone: set[str], left: set[str]) -> None:
    writer = PostingsWriter(db)
    before = {f"w{form}" for word in gone | left for form in folding.forms(word)}
    writer.change(1, before, {f"w{form}" for word in left for form in folding.forms(word)})
    writer.write()
    vocabulary.forget(db, writer, gone)
    writer.finish()


def distance(first: str, second: str) -> int:
    """Optimal string alignment distance, by its table (E. Ukkonen, 1985; neighbours swapped count once)."""
    rows = [list(range(len(second) + 1))]
    for i, one in enumerate(first, 1):
        row = [i]
        for j, two in enumerate(second, 1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (one != two))
            if i > 1 and j > 1 and one == second[j - 2] and first[i - 2] == two:
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


def slipped(word: str, dice: random.Random) -> str:
    """A word with one error, or none where a letter is the same."""
    place = dice.randrange(len(word))
    letter = dice.choice(LETTERS)
    return dice.choice(
        (
            word[:place] + letter + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + word[place + 1 :],
            word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
        )
    )


@pytest.mark.parametrize("seed", range(3))
def test_every_word_one_error_away_is_found_and_none_two_away(db: sqlite3.Connection, seed: int) -> None:
    said = words(seed)
    say(db, said)
    dice = random.Random(seed)
    tried = 0
    for word in sorted(said):
        typed = slipped(word, dice)
        meant = {each for each in said if abs(len(each) - len(typed)) < 2 and distance(typed, each) == 1}
        if len(typed) >= vocabulary.SHORTEST_TYPO and meant:
            tried += 1
            found = vocabulary.near(db, typed, 1_000, typing=False)
            assert set(found) == {form for each in meant for form in folding.forms(each)}, typed
    assert tried > 20


def test_while_it_is_typed_beginnings_of_words_count(db: sqlite3.Connection) -> None:
    say(db, {"шевченко", "бондаренко"})
    assert vocabulary.near(db, "шувче", 10, typing=True) == list(folding.forms("шевченко"))
    assert vocabulary.near(db, "шувче", 10, typing=False) == []
    # That the last letter is another proves nothing yet.
    assert vocabulary.near(db, "шевчк", 10, typing=True) == []


def test_a_word_in_the_other_alphabet_is_near_by_its_skeleton(db: sqlite3.Connection) -> None:
    say(db, {"шевченко"})
    assert vocabulary.near(db, "shevchemko", 10, typing=False) == list(folding.forms("шевченко"))


@pytest.mark.parametrize("typed", ["аб", "абв", "12345", "абв1"])
def test_what_is_short_or_no_word_is_not_guessed_at(db: sqlite3.Connection, typed: str) -> None:
    say(db, {"абвг", "абвга"})
    assert vocabulary.near(db, typed, 10, typing=False) == []


@pytest.mark.parametrize("seed", range(3))
def test_every_word_that_holds_a_part_behind_its_first_letter_is_found(db: sqlite3.Connection, seed: int) -> None:
    said = words(seed)
    say(db, said)
    skeletons = {word: folding.literal(word) for word in said}
    parts = {skeleton[start : start + 4] for skeleton in skeletons.values() for start in range(len(skeleton) - 3)}
    for part in sorted(parts):
        wanted = {skeleton for skeleton in skeletons.values() if part in skeleton[1:]}
        assert {*map(folding.literal, vocabulary.containing(db, part, 1_000))} == wanted
    assert vocabulary.containing(db, "абв", 10) == []


@pytest.mark.parametrize("seed", range(3))
def test_what_is_forgotten_leaves_what_would_be_there_without_it(db: sqlite3.Connection, seed: int) -> None:
    said = words(seed)
    left = {word for word in said if random.Random(word).random() < 0.4}
    say(db, said)
    unsay(db, said - left, left)
    other = sqlite3.connect(":memory:", isolation_level=None)
    tables.create(other, SCHEMA)
    say(other, left)
    assert told(db) == told(other)
    other.close()


def told(db: sqlite3.Connection) -> tuple[object, ...]:
    """The vocabulary without the numbers of its words."""
    numbers = dict(db.execute("select id, word from word"))
    letters = {term: sorted(numbers[number] for number in docs) for term, docs in Postings(db).each("v")}
    return sorted(numbers.values()), sorted(db.execute("select key, stem from stem")), letters
