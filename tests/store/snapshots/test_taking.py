import datetime
import fcntl
import os
from pathlib import Path

import pytest
from tinydb import TinyDB

from store import clock
from store.door import Store
from store.errors import Damaged, NotAllowed, NotFound
from store.snapshots import snapshot_named, snapshots, take
from store.snapshots.contents import proven
from store.snapshots.pruning import kept_of
from tests.store.stores import add, change, opened, segment_files


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = opened(tmp_path / "store")
    add(made, last_name="Шевченко")
    return made


def test_the_first_save_of_a_day_keeps_the_day_and_the_next_ones_do_not(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [snapshot.contents.why for snapshot in snapshots(store.path)] == ["daily"]
    card = change(store, store.card(1), ("person.first_name", "Олена")).cards[0]
    assert len(snapshots(store.path)) == 1
    tomorrow = clock.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    change(store, card, ("person.first_name", "Оксана"))
    assert len(snapshots(store.path)) == 2


def test_a_snapshot_is_the_files_themselves_until_a_save_replaces_one(store: Store) -> None:
    kept = snapshots(store.path)[0].path / "clients" / "00000.json"
    assert os.stat(kept).st_ino == os.stat(store.folder.file(0)).st_ino
    before = kept.read_bytes()
    change(store, store.card(1), ("person.first_name", "Олена"))
    assert kept.read_bytes() == before != store.folder.file(0).read_bytes()


def test_every_file_of_a_snapshot_bears_the_print_its_manifest_names(store: Store) -> None:
    snapshot = take(store)
    assert set(snapshot.contents.files) == {"store.json", "clients/00000.json"}
    for name, seen in snapshot.contents.files.items():
        content = (snapshot.path / name).read_bytes()
        assert proven(name, content, seen)
        assert not proven(name, content.replace(b"1", b"2", 1), seen)


def test_older_changes_in_files_of_their_own_and_the_access_log_are_in_a_snapshot(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.clients.committing.JOURNAL_BYTES", 600)
    for count in range(6):
        change(store, store.card(1), ("person.position", f"посада {count}"))
    (store.path / "access").mkdir()
    log = store.path / "access" / "2026-11.jsonl"
    log.write_text("{}\n", encoding="utf-8")
    files = take(store).contents.files
    assert {f"clients/{file.name}" for file in segment_files(store.path)} < set(files)
    assert "access/2026-11.jsonl" in files and len(segment_files(store.path)) > 1
    log.write_text("{}\n{}\n", encoding="utf-8")
    assert (snapshots(store.path)[-1].path / "access" / "2026-11.jsonl").read_text(encoding="utf-8") == "{}\n"


def test_a_file_that_plain_tinydb_writes_into_is_copied_as_it_would_change_the_snapshot_too(store: Store) -> None:
    def write(name: str) -> None:
        with TinyDB(store.folder.file(0), encoding="utf-8") as plain:
            plain.table("clients").update({"person": {"last_name": name}}, doc_ids=[1])

    write("Коваль")
    snapshot = take(store)
    write("Бондар")
    name = "clients/00000.json"
    kept = (snapshot.path / name).read_bytes()
    assert "Коваль" in kept.decode("unicode_escape") or "Коваль" in kept.decode()
    assert proven(name, kept, snapshot.contents.files[name])


def test_what_a_killed_process_left_of_a_snapshot_is_removed_and_is_never_taken_for_one(store: Store) -> None:
    left = store.path / "backups" / ".0123456789ab.part"
    (left / "clients").mkdir(parents=True)
    assert len(snapshots(store.path)) == 1
    take(store)
    assert not left.exists()


def test_who_saves_while_another_takes_the_snapshot_of_the_day_takes_none(tmp_path: Path) -> None:
    store = opened(tmp_path / "store")
    (store.path / "backups").mkdir()
    descriptor = os.open(store.path / "backups", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    add(store, last_name="Шевченко")
    assert snapshots(store.path) == []
    os.close(descriptor)
    add(store, last_name="Коваль")
    assert len(snapshots(store.path)) == 1


def test_a_snapshot_that_cannot_be_taken_does_not_undo_the_save(tmp_path: Path) -> None:
    store = opened(tmp_path / "store")
    (store.path / "backups").write_text("in the way", encoding="utf-8")
    card = add(store, last_name="Шевченко")
    assert store.card(card.serial).number == card.number
    assert isinstance(store.daily.error, NotAllowed | Damaged | OSError)


def test_where_the_disk_knows_no_links_files_are_copied(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    kept = take(store).path / "clients" / "00000.json"
    assert kept.read_bytes() == store.folder.file(0).read_bytes()
    assert os.stat(kept).st_ino != os.stat(store.folder.file(0)).st_ino


def test_two_snapshots_of_one_second_have_names_of_their_own(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "stamp", lambda *_: "2026-11-22T09:14:03Z")
    assert [take(store).name for _ in range(3)] == [
        "2026-11-22T09-14-03Z",
        "2026-11-22T09-14-03Z.1",
        "2026-11-22T09-14-03Z.2",
    ]


def test_a_snapshot_is_found_by_its_name_and_by_no_way_out_of_the_folder(store: Store) -> None:
    made = take(store)
    assert snapshot_named(store.path, made.name) == made
    for name in ("2020-01-01T00-00-00Z", "../clients", "2026-99-99T00-00-00Z"):
        with pytest.raises(NotFound):
            snapshot_named(store.path, name)


def days(*names: str, why: str = "daily") -> list[tuple[str, str]]:
    return [(f"{name}T09-00-00Z", why) for name in names]


def test_the_rule_keeps_days_weeks_and_months() -> None:
    year = [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    kept = sorted(name[:10] for name in kept_of(days(*year)))
    assert kept[-7:] == [f"2026-12-{day}" for day in range(22, 29)]
    assert [name for name in kept if name < "2026-11"] == [f"2026-{month:02}-28" for month in range(1, 11)]
    assert len(kept) <= 7 + 5 + 12


def test_a_clock_that_jumped_ahead_makes_no_other_day_old() -> None:
    taken = days(*(f"2026-11-{day}" for day in range(10, 17)), "2038-01-19")
    assert {name[:10] for name in kept_of(taken)} >= {f"2026-11-{day}" for day in range(11, 17)}


def test_what_was_taken_by_hand_stays_longer() -> None:
    taken = [*days("2020-01-01", why="restore"), *days(*(f"2026-11-{day}" for day in range(10, 20)))]
    taken += [(f"2026-11-20T10-{minute:02}-00Z", "asked") for minute in range(9)]
    kept = kept_of(taken)
    assert "2020-01-01T09-00-00Z" in kept and "2026-11-20T10-00-00Z" in kept


def test_pruning_removes_what_the_rule_does_not_keep_but_never_the_one_just_taken(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 29):
        monkeypatch.setattr(clock, "stamp", lambda *_, day=day: f"2026-10-{day:02}T09:00:00Z")
        take(store, "daily")
    monkeypatch.setattr(clock, "stamp", lambda *_: "1970-01-01T00:00:00Z")
    made = take(store, "daily")
    names = [snapshot.name for snapshot in snapshots(store.path)]
    assert made.name in names and len(names) < 16
