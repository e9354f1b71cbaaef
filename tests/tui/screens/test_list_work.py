"""The list as it stands: written to a file, its addresses, one change to all."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events

from store import bulk, trash
from store.door import Edit, Store
from tests.tui.screens.operator import BROAD, Operator, add, at_work


@pytest.fixture
def mailed(store: Store) -> Store:
    add(store, "Ткач", "Ірина", contacts=[{"kind": "email", "value": "tkach@example.com"}])
    add(store, "Гриценко", "Петро", contacts=[{"kind": "email", "value": "petro@example.com"}])
    no = [{"kind": "marketing", "given": False, "date": "2026-01-01"}]
    add(store, "Левченко", "Лев", contacts=[{"kind": "email", "value": "lev@example.com"}], consents=no)
    return store


async def begin(operator: Operator, key: str) -> None:
    await operator.press("x")
    await operator.sees("What is to be done with")
    await operator.press(key)


async def asked_for_all(operator: Operator, tags: str) -> None:
    """Tags for all of the list are typed, and it is asked whether they are meant."""
    await begin(operator, "b")
    await operator.sees("Change what in all of them?")
    await operator.press("enter")
    await operator.sees("add tags")
    await operator.press("a")
    await operator.sees("Enter take it")
    await operator.type(tags)
    await operator.press("enter")
    await operator.sees("Change 3 cards?", f" Tags: + {tags}", "u takes it back as a whole")


async def given_to_all(operator: Operator, tags: str) -> None:
    await asked_for_all(operator, tags)
    await operator.press("c")
    await operator.sees("3 cards were changed; u takes it back")


async def test_the_found_list_is_written_to_a_file_in_its_order(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    async with at_work(store) as operator:
        await operator.press("o")
        await operator.sees("Order of the list")
        await operator.press("enter")
        await operator.sees("↓ Full name")
        await begin(operator, "e")
        await operator.sees("Write the list to which file?")
        await operator.type(str(out))
        await operator.press("enter")
        await operator.until(out.exists)
        await operator.reads("3 clients are in")
    names = [json.loads(line)["person"]["last_name"] for line in out.read_text("utf-8").splitlines()]
    assert names == ["Шевченко", "Ковальчук", "Бондар"]


async def test_who_is_removed_while_a_name_is_asked_for_is_not_in_the_file(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    async with at_work(store) as operator:
        await begin(operator, "e")
        await operator.sees("Write the list to which file?")
        trash.remove(store, [store.find("ковальчук").rows(0, 1)[0].serial])
        await operator.until(lambda: operator.main.found.total == 2, "the list to follow")
        await operator.type(str(out))
        await operator.press("enter")
        await operator.reads("2 clients are in")
    assert "Ковальчук" not in out.read_text("utf-8")


async def test_those_found_by_a_slip_are_told_before_anything_is_done_with_them(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("шевчеко")
        await operator.sees("1 of ")
        await operator.press("enter", "x")
        await operator.reads(
            "What is to be done with 1 client?", "1 of them was found otherwise than as typed", "write them to a file"
        )
        await operator.press("escape", "escape")
        await operator.sees("3 of 3")
        await operator.press("x")
        await operator.sees("What is to be done with 3 clients?")
        await operator.sees_no("otherwise")


async def test_a_file_that_is_there_is_replaced_only_after_a_yes(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("precious", "utf-8")
    async with at_work(store) as operator:
        await begin(operator, "e")
        await operator.sees("which file?")
        await operator.type(str(out))
        await operator.press("enter")
        await operator.reads("is there already. Replace it?")
        await operator.press("escape")
        await operator.sees("which file?")
        assert out.read_text("utf-8") == "precious"
        await operator.press("enter")
        await operator.reads("is there already. Replace it?")
        await operator.press("r")
        await operator.until(lambda: "Бондар" in out.read_text("utf-8"))


async def test_a_list_is_written_in_no_format_that_there_is_not(store: Store, tmp_path: Path) -> None:
    async with at_work(store) as operator:
        await begin(operator, "e")
        await operator.sees("which file?")
        await operator.type(str(tmp_path / "list.xlsx"))
        await operator.press("enter")
        await operator.reads("let the name end in one of them")
        await operator.sees("which file?")
    assert not list(tmp_path.glob("list.*"))


async def test_a_file_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    async with at_work(store) as operator:
        await begin(operator, "e")
        await operator.sees("which file?")
        await operator.type(str(tmp_path / ("x" * 300 + ".csv")))
        await operator.press("enter")
        await operator.reads("cannot be written")


async def test_addresses_are_copied_without_those_who_refused(mailed: Store) -> None:
    async with at_work(mailed) as operator:
        await begin(operator, "m")
        await operator.sees("2 e-mail addresses", "3 clients have no e-mail.", "1 client refused letters.")
        await operator.press("y")
        await operator.sees("Copied: 2 e-mail addresses")
        assert operator.app.clipboard == "petro@example.com\ntkach@example.com"


async def test_addresses_are_written_as_a_bcc_line(mailed: Store, tmp_path: Path) -> None:
    out = tmp_path / "to.txt"
    async with at_work(mailed) as operator:
        await begin(operator, "m")
        await operator.sees("2 e-mail addresses")
        await operator.press("b")
        await operator.sees("which file?")
        await operator.type(str(out))
        await operator.press("enter")
        await operator.until(out.exists)
    assert out.read_text("utf-8") == "Bcc: petro@example.com, tkach@example.com\n"


async def test_where_nobody_can_be_written_to_it_is_said(store: Store) -> None:
    async with at_work(store) as operator:
        await begin(operator, "m")
        await operator.sees("Nobody here can be written to. 3 clients have no e-mail.")


async def test_a_tag_is_given_to_all_and_taken_back_by_one_undo(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("end")
        await given_to_all(operator, "новий, vip")
        assert [card.document["tags"] for card in store.cards()] == [{"tags": ["новий", "vip"]}] * 3
        await operator.press("u")
        await operator.sees("2 other cards were changed together with it")
        await operator.press("u")
        await operator.sees("Taken back", "▌Шевченко")
        assert not any(card.document.get("tags", {}).get("tags") for card in store.cards())


async def test_undo_after_a_change_of_many_means_it_whatever_others_saved_since(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("end")
        await given_to_all(operator, "новий")
        row = operator.main.sidebar.list.client
        assert row is not None
        card = store.card(row.serial)
        person = {**card.document["person"], "company": "Ромашка"}
        store.write([Edit(card.serial, card.document, {**card.document, "person": person})])
        await operator.press("u")
        await operator.sees("2 other cards were changed together with it")
        await operator.press("escape")
        await operator.sees_no("2 other cards")
        await operator.press("u")
        await operator.sees("2 other cards were changed together with it")
        await operator.press("u")
        await operator.sees("Taken back")
    assert not any(card.document.get("tags", {}).get("tags") for card in store.cards())
    assert store.card(row.serial).document["person"]["company"] == "Ромашка"


@pytest.fixture
def may_end(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Holds every change of many up until it is set; it is seen to work at once."""
    monkeypatch.setattr("tui.screens.speaking.SEEN", 0.0)
    allowed = threading.Event()
    carry_out = bulk.carry_out

    def held(*arguments: Any, **named: Any) -> Any:
        allowed.wait()
        return carry_out(*arguments, **named)

    monkeypatch.setattr(bulk, "carry_out", held)
    return allowed


async def test_keys_pressed_while_much_is_done_are_not_done_after_it(store: Store, may_end: threading.Event) -> None:
    async with at_work(store) as operator:
        await asked_for_all(operator, "новий")
        operator.pilot.app.post_message(events.Key("c", "c"))
        await operator.sees("Changing…")
        for key in "ncq":
            operator.pilot.app.post_message(events.Key(key, key))
        await operator.until(lambda: len(operator.app._typed) == 3, "the keys to wait")
        may_end.set()
        await operator.sees("3 cards were changed; u takes it back")
        assert operator.app.screen is operator.main and operator.main.pane is None


@pytest.mark.parametrize("key", ["q", "n", "h"])
async def test_a_key_pressed_later_while_much_is_done_is_not_done_after_it(
    store: Store, may_end: threading.Event, key: str
) -> None:
    async with at_work(store) as operator:
        await asked_for_all(operator, "новий")
        operator.pilot.app.post_message(events.Key("c", "c"))
        await operator.sees("Changing…")
        await operator.until(
            lambda: not operator.app._bearer or not operator.app._bearer.is_running, "the dialog's end"
        )
        operator.pilot.app.post_message(events.Key(key, key))
        await operator.until(lambda: operator.app._typed, "the key to wait")
        watched = operator.app._watchdog
        await operator.until(lambda: operator.app._watchdog is not watched, "a look at the key that takes long")
        may_end.set()
        await operator.sees("3 cards were changed; u takes it back")
        assert operator.app.is_running and operator.app.screen is operator.main and operator.main.pane is None


async def test_a_folder_that_is_not_there_is_asked_for_again(store: Store, tmp_path: Path) -> None:
    async with at_work(store, BROAD) as operator:
        await begin(operator, "e")
        await operator.sees("Write the list to which file?")
        await operator.type(str(tmp_path / "no" / "out.csv"))
        await operator.press("enter")
        await operator.reads("There is no folder")
        await operator.press("end", *["backspace"] * len("no/out.csv"))
        await operator.type("out.csv")
        await operator.press("enter")
        await operator.reads("3 clients are in")
    assert (tmp_path / "out.csv").exists()


async def test_a_value_that_cannot_be_read_is_asked_for_again(store: Store) -> None:
    async with at_work(store) as operator:
        await begin(operator, "b")
        await operator.sees("Change what in all of them?")
        await operator.type("birth")
        await operator.press("enter")
        await operator.sees("put the same value into all")
        await operator.press("s")
        await operator.sees("Person: Birth date")
        await operator.type("колись")
        await operator.press("enter")
        await operator.sees("is not a date")
        await operator.press("escape")
        await operator.sees_no("is not a date")
        assert all(card.revision == 1 for card in store.cards())


async def test_a_task_is_added_to_all_that_are_marked(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("space", "space", "m")
        await operator.sees("Marked: 2")
        await begin(operator, "b")
        await operator.sees("Change what in all of them?")
        await operator.type("tasks")
        await operator.press("enter")
        await operator.sees("Tasks: Due")
        await operator.type("2.1.2030")
        await operator.press("enter")
        await operator.sees("Tasks: Task")
        await operator.press("enter")
        await operator.sees("a value is needed here")
        await operator.type("Подзвонити")
        await operator.press("enter")
        await operator.sees("Tasks: Done")
        await operator.press("enter")
        await operator.sees("Tasks: Assignee")
        await operator.press("enter")
        await operator.sees("Change 2 cards?", "Tasks: a new row: 2030-01-02, Подзвонити, no")
        await operator.press("c")
        await operator.sees("2 cards were changed")
        tasks = [card.document.get("tasks") for card in store.cards()]
        assert [rows and rows[0]["text"] for rows in tasks] == ["Подзвонити", None, "Подзвонити"]


async def test_where_nothing_would_change_nothing_is_asked(store: Store) -> None:
    async with at_work(store) as operator:
        await begin(operator, "b")
        await operator.sees("Change what in all of them?")
        await operator.type("company")
        await operator.press("enter")
        await operator.sees("clear it in all")
        await operator.press("c")
        await operator.sees("Nothing to change")


async def test_of_an_empty_list_nothing_is_asked(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("жираф")
        await operator.sees("Nobody found")
        await operator.press("enter", "x")
        await operator.sees("The list is empty")


async def test_what_was_not_understood_is_told_before_a_list_is_changed(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("ctiy:London")
        await operator.press("enter", "x")
        await operator.reads(
            "What is to be done with 3 clients?", "Not understood in the search, and left out: ctiy:London"
        )
        await operator.press("escape", "S")
        await operator.reads("Save the search under which name?", "left out: ctiy:London")
