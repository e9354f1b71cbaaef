"""The index is built anew from the segments, by two processes where it is worth it."""

import json
import multiprocessing
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store.card import Card
from store.errors import Damaged
from store.index import Index, SegmentUpdate
from tests.store.index.conftest import SCHEMA, found, parse, put
from tests.store.index.people import cards
from tests.store.index.test_updating import Made, Part, content, sorts, words_indexed
from tests.store.stores import add, opened


def read(path: Path) -> SegmentUpdate:
    """Reads the small stand-in for a segment that these tests write."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Damaged("segment-damaged", file=str(path)) from error
    made = [Made(seq, serial, (Part("number", old),)) for seq, serial, old in data["changes"]]
    return SegmentUpdate(int(path.stem), (1, 2, 3, 4), [Card(*card) for card in data["cards"]], made, whole=True)


def write(folder: Path, crowd: list[Card]) -> list[Path]:
    folder.mkdir()
    by_segment: dict[int, list[Card]] = {}
    for card in crowd:
        by_segment.setdefault(card.serial // 64, []).append(card)
    for number, held in by_segment.items():
        data = {
            "cards": [(card.serial, card.document, card.trashed) for card in held],
            "changes": [(card.serial, card.serial, f"K-{card.serial}-old") for card in held if card.serial % 50 == 0],
        }
        (folder / f"{number:05}.json").write_text(json.dumps(data), encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("count", [300, 3_400])
def test_a_rebuild_makes_what_saving_every_card_would(tmp_path: Path, count: int) -> None:
    crowd = list(cards(count, seed=2))
    files = write(tmp_path / "clients", crowd)
    rebuilt, saved = Index.open(tmp_path / "a.sqlite3", SCHEMA), Index.open(tmp_path / "b.sqlite3", SCHEMA)
    told: list[tuple[int, int]] = []
    assert rebuilt.rebuild(files, read, lambda done, of: told.append((done, of))) == []
    saved.update([read(path) for path in files])
    assert content(rebuilt) == content(saved)
    assert words_indexed(rebuilt) == words_indexed(saved)
    assert sorts(rebuilt) == sorts(saved)
    assert not rebuilt.needs_rebuild
    assert told[-1] == (len(files), len(files))
    assert told == sorted(told)
    rebuilt.close()
    saved.close()


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_indexed(tmp_path: Path) -> None:
    files = write(tmp_path / "clients", list(cards(3_400, seed=2)))
    files[1].write_text("spilt", encoding="utf-8")
    index = Index.open(tmp_path / "index.sqlite3", SCHEMA)
    (damaged,) = index.rebuild(files, read)
    assert (damaged.code, damaged.details) == ("segment-damaged", {"file": str(files[1])})
    assert 1 not in index.stamps()
    assert index.count() == 3_400 - 64
    index.close()


def read_here_only(path: Path) -> SegmentUpdate:
    """As `read`, but a second process that calls it dies, as one does that runs out of memory."""
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return read(path)


def test_where_other_processes_die_the_rebuild_goes_on_alone(tmp_path: Path) -> None:
    files = write(tmp_path / "clients", list(cards(3_400, seed=2)))
    index = Index.open(tmp_path / "index.sqlite3", SCHEMA)
    assert index.rebuild(files, read_here_only) == []
    assert index.count() == 3_400
    index.close()


def test_a_screen_that_has_taken_the_error_output_rebuilds_as_well(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        add(store, last_name="Шевченко")
    (tmp_path / "store" / "index.sqlite3").unlink()
    # In a process of its own: what is started once for all rebuilds is running in this one.
    script = """
import io, sys
from store.door import open_store
from store.index import rebuild
class Captured(io.StringIO):
    def fileno(self): return -1
if __name__ == "__main__":
    rebuild._FEW_FILES = 0
    sys.stderr = Captured()
    with open_store(sys.argv[1], operator="olena") as store:
        print(store.find("шевч").total)
"""
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    asked = [sys.executable, str(tmp_path / "script.py"), str(tmp_path / "store")]
    done = subprocess.run(asked, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": os.getcwd()})
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


def test_others_go_on_searching_and_see_the_new_one_when_it_is_there(tmp_path: Path) -> None:
    files = write(tmp_path / "clients", list(cards(100, seed=2)))
    place = tmp_path / "index.sqlite3"
    index, other = Index.open(place, SCHEMA), Index.open(place, SCHEMA)
    put(index, [Card(9_000, {"number": "K-1-1", "person": {"last_name": "Минулий"}})])
    seen: list[list[str]] = []
    before = other.data_version()
    index.rebuild(files, read, lambda _done, _of: seen.append(found(other, "минул")))
    assert seen[0] == ["Минулий"]
    assert found(other, "минул") == []
    assert other.find(parse("")).total == 100
    assert other.data_version() != before
    assert sorted(name.name for name in tmp_path.iterdir() if name.name.startswith(".")) == []
    index.close()
    other.close()


def test_an_index_of_an_earlier_version_with_other_pages_is_built_again(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "index.sqlite3")) as old:
        for statement in ("pragma page_size = 8192", "pragma journal_mode = wal", "create table meta(key, value)"):
            old.execute(statement)
    files = write(tmp_path / "clients", list(cards(3)))
    index = Index.open(tmp_path / "index.sqlite3", SCHEMA)
    assert index.needs_rebuild and index.rebuild(files, read) == []
    assert index.count() == 3
    index.close()


def test_a_store_without_cards_has_an_index_too(tmp_path: Path) -> None:
    index = Index.open(tmp_path / "index.sqlite3", SCHEMA)
    assert index.rebuild([], read) == []
    assert not index.needs_rebuild
    index.close()


def test_a_reader_without_rights_rebuilds_for_itself_alone(tmp_path: Path) -> None:
    files = write(tmp_path / "clients", list(cards(100, seed=2)))
    reader = Index.open(tmp_path / "index.sqlite3", SCHEMA, read_only=True)
    reader.rebuild(files, read)
    assert reader.count() == 100
    assert not (tmp_path / "index.sqlite3").exists()
    reader.close()
