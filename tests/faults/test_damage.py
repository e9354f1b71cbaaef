"""Damage to a file is noticed, stays within it, and nothing wrong is shown as right."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.door import Edit, Store, open_store
from store.errors import Damaged
from store.lookup import INDEX
from store.segments import read, segment_number
from tests.faults.ledger import note
from tests.faults.operations import IN_TRASH, SERIALS, make_base
from tests.faults.rot import damage
from tests.faults.scale import SCALE
from tests.faults.truth import what_is_wrong

CASES_OF_FILES = SCALE.damages * 3 // 4 // SCALE.parts
CASES_OF_DOOR = SCALE.damages // 12 // SCALE.parts
CASES_OF_LOCK = SCALE.damages // 12 // SCALE.parts

in_parts = pytest.mark.parametrize("part", range(SCALE.parts))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rot") / "base"
    make_base(place, dice=3)
    # All that was written lies in the index file itself, where a flip meets it.
    with open_store(place) as store:
        store.index.tidy()
    return place


@pytest.fixture
def path(base: Path, tmp_path: Path) -> Path:
    return fresh(base, tmp_path / "store")


def fresh(base: Path, path: Path) -> Path:
    shutil.rmtree(path, ignore_errors=True)
    return Path(shutil.copytree(base, path))


def dice_of(part: int, cases: int) -> Iterator[random.Random]:
    return (random.Random(case) for case in range(part * cases, (part + 1) * cases))


def truth_of(store: Store) -> dict[int, Any]:
    return {serial: (card.document, card.trashed) for serial in SERIALS for card in [store.card(serial)]}


def shown(store: Store) -> dict[int, Any]:
    rows = [*store.find("").rows(0, 100), *store.find("in:trash").rows(0, 100)]
    return {row.serial: row for row in rows}


@in_parts
def test_any_damage_to_a_segment_is_noticed(base: Path, path: Path, part: int) -> None:
    unnoticed = []
    files = sorted((base / "clients").glob("*.json"))
    for dice in dice_of(part, CASES_OF_FILES):
        file = path / "clients" / dice.choice(files).name
        shutil.copyfile(base / "clients" / file.name, file)
        how = damage(file, dice)
        try:
            read(file)
            unnoticed.append((how, file.name))
        except Damaged:
            pass
        shutil.copyfile(base / "clients" / file.name, file)
    note("damaged files", CASES_OF_FILES, "damaged segments", len(unnoticed), "not noticed")
    assert not unnoticed


@in_parts
def test_damage_stays_within_its_segment_and_is_named(base: Path, tmp_path: Path, part: int) -> None:
    with open_store(fresh(base, tmp_path / "store")) as store:
        truth, rows = truth_of(store), shown(store)
    wrong = []
    for dice in dice_of(part, CASES_OF_DOOR):
        path = fresh(base, tmp_path / "store")
        number = dice.choice((0, 1, 2))
        file = path / "clients" / f"{number:05}.json"
        how = damage(file, dice)
        with open_store(path) as store:
            for serial in SERIALS:
                try:
                    card = store.card(serial)
                    right = (card.document, card.trashed) == truth[serial] and segment_number(serial) != number
                except Damaged as error:
                    right = segment_number(serial) == number and error.details["file"] == str(file)
                if not right:
                    wrong.append((how, number, serial))
            if any(rows[serial] != row for serial, row in shown(store).items()):
                wrong.append((how, number, "list"))
            if [finding.file for finding in store.check().findings if finding.code == "segment-damaged"] != [str(file)]:
                wrong.append((how, number, "check"))
            other = next(serial for serial in SERIALS if segment_number(serial) != number and serial != IN_TRASH)
            before = store.card(other).document
            store.write([Edit(other, before, {**before, "tasks": [{"text": "others go on"}]})])
    note(
        "damaged files", CASES_OF_DOOR, "stores looked through", len(wrong), "wrong values, or other segments affected"
    )
    assert not wrong


def test_segments_that_changed_places_are_noticed(base: Path, path: Path) -> None:
    first, second = path / "clients" / "00000.json", path / "clients" / "00001.json"
    for source, target in ((base / "clients" / first.name, second), (base / "clients" / second.name, first)):
        shutil.copyfile(source, target)
    with open_store(path) as store:
        for serial in (1, 5, 64, 70):
            with pytest.raises(Damaged):
                store.card(serial)
        assert store.card(129)
        assert {finding.code for finding in store.check().findings} >= {"segment-damaged"}


@in_parts
def test_a_damaged_lock_file_gives_no_serial_and_no_place_twice(base: Path, tmp_path: Path, part: int) -> None:
    wrong = []
    for dice in dice_of(part, CASES_OF_LOCK):
        path = fresh(base, tmp_path / "store")
        how = damage(path / "lock", dice)
        with open_store(path) as store:
            made = store.write([Edit(None, None, {"person": {"last_name": "Новий"}})]).cards[0]
            seqs = [change.seq for change in store.changes()]
            if made.serial in SERIALS or len(set(seqs)) != len(seqs) or store.history(made.serial)[0].seq != max(seqs):
                wrong.append((how, made.serial))
    note("damaged files", CASES_OF_LOCK, "damaged lock files", len(wrong), "serials or places given twice")
    assert not wrong


@pytest.mark.parametrize("case", range(40))
def test_a_damaged_store_file_is_named(path: Path, case: int) -> None:
    damage(path / "store.json", random.Random(case))
    with pytest.raises(Damaged) as caught:
        open_store(path)
    assert str(path) in str(caught.value.details)


def test_a_missing_index_or_lock_is_made_again(path: Path) -> None:
    (path / "lock").unlink()
    for file in path.glob(f"{INDEX}*"):
        file.unlink()
    assert what_is_wrong(path) == ""
