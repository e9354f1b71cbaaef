import os
from pathlib import Path

import pytest

from store.door import Edit, Store, open_store
from store.errors import Damaged
from store.snapshots import take
from store.snapshots.mending import mend_settings
from tests.store.stores import add, change, opened, person


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = opened(tmp_path / "store")
    made.write([Edit(None, None, {"person": {"last_name": f"Клієнт {n}"}}) for n in range(130)], why="import")
    return made


def spoil(file: Path, old: str, new: str) -> bytes:
    """Damage a file as a disk would: its snapshots keep theirs."""
    content = file.read_bytes()
    spoilt = content.replace(old.encode(), new.encode(), 1)
    assert spoilt != content
    file.unlink()
    file.write_bytes(spoilt)
    return spoilt


def test_a_damaged_file_comes_back_from_the_newest_snapshot_and_lies_beside_it(store: Store) -> None:
    change(store, store.card(70), ("person.first_name", "Олена"))
    snapshot = take(store)
    spoilt = spoil(store.folder.file(1), "Клієнт 70", "Клюєнт 70")
    report = opened(store.path).repair()
    assert report.findings == ()
    (done,) = [finding for finding in report.repaired if finding.code == "segment-brought-back"]
    assert done.details["snapshot"] == snapshot.name
    assert (store.folder.path / done.details["quarantine"]).read_bytes() == spoilt
    assert person(store.card(70))["first_name"] == "Олена" and store.check().findings == ()


def test_what_was_saved_after_the_snapshot_is_told_by_number_and_not_taken_for_right(store: Store) -> None:
    take(store)
    saves = ((65, "нова"), (70, "нова"), (70, "новіша"))
    lost = [change(store, store.card(who), ("person.position", what)).cards[0].number for who, what in saves]
    spoil(store.folder.file(1), "Клієнт 80", "Клюєнт 80")
    report = store.repair()
    (told,) = report.findings
    assert told.code == "changes-lost"
    assert (told.details["numbers"], told.details["changes"]) == (list(dict.fromkeys(lost)), 3)
    assert "position" not in person(store.card(70)) and store.check().findings == ()
    assert store.find("нова").total == 0


def test_without_index_and_first_line_it_is_told_that_there_may_have_been_more(store: Store) -> None:
    take(store)
    number = change(store, store.card(65), ("person.position", "нова")).cards[0].number
    content = store.folder.file(1).read_bytes()
    store.folder.file(1).unlink()
    store.folder.file(1).write_bytes(b"\0" * 200 + content[200:])
    store.close()
    for file in store.path.glob("index.sqlite3*"):
        file.unlink()
    (told,) = opened(store.path).repair().findings
    assert (told.code, told.details["numbers"]) == ("changes-lost-perhaps", [number])


@pytest.mark.parametrize("size", [0, 100, 5000])
def test_a_file_cut_short_comes_back(store: Store, size: int) -> None:
    content = store.folder.file(1).read_bytes()[:size]
    store.folder.file(1).unlink()
    store.folder.file(1).write_bytes(content)
    assert "segment-damaged" in [finding.code for finding in store.check().findings]
    store.repair()
    assert store.check().findings == () and person(store.card(127)) == {"last_name": "Клієнт 126"}


def test_a_deleted_file_is_missed_and_comes_back(store: Store) -> None:
    store.folder.file(2).unlink()
    again = opened(store.path)
    assert [finding.code for finding in again.check().findings] == ["segment-missing"]
    again.repair()
    assert again.check().findings == () and again.find("клієнт").total == 130


def test_a_file_of_older_changes_comes_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.clients.committing.JOURNAL_BYTES", 600)
    for count in range(6):
        change(store, store.card(65), ("person.position", f"посада {count}"))
    take(store)
    before = store.history(65)
    spoil(store.folder.path / "00001.history-0001.json", "changes", "chandes")
    with pytest.raises(Damaged):
        store.history(65)
    assert store.repair().findings == ()
    assert store.history(65) == before


def test_a_file_that_no_snapshot_has_is_left_and_told_with_who_is_readable_in_it(store: Store) -> None:
    for index in range(70):
        add(store, last_name=f"Пізній {index}")
    spoilt = spoil(store.folder.file(3), "Пізній 65", "Пюзній 65")
    report = store.repair()
    (told,) = [finding for finding in report.findings if finding.code == "segment-not-kept"]
    assert len(told.details["numbers"]) == 9
    assert store.folder.file(3).read_bytes() == spoilt


def test_a_damaged_last_file_keeps_nobody_from_adding_clients_also_after_a_restart(store: Store) -> None:
    spoil(store.folder.file(2), "Клієнт 129", "Клюєнт 129")
    assert add(store, last_name="Новий").serial == 192
    store.close()
    (store.path / "lock").write_bytes(b"")
    again = opened(store.path)
    assert add(again, last_name="Новіший").serial == 193
    with pytest.raises(Damaged) as refusal:
        again.card(130)
    assert refusal.value.details["file"] == str(store.folder.file(2))


def test_a_damaged_store_json_comes_back_before_the_store_is_opened(store: Store) -> None:
    file = store.path / "store.json"
    spoil(file, "created", "creeted")
    with pytest.raises(Damaged):
        open_store(store.path)
    mended = mend_settings(store.path, "olena")
    assert mended is not None and (store.path / mended.quarantine).exists()
    assert opened(store.path).check().findings == ()


def test_damage_that_a_snapshot_shares_is_not_brought_back(store: Store) -> None:
    inode = os.stat(store.folder.file(1)).st_ino
    with open(store.folder.file(1), "r+b") as file:
        file.seek(3000)
        file.write(b"\xff\xff")
    assert os.stat(store.folder.file(1)).st_ino == inode
    report = store.repair()
    assert {"segment-damaged", "segment-not-kept"} <= {finding.code for finding in report.findings}
