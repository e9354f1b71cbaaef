"""The sets of terms are those that were written, in whatever rows they lie."""

import random
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from store.index import nodes, postings, rows, tables
from store.index.docs import Docs
from store.index.postings import LAST, NODE, Postings, PostingsWriter
from store.index.rows import all_sealed, opened, rows_of_docs
from store.index.tables import ROWS, SUM, Malformed, salt
from store.index.terms import OFFSET
from store.index.totals import Totals
from tests.store.index.conftest import SCHEMA

SERIALS = [*range(600), *range(4_090, 4_500), *range(65_500, 65_600), *range(140_000, 140_090)]
"""Of three blocks and several parts, many of them in the first."""
TERMS = [
    *(f"{space}{first}{second}" for space in ("w", "n", "f01") for first in "abc" for second in ("", *"defgh")),
    *(f"=01{letter}\x1f{letter}" for letter in "abc"),
    *("-all", "#0100000000a1"),
]
FIELDS = ("01", "rk")

Plain = dict[str, set[int]]
Numbers = dict[int, dict[str, int]]


@pytest.fixture
def db(monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """An empty index that parts its blocks early."""
    for module in (postings, rows):
        monkeypatch.setattr(module, "SPARSE", 12)
    monkeypatch.setattr(nodes, "SAVED", 4)
    monkeypatch.setattr(nodes, "FIELD_SAVED", 4)
    made = sqlite3.connect(":memory:", isolation_level=None)
    tables.create(made, SCHEMA)
    yield made
    made.close()


def held(db: sqlite3.Connection) -> Plain:
    return {term: set(docs) for term, docs in Postings(db).each("") if not term.startswith(NODE)}


def nodes_held(db: sqlite3.Connection) -> Plain:
    return {term[1:]: set(docs) for term, docs in Postings(db).each(NODE)}


def numbers_held(db: sqlite3.Connection) -> Numbers:
    found: Numbers = {}
    for code in FIELDS:
        for bit, docs in Postings(db).slices(code).items():
            for serial in docs:
                held = found.setdefault(serial, {})
                held[code] = held.get(code, 0) + (1 << bit)
    return {serial: {code: value - OFFSET for code, value in held.items()} for serial, held in found.items()}


def unions(plain: Plain, beginnings: Iterator[str]) -> Plain:
    found = {each: set().union(*(plain[term] for term in plain if term.startswith(each))) for each in beginnings}
    return {each: serials for each, serials in found.items() if serials}


def totals(db: sqlite3.Connection) -> tuple[int, int]:
    told = Totals()
    told.came_all(blob for (blob,) in db.execute("select docs from posting"))
    return told.rows, told.sum


def totals_kept(db: sqlite3.Connection) -> tuple[int, int]:
    meta = dict(db.execute("select key, value from meta"))
    return meta[ROWS], meta[SUM]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_written_the_sets_the_nodes_and_the_totals_are_right(db: sqlite3.Connection, seed: int) -> None:
    dice = random.Random(seed)
    has: dict[int, set[str]] = {}
    numbers: Numbers = {}
    for step in range(40):
        writer = PostingsWriter(db)
        # Now crowds, so that blocks are parted, now a few; sometimes those at one place alone.
        count = dice.choice((1, 3, 300))
        first = dice.randrange(len(SERIALS))
        some = SERIALS[first : first + count] if dice.random() < 0.5 else dice.sample(SERIALS, count)
        if dice.random() < 0.15:
            gone = {serial for serial in some if serial in has}
            before = {term for serial in has for term in has[serial]}
            for serial in gone:
                del has[serial]
                numbers.pop(serial, None)
            emptied = writer.purge(gone)
            after = {term for serial in has for term in has[serial]}
            assert {term for term in emptied if not term.startswith(NODE)} == before - after
        else:
            for serial in some:
                new = {"-all", *dice.sample(TERMS, dice.choice((0, 2, 12)))}
                writer.change(serial, has.get(serial, ()), new)
                has[serial] = new
                old = numbers.pop(serial, {})
                if values := {
                    code: dice.choice((0, 1, dice.randrange(1 << 20))) for code in FIELDS if dice.random() < 0.6
                }:
                    numbers[serial] = values
                for code in FIELDS:
                    passing = dice.choice((None, dice.randrange(1 << 20)))
                    writer.slice(code, serial, old.get(code), passing)
                    writer.slice(code, serial, passing, values.get(code))
        writer.finish()
        if step in (10, 30):
            nodes.put(db, nodes.made(db))
            assert nodes_held(db)
        plain: Plain = {}
        for serial, terms in has.items():
            for term in terms:
                plain.setdefault(term, set()).add(serial)
        assert held(db) == plain
        assert numbers_held(db) == numbers
        made = nodes_held(db)
        assert made == unions(plain, iter(made))
        assert totals(db) == totals_kept(db)
    lie = db.execute("select place, length(docs) from posting").fetchall()
    assert min(lie)[0] < 0 < max(lie)[0], "neither whole blocks nor parts"
    assert any(place >= 0 and size == 4 + rows.BITMAP for place, size in lie), "no bitmaps"


@pytest.mark.parametrize("each", [1, 40, 700])
def test_nodes_are_closed_under_beginnings_and_are_where_they_save_rows(db: sqlite3.Connection, each: int) -> None:
    writer = PostingsWriter(db)
    for number, term in enumerate(TERMS):
        for serial in SERIALS[number :: -(-len(SERIALS) // each)]:
            writer.add(term, serial)
    writer.finish()
    plain = held(db)
    lies = dict(db.execute("select term, count(*) from posting group by term"))
    nodes.put(db, nodes.made(db))
    saving = set()
    for term in plain:
        for length in range({"w": 1, "n": 1, "f": 3, "=": 3, "#": 3}.get(term[0], 99), len(term) + 1):
            under = [other for other in plain if other.startswith(term[:length])]
            union = Docs(set().union(*(plain[other] for other in under)))
            if sum(lies[other] for other in under) - len(list(rows_of_docs(term, union))) > 4:
                saving.add(term[:length])
    closed = {longer[:length] for longer in saving for length in range(1 if longer[0] in "wn" else 3, len(longer) + 1)}
    assert saving and set(nodes_held(db)) == closed


def test_asking_finds_what_was_written(db: sqlite3.Connection) -> None:
    writer = PostingsWriter(db)
    plain = {term: set(SERIALS[place :: place + 1]) for place, term in enumerate(TERMS)}
    for term, serials in plain.items():
        for serial in serials:
            writer.add(term, serial)
    writer.finish()
    asked = Postings(db)
    for beginning in ("w", "wa", "wad", "n", "f01", "f01b", "z"):
        union = set().union(*(serials for term, serials in plain.items() if term.startswith(beginning)))
        assert set(asked.beginning(beginning)) == set(asked.between(beginning, beginning + LAST)) == union
        assert asked.terms(beginning) == sorted(term for term in plain if term.startswith(beginning))
        assert asked.terms(beginning, 2) == asked.terms(beginning)[:2]
    assert set(asked.any_of(["wa", "nb", "nobody"])) == plain["wa"] | plain["nb"]
    assert set(asked.any_of(["wa"])) == set(asked.docs("wa")) == plain["wa"]
    assert not asked.docs("nobody") and not asked.any_of([])


@pytest.mark.parametrize("step", [1, 2, 7, 100, 1_000])
def test_rows_made_of_a_whole_set_hold_it(db: sqlite3.Connection, step: int) -> None:
    wanted = {*range(5, 1_100, step), *range(70_000, 70_000 + 5 * step, step)}
    made = all_sealed(rows_of_docs("wa", Docs(wanted)), salt(db))
    db.executemany("insert into posting values(?, ?, ?)", made)
    assert set(Postings(db).docs("wa")) == wanted
    writer = PostingsWriter(db)
    writer.take("wa", 5)
    writer.add("wa", 1_150)
    writer.write()
    assert set(Postings(db).docs("wa")) == wanted - {5} | {1_150}


def test_a_row_that_is_not_what_was_written_is_refused() -> None:
    ((term, place, blob),) = all_sealed(rows_of_docs("wa", Docs({1, 5, 9})), 7)
    assert opened(term, place, blob, 7)
    with pytest.raises(Malformed):
        opened(term, place, blob, 8)
    damaged: list[tuple[Any, Any, Any]] = [
        ("wb", place, blob),
        (term, place + 1, blob),
        (term, place, b""),
        (term, place, blob[:3]),
    ]
    damaged += [
        (term, place, blob[:at] + bytes([blob[at] ^ 1 << bit]) + blob[at + 1 :])
        for at in range(len(blob))
        for bit in range(8)
    ]
    damaged += [(b"wa", place, blob), (term, None, blob), (term, place, "text"), (term, place, None)]
    for other_term, other_place, other_blob in damaged:
        with pytest.raises(Malformed):
            opened(other_term, other_place, other_blob, 7)
