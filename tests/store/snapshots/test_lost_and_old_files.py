"""Files that somebody deleted, or put older ones in the place of."""

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import refreshing
from store.door import Edit, Store
from store.errors import Damaged, NotAllowed
from store.segments import SegmentFolder
from store.segments.listed import numbers_in, text_of
from store.snapshots import mending, take
from store.snapshots.restoring import restore
from tests.store.stores import add, change, opened, segment_files


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = opened(tmp_path / "store")
    made.write([Edit(None, None, {"person": {"last_name": f"Клієнт {n}"}}) for n in range(70)], why="import")
    return made


def named(store: Store) -> set[tuple[str, str]]:
    return {(finding.code, Path(finding.file).name) for finding in store.check().findings}


def replaced(file: Path, content: bytes) -> None:
    """Another hand puts a file there, and the snapshots keep theirs."""
    file.unlink()
    file.write_bytes(content)


@given(st.frozensets(st.integers(0, 40)))
def test_the_list_of_segments_says_them_all(numbers: frozenset[int]) -> None:
    assert numbers_in(text_of(numbers)) == numbers


def test_a_new_segment_that_no_snapshot_has_is_missed(store: Store) -> None:
    take(store)
    store.write([Edit(None, None, {"person": {"last_name": f"Новий {n}"}}) for n in range(70)], why="import")
    store.folder.file(2).unlink()
    again = opened(store.path)
    assert ("segment-missing", "00002.json") in named(again)
    # Whoever the lost file held, nobody gets that place.
    assert add(again, last_name="Пізній").serial == 3 * 64
    report = again.repair()
    assert [(finding.code, Path(finding.file).name) for finding in report.findings] == [("segment-lost", "00002.json")]
    assert named(again) == set()


def test_a_deleted_last_segment_is_missed_after_a_restart_and_its_places_are_nobodys(store: Store) -> None:
    store.folder.file(1).unlink()
    shutil.rmtree(store.path / "backups")
    (store.path / "lock").unlink()
    again = opened(store.path)
    assert ("segment-missing", "00001.json") in named(again)
    assert add(again, last_name="Пізній").serial == 2 * 64


def test_an_older_state_of_a_file_is_named_even_if_the_index_is_built_again(store: Store) -> None:
    for number in range(3):
        change(store, store.card(5), ("person.position", f"{number}"))
        if not number:
            older = store.folder.file(0).read_bytes()
    replaced(store.folder.file(0), older)
    again = opened(store.path)
    assert again.card(5).document["person"]["position"] == "0"
    assert named(again) == {("segment-rolled-back", "00000.json")}
    again.rebuild_index()
    assert named(again) == {("segment-rolled-back", "00000.json")}
    # No snapshot has it newer: it is told, and taken as it is.
    report = again.repair()
    assert [finding.code for finding in report.findings] == ["segment-rolled-back"]
    assert named(again) == set() and again.find("клієнт").total == 70


def test_a_snapshot_brings_back_what_an_older_file_hides(store: Store) -> None:
    older = store.folder.file(0).read_bytes()
    change(store, store.card(5), ("person.position", "кравчиня"))
    take(store)
    replaced(store.folder.file(0), older)
    again = opened(store.path)
    assert named(again) == {("segment-rolled-back", "00000.json")}
    report = again.repair()
    assert report.findings == () and "segment-brought-back" in [finding.code for finding in report.repaired]
    assert again.card(5).document["person"]["position"] == "кравчиня"
    assert [file.read_bytes() for file in store.folder.path.glob("*.damaged-*")] == [older]


def test_what_was_saved_into_an_older_file_is_not_given_up_for_a_snapshot(store: Store) -> None:
    older = store.folder.file(0).read_bytes()
    for number in range(3):
        change(store, store.card(5), ("person.position", f"{number}"))
    take(store)
    replaced(store.folder.file(0), older)
    again = opened(store.path)
    change(again, again.card(6), ("person.position", "нова"))
    report = again.repair()
    assert [finding.code for finding in report.findings] == ["segment-rolled-back"]
    assert again.card(6).document["person"]["position"] == "нова"


def test_a_state_that_was_brought_back_on_purpose_is_no_old_file(store: Store) -> None:
    kept = take(store)
    for number in range(3):
        change(store, store.card(5), ("person.position", f"{number}"))
    add(store, last_name="Пізній")
    restore(store, kept.path, yes=True)
    again = opened(store.path)
    assert named(store) == set() and named(again) == set()
    # Nor where nobody came to take the snapshot after it, and the index is that of before.
    assert mending.missing(again) == []


def test_a_repair_brings_nothing_from_before_a_restore(store: Store) -> None:
    kept = take(store)
    for number in range(3):
        change(store, store.card(5), ("person.position", f"{number}"))
    take(store)
    restore(store, kept.path, yes=True)
    file = store.folder.file(0)
    replaced(file, file.read_bytes()[:-9])
    store.repair()
    assert "position" not in store.card(5).document["person"]


def test_a_repair_that_the_disk_stops_says_what_it_did_and_what_it_did_not(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(store)
    for file in segment_files(store.path):
        replaced(file, file.read_bytes()[:-9])
    real = mending.mend

    def mend(store: Store, file: Path) -> mending.Mended | None:
        if file.name == "00001.json":
            raise OSError(errno.ENOSPC, "No space left on device", str(file))
        return real(store, file)

    with monkeypatch.context() as full:
        full.setattr(mending, "mend", mend)
        report = store.repair()
    assert [Path(finding.file).name for finding in report.repaired] == ["00000.json"]
    codes = [finding.code for finding in report.findings]
    assert "repair-stopped" in codes and "segment-damaged" in codes
    assert store.repair().findings == ()


def test_a_repair_without_room_for_the_index_says_that_the_files_are_mended(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(store)
    replaced(store.folder.file(1), b"{")

    def full(*_: object, **__: object) -> None:
        raise Damaged("index-not-built", file=str(store.index.path), reason="No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(refreshing, "rebuild", full)
        report = store.repair()
    assert "segment-brought-back" in [finding.code for finding in report.repaired]
    assert "index-not-built" in [finding.code for finding in report.findings]
    assert SegmentFolder(store.path).read(1).cards


def test_a_check_that_cannot_read_the_folder_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> list[Path]:
        raise OSError(errno.EIO, "Input/output error", "clients")

    monkeypatch.setattr(store.folder, "leftovers", failing)
    with pytest.raises(Damaged) as told:
        store.check()
    assert told.value.code == "check-failed"


def test_a_snapshot_that_the_disk_refuses_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("store.snapshots.taking.link", failing)
    with pytest.raises(NotAllowed) as told:
        take(store)
    assert told.value.code == "disk-refused"


def test_a_damaged_index_that_remembers_no_number_names_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    empty: Any = None
    spoilt = {number: stamp._replace(generation=empty) for number, stamp in store.index.stamps().items()}
    with monkeypatch.context() as damaged:
        damaged.setattr(store.index, "stamps", lambda: spoilt)
        store.rebuild_index()
    assert named(store) == set() and store.find("клієнт").total == 70
