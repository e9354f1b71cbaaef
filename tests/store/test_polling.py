"""Who polls opens a store by a look at its folder: what that misses, the first poll takes in."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from store.door import Store, open_store
from store.errors import Damaged
from store.index import Index
from store.segments import SegmentFolder
from tests.store.stores import add, opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one client, whose files nobody has touched for a minute."""
    with opened(tmp_path / "store") as store:
        add(store, last_name="Шевченко")
    aged(tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def scans(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose every file was looked at."""
    scan, scanned = SegmentFolder.scan, []

    def noted(folder: SegmentFolder) -> Iterator[tuple[int, os.stat_result]]:
        scanned.append(folder.path)
        return scan(folder)

    monkeypatch.setattr(SegmentFolder, "scan", noted)
    return scanned


def aged(path: Path) -> None:
    minute_ago = time.time_ns() - 60_000_000_000
    os.utime(path / "clients", ns=(minute_ago, minute_ago))


def polled(path: Path) -> Store:
    return open_store(path, operator="olena", polled=True)


def rename_in_place(path: Path) -> None:
    """Another name for the client, as another program writes it: into the file where it lies."""
    with TinyDB(path / "clients" / "00000.json", encoding="utf-8") as plain:
        plain.table("clients").update({"person": {"last_name": "Коваль"}})


def test_the_files_are_looked_at_once_while_the_folder_stays_as_it_is(path: Path, scans: list[Path]) -> None:
    polled(path).close()
    assert len(scans) == 1
    with polled(path) as store:
        assert store.find("шевч").total == 1
    assert len(scans) == 1


def test_who_does_not_poll_looks_at_all_files(path: Path, scans: list[Path]) -> None:
    polled(path).close()
    rename_in_place(path)
    with open_store(path) as store:
        assert store.find("коваль").total == 1
    assert len(scans) > 1


def test_a_file_written_to_where_it_lies_is_noticed_by_the_first_poll(path: Path) -> None:
    polled(path).close()
    rename_in_place(path)
    with polled(path) as store:
        assert store.find("коваль").total == 0
        store.catch_up()
        assert store.find("коваль").total == 1


def test_a_file_put_in_place_of_another_is_noticed_when_opening(path: Path) -> None:
    polled(path).close()
    subprocess.run(["cp", "-r", str(path), str(path.with_name("copy"))], check=True)
    rename_in_place(path.with_name("copy"))
    os.replace(path.with_name("copy") / "clients" / "00000.json", path / "clients" / "00000.json")
    with polled(path) as store:
        assert store.find("коваль").total == 1


def test_what_was_saved_since_needs_one_look_more(path: Path, scans: list[Path]) -> None:
    with polled(path) as store:
        add(store, last_name="Коваль")
    aged(path)
    for _ in range(3):
        with polled(path) as store:
            assert store.find("коваль").total == 1
    assert len(scans) == 2


def test_a_folder_that_has_just_changed_is_looked_into_each_time(path: Path, scans: list[Path]) -> None:
    # Another file could have come at the same time of the file system's clock.
    (path / "clients" / "letter.txt").touch()
    soon = time.time() + 60  # as long as the test may take
    os.utime(path / "clients", (soon, soon))
    for _ in range(2):
        polled(path).close()
    assert len(scans) == 2


def test_the_index_of_an_older_state_is_not_taken_for_that_of_the_folder(path: Path) -> None:
    polled(path).close()
    index = (path / "index.sqlite3").read_bytes()
    with opened(path) as store:
        add(store, last_name="Коваль")
    aged(path)
    (path / "index.sqlite3").write_bytes(index)
    with polled(path) as store:
        assert store.find("коваль").total == 1


def test_an_index_that_cannot_be_written_to_keeps_nobody_from_opening(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_index: Index, _seen: int) -> None:
        raise Damaged("index-not-built", file="index.sqlite3", reason="database or disk is full")

    monkeypatch.setattr(Index, "note_seen", full)
    with polled(path) as store:
        assert store.find("шевч").total == 1
