"""The store is made, checked, indexed; a store that cannot be used is told plainly."""

import os
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Type


def test_a_sound_store_is_in_order(kartoteka: Type, olena: str) -> None:
    assert kartoteka("check", "--json").value == {"clients": 1, "segments": 1, "findings": [], "repaired": []}
    assert kartoteka("check").code == 0


def test_a_damaged_file_is_found_and_named(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    segment = tmp_path / "store" / "clients" / "00000.json"
    segment.write_bytes(segment.read_bytes().replace("Шевченко".encode(), "Шевчeнко".encode()))
    done = kartoteka("check", "--json")
    assert done.code == 3
    damage = [finding for finding in done.value["findings"] if finding["code"] == "segment-damaged"]
    assert len(damage) == 1
    assert "00000.json" in damage[0]["message"]


def test_a_card_of_a_damaged_file_is_told_not_traced(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    segment = tmp_path / "store" / "clients" / "00000.json"
    segment.write_bytes(segment.read_bytes()[:-40])
    done = kartoteka("show", olena, "--json")
    assert done.code == 3
    assert done.error["code"].startswith("segment-")


def test_an_index_that_was_deleted_is_built_again(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    for file in (tmp_path / "store").glob("index.sqlite3*"):
        file.unlink()
    assert kartoteka("find", "шевч").code == 0


def test_reindexing_counts_the_clients(kartoteka: Type, olena: str) -> None:
    assert kartoteka("reindex", "--json").value == {"clients": 1}


def test_a_store_of_a_newer_format_is_refused_with_both_formats(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    settings = tmp_path / "store" / "store.json"
    text = settings.read_text(encoding="utf-8")
    assert '"format": 1' in text or '"format":1' in text
    settings.write_text(
        text.replace('"format": 1', '"format": 99').replace('"format":1', '"format":99'), encoding="utf-8"
    )
    done = kartoteka("find", "шевч", "--json")
    assert done.code == 3
    assert done.error["code"] == "store-newer"
    assert "99" in done.error["message"]


def test_a_folder_with_other_things_is_no_store(kartoteka: Type, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("…", encoding="utf-8")
    for command in (("find", "x"), ("new", "person.last_name=X")):
        done = kartoteka(*command, "--store", str(tmp_path), "--json")
        assert done.code == 3
        assert str(tmp_path) in done.error["message"]
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_without_the_right_to_write_cards_are_read_and_saving_is_refused(
    kartoteka: Type, olena: str, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    for folder in (store, store / "clients"):
        folder.chmod(0o500)
    try:
        assert kartoteka("find", "шевч").code == 0
        assert kartoteka("show", olena).code == 0
        assert kartoteka("set", olena, "person.position=швачка").code == 4
    finally:
        for folder in (store, store / "clients"):
            folder.chmod(0o700)


def test_the_demo_fills_a_store_and_keeps_it(kartoteka: Type, tmp_path: Path) -> None:
    place = str(tmp_path / "demo")
    filled = kartoteka("demo", "--store", place, "--clients", "30", "--no-screen", "--json").value
    assert filled == {"store": place, "clients": 30, "added": 30}
    assert kartoteka("find", "--store", place, "--json").value["total"] == 30


def test_the_demo_adds_nobody_to_a_store_with_clients(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    again = kartoteka("demo", "--store", str(tmp_path / "store"), "--clients", "30", "--no-screen", "--json").value
    assert (again["clients"], again["added"]) == (1, 0)


def test_the_demo_does_not_touch_the_store_of_the_environment(kartoteka: Type, tmp_path: Path) -> None:
    assert kartoteka("demo", "--no-screen").code == 2
    assert not (tmp_path / "store").exists()


def test_a_repair_brings_back_a_damaged_file_and_says_what_is_lost(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    kartoteka("set", olena, "person.position=кравчиня")
    segment = tmp_path / "store" / "clients" / "00000.json"
    content = segment.read_bytes().replace("Олена".encode(), "Олuна".encode())
    segment.unlink()
    segment.write_bytes(content)
    assert "check --repair" in kartoteka("show", olena).err
    done = kartoteka("check", "--repair")
    assert done.code == 3 and olena in done.out and "00000.json.damaged-" in done.out
    assert kartoteka("check").code == 0
    assert "position" not in kartoteka("show", olena, "--json").value["person"]


def test_a_repair_brings_back_a_damaged_store_json(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    settings = tmp_path / "store" / "store.json"
    settings.unlink()
    settings.write_text("{", encoding="utf-8")
    assert kartoteka("check").code == 3
    done = kartoteka("check", "--repair")
    assert (done.code, kartoteka("show", olena).code) == (0, 0)
    assert "store.json.damaged-" in done.err
