import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from store import access, erased, erasing, trash
from store.card import Card
from store.door import Edit, Store
from store.drafts import Draft
from store.errors import Conflict, NotAllowed, NotFound, StoreError
from store.snapshots import snapshots, take
from store.snapshots.backup import back_up
from store.snapshots.restoring import prove, restore
from tests.store.erasable import friend, left, lukeria
from tests.store.stores import add, change, opened, remove


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store") as store:
        yield store


def test_nothing_is_left_of_an_erased_client_in_any_byte_of_the_store(store: Store) -> None:
    card = lukeria(store)
    third = friend(store, card)
    take(store)
    third = change(store, third, ("relations[0].note", "таємна тітка")).cards[0]
    take(store)
    assert {text for text, _ in left(store.path)} >= {"Нечуйвітренко", "таємна", "380671239876"}
    gone = erasing.erase(store, card.number)
    assert (gone.number, gone.who, gone.relations, gone.already) == (card.number, "olena", 1, False)
    assert left(store.path) == []
    assert "relations" not in store.card(third.serial).document
    assert store.card(third.serial).revision == third.revision + 1
    assert store.check().findings == ()
    for snapshot in snapshots(store.path):
        prove(snapshot.path)
    with pytest.raises(NotFound) as refusal:
        store.get(card.number)
    assert (refusal.value.code, refusal.value.details["number"]) == ("client-erased", card.number)


def test_what_remains_says_who_erased_whom_and_when_without_a_value(store: Store) -> None:
    card = lukeria(store)
    erasing.erase(store, card.number)
    last, *earlier = store.history(card.serial)
    assert (last.act, last.who, last.fields[0].before) == ("erase", "olena", card.number)
    assert [change_.why for change_ in earlier] == ["edit", "edit", "new"]
    assert [(field.path, field.before, field.after) for field in earlier[1].fields] == [("person.position", None, None)]
    (line,) = access.entries(store.path)
    assert (line.act, line.number, line.uid, line.who) == ("erase", card.number, card.document["uid"], "olena")
    assert "person.last_name" in line.fields and "contacts.value" in line.fields
    assert access.broken(store.path) == []


def test_the_number_is_never_given_again_and_the_identifier_may_be(store: Store) -> None:
    card = lukeria(store)
    first = card.number
    card = change(store, card, ("number", store.free_numbers(1)[0])).cards[0]
    erasing.erase(store, card.number)
    for number in (first, card.number):
        with pytest.raises(Conflict) as refusal:
            add(store, ("number", number), last_name="Коваль")
        assert refusal.value.code == "number-erased"
    store.rebuild_index()
    with pytest.raises(Conflict):
        add(store, ("number", first), last_name="Коваль")
    assert add(store, ("identifiers[+].value", "7770001112223"), last_name="Коваль").serial > card.serial


def test_a_snapshot_or_backup_from_before_does_not_bring_the_client_back_and_that_is_told(
    store: Store, tmp_path: Path
) -> None:
    early = take(store)
    card, kept = lukeria(store), add(store, last_name="Коваль")
    inside = take(store)
    outside = back_up(store, tmp_path / "before.tar.gz").path
    erasing.erase(store, card.number)
    for source, again in ((inside.path, ()), (outside, (card.number,))):
        done = restore(store, source, yes=True)
        assert done.erased_again == again
        assert left(store.path) == [] and store.check().findings == ()
        assert store.card(kept.serial).name == "Коваль"
        with pytest.raises(NotFound):
            store.get(card.number)
    restore(store, early.path, yes=True)
    with pytest.raises(Conflict):
        add(store, ("number", card.number), last_name="Ткач")


def test_hard_linked_files_are_never_written_into(store: Store, tmp_path: Path) -> None:
    card = lukeria(store)
    snapshot = take(store)
    kept = tmp_path / "link.json"
    os.link(snapshot.path / "clients" / "00000.json", kept)
    before = kept.read_bytes()
    erasing.erase(store, card.number)
    assert kept.read_bytes() == before and "Нечуйвітренко".encode() in before


def test_erasing_cannot_be_undone_and_says_so(store: Store) -> None:
    imported = store.write([Edit(None, None, {"person": {"last_name": f"Клієнт {n}"}}) for n in range(3)], why="import")
    victim = imported.cards[1]
    third = friend(store, victim, "")
    erasing.erase(store, victim.number)
    changeset = store.history(victim.serial)[0].changeset
    for asked in (None, changeset, imported.changeset):
        with pytest.raises(NotAllowed) as refusal:
            store.undo(asked)
        assert (refusal.value.code, refusal.value.details) == ("erase-final", {"number": victim.number})
    with pytest.raises(NotAllowed):
        store.undo(store.history(third.serial)[0].changeset)
    add(store, last_name="Новий")
    assert store.undo().cards[0].trashed


def test_erasing_twice_is_told_and_changes_nothing(store: Store) -> None:
    card = lukeria(store)
    first = erasing.erase(store, card.number)
    again = erasing.erase(store, card.number)
    assert again.already and (again.number, again.at) == (first.number, first.at)
    assert len(list(access.entries(store.path))) == 1
    with pytest.raises(NotFound):
        erasing.erase(store, "K-0000-0")


def test_the_cards_that_were_merged_into_one_are_erased_with_it(store: Store) -> None:
    first, second = lukeria(store), add(store, last_name="Нечуйвітренко", first_name="Л.")
    third = add(store, last_name="Нечуйвітренко")
    take(store)
    store.merge(second.serial, first.serial)
    store.merge(third.serial, second.serial)
    other = lukeria_of_another_name(store)
    erasing.erase(store, third.number)
    assert left(store.path) == [] and store.check().findings == ()
    for number in (first.number, second.number, third.number):
        with pytest.raises(NotFound):
            store.get(number)
        assert erased.named(store.path, number)
    with pytest.raises(NotAllowed):
        store.undo(store.history(first.serial)[1].changeset)
    assert store.card(other.serial).name == "Коваль"


def test_what_a_merge_that_was_taken_back_put_into_another_card_is_erased_too(store: Store) -> None:
    first, second = lukeria(store), add(store, last_name="Нечуй")
    before = store.card(second.serial).document
    store.undo(store.merge(second.serial, first.serial).changeset)
    take(store)
    erasing.erase(store, first.number)
    assert left(store.path) == [] and store.check().findings == ()
    with pytest.raises(NotFound) as refusal:
        store.get(first.number)
    assert refusal.value.code == "client-erased"
    kept = store.card(second.serial).document
    assert {**kept, "revision": 0, "updated": ""} == {**before, "revision": 0, "updated": ""}


def lukeria_of_another_name(store: Store) -> Card:
    return add(store, last_name="Коваль")


def test_one_in_the_trash_is_erased_and_older_changes_in_files_of_their_own(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.clients.committing.JOURNAL_BYTES", 600)
    card = lukeria(store)
    third = friend(store, card)
    for count in range(6):
        card = change(store, store.card(card.serial), ("person.position", f"таємна {count}")).cards[0]
        third = change(store, store.card(third.serial), ("relations[0].note", f"таємна {count}")).cards[0]
    assert list(store.folder.path.glob("*.history-*"))
    take(store)
    remove(store, card)
    trash.restore(store, [card.serial])
    remove(store, store.card(card.serial))
    erasing.erase(store, card.number)
    assert left(store.path) == [] and store.check().findings == ()


def test_one_who_went_out_of_the_trash_is_erased_from_the_snapshots(store: Store) -> None:
    first, card = lukeria(store), add(store, last_name="Нечуйвітренко", first_name="Л.")
    other = add(store, last_name="Коваль")
    take(store)
    store.merge(card.serial, first.serial)
    take(store)
    remove(store, store.card(card.serial))
    remove(store, other)
    trash.empty(store, older_than=0)
    store.drafts.remove(str(first.document["uid"]))
    assert left(store.path) and not left(store.folder.path)
    assert erasing.whom(store, card.number).name == "Нечуйвітренко Л."
    assert erasing.erase(store, card.number).number == card.number
    assert left(store.path) == [] and store.check().findings == ()
    with pytest.raises(NotFound):
        store.get(first.number)
    assert "Коваль" in (snapshots(store.path)[-1].path / "clients" / "00000.json").read_text(encoding="utf-8")
    assert erasing.erase(store, first.number).already


def test_files_of_other_hands_and_damaged_ones_lose_the_client_too(store: Store) -> None:
    card, kept = lukeria(store), add(store, last_name="Коваль")
    with TinyDB(store.folder.file(0), encoding="utf-8") as plain:
        plain.table("clients").update({"x": 1}, doc_ids=[kept.serial])
    take(store)
    spoilt = take(store).path / "clients" / "00000.json"
    spoilt.unlink()
    spoilt.write_bytes(store.folder.file(0).read_bytes().replace(b'"x": 1', b'"x": 2'))
    shutil.copy(spoilt, store.folder.path / "00000.json.damaged-2026-11-22T09-00-00Z")
    sealed = change(store, store.card(kept.serial), ("person.position", "лікар")).cards[0]
    damaged = take(store)
    file = damaged.path / "clients" / "00000.json"
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content.replace("лікар".encode(), "лікаш".encode()))
    erasing.erase(store, card.number)
    assert left(store.path) == []
    assert "Коваль".encode() in file.read_bytes(), "another's line is left for who looks at it"
    assert [name for name, sound in sound_of(store) if not sound] == [spoilt.parent.parent.name, damaged.name]
    assert store.card(sealed.serial).document["person"]["position"] == "лікар"


def sound_of(store: Store) -> list[tuple[str, bool]]:
    found = []
    for snapshot in snapshots(store.path):
        try:
            prove(snapshot.path)
            found.append((snapshot.name, True))
        except StoreError:
            found.append((snapshot.name, False))
    return found


def test_a_snapshot_of_an_earlier_format_loses_the_client_too(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parent.parent / "data" / "format-0", tmp_path / "old")
    with opened(tmp_path / "old") as store:
        card = next(iter(store.cards()))
        (snapshot,) = snapshots(store.path)
        file = snapshot.path / "clients" / "00000.json"
        others = len(json.loads(file.read_bytes())["clients"]) - 1
        assert card.number in file.read_text(encoding="utf-8")
        erasing.erase(store, card.number)
        assert card.number not in file.read_text(encoding="utf-8")
        assert len(json.loads(file.read_bytes())["clients"]) == others > 0
        prove(snapshot.path)


def test_a_draft_typed_on_after_the_client_was_erased_is_not_kept(store: Store) -> None:
    card = lukeria(store)
    other = opened(store.path, "petro")
    erasing.erase(store, card.number)
    with pytest.raises(NotFound) as refusal:
        other.drafts.save(Draft(card.document["uid"], card.serial, card.document, card.document))
    assert refusal.value.code == "client-erased"
    with pytest.raises(NotFound) as refusal:
        change(other, card, ("person.position", "таємна"))
    assert refusal.value.code == "client-erased"
    assert left(store.path) == []
    other.close()


def test_a_snapshot_that_was_being_taken_meanwhile_has_not_the_client_either(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.snapshots import taking

    card = lukeria(store)
    prints = taking._prints
    asked: list[bool] = []

    def erased_meanwhile(*arguments: Any) -> dict[str, str]:
        if not asked:
            asked.append(True)
            erasing.erase(store, card.number)
        return prints(*arguments)

    monkeypatch.setattr(taking, "_prints", erased_meanwhile)
    made = take(store)
    assert asked and left(store.path) == []
    prove(made.path)
