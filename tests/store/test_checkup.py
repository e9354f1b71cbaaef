from pathlib import Path

import pytest
from tinydb import TinyDB

from store.door import Edit, Store, open_store
from store.errors import Damaged, NotFound
from tests.store.stores import add, change, opened, person


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = opened(tmp_path / "store")
    made.write([Edit(None, None, {"person": {"last_name": f"Клієнт {n}"}}) for n in range(130)], why="import")
    return made


def codes(store: Store) -> list[str]:
    return [finding.code for finding in store.check().findings]


def damage(store: Store, number: int) -> bytes:
    file = store.folder.file(number)
    content = file.read_bytes().replace("Клієнт".encode(), "Клюєнт".encode(), 1)
    file.write_bytes(content)
    return content


def test_a_sound_store_has_no_findings(store: Store) -> None:
    report = store.check()
    assert (report.clients, report.segments, report.findings) == (130, 3, ())


def test_a_damaged_file_is_named_and_left_alone_and_the_others_work_on(store: Store) -> None:
    content = damage(store, 1)
    again = opened(store.path)
    with pytest.raises(Damaged) as refusal:
        again.card(64)
    assert refusal.value.details["file"] == str(store.folder.file(1))
    assert person(again.card(63)) == {"last_name": "Клієнт 62"}
    change(again, again.card(130), ("person.first_name", "Олена"))
    assert {(finding.code, finding.file) for finding in again.check().findings} == {
        ("segment-damaged", str(store.folder.file(1))),
        ("index-stale", str(store.folder.file(1))),
    }
    report = again.repair()
    assert "segment-damaged" in [finding.code for finding in report.findings]
    assert store.folder.file(1).read_bytes() == content


def test_a_repair_seals_what_another_hand_wrote_and_indexes_it(store: Store) -> None:
    with TinyDB(store.folder.file(0), encoding="utf-8") as plain:
        plain.table("clients").update({"person": {"last_name": "Коваль"}}, doc_ids=[5])
    assert set(codes(store)) == {"segment-foreign", "index-stale"}
    report = store.repair()
    assert report.findings == () and "segment-foreign" in [finding.code for finding in report.repaired]
    assert store.find("коваль").total == 1
    assert not store.folder.read(0).foreign


def test_leftovers_are_found_and_removed(store: Store) -> None:
    left = store.path / "clients" / ".00000.json.0123.aside"
    left.write_bytes(b"half")
    assert codes(store) == ["leftover"]
    assert store.repair().findings == () and not left.exists()


def test_an_index_that_does_not_say_what_the_files_say_is_built_again(store: Store) -> None:
    known = store.index.stamps()
    card = change(store, store.card(7), ("person.last_name", "Коваль")).cards[0]
    with store.index._writing() as db:
        db.execute("update client set revision = 1 where serial = 7")
        db.execute("delete from client where serial = 9")
    assert known and set(codes(store)) == {"index-differs"}
    assert store.repair().findings == ()
    assert store.find("коваль").total == 1 and card.revision == 2


def test_a_number_that_another_hand_gave_twice_and_a_card_in_a_wrong_file_are_found(store: Store) -> None:
    number = store.card(1).number
    with TinyDB(store.folder.file(1), encoding="utf-8") as plain:
        plain.table("clients").update({"number": number}, doc_ids=[70])
        plain.table("clients").upsert({"uid": "X", "number": "K-1"}, lambda _: False)
    with TinyDB(store.folder.file(0), encoding="utf-8") as plain:
        plain.table("clients").insert({"uid": "Y", "number": "K-2"})
    found = codes(opened(store.path))
    assert "number-shared" in found and "card-misplaced" in found


def test_a_check_tells_its_progress(store: Store) -> None:
    told: list[tuple[int, int]] = []
    store.check(lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_damaged_store_json_is_told(store: Store) -> None:
    file = store.path / "store.json"
    file.write_bytes(file.read_bytes().replace(b"created", b"creeted"))
    with pytest.raises(Damaged) as refusal:
        open_store(store.path)
    assert refusal.value.code == "segment-damaged"


def test_a_new_client_of_a_repaired_store_gets_a_serial_of_its_own(store: Store) -> None:
    store.repair()
    assert add(store, last_name="Коваль").serial == 131


def test_another_uid_given_by_another_hand_is_indexed(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        card = add(store, last_name="Шевченко")
        file = store.folder.file(0)
    for uid in ("NEWUID777", 5):
        with TinyDB(file, encoding="utf-8") as foreign:
            foreign.table("clients").update({"uid": uid}, doc_ids=[card.serial])
        with opened(tmp_path / "store") as store:
            assert {finding.code for finding in store.check().findings} == {"segment-foreign"}
            if uid == "NEWUID777":
                assert store.get("NEWUID777").card.serial == card.serial
            else:
                with pytest.raises(NotFound):
                    store.get("NEWUID777")
