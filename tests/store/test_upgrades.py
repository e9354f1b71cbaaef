import os
import shutil
from pathlib import Path

import pytest
from tinydb import TinyDB

from store import disk
from store.door import open_store
from store.errors import Damaged, NotAllowed
from store.formats import STEPS
from store.segments.sealing import FORMAT
from store.snapshots import snapshots
from store.snapshots.restoring import restore
from store.upgrades import upgrade
from tests.store.stores import add, change

DATA = Path(__file__).parent.parent / "data"
EARLIER = sorted(DATA.glob("format-*"))


@pytest.fixture(params=EARLIER, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(request.param, tmp_path / "store"))


def test_there_is_a_specimen_of_every_earlier_format_and_a_step_from_each() -> None:
    assert [int(path.name.removeprefix("format-")) for path in EARLIER] == list(range(FORMAT))
    assert [step.format for step in STEPS] == list(range(1, FORMAT + 1))


def test_a_store_of_an_earlier_format_opens_with_all_that_was_in_it(old: Path) -> None:
    with open_store(old) as store:
        olena = store.get("K-4821-7").card
        assert olena.name == "Шевченко Олена Петрівна" and olena.revision == 3
        assert olena.document["person"]["birth_date"] == "1987-03-09"
        assert olena.document["addresses"][0]["city"] == "Київ"
        assert (olena.document["purchases"][0]["quantity"], olena.document["purchases"][0]["amount"]) == (
            "2",
            "1250.50",
        )
        assert olena.document["custom"] == {"Джерело": "реклама"}
        assert store.get("2000000099999").card.serial == 70
        assert store.find("коваль").total == 1 and store.find("city:Одеса").total == 1
        assert store.check().findings == ()
        change(store, olena, ("person.position", "кравчиня"))
        assert add(store, last_name="Новий").serial == 71


def test_the_state_before_is_kept_as_a_snapshot_that_opens_again(old: Path) -> None:
    before = {file.name: file.read_bytes() for file in old.rglob("*.json")}
    with open_store(old) as store:
        (snapshot,) = snapshots(old)
        assert snapshot.contents.why == "upgrade"
        assert {file.name: file.read_bytes() for file in snapshot.path.rglob("0*.json")}.items() <= before.items()
        restore(store, snapshot.path, yes=True)
        # As of this format, at once: not only for whoever opens it next.
        assert store.get("K-4821-7").card.name == "Шевченко Олена Петрівна" and store.find("коваль").total == 1
        assert store.check().findings == ()
    with open_store(old) as store:
        assert store.get("K-4821-7").card.name == "Шевченко Олена Петрівна"


def test_a_crash_at_any_file_loses_nothing_and_the_next_opening_finishes(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = disk.replace
    for fatal in (0, 1, 1):
        calls = 0

        def failing(path: Path, content: bytes, mode: int, fatal: int = fatal) -> os.stat_result:
            nonlocal calls
            if "backups" not in path.parts:
                calls += 1
                if calls > fatal:
                    raise OSError(5, "the disk failed")
            return real(path, content, mode)

        with monkeypatch.context() as broken:
            broken.setattr(disk, "replace", failing)
            with pytest.raises(NotAllowed, match="upgrade-refused"):
                upgrade(old, "olena")
        for file in (old / "clients").glob("*.json"):
            with TinyDB(file, encoding="utf-8") as plain:
                assert plain.table("clients").all()
    with open_store(old) as store:
        assert [card.serial for card in store.cards()] == [1, 2, 70] and store.check().findings == ()


def test_an_upgraded_store_is_not_upgraded_again(old: Path) -> None:
    assert upgrade(old, "olena") == [step.name for step in STEPS]
    assert upgrade(old, "olena") == [] and len(snapshots(old)) == 1


def test_a_damaged_file_stops_the_upgrade_and_is_named(old: Path) -> None:
    (old / "clients" / "00001.json").write_text("{", encoding="utf-8")
    with pytest.raises(Damaged) as refusal:
        open_store(old)
    assert refusal.value.details["file"] == str(old / "clients" / "00001.json")


def test_who_may_not_write_is_told_that_somebody_else_must_open_it(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(NotAllowed) as refusal:
        open_store(old)
    assert refusal.value.code == "store-needs-upgrade"


def test_a_damaged_file_comes_back_from_a_snapshot_of_the_format_before_as_one_of_this(old: Path) -> None:
    with open_store(old) as store:
        file = store.folder.file(0)
        file.unlink()
        file.write_bytes(b"{")
        store.repair()
        assert store.get("K-4821-7").card.document["person"]["birth_date"] == "1987-03-09"


def test_what_another_program_wrote_since_is_not_upgraded_twice(old: Path) -> None:
    """`store.json` of before the upgrade is put back over files of this format."""
    before = (old / "store.json").read_bytes()
    open_store(old).close()
    with TinyDB(old / "clients" / "00000.json", encoding="utf-8") as plain:
        plain.table("clients").update({"tags": {"tags": ["vip"]}}, doc_ids=[1])
    (old / "store.json").write_bytes(before)
    with open_store(old) as store:
        assert store.get("K-4821-7").card.name == "Шевченко Олена Петрівна"
        assert store.get("K-4821-7").card.document["tags"] == {"tags": ["vip"]}
