import json
from pathlib import Path

import pytest
from tinydb import TinyDB

from store.card import Document
from store.clients import committing
from store.door import Edit, Store
from store.errors import Conflict, Invalid, NotAllowed, NotFound
from store.segments.folder import MANIFEST
from store.segments.segment import history_files
from tests.store.stores import add, change, opened, person, remove, segment_files


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path / "store")


def codes(refusal: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in refusal.value.problems]


def test_a_new_client_is_there_for_the_next_who_opens_the_store(store: Store) -> None:
    card = add(store, ("contacts[+].value", "067 123-45-67"), last_name="Шевченко")
    again = opened(store.path, "petro").card(card.serial)
    assert again == card
    assert again.revision == 1
    assert again.document["contacts"][0]["value"] == "+380671234567"
    assert again.document["contacts"][0]["typed"] == "067 123-45-67"
    assert len(again.document["contacts"][0]["id"]) == 4


def test_every_file_is_one_that_plain_tinydb_reads(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    (file,) = segment_files(store.path)
    with TinyDB(file, encoding="utf-8") as plain:
        document = plain.table("clients").get(doc_id=card.serial)
        assert document == card.document
        (row,) = plain.table("changes").all()
        assert (row["who"], row["why"], row["fields"]) == ("olena", "new", [])
    with TinyDB(store.path / "store.json", encoding="utf-8") as plain:
        assert plain.table("store").get(doc_id=1)["format"] == 1


def test_a_save_that_changes_nothing_writes_nothing(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    written = store.write([Edit(card.serial, card.document, dict(card.document))])
    assert (written.changeset, list(written.cards)) == ("", [card])
    assert store.card(card.serial).revision == 1


def test_the_journal_says_who_changed_what_from_what_to_what(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    change(opened(store.path, "petro"), card, ("person.last_name", "Коваль"))
    edit, new = store.history(card.serial)
    assert (edit.who, edit.why, edit.revision) == ("petro", "edit", 2)
    assert [(field.path, field.before, field.after) for field in edit.fields] == [
        ("person.last_name", "Шевченко", "Коваль")
    ]
    assert (new.why, new.fields) == ("new", ())
    assert [found.seq for found in store.changes()] == [edit.seq, new.seq]


def test_all_that_is_wrong_is_told_at_once_with_its_place(store: Store) -> None:
    document = {
        "number": "K-4821-0",
        "person": {"birth_date": "учора", "sex": "кіт"},
        "contacts": [{"kind": "phone", "value": "067"}, {"kind": "email"}],
        "feedback": [{"date": "2026-01-01", "rating": "9"}],
        "tasks": {"text": "not rows"},
    }
    with pytest.raises(Invalid) as refusal:
        store.write([Edit(None, None, document)])
    assert codes(refusal) == [
        ("number", "number-check-digit"),
        ("person.birth_date", "date-unreadable"),
        ("person.sex", "choice-unknown"),
        ("contacts[0].value", "phone-unreadable"),
        ("contacts[1].value", "required"),
        ("tasks", "section-shape"),
        ("feedback[0].rating", "number-too-large"),
    ]
    assert list(store.cards()) == []


def test_an_old_phone_that_nobody_can_read_does_not_stop_another_edit(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    put_by_another_hand(store, card.serial, {"contacts": [{"kind": "phone", "value": "дзвонити Олі"}]})
    card = opened(store.path).card(card.serial)
    written = change(store, card, ("person.first_name", "Олена"))
    assert written.cards[0].document["contacts"][0]["value"] == "дзвонити Олі"
    with pytest.raises(Invalid):
        change(store, written.cards[0], ("contacts[0].value", "дзвонити Оксані"))


def test_a_phone_nobody_can_read_is_kept_on_purpose_beside_what_was_typed(store: Store) -> None:
    row = {"kind": "phone", "value": "067 12", "typed": "067 12"}
    card = store.write([Edit(None, None, {"contacts": [row]})], why="import").cards[0]
    assert store.card(card.serial).document["contacts"][0]["value"] == "067 12"


def test_keys_the_schema_does_not_know_are_kept(store: Store) -> None:
    strange = {"loyalty": {"points": 7}, "person": {"last_name": "Шевченко", "aura": "blue"}}
    strange["tasks"] = [{"text": "call", "colour": None, "weight": 1.5}]
    card = store.write([Edit(None, None, strange)]).cards[0]
    written = change(store, card, ("person.first_name", "Олена"), ("tasks[0].text", "write"))
    document = opened(store.path).card(card.serial).document
    assert document == written.cards[0].document
    assert document["loyalty"] == {"points": 7}
    assert document["person"]["aura"] == "blue"
    assert document["tasks"][0]["weight"] == 1.5


def test_what_json_can_not_hold_is_refused(store: Store) -> None:
    for value in (float("nan"), {1, 2}, "\ud800"):
        with pytest.raises(Invalid) as refusal:
            store.write([Edit(None, None, {"own": value})])
        assert codes(refusal) == [("own", "value-unwritable")]


def test_a_name_of_markup_and_escape_sequences_is_stored_as_given(store: Store) -> None:
    name = "[/][red]\x1b]52;c;eA==\x07\u202eabc" + "я" * 10_000
    card = store.write([Edit(None, None, {"person": {"last_name": name}})]).cards[0]
    assert person(opened(store.path).card(card.serial))["last_name"] == name


def test_rows_keep_their_ids_when_a_script_hands_the_document_back_without_them(store: Store) -> None:
    card = add(store, ("contacts[+].value", "067 123-45-67"), ("contacts[+].value", "a@b.ua"), last_name="Шевченко")
    ids = [row["id"] for row in card.document["contacts"]]
    bare: Document = json.loads(json.dumps(card.document))
    for row in bare["contacts"]:
        del row["id"]
    bare["contacts"].reverse()
    written = store.write([Edit(card.serial, card.document, bare)])
    assert [row["id"] for row in written.cards[0].document["contacts"]] == ids[::-1]


def test_no_two_clients_share_an_identifier(store: Store) -> None:
    first = add(store, ("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "2000 0001"), last_name="Шевченко")
    with pytest.raises(Conflict) as refusal:
        add(store, ("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "20000001"))
    assert refusal.value.code == "value-taken"
    assert refusal.value.details == {"path": "identifiers[0].value", "value": "20000001", "number": first.number}
    add(store, ("identifiers[+].kind", "account"), ("identifiers[+].value", "20000001"), last_name="Коваль")


def test_two_cards_of_one_changeset_can_not_share_an_identifier_either(store: Store) -> None:
    row = {"kind": "loyalty", "value": "7"}
    with pytest.raises(Conflict) as refusal:
        store.write([Edit(None, None, {"identifiers": [row]}), Edit(None, None, {"identifiers": [row]})])
    assert refusal.value.code == "value-twice"
    assert list(store.cards()) == []


def test_an_identifier_moves_from_one_client_to_another_in_one_changeset(store: Store) -> None:
    card = add(store, ("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "777"), last_name="Шевченко")
    other = add(store, last_name="Коваль")
    moved = [
        Edit(other.serial, other.document, {**other.document, "identifiers": card.document["identifiers"]}),
        Edit(card.serial, card.document, {**card.document, "identifiers": []}),
    ]
    store.write(moved, why="merge")
    assert store.get("777").card.serial == other.serial


def test_a_number_that_was_changed_still_finds_the_card_and_is_never_given_again(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    new = store.free_numbers(1)[0]
    change(store, card, ("number", new))
    found = store.get(card.number.lower().replace("-", " "))
    assert (found.card.serial, found.old) == (card.serial, True)
    assert (store.get(new).old, store.get(new).path) == (False, "number")
    assert store.index.numbers_taken([card.number]) == {card.number}
    with pytest.raises(Conflict) as refusal:
        add(store, ("number", card.number), last_name="Коваль")
    assert refusal.value.code == "value-taken"
    (row,) = store.card(card.serial).document["identifiers"]
    assert (row["kind"], row["value"], row["until"]) == ("number", card.number, "2026-11-22")


def test_an_identifier_that_was_replaced_still_finds_the_card_also_after_a_rebuild(store: Store) -> None:
    card = add(store, ("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "111222"), last_name="Шевченко")
    change(store, card, ("identifiers[0].value", "333444"))
    for _ in range(2):
        assert (store.get("111222").card.serial, store.get("111222").old) == (card.serial, True)
        assert store.get("333444").old is False
        with pytest.raises(Conflict):
            add(store, ("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "111222"))
        store.rebuild_index()


def test_a_number_of_a_card_in_the_trash_is_not_given_again(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    remove(store, card)
    assert store.card(card.serial).trashed and store.get(card.number).card.trashed
    with pytest.raises(Conflict):
        add(store, ("number", card.number))
    assert [found.serial for found in store.cards()] == []


def test_a_card_comes_back_from_the_trash(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    trashed = remove(store, card).cards[0]
    written = store.write([Edit(card.serial, trashed.document, trashed.document, restore=True)])
    assert not written.cards[0].trashed
    assert store.find("шевченко").total == 1
    assert [found.why for found in store.history(card.serial)] == ["restore", "remove", "new"]


def test_a_card_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(NotFound) as missing:
        store.card(7)
    assert missing.value.code == "client-missing"
    with pytest.raises(NotFound) as unknown:
        store.get("K-0000-0")
    assert unknown.value.details == {"reference": "K-0000-0"}
    with pytest.raises(NotFound):
        store.write([Edit(7, {}, {"person": {}})])


def test_an_identifier_that_two_have_is_told_as_ambiguous(store: Store) -> None:
    first = add(store, ("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "42424242"))
    second = add(store, ("identifiers[+].kind", "account"), ("identifiers[+].value", "42424242"))
    with pytest.raises(Conflict) as refusal:
        store.get("42424242")
    assert refusal.value.code == "reference-ambiguous"
    assert set(refusal.value.details["numbers"]) == {first.number, second.number}


def test_the_journal_of_a_busy_client_moves_out_of_the_file_that_saves_rewrite(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committing, "JOURNAL_BYTES", 4000)
    card = add(store, ("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "first"), last_name="Шевченко")
    card = change(store, card, ("identifiers[0].value", "second")).cards[0]
    for turn in range(60):
        card = change(store, card, ("person.position", f"посада {turn}")).cards[0]
    file = store.folder.file(0)
    assert len(history_files(file)) > 2
    assert sum(map(len, store.folder.read(0).changes.values())) <= 4000
    assert [found.revision for found in store.history(card.serial)] == list(range(62, 0, -1))
    assert len(store.changes()) == 62
    store.rebuild_index()
    assert store.get("first").old
    for _ in range(60):
        store.undo()
    assert "position" not in person(store.card(card.serial))


def test_a_full_disk_is_told_and_nothing_is_half_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    card = add(store, last_name="Шевченко")
    before = {file: file.read_bytes() for file in segment_files(store.path)}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotAllowed) as refusal:
        change(store, card, ("person.first_name", "Олена"))
    monkeypatch.undo()
    assert refusal.value.code == "disk-refused"
    assert {file: file.read_bytes() for file in segment_files(store.path)} == before
    assert not list((store.path / "clients").glob(".*"))
    assert change(store, card, ("person.first_name", "Олена")).cards[0].revision == 2


def test_an_import_of_several_files_is_one_changeset_and_tells_its_progress(store: Store) -> None:
    told: list[tuple[int, int]] = []
    edits = [Edit(None, None, {"person": {"last_name": f"Клієнт {n}"}}) for n in range(150)]
    written = store.write(edits, why="import", progress=lambda done, of: told.append((done, of)))
    assert [card.serial for card in written.cards] == list(range(1, 151))
    assert len({card.number for card in written.cards}) == 150
    assert {found.changeset for found in store.changes()} == {written.changeset}
    assert told == sorted(told) and told[-1][0] == told[-1][1]
    assert len(segment_files(store.path)) == 3


def put_by_another_hand(store: Store, serial: int, values: Document) -> None:
    """Change a card as a script with plain TinyDB does."""
    with TinyDB(store.folder.file(serial // 64), encoding="utf-8") as plain:
        plain.table("clients").update(values, doc_ids=[serial])


def test_what_another_hand_changed_with_plain_tinydb_is_found_and_not_written_over(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    other = add(store, last_name="Ткач")
    put_by_another_hand(store, card.serial, {"person": {"last_name": "Коваль"}})
    again = opened(store.path)
    assert again.find("коваль").total == 1 and again.find("шевченко").total == 0
    change(again, other, ("person.first_name", "Олена"))
    assert person(again.card(card.serial)) == {"last_name": "Коваль"}
    assert not again.check().findings
    with pytest.raises(Conflict):
        change(again, card, ("person.last_name", "Бондар"))


def test_a_card_that_another_hand_added_is_not_written_over_by_a_new_one(store: Store) -> None:
    add(store, last_name="Шевченко")
    with TinyDB(store.folder.file(0), encoding="utf-8") as plain:
        serial = plain.table("clients").insert({"person": {"last_name": "Коваль"}})
    again = opened(store.path)
    new = add(again, last_name="Бондар")
    assert new.serial > serial
    assert person(again.card(serial)) == {"last_name": "Коваль"}
    edited = change(again, again.card(serial), ("person.first_name", "Олена")).cards[0]
    assert edited.number and edited.document["uid"]


def test_what_a_large_changeset_wrote_is_there_though_memory_holds_little_of_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committing, "SEGMENTS_KEPT", 2)
    names = [f"Клієнт {count}" for count in range(400)]
    written = store.write([Edit(None, None, {"person": {"last_name": name}}) for name in names], why="import")
    assert [card.document["person"]["last_name"] for card in written.cards] == names
    edits = [Edit(card.serial, card.document, {**card.document, "notes": {"text": "так"}}) for card in written.cards]
    assert {card.revision for card in store.write(edits).cards} == {2}
    assert store.find("клієнт").total == 400
    assert len(store.changes(limit=900)) == 800


@pytest.mark.parametrize("cards", [1, 150])
def test_ctrl_c_before_the_first_file_is_in_its_place_saves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, cards: int
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("store.segments.folder.SegmentFolder.place", interrupt)
    with pytest.raises(KeyboardInterrupt):
        store.write([Edit(None, None, {"person": {"last_name": "Коваль"}})] * cards)
    monkeypatch.undo()
    again = opened(store.path)
    assert again.find("коваль").total == 0
    assert segment_files(store.path) == [] and not list((store.path / "clients").iterdir())


def test_ctrl_c_once_files_are_put_in_place_comes_too_late(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    finish, pressed = store.folder.finish, False

    def interrupted() -> bool:
        nonlocal pressed
        if not pressed and (store.path / MANIFEST).exists():
            pressed = True
            raise KeyboardInterrupt
        return finish()

    def interrupt(*_: object) -> None:
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr(store.folder, "finish", interrupted)
    monkeypatch.setattr(store.index, "update", interrupt)
    written = store.write([Edit(None, None, {"person": {"last_name": f"Коваль {n}"}}) for n in range(150)])
    assert pressed and len(written.cards) == 150
    again = opened(store.path)
    assert again.find("коваль").total == 150
    assert not again.check().findings
