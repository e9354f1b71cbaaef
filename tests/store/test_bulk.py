import json
from pathlib import Path

import pytest

from store import bulk, trash
from store.bulk import BulkEdit
from store.card import Document
from store.door import Store
from store.erasing import erase
from store.errors import Invalid
from tests.store.stores import add, change, opened, remove


def done(store: Store, edit: BulkEdit, serials: list[int]) -> list[Document]:
    planned = bulk.plan(store, serials, edit)
    bulk.carry_out(store, planned)
    return [store.card(serial).document for serial in serials]


def test_a_tag_is_added_to_all_and_taken_off_again(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        one = add(store, ("tags.tags", "VIP, оптовик"), last_name="А").serial
        other = add(store, last_name="Б").serial
        planned = bulk.plan(store, [one, other], BulkEdit("add", "tags.tags", (("", "vip, новий"),)))
        assert (planned.serials, planned.alike) == ((one, other), 0)
        bulk.carry_out(store, planned)
        assert store.card(one).document["tags"]["tags"] == ["VIP", "оптовик", "новий"]
        assert store.card(other).document["tags"]["tags"] == ["vip", "новий"]
        first, second = done(store, BulkEdit("remove", "tags.tags", (("", "ВІП, Vip, новий"),)), [one, other])
        assert first["tags"]["tags"] == ["оптовик"] and not second.get("tags", {}).get("tags")


def test_only_those_that_differ_are_changed_and_all_is_one_changeset(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        cards = [add(store, last_name=name, source="сайт" if name == "Б" else "") for name in "АБВ"]
        serials = [card.serial for card in cards]
        planned = bulk.plan(store, [*serials, 99], BulkEdit("set", "person.source", (("", "сайт"),)))
        assert (planned.serials, planned.alike, planned.left_out) == ((serials[0], serials[2]), 1, 1)
        told: list[tuple[int, int]] = []
        written = bulk.carry_out(store, planned, progress=lambda at, of: told.append((at, of)))
        assert told[-1][0] == told[-1][1]
        assert len(store.index.changeset(written.changeset)) == 2
        assert {each.why for each in store.changes(limit=2)} == {"bulk"}
        store.undo(written.changeset)
        assert [store.card(serial).document["person"].get("source") for serial in serials] == [None, "сайт", None]


def test_a_field_is_cleared(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        serial = add(store, last_name="А", source="сайт").serial
        (document,) = done(store, BulkEdit("clear", "person.source"), [serial])
        assert "source" not in document["person"] and document["person"]["last_name"] == "А"


def test_a_row_is_added_to_a_table_and_not_twice(tmp_path: Path) -> None:
    task = BulkEdit("row", "tasks", (("due", "+3d"), ("text", "Подзвонити"), ("assignee", "")))
    with opened(tmp_path / "store") as store:
        serial = add(store, last_name="А").serial
        for _ in range(2):
            (document,) = done(store, task, [serial])
        (row,) = document["tasks"]
        assert (row["due"], row["text"], row["done"]) == ("2026-11-25", "Подзвонити", False)


@pytest.mark.parametrize(
    "edit",
    [
        BulkEdit("set", "person.birth_date", (("", "колись"),)),
        BulkEdit("set", "person.source", (("", " "),)),
        BulkEdit("add", "person.source", (("", "x"),)),
        BulkEdit("set", "contacts.value", (("", "x"),)),
        BulkEdit("row", "person", (("source", "x"),)),
        BulkEdit("row", "tasks", (("due", "+3d"),)),
        BulkEdit("row", "tasks"),
        BulkEdit("clear", "nowhere.at_all"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(tmp_path: Path, edit: BulkEdit) -> None:
    with opened(tmp_path / "store") as store:
        serial = add(store, last_name="А").serial
        before = json.dumps(store.card(serial).document)
        with pytest.raises(Invalid):
            bulk.carry_out(store, bulk.plan(store, [serial], edit))
        assert json.dumps(store.card(serial).document) == before


def test_what_another_operator_changes_between_plan_and_act_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        card = add(store, last_name="А")
        planned = bulk.plan(store, [card.serial], BulkEdit("set", "person.source", (("", "сайт"),)))
        change(store, card, ("person.company", "Ромашка"))
        bulk.carry_out(store, planned)
        person = store.card(card.serial).document["person"]
        assert (person["source"], person["company"]) == ("сайт", "Ромашка")


def test_clients_in_the_trash_are_left_out(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        card = add(store, last_name="А")
        remove(store, card)
        planned = bulk.plan(store, [card.serial], BulkEdit("set", "person.source", (("", "сайт"),)))
        assert (planned.serials, planned.left_out) == ((), 1)


def test_clients_of_many_segments_are_changed(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        serials = [add(store, last_name=f"Б{at}").serial for at in range(130)]
        documents = done(store, BulkEdit("add", "tags.tags", (("", "усі"),)), serials)
        assert {tuple(document["tags"]["tags"]) for document in documents} == {("усі",)}


def test_who_goes_to_the_trash_meanwhile_is_left_out(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        cards = [add(store, last_name=name) for name in "АБВ"]
        edit = BulkEdit("set", "person.source", (("", "сайт"),))
        planned = bulk.plan(store, [card.serial for card in cards], edit)
        remove(store, cards[1])
        written = bulk.carry_out(store, planned)
        assert [card.serial for card in written.cards] == [cards[0].serial, cards[2].serial]
        assert "source" not in store.get(cards[1].number).card.document["person"]


def test_who_is_taken_out_of_the_trash_for_good_meanwhile_is_left_out(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        cards = [add(store, last_name=name) for name in "АБВ"]
        planned = bulk.plan(store, [card.serial for card in cards], BulkEdit("set", "person.source", (("", "сайт"),)))
        remove(store, cards[1])
        trash.empty(store, older_than=0)
        written = bulk.carry_out(store, planned)
        assert [card.serial for card in written.cards] == [cards[0].serial, cards[2].serial]


def test_who_is_erased_meanwhile_is_left_out(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        cards = [add(store, last_name=name) for name in "АБВ"]
        planned = bulk.plan(store, [card.serial for card in cards], BulkEdit("set", "person.source", (("", "сайт"),)))
        erase(store, cards[1].number)
        written = bulk.carry_out(store, planned)
        assert [card.serial for card in written.cards] == [cards[0].serial, cards[2].serial]
