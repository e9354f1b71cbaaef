from pathlib import Path

import pytest

from store import trash
from store.door import Edit, Store
from store.errors import Conflict, NotFound
from tests.store.stores import add, change, opened, person, remove


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path / "store")


def test_undo_takes_back_the_last_save_and_then_the_one_before(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    change(store, change(store, card, ("person.last_name", "Коваль")).cards[0], ("person.last_name", "Бондар"))
    assert person(store.undo().cards[0])["last_name"] == "Коваль"
    assert person(store.undo().cards[0])["last_name"] == "Шевченко"
    assert store.undo().cards[0].trashed
    with pytest.raises(NotFound) as refusal:
        store.undo()
    assert refusal.value.code == "nothing-to-undo"


def test_an_undo_is_a_change_that_can_be_undone(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    change(store, card, ("person.last_name", "Коваль"))
    undone = store.undo()
    again = store.undo(undone.changeset)
    assert person(again.cards[0])["last_name"] == "Коваль"
    assert [found.why for found in store.history(card.serial)] == ["undo", "undo", "edit", "new"]
    assert person(store.undo().cards[0])["last_name"] == "Шевченко"


def test_undo_takes_back_ones_own_last_save_and_not_anothers(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    change(store, card, ("person.first_name", "Олена"))
    other = opened(store.path, "petro")
    change(other, store.card(card.serial), ("person.position", "лікар"))
    assert person(store.undo().cards[0]) == {"last_name": "Шевченко", "position": "лікар"}


def test_the_last_save_of_one_card_is_undone_whatever_was_saved_since(store: Store) -> None:
    saved = change(store, add(store, last_name="Шевченко"), ("person.last_name", "Коваль"))
    add(store, last_name="Ткач")
    assert person(store.undo(saved.changeset).cards[0])["last_name"] == "Шевченко"


def test_what_was_changed_since_is_not_undone_over_and_the_clash_is_told(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    first = change(store, card, ("person.last_name", "Коваль"))
    change(store, first.cards[0], ("person.last_name", "Бондар"))
    with pytest.raises(Conflict) as refusal:
        store.undo(first.changeset)
    (clash,) = refusal.value.clashes
    assert (clash.path, clash.before, clash.mine, clash.theirs) == ("person.last_name", "Коваль", "Шевченко", "Бондар")


def test_an_import_is_undone_whole_or_not_at_all(store: Store) -> None:
    edits = [Edit(None, None, {"person": {"last_name": f"Клієнт {n}"}}) for n in range(100)]
    imported = store.write(edits, why="import")
    changed = change(store, imported.cards[40], ("person.first_name", "Олена"))
    with pytest.raises(Conflict):
        store.undo(imported.changeset)
    assert len(list(store.cards())) == 100
    store.undo(changed.changeset)
    undone = store.undo(imported.changeset)
    assert len(undone.cards) == 100 and list(store.cards()) == []
    store.undo(undone.changeset)
    assert len(list(store.cards())) == 100 and not store.check().findings


def test_a_removed_row_comes_back_to_its_place(store: Store) -> None:
    card = add(store, *(("tasks[+].text", text) for text in ("one", "two", "three")))
    change(store, card, ("tasks[1]", ""))
    assert [row["text"] for row in store.card(card.serial).document["tasks"]] == ["one", "three"]
    assert store.undo().cards[0].document["tasks"] == card.document["tasks"]


def test_a_removed_card_comes_back(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    remove(store, card)
    restored = store.undo().cards[0]
    assert not restored.trashed and person(restored) == person(card)


def test_a_changeset_that_never_was_is_told(store: Store) -> None:
    with pytest.raises(NotFound) as refusal:
        store.undo("nosuchone")
    assert (refusal.value.code, refusal.value.details) == ("changeset-missing", {"reference": "nosuchone"})


def test_an_identifier_given_to_the_wrong_card_and_taken_back_is_free_again(store: Store) -> None:
    wrong, right = add(store, last_name="Шевченко"), add(store, last_name="Бойко")
    card = (("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "5550001112223"))
    change(store, wrong, *card)
    store.undo()
    assert store.find("5550001112223").total == 0
    change(store, store.card(right.serial), *card)
    assert store.find("5550001112223").serials() == [right.serial]
    store.rebuild_index()
    assert store.find("5550001112223").serials() == [right.serial]


def test_after_a_merge_was_taken_back_each_is_found_by_their_own_number(store: Store) -> None:
    kept, other = add(store, last_name="Шевченко"), add(store, last_name="Шевченка")
    store.merge(kept.serial, other.serial)
    store.undo()
    assert store.find(other.number).serials() == [other.serial]
    assert store.get(other.number).card.serial == other.serial
    remove(store, store.card(other.serial))
    trash.empty(store, older_than=0)
    with pytest.raises(NotFound):
        store.get(other.number)
