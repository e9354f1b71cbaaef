"""What is stored and what is typed meet as people expect: the pairs of `tests/data/meeting.tsv`, each with its why.

The column `phase` says by which way the client is found first: "" as typed (spelling, alphabet and romanisation
do not matter), `part` of a word, another keyboard `layout`, one `typo`, the name in another `language`. Where a form
of a name is also one letter away, either will do: `typo/language`.
"""

import csv
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from store import numbers
from store.card import Document
from store.door import Edit
from tests.data import DATA
from tests.store import stores


class Pair(NamedTuple):
    """One line of the file."""

    field: str
    stored: str
    typed: str
    meets: str
    phase: str
    why: str

    @property
    def ways(self) -> set[str]:
        return set(self.phase.split("/"))


def read() -> list[Pair]:
    with open(DATA / "meeting.tsv", encoding="utf-8", newline="") as file:
        _, *lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Pair(*line) for line in lines]


PAIRS = read()
STORED = {key: list(pairs) for key, pairs in groupby(PAIRS, key=lambda pair: (pair.field, pair.stored))}


def document(field: str, stored: str) -> Document:
    """A card with that value and nothing else."""
    section, _, key = field.partition(".")
    # A number of one's own choice: one by chance might hold the digits that are not to meet.
    card: Document = {"number": numbers.pretty("9393"), "person": {"last_name": "Ю"}}
    match section:
        case "number":
            return card | {"number": stored}
        case "contacts" | "identifiers":
            return card | {section: [{"kind": key, "value": stored}]}
        case "addresses" | "purchases" | "interactions":
            return card | {section: [{key: stored, "date": "2026-11-01"} if section != "addresses" else {key: stored}]}
        case "tags":
            return card | {section: {key: [stored]}}
    return card | {section: {key: stored}}


def test_the_pairs_are_many_and_of_every_way() -> None:
    assert len(PAIRS) >= 200
    assert set().union(*(pair.ways for pair in PAIRS)) == {"", "part", "layout", "typo", "language", "shorter"}
    assert {pair.meets for pair in PAIRS} == {"yes", "no"}
    assert len({pair[:3] for pair in PAIRS}) == len(PAIRS), "a pair stands there twice"
    assert sum(map(len, STORED.values())) == len(PAIRS), "pairs of one value stand apart"


@pytest.mark.parametrize(("field", "stored"), STORED)
def test_what_is_stored_and_what_is_typed_meet_as_people_expect(field: str, stored: str, tmp_path: Path) -> None:
    with stores.opened(tmp_path / "store") as store:
        store.write([Edit(None, None, store.blank() | document(field, stored))])
        wrong = []
        for pair in STORED[field, stored]:
            found = {row.group for row in store.find(pair.typed).rows(0, 1)}
            if not (found and found <= pair.ways if pair.meets == "yes" else not found):
                wrong.append((pair.typed, found, pair))
        assert wrong == []
