"""A damaged index is noticed when it is opened, searched or checked, shows nothing wrong, and is made anew."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from store.door import Edit, Store, open_store
from store.errors import NotFound
from store.index.tables import PAGE_BYTES, columns
from store.lookup import INDEX
from tests.faults.ledger import note
from tests.faults.operations import SERIALS, make_base
from tests.faults.rot import damage
from tests.faults.scale import SCALE
from tests.faults.truth import index_wrong

CASES = SCALE.damages // 4 // SCALE.parts
REPAIRED_EVERY = 12
"""After so many cases one is repaired and compared with an index made anew."""

in_parts = pytest.mark.parametrize("part", range(SCALE.parts))

LINES = (
    *("", "in:trash", "шевч", "клієнт1", "олена -шевченко", '"шевченко ганна"', "shevch", "itdx", "евче", "шувченко"),
    *("067123", "0671230003", "4567", "1001", "city:київ", "tag:vip", "has:phone", "no:tag", "spent:>100"),
    *("birthday:01-05", "updated:>2020-01-01", "company:ромашка", "loyalty:20001", "кава", "rfm:champions"),
)
SORTS = ("", "-name", "addresses.city", "-spent", "updated")

Answers = dict[tuple[str, str], list[tuple[Any, ...]]]
Content = list[list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Known:
    """A store, its index, that of another store, and what is right."""

    path: Path
    index: bytes
    other: bytes
    answers: Answers
    numbers: dict[str, int]
    content: Content


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    root = tmp_path_factory.mktemp("index")
    path, other = root / "store", root / "other"
    for place, dice in ((path, 3), (other, 4)):
        make_base(place, dice=dice)
        with open_store(place) as store:
            for serial in SERIALS[::3]:
                _enrich(store, serial, dice)
            store.rebuild_index()
            store.index.tidy()
    with open_store(path) as store:
        answers = answered(store)
        assert store.check().findings == ()
    numbers = {row[1]: row[0] for row in answers["", ""]}
    return Known(path, (path / INDEX).read_bytes(), (other / INDEX).read_bytes(), answers, numbers, content(path))


def _enrich(store: Store, serial: int, dice: int) -> None:
    before = store.card(serial).document
    more = {
        "person": {
            "last_name": ("Шевченко", "Бойко", "Коваленко", "Ткачук")[(serial + dice) % 4],
            "first_name": ("Ганна", "Петро")[serial % 2],
            "birth_date": f"1980-01-{serial % 9 + 1:02}",
            "company": "ТОВ Ромашка",
        },
        "addresses": [{"city": ("Київ", "Львів", "Суми")[serial % 3], "street": "Хрещатик"}],
        "tags": {"tags": ["vip", "опт"][: serial % 3]},
        "identifiers": [{"kind": "loyalty", "value": f"2000{serial * 1001}"}],
        "purchases": [
            {"date": "2026-01-02", "item": "кава", "amount": f"{serial * 7}.00", "currency": "UAH", "status": "paid"}
        ],
    }
    store.write([Edit(serial, before, {**before, **more})])


def answered(store: Store) -> Answers:
    """What is found by everything that is asked."""
    answers: Answers = {}
    for line in LINES:
        for sort in SORTS if line in LINES[:3] else SORTS[:1]:
            found = store.find(line, sort=sort)
            answers[line, sort] = [(*row, found.total) for row in found.rows(0, 100)]
    return answers


def content(path: Path) -> Content:
    """Every row of every table without what is another in every index."""
    with closing(sqlite3.connect(f"file:{path / INDEX}?mode=ro", uri=True)) as db:
        names = ("client", "whole", "word", "stem", "named", "former", "change", "segment")
        rows = [sorted(db.execute(f"select {columns(name)} from {name}").fetchall(), key=repr) for name in names]
        rows.append(db.execute("select term, place, substr(docs, 5) from posting order by term, place").fetchall())
        meta = "select key, value from meta where key not in ('state', 'salt', 'sum') order by key"
        rows.append(db.execute(meta).fetchall())
        # The totals belong to the salt.
        seals = [int.from_bytes(blob[:4], "little") for (blob,) in db.execute("select docs from posting")]
        rows.append([(sum(seals) == db.execute("select value from meta where key = 'sum'").fetchone()[0],)])
    return rows


def damaged(known: Known, dice: random.Random) -> str:
    """Put a damaged index into the store, and nothing beside it; says how."""
    for file in known.path.glob(f"{INDEX}*"):
        file.unlink()
    file = known.path / INDEX
    file.write_bytes(known.index)
    if dice.random() < 0.7:
        return damage(file, dice)
    how = dice.choice(("page zeroed", "page of another index"))
    pages = min(len(known.index), len(known.other)) // PAGE_BYTES
    while file.read_bytes() == known.index:
        changed, place = bytearray(known.index), dice.randrange(pages) * PAGE_BYTES
        here = slice(place, place + PAGE_BYTES)
        changed[here] = bytes(PAGE_BYTES) if how == "page zeroed" else known.other[here]
        file.write_bytes(changed)
    return how


def looked_at(known: Known, how: str) -> Iterator[str]:
    """Search and check the store; what is wrong with that."""
    with open_store(known.path) as store:
        told = answered(store)
        yield from (f"{how}: {asked} finds {told[asked]}" for asked in told if told[asked] != known.answers[asked])
        for number, serial in known.numbers.items():
            try:
                if store.get(number).card.serial != serial:
                    yield f"{how}: {number} is another client"
            except NotFound:
                yield f"{how}: {number} is nobody"
        findings = store.check().findings
    if not findings and (there := content(known.path)) != known.content:
        tables = [place for place, (rows, right) in enumerate(zip(there, known.content, strict=True)) if rows != right]
        yield f"{how}: not noticed in {tables}"


@in_parts
def test_whatever_is_damaged_is_noticed_and_nothing_wrong_is_shown(known: Known, part: int) -> None:
    wrong: list[str] = []
    for case in range(part * CASES, (part + 1) * CASES):
        how = f"{case} {damaged(known, random.Random(case))}"
        wrong += looked_at(known, how)
        if case % REPAIRED_EVERY == 0:
            with open_store(known.path) as store:
                if findings := store.repair().findings:
                    wrong.append(f"{how}: not repaired, {findings}")
                if told := index_wrong(store):
                    wrong.append(f"{how}: {told}")
    note("damaged files", CASES, "damaged indexes", len(wrong), "wrong values shown, not noticed, or not healed")
    assert not wrong, "\n".join(wrong[:12])


def test_pages_that_changed_places_are_noticed_by_a_check(known: Known) -> None:
    pages = len(known.index) // PAGE_BYTES
    for case in range(pages):
        changed = bytearray(known.index)
        here, there = (slice(at * PAGE_BYTES, (at + 1) * PAGE_BYTES) for at in (case, (case * 7 + 3) % pages))
        changed[here], changed[there] = changed[there], changed[here]
        for file in known.path.glob(f"{INDEX}*"):
            file.unlink()
        (known.path / INDEX).write_bytes(changed)
        with open_store(known.path) as store:
            findings = store.check().findings
            if findings:
                assert store.repair().findings == ()
            assert answered(store) == known.answers
        assert findings or changed == known.index or content(known.path) == known.content


def test_an_index_that_cannot_be_read_is_checked_without_being_thrown_away(known: Known, tmp_path: Path) -> None:
    path = Path(shutil.copytree(known.path, tmp_path / "store"))
    (path / INDEX).write_bytes(known.index)
    with open_store(path) as store:
        with closing(sqlite3.connect(path / INDEX)) as db:
            db.execute("update posting set docs = zeroblob(9) where term = '-all'")
            db.commit()
        before = (path / INDEX).stat().st_ino
        assert [finding.code for finding in store.check().findings] == ["index-damaged"]
        assert (path / INDEX).stat().st_ino == before
        assert answered(store) == known.answers, "healed by the first search"
        assert store.check().findings == ()
