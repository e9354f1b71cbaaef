import fcntl
import os
import tarfile
from pathlib import Path

import pytest

from store.door import Store, open_store
from store.errors import Conflict, Damaged, NotAllowed, NotFound, Unsure
from store.segments.folder import MANIFEST as MOVES
from store.snapshots import snapshot_named, take
from store.snapshots.backup import back_up
from store.snapshots.restoring import prove, restore
from tests.store.stores import add, change, opened, person, remove

TARGETS = ("folder", "archive.tar", "archive.tar.gz")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = opened(tmp_path / "store")
    for count in range(70):
        add(made, last_name=f"Клієнт {count}")
    return made


def names(store: Store) -> list[str]:
    return [card.name for card in store.cards()]


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_backed_up_comes_back_in_a_new_store(store: Store, tmp_path: Path, target: str) -> None:
    remove(store, store.card(3))
    made = back_up(store, tmp_path / target)
    assert (made.clients, made.files, made.damaged) == (69, 3, ())
    new = opened(tmp_path / "new")
    done = restore(new, tmp_path / target)
    assert (done.clients, done.files, done.lost.changes) == (69, 3, 0)
    assert names(new) == names(store) and new.card(3).trashed
    assert new.check().findings == () and new.find("клієнт").total == 69
    assert add(new, last_name="Новий").serial == 71


def test_a_backup_folder_is_a_store_by_itself(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "folder")
    with open_store(tmp_path / "folder") as copy:
        assert names(copy) == names(store)


def test_a_second_backup_into_the_same_folder_lies_beside_the_first(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "usb" / "first")
    made = back_up(store, tmp_path / "usb")
    assert made.path.parent == tmp_path / "usb" and prove(made.path)[1] == 70


def test_an_archive_that_is_there_is_not_written_over(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(b"mine")
    with pytest.raises(Conflict) as refusal:
        back_up(store, tmp_path / "a.tar")
    assert refusal.value.code == "backup-exists"
    assert (tmp_path / "a.tar").read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar", "store"]


def test_a_backup_into_the_store_itself_is_refused(store: Store) -> None:
    with pytest.raises(NotAllowed) as refusal:
        back_up(store, store.path / "backups" / "mine")
    assert refusal.value.code == "backup-inside"


@pytest.mark.parametrize("target", TARGETS)
def test_a_disk_that_gives_back_other_bytes_is_told_and_nothing_is_left_there(
    store: Store, tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil_one(file: Path) -> None:
        if file.name == "00001.json" or file.name.startswith("."):
            spoil(file)

    monkeypatch.setattr("store.snapshots.backup._to_the_disk", spoil_one)
    with pytest.raises(Damaged) as refusal:
        back_up(store, tmp_path / target)
    assert refusal.value.code in ("backup-differs", "backup-damaged")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_file_damaged_in_the_store_is_named_by_the_backup(store: Store, tmp_path: Path) -> None:
    spoil(store.folder.file(1))
    made = back_up(store, tmp_path / "folder")
    assert made.damaged == ("clients/00001.json",) and made.clients == 63
    with pytest.raises(Damaged) as refusal:
        prove(made.path)
    assert refusal.value.details["files"] == ["clients/00001.json"]


def test_others_save_while_a_backup_is_copied_and_it_holds_none_of_it(store: Store, tmp_path: Path) -> None:
    other = opened(store.path, "petro")
    told: list[int] = []

    def save(done: int, of: int) -> None:
        if not told:
            change(other, other.card(1), ("person.last_name", "Інший"))
        told.append(done)

    made = back_up(store, tmp_path / "folder", save)
    assert told[-1] == 2 * made.files and told == sorted(told)
    with open_store(made.path) as copy:
        assert person(copy.card(1))["last_name"] == "Клієнт 0"
    assert person(store.card(1))["last_name"] == "Інший"


def test_newer_changes_are_never_overwritten_without_a_yes(store: Store) -> None:
    snapshot = take(store)
    number = change(store, store.card(2), ("person.last_name", "Пізніший")).cards[0].number
    with pytest.raises(Conflict) as refusal:
        restore(store, snapshot.path)
    details = refusal.value.details
    assert (details["changes"], details["numbers"], details["files"]) == (1, [number], 1)
    assert person(store.card(2))["last_name"] == "Пізніший"
    done = restore(store, snapshot.path, yes=True)
    assert done.lost.numbers == (number,)
    assert person(store.card(2))["last_name"] == "Клієнт 1" and store.check().findings == ()
    restore(store, snapshot_named(store.path, done.kept).path)
    assert person(store.card(2))["last_name"] == "Пізніший" and store.check().findings == ()


def test_a_backup_with_a_higher_count_of_changes_does_not_pass_for_newer(store: Store, tmp_path: Path) -> None:
    early = take(store)
    for count in range(3):
        change(store, store.card(1), ("person.position", f"посада {count}"))
    late = take(store)
    restore(store, early.path, yes=True)
    change(store, store.card(1), ("person.position", "справжня"))
    with pytest.raises(Conflict):
        restore(store, late.path)


def test_a_state_that_holds_all_changes_is_restored_without_a_question(store: Store) -> None:
    snapshot = take(store)
    spoil(store.folder.file(0))
    assert restore(store, snapshot.path).clients == 70
    assert store.check().findings == ()


def test_clients_made_since_are_gone_from_files_and_index_and_their_places_are_not_given_again(store: Store) -> None:
    snapshot = take(store)
    later = [add(store, last_name=f"Пізній {count}") for count in range(70)]
    restore(store, snapshot.path, yes=True)
    assert store.find("пізній").total == 0 and len(store.folder.numbers()) == 2
    assert add(store, last_name="Новий").serial == later[-1].serial + 1


@pytest.mark.parametrize("target", TARGETS)
def test_a_damaged_backup_restores_nothing(store: Store, tmp_path: Path, target: str) -> None:
    made = back_up(store, tmp_path / target)
    spoil(made.path / "clients" / "00000.json" if made.path.is_dir() else made.path)
    new = opened(tmp_path / "new")
    with pytest.raises(Damaged):
        restore(new, made.path)
    assert names(new) == [] and not list((new.path / "backups").glob(".*"))


def test_a_backup_without_one_of_its_files_restores_nothing(store: Store, tmp_path: Path) -> None:
    made = back_up(store, tmp_path / "folder")
    (made.path / "clients" / "00001.json").unlink()
    with pytest.raises(Damaged) as refusal:
        restore(opened(tmp_path / "new"), made.path)
    assert refusal.value.details["files"] == ["clients/00001.json"]


def test_what_is_no_backup_is_said_to_be_none(store: Store, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with tarfile.open(tmp_path / "other.tar", "w") as archive:
        archive.add(tmp_path / "other", "other")
    (tmp_path / "text.tar.gz").write_text("no archive", encoding="utf-8")
    for place, code in (("other", "not-a-backup"), ("other.tar", "not-a-backup"), ("text.tar.gz", "backup-damaged")):
        with pytest.raises(Damaged) as refusal:
            restore(store, tmp_path / place)
        assert refusal.value.code == code
    with pytest.raises(NotFound):
        restore(store, tmp_path / "nowhere")


def test_an_archive_cannot_put_files_elsewhere(store: Store, tmp_path: Path) -> None:
    made = back_up(store, tmp_path / "folder")
    (made.path / "snapshot.json").write_text(
        (made.path / "snapshot.json").read_text(encoding="utf-8").replace("clients/00001", "../clients/00001"),
        encoding="utf-8",
    )
    with pytest.raises(Damaged):
        restore(opened(tmp_path / "new"), made.path)


def test_a_restore_that_dies_on_the_way_is_finished_by_the_next_who_comes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = take(store)
    change(store, store.card(1), ("person.last_name", "Пізніший"))
    add(store, last_name="Пізній")
    real, calls = os.rename, 0

    def failing(source: str, target: str) -> None:
        nonlocal calls
        if (store.path / MOVES).exists():
            calls += 1
            if calls == 2:
                raise OSError(5, "the disk failed")
        real(source, target)

    with monkeypatch.context() as broken:
        broken.setattr(os, "rename", failing)
        with pytest.raises(Unsure) as told:
            restore(store, snapshot.path, yes=True)
        assert told.value.code == "restore-begun"
    assert (store.path / MOVES).exists()
    again = opened(store.path, "petro")
    again.writing().__enter__()
    assert names(again) == [f"Клієнт {count}" for count in range(70)]
    assert again.check().findings == () and again.find("пізній").total == 0


def spoil(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.unlink()  # a snapshot may have it by a link
    file.write_bytes(content)


@pytest.mark.parametrize("name", ["copy", "copy.tar.gz"])
def test_what_a_killed_backup_has_left_goes_with_the_next_one(store: Store, tmp_path: Path, name: str) -> None:
    place = tmp_path / "backups elsewhere"
    (place / ".kartoteka-2026-11-22T09-14-03Z.0123456789ab.part" / "clients").mkdir(parents=True)
    (place / ".0123456789ab.other.tar.gz").write_bytes(b"half")
    (place / ".mine").write_bytes(b"")
    written = place / ".0123456789ac.another.tar"
    with open(written, "wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        back_up(store, place / name)
    assert {file.name for file in place.iterdir()} == {name, ".mine", written.name}
