import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB
from tinydb.table import Document

from store.errors import Damaged
from store.segments import SEGMENT_SIZE, Segment, SegmentFolder, read
from store.segments.cards import Cards
from store.segments.sealing import Seal, decode, encode, first_records, pack, unpack
from store.segments.storage import SealedStorage

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**60), 2**60), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)
RECORDS = st.dictionaries(st.integers(1, 10**9), st.dictionaries(TEXTS, JSON, max_size=3), max_size=4)
TABLES = st.dictionaries(TEXTS.filter(lambda name: name != "segment"), RECORDS, min_size=1, max_size=4)


@pytest.fixture
def folder(tmp_path: Path) -> SegmentFolder:
    (tmp_path / "clients").mkdir()
    made = SegmentFolder(tmp_path)
    cards = {serial: encode({"person": {"last_name": f"Клієнт {serial}"}}) for serial in (1, 2, 3)}
    made.place([made.write_aside(Segment(0, 1, 7, cards))])
    return made


@given(TABLES)
def test_whatever_json_can_hold_reads_back_from_a_sealed_file(tables: dict[str, dict[int, dict[str, object]]]) -> None:
    packed = {name: {key: encode(row) for key, row in rows.items()} for name, rows in tables.items()}
    sealed = unpack(pack("segment", Seal(3, 9), packed), "x")
    assert (sealed.seal, sealed.tables, sealed.foreign) == (Seal(3, 9), packed, False)
    assert {name: {key: decode(row) for key, row in rows.items()} for name, rows in sealed.tables.items()} == tables


@given(RECORDS, RECORDS, RECORDS, st.lists(st.integers(1, 10**9), max_size=3))
def test_some_cards_are_read_as_all_are(
    clients: dict[int, dict[str, object]],
    changes: dict[int, dict[str, object]],
    trash: dict[int, dict[str, object]],
    others: list[int],
) -> None:
    # A change may bear the number that another client has as a serial.
    tables = {"clients": clients, "changes": changes, "trash": trash}
    packed = {name: {key: encode(row) for key, row in rows.items()} for name, rows in tables.items()}
    asked = {*others, *changes, *list(clients)[1:]}
    found = first_records(pack("segment", Seal(3, 9), packed), "x", "clients", "changes", asked)
    if clients:
        assert found == {key: record for key, record in packed["clients"].items() if key in asked}
    else:
        assert not found


def test_a_card_is_read_from_the_trash_and_from_no_file_of_another_segment(folder: SegmentFolder) -> None:
    cards = Cards(folder)
    card = encode({"person": {"last_name": "Клієнт 64"}})
    folder.place([folder.write_aside(Segment(1, 1, 7, trash={64: card}))])
    assert [(card.serial, card.trashed) for card in cards.several([64, 1, 3, 70])] == [
        (1, False),
        (3, False),
        (64, True),
    ]
    folder.file(0).rename(folder.file(1))
    with pytest.raises(Damaged):
        cards.get(64)


@settings(max_examples=30)
@given(TABLES)
def test_plain_tinydb_reads_the_same_and_what_it_writes_is_taken(
    tmp_path_factory: pytest.TempPathFactory, tables: dict[str, dict[int, dict[str, object]]]
) -> None:
    packed = {name: {key: encode(row) for key, row in rows.items()} for name, rows in tables.items()}
    file = tmp_path_factory.mktemp("plain") / "00000.json"
    file.write_bytes(pack("segment", Seal(3, 9), packed))
    with TinyDB(file, encoding="utf-8") as plain:
        for name, rows in tables.items():
            assert {document.doc_id: dict(document) for document in plain.table(name)} == rows
        plain.table("added").insert({"by": "another hand"})
    sealed = unpack(file.read_bytes(), str(file))
    assert sealed.foreign and sealed.seal.generation == 3
    assert sealed.tables == {**packed, "added": {1: b'{"by":"another hand"}'}}


def test_every_flipped_bit_of_a_sealed_file_is_noticed(folder: SegmentFolder) -> None:
    content = folder.file(0).read_bytes()
    for place in range(len(content)):
        damaged = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        with pytest.raises(Damaged) as refusal:
            unpack(damaged, "00000.json")
        assert refusal.value.details["file"] == "00000.json"


@pytest.mark.parametrize(
    "content", [b"", b"{}{}", b"[]", b'{"clients": {"a": 1', b'{"clients": [1]}', b'{"clients":{}, "x":1}', b"\0" * 100]
)
def test_what_is_no_file_of_ours_is_damage_and_not_a_crash(folder: SegmentFolder, content: bytes) -> None:
    folder.file(0).write_bytes(content)
    with pytest.raises(Damaged):
        folder.read(0)


def test_a_file_cut_short_is_damage_at_every_length(folder: SegmentFolder) -> None:
    content = folder.file(0).read_bytes()
    for length in range(len(content)):
        with pytest.raises(Damaged):
            unpack(content[:length], "x")


def test_a_segment_of_a_later_version_is_told_apart_from_damage(folder: SegmentFolder) -> None:
    folder.file(0).write_bytes(pack("segment", Seal(1, 1, format=9), {}))
    with pytest.raises(Damaged) as refusal:
        folder.read(0)
    assert refusal.value.code == "segment-newer"


def test_tinydb_over_our_storage_seals_what_it_writes(folder: SegmentFolder) -> None:
    with TinyDB(folder.file(0), storage=SealedStorage) as db:
        db.table("clients").update({"seen": True}, doc_ids=[2])
        assert db.table("clients").get(doc_id=3) == {"person": {"last_name": "Клієнт 3"}}
    segment = read(folder.file(0))
    assert (segment.generation, segment.last_seq, segment.foreign) == (2, 7, False)
    assert decode(segment.cards[2])["seen"] is True


def test_tinydb_over_our_storage_begins_a_file_and_refuses_a_damaged_one(folder: SegmentFolder) -> None:
    with TinyDB(folder.file(5), storage=SealedStorage) as db:
        db.table("clients").insert(Document({"a": 1}, doc_id=5 * SEGMENT_SIZE))
    assert read(folder.file(5)).generation == 1
    folder.file(5).write_bytes(folder.file(5).read_bytes() + b" ")
    with pytest.raises(Damaged), TinyDB(folder.file(5), storage=SealedStorage) as db:
        db.table("clients").all()


def test_a_file_whose_tables_were_all_dropped_is_still_one(folder: SegmentFolder) -> None:
    with TinyDB(folder.file(0), storage=SealedStorage) as db:
        db.drop_tables()
    assert read(folder.file(0)).cards == {}
    with TinyDB(folder.file(0), encoding="utf-8") as plain:
        plain.table("clients").insert({"a": 1})
    assert len(read(folder.file(0)).cards) == 1


def test_a_link_put_in_the_place_of_a_file_aside_is_never_followed(
    folder: SegmentFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "precious").write_text("kept", encoding="utf-8")
    aside = tmp_path / "clients" / ".00000.json.aside"
    aside.symlink_to(tmp_path / "precious")
    monkeypatch.setattr("store.disk.aside_name", lambda _: aside)
    with pytest.raises(FileExistsError):
        folder.write_aside(Segment(0))
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "kept"


def test_a_manifest_that_names_other_files_is_not_carried_out(folder: SegmentFolder, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"renames": [["../../x", "00000.json"]]}', encoding="utf-8")
    with pytest.raises(Damaged) as refusal:
        folder.finish()
    assert refusal.value.code == "manifest-damaged"


@pytest.mark.parametrize(
    "tables",
    [
        {"clients": {"-5": {}}},
        {"clients": {str(10**30): {}}},
        {"trash": {str(1 << 32): {}}},
        {"changes": {str(1 << 62): {}}},
    ],
    ids=str,
)
def test_a_record_that_no_client_can_have_is_damage_of_that_file_alone(
    folder: SegmentFolder, tables: dict[str, object]
) -> None:
    file = folder.file(0)
    file.write_text(json.dumps(tables), encoding="utf-8")
    with pytest.raises(Damaged) as damage:
        read(file)
    assert damage.value.details["file"] == str(file)
