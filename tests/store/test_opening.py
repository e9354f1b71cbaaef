import fcntl
import os
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from tinydb import TinyDB

from store import disk
from store.door import Edit, open_store
from store.errors import Busy, Damaged, NotAllowed, NotFound
from store.index.files import connect
from store.segments import Segment, SegmentFolder
from tests.store.stores import add, change, opened, segment_files


def code_of(path: Path, *, create: bool = False) -> str:
    with pytest.raises((Damaged, NotFound, NotAllowed)) as refusal:
        open_store(path, create=create)
    assert str(path) in str(refusal.value.details)
    return refusal.value.code


def test_a_folder_that_is_not_there_or_no_store_is_told_and_left_alone(tmp_path: Path) -> None:
    assert code_of(tmp_path / "nowhere") == "store-missing"
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("dear", encoding="utf-8")
    assert code_of(tmp_path / "letters") == "not-a-store"
    assert code_of(tmp_path / "letters", create=True) == "not-a-store"
    assert code_of(tmp_path / "letters" / "a.txt") == "not-a-store"
    assert os.listdir(tmp_path / "letters") == ["a.txt"]


def test_the_making_of_a_store_that_was_interrupted_is_finished_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / "store"
    (left / "clients").mkdir(parents=True)
    (left / ".store.json.0123456789ab.aside").write_bytes(b"{")
    with opened(left) as store:
        add(store, last_name="Перший")
        assert store.check().findings == ()
    (tmp_path / "other" / "clients").mkdir(parents=True)
    (tmp_path / "other" / "clients" / "letter.txt").write_bytes(b"")
    with pytest.raises(Damaged):
        open_store(tmp_path / "other", create=True)


def test_a_store_of_a_newer_format_is_left_alone(tmp_path: Path) -> None:
    opened(tmp_path / "store").close()
    file = tmp_path / "store" / "store.json"
    file.write_bytes(file.read_bytes().replace(b'"format":1', b'"format":2'))
    before = sorted(os.listdir(tmp_path / "store"))
    with pytest.raises(Damaged) as refusal:
        open_store(tmp_path / "store")
    assert refusal.value.code == "store-newer"
    assert refusal.value.details == {"path": str(tmp_path / "store"), "format": 2, "known": 1}
    assert sorted(os.listdir(tmp_path / "store")) == before


def test_a_store_on_another_machines_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(tmp_path / "store").close()
    monkeypatch.setattr(disk, "network_file_system", lambda _: "nfs4")
    with pytest.raises(Damaged) as refusal:
        open_store(tmp_path / "store")
    assert (refusal.value.code, refusal.value.details["filesystem"]) == ("store-network", "nfs4")


def test_this_machines_own_disk_is_no_network(tmp_path: Path) -> None:
    assert disk.network_file_system(tmp_path) == ""
    assert disk.NETWORK.fullmatch("fuse.sshfs") and disk.NETWORK.fullmatch("cifs")
    assert not disk.NETWORK.fullmatch("fuseblk") and not disk.NETWORK.fullmatch("ext4")


def test_what_a_store_creates_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with opened(tmp_path / "store") as store:
            add(store, last_name="Шевченко")
    finally:
        os.umask(before)
    for path in (tmp_path / "store", *(tmp_path / "store").rglob("*")):
        if not path.name.startswith("index.sqlite3-"):
            assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_what_is_saved_in_a_group_s_store_the_group_may_change(tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.mkdir()
    path.chmod(0o2770)
    before = os.umask(0o077)
    try:
        with opened(path) as store:
            add(store, last_name="Шевченко")
            indexes = list(path.glob("index.sqlite3*"))
            assert len(indexes) == 3 and all(file.stat().st_mode & 0o777 == 0o660 for file in indexes)
    finally:
        os.umask(before)
    for file in (path / "store.json", path / "lock", *segment_files(path)):
        assert file.stat().st_mode & 0o777 == 0o660, file
    assert (path / "clients").stat().st_mode & 0o7777 == 0o2770


READER = """
import decimal, os, sys, tempfile  # while Python itself may still be read
from store.door import open_store
from store.errors import NotAllowed
os.setgid(65534), os.setuid(65534)
from store.clients.steps import Edit
store = open_store(sys.argv[1], operator="nobody")
assert store.read_only
card = store.get(sys.argv[2]).card
print(card.name, store.find("шевч").total, len(store.history(card.serial)))
try:
    store.write([Edit(card.serial, card.document, None)])
except NotAllowed as refusal:
    print(refusal.code)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user, who may only read")
@pytest.mark.parametrize("index", ["kept", "stale", "removed"])
def test_who_may_only_read_a_store_reads_it_and_is_told_when_saving(index: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        read_as_nobody(Path(folder) / "store", index)


def read_as_nobody(path: Path, index: str) -> None:
    with opened(path) as store:
        card = add(store, last_name="Ткач" if index == "stale" else "Шевченко")
        known = (path / "index.sqlite3").read_bytes() if index == "stale" else b""
        if index == "stale":
            change(store, card, ("person.last_name", "Шевченко"))
    if index == "removed":
        (path / "index.sqlite3").unlink()
    if index == "stale":
        (path / "index.sqlite3").write_bytes(known)
    for place in (path, *path.rglob("*")):
        place.chmod(0o755 if place.is_dir() else 0o644)
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", READER, str(path), card.number]
    run = subprocess.run(command, capture_output=True, text=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    if "PermissionError" in run.stderr and "store/" not in run.stderr.splitlines()[-1]:
        pytest.skip("the Python that runs this can't be read by another user")
    name, found, changes, code = run.stdout.split(), *run.stdout.split()[-3:]
    assert (name[0], found, changes, code) == ("Шевченко", "1", "2" if index == "stale" else "1", "store-read-only")


def test_the_count_of_changes_goes_on_after_a_reboot(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        last = store.write([]).seq
        card = change(store, add(store, last_name="Шевченко"), ("person.first_name", "Олена")).cards[0]
    assert last == 0
    (tmp_path / "store" / "lock").write_bytes(b'{"boot": "of another day", "seq": 0')
    with opened(tmp_path / "store") as store:
        written = change(store, card, ("person.first_name", "Ольга"))
        assert written.seq == 3
        assert add(store, last_name="Коваль").serial == card.serial + 1


def test_an_index_that_was_deleted_is_built_again(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        add(store, last_name="Шевченко")
    (tmp_path / "store" / "index.sqlite3").unlink()
    with opened(tmp_path / "store") as store:
        assert store.find("шевченко").total == 1 and len(store.changes()) == 1


def test_a_store_that_was_copied_or_moved_is_the_same_store(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        card = add(store, last_name="Шевченко")
    subprocess.run(["cp", "-a", str(tmp_path / "store"), str(tmp_path / "copy")], check=True)
    with opened(tmp_path / "copy") as copy:
        assert change(copy, card, ("person.last_name", "Коваль")).cards[0].revision == 2
    with opened(tmp_path / "store") as store:
        assert store.card(card.serial) == card


def test_a_copied_store_is_not_indexed_again_and_what_changed_since_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "store") as store:
        cards = store.write([Edit(None, None, {"person": {"last_name": "Шевченко"}}) for _ in range(70)]).cards
    subprocess.run(["cp", "-a", str(tmp_path / "store"), str(tmp_path / "copy")], check=True)
    read = SegmentFolder.read
    asked: list[int] = []

    def noted(folder: SegmentFolder, number: int) -> Segment:
        asked.append(number)
        return read(folder, number)

    monkeypatch.setattr(SegmentFolder, "read", noted)
    with opened(tmp_path / "copy") as copy:
        assert asked == [] and copy.find("шевченко").total == 70
    with TinyDB(tmp_path / "copy" / "clients" / "00001.json", encoding="utf-8") as plain:
        plain.table("clients").update({"person": {"last_name": "Коваль"}}, doc_ids=[cards[-1].serial])
    with opened(tmp_path / "copy") as copy:
        assert asked == [1] and copy.find("коваль").total == 1


def test_how_far_it_is_is_told_while_files_of_another_hand_are_indexed(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with opened(path) as store:
        add(store, last_name="Перший")
    for file in segment_files(path):
        os.utime(file, ns=(1, 1))
    told: list[tuple[int, int]] = []
    with open_store(path, progress=lambda done, of: told.append((done, of))) as store:
        assert store.find("перший").total == 1
    assert told == [(1, 1)]


def test_a_new_card_begins_with_a_free_number_and_the_defaults(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        first, second = store.blank(), store.blank()
        assert first["uid"] != second["uid"] and len(first["uid"]) == 26
        assert store.index.numbers_taken([first["number"]]) == set()
        assert len(set(store.free_numbers())) == 5


@pytest.mark.parametrize("part", ["clients", "index.sqlite3", "lock"])
def test_a_store_with_a_part_that_is_none_is_told_by_its_name(tmp_path: Path, part: str) -> None:
    opened(tmp_path / "store").close()
    place = tmp_path / "store" / part
    if part == "clients":
        place.rmdir()
    else:
        place.unlink()
        place.mkdir()
    with pytest.raises(Damaged) as refusal:
        open_store(tmp_path / "store")
    assert (refusal.value.code, refusal.value.details["path"]) == ("store-unusable", str(place))


def test_a_full_disk_does_not_keep_from_reading_nor_cost_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "store") as store:
        add(store, last_name="Шевченко")

    def full(path: Path, *, writable: bool) -> sqlite3.Connection:
        if writable and path.parent == tmp_path / "store":
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return connect(path, writable=writable)

    monkeypatch.setattr("store.index.sharing.connect", full)
    index = (tmp_path / "store" / "index.sqlite3").read_bytes()
    with opened(tmp_path / "store") as store:
        assert store.find("шевч").total == 1
    assert (tmp_path / "store" / "index.sqlite3").read_bytes() == index
    (tmp_path / "store" / "index.sqlite3").unlink()
    with opened(tmp_path / "store") as store:
        assert store.find("шевч").total == 1
    assert not (tmp_path / "store" / "index.sqlite3").exists()


def test_another_program_that_holds_the_lock_is_told_of_without_a_name(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store, (tmp_path / "store" / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Busy) as refusal, store.writing(patience=0):
            pass
    assert (refusal.value.code, refusal.value.details) == ("store-held", {"path": str(tmp_path / "store")})


@pytest.mark.parametrize(
    "odd",
    [
        {"serial": None},
        {"serial": 10**30},
        {"revision": "abc"},
        {"fields": None},
        {"fields": [["person.last_name"], 5, [1, 2, 3]]},
        {"at": 5, "who": None, "why": [], "act": {}, "changeset": 7},
    ],
    ids=str,
)
def test_a_change_of_another_hand_with_odd_parts_is_read_as_far_as_it_goes(
    tmp_path: Path, odd: dict[str, object]
) -> None:
    with opened(tmp_path / "store") as store:
        card = add(store, last_name="Шевченко")
        file = store.folder.file(0)
    with TinyDB(file, encoding="utf-8") as foreign:
        table = foreign.table("changes")
        table.update(odd, doc_ids=[table.all()[0].doc_id])
    with opened(tmp_path / "store") as store:
        assert store.find("шевч").total == 1
        assert len(store.changes()) <= 1 and store.card(card.serial).name == "Шевченко"
        store.check()


def test_a_section_of_its_own_that_is_none_is_told(tmp_path: Path) -> None:
    with opened(tmp_path / "store"):
        pass
    for record in ({"shape": "form"}, {"key": "pets", "fields": [{"key": "a", "colour": 1}]}):
        with TinyDB(tmp_path / "store" / "store.json", encoding="utf-8") as foreign:
            foreign.drop_table("sections")
            foreign.table("sections").insert(record)
        with pytest.raises(Damaged) as refused:
            opened(tmp_path / "store")
        assert refused.value.code == "schema-unreadable"


def test_an_operator_s_name_of_any_length_and_encoding_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KARTOTEKA_OPERATOR", "о" * 2000 + "\udcff")
    with open_store(tmp_path / "store", create=True) as store, store.writing():
        state = store.lock_state()
        assert (state.pid, state.operator[:3]) == (os.getpid(), "ооо")
        assert state.boot


def test_what_a_killed_rebuild_left_is_removed(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        add(store, last_name="Шевченко")
        unfinished = store.path / ".index-abc"
        unfinished.mkdir()
        (unfinished / "index.sqlite3").write_bytes(b"Shevchenko")
        with store.writing() as state:
            store.note(replace(state, pid=1))
            store.note(replace(state, pending=(0,)))
        assert store.check().findings[0].code == "leftover"
        store.repair()
        assert not unfinished.exists()
