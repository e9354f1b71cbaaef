"""Views, marks, the order and saved searches, as an operator uses them."""

import threading
from functools import partial
from typing import Any

import pytest

from store import trash
from store.door import Edit, Store, open_store
from store.errors import NotAllowed
from store.index import Found
from store.searches import SavedSearch
from tests.tui.screens.operator import Operator, add, at_work, number_of
from tui import i18n
from tui.terminal.keyboard import Keyboard


def names(operator: Operator) -> list[str]:
    found = operator.main.found
    return [row.name.split()[0] for row in found.rows(0, 50)]


async def test_marked_clients_are_counted_listed_and_stay_marked(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("space", "space")
        await operator.sees("✓ 2", "✓ Бондар Юхим", "✓ Ковальчук Іван")
        assert operator.main.sidebar.list.client is not None
        assert operator.main.sidebar.list.client.name.startswith("Шевченко")
        await operator.press("m")
        await operator.sees("Marked: 2")
        await operator.sees_no("Шевченко")
        await operator.press("home", "space")
        await operator.sees("Marked: 1")
        await operator.press("escape")
        await operator.sees("3 of 3")
    async with at_work(store) as operator:
        await operator.sees("✓ 1", "✓ Ковальчук Іван")


async def test_names_stand_in_one_column_beside_marks(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.sees("Бондар", "Ковальчук")
        await operator.press("space")
        await operator.sees("✓ Бондар", "  Ковальчук", "  Шевченко")
        lines = operator.screen.splitlines()
        found = [next(line.index(name) for line in lines if name in line) for name in ("Бондар", "Ковальчук", "Шевч")]
        assert len(set(found)) == 1


async def test_all_of_a_list_are_marked_and_unmarked(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("к")
        await operator.press("enter", "M")
        await operator.sees("1 client is marked")
        assert operator.store.notebook.marks.keys() == set(store.find("к").serials())
        await operator.press("M")
        await operator.sees("0 clients are marked")
        assert operator.store.notebook.marks == {}


async def test_a_search_narrows_the_marked_clients(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("M")
        await operator.sees("✓ 3")
        await operator.press("m", "slash")
        await operator.type("шев")
        await operator.sees("Marked: 1", "Шевченко")


def opened_last(store: Store, serial: int) -> bool:
    return next(iter(store.notebook.opened), None) == serial


async def test_clients_opened_lately_are_listed_the_last_first(store: Store) -> None:
    async with at_work(store) as operator:
        for keys, name in ((("end", "enter"), "Шевченко"), (("home", "enter"), "Бондар")):
            serial = store.find(name).rows(0, 1)[0].serial
            await operator.press(*keys)
            await operator.until(lambda: operator.main.has_class("-card"))
            await operator.until(partial(opened_last, store, serial))
            await operator.press("escape")
            await operator.until(lambda: not operator.main.has_class("-card"))
        await operator.press("p")
        await operator.sees("Opened lately: 2")
        assert names(operator) == ["Бондар", "Шевченко"]
        await operator.press("p")
        await operator.sees("3 of 3")


async def test_the_list_goes_by_what_is_chosen_and_turns_round(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("o")
        await operator.sees("Order of the list")
        await operator.type("city")
        await operator.press("enter")
        await operator.sees("↑ City")
        assert names(operator)[:3] == ["Гриценко", "Ткач", "Левченко"]
        await operator.press("o")
        await operator.sees("Order of the list")
        await operator.press("enter")
        await operator.sees("↓ City")
        assert names(operator)[0] == "Левченко"
        await operator.search("ч")
        await operator.sees("↓ City")
        await operator.press("escape", "o")
        await operator.type("name")
        await operator.press("enter")
        await operator.sees_no("City")


async def test_a_search_is_saved_counted_opened_and_kept_true(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.search("city:Київ")
        await operator.sees("2 of 6")
        await operator.press("enter", "S")
        await operator.sees("Save the search under which name?")
        await operator.type("Кияни")
        await operator.press("enter")
        await operator.sees("Who is to see “Кияни”?")
        await operator.press("a")
        await operator.sees("Saved: Кияни", "1 Кияни 2")
        assert cities.searches.all() == [SavedSearch("Кияни", "city:Київ", "", shared=True)]
        await operator.press("escape")
        await operator.sees("6 of 6")
        add(cities, "Новий", "Кий", addresses=[{"city": "Київ"}])
        await operator.sees("1 Кияни 3", "7 of 7")
        await operator.press("alt+1")
        await operator.sees("3 of 7", "city:Київ")
        await operator.press("alt+7")
        await operator.sees("There is no saved search 7")


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("\x1b1", "1 of 6"),
        ("\x1bs", "Save the search under which name?"),
        ("\x1bі", "Save the search under which name?"),
        ("\x1bo", "Order of the list"),
        ("\x1bf", "Valid consent"),
    ],
)
async def test_chords_as_terminals_send_them_are_commands_while_one_types(cities: Store, sent: str, seen: str) -> None:
    cities.searches.save(SavedSearch("vip", "tag:vip"))
    async with at_work(cities) as operator:
        await operator.search("city:К")
        for message in Keyboard(0.1).feed(sent.encode()):
            operator.app.post_message(message)
        await operator.sees(seen)
        assert operator.main.wish.line in ("city:К", "tag:vip")


async def test_saved_searches_are_opened_by_digit_renamed_moved_shared_and_removed(cities: Store) -> None:
    cities.searches.save(SavedSearch("vip", "tag:vip"))
    cities.searches.save(SavedSearch("Київ", "city:Київ", "-name"))
    async with at_work(cities) as operator:
        await operator.sees("1 vip 1", "2 Київ 2")
        await operator.press("s")
        await operator.sees("Saved searches", "city:Київ  ↓ Full name")
        await operator.press("2")
        await operator.sees("2 of 6", "↓ Full name")
        assert names(operator) == ["Ткач", "Гриценко"]
        await operator.press("s", "down", "K")
        await operator.sees("1 Київ")
        await operator.press("r")
        await operator.sees("Which name instead?")
        await operator.type("Столиця")
        await operator.press("enter")
        await operator.sees("1 Столиця")
        await operator.press("w")
        await operator.until(lambda: SavedSearch("Столиця", "city:Київ", "-name", shared=True) in cities.searches.all())
        await operator.sees("Saved searches")
        await operator.sees("1 vip", "▌2 Столиця")
        await operator.press("home", "d")
        await operator.sees("Remove the saved search “vip”?")
        await operator.press("d")
        await operator.until(lambda: [each.name for each in cities.searches.all()] == ["Столиця"])


async def test_a_search_stays_under_the_cursor_when_it_is_renamed(cities: Store) -> None:
    for name, line in (("vip", "tag:vip"), ("Київ", "city:Київ"), ("Львів", "city:Львів")):
        cities.searches.save(SavedSearch(name, line))
    async with at_work(cities) as operator:
        await operator.press("s", "down", "r")
        await operator.sees("Which name instead?")
        await operator.type("Столиця")
        await operator.press("enter")
        await operator.reads("▌2 Столиця")
        await operator.press("d")
        await operator.sees("Remove the saved search “Столиця”?")
        await operator.press("d")
        await operator.reads("▌2 Львів")


async def test_a_name_that_cannot_be_had_is_asked_for_again_as_it_was_typed(cities: Store) -> None:
    cities.searches.save(SavedSearch("vip", "tag:vip"))
    cities.searches.save(SavedSearch("Київ", "city:Київ"))
    async with at_work(cities) as operator:
        await operator.sees("1 vip 1", "2 Київ 2")
        await operator.press("s", "r")
        await operator.sees("Which name instead?")
        await operator.type("КИЇВ")
        await operator.press("enter")
        await operator.reads("Another saved search is called “КИЇВ” already.", "Which name instead?")
        await operator.press("end")
        await operator.type("а" * 60)
        await operator.press("enter")
        await operator.reads("is too long a name: at most 60 letters", "Which name instead?")
        await operator.press("end", *["backspace"] * 10, "enter")
        await operator.until(lambda: "КИЇВ" + "а" * 50 in [each.name for each in cities.searches.all()])


async def test_all_keys_of_the_saved_searches_are_named_on_a_narrow_screen(cities: Store) -> None:
    i18n.activate("uk")
    async with at_work(cities) as operator:
        await operator.press("s")
        await operator.reads("1…9 Enter відкрити", "K J місце Esc назад")


async def test_the_search_that_was_saved_by_somebody_else_appears(cities: Store) -> None:
    async with at_work(cities) as operator:
        with open_store(cities.path, operator="petro") as other:
            other.searches.save(SavedSearch("спільний", "tag:vip", shared=True))
        operator.main.look_for_others()
        await operator.sees("1 спільний 1")


async def test_the_saved_searches_follow_what_somebody_else_saves(cities: Store) -> None:
    cities.searches.save(SavedSearch("vip", "tag:vip"))
    async with at_work(cities) as operator:
        await operator.press("s")
        await operator.sees("Saved searches", "1 vip")
        with open_store(cities.path, operator="petro") as other:
            other.searches.save(SavedSearch("спільний", "city:Київ", shared=True))
        operator.main.look_for_others()
        # Nobody else moves what is one's own: its digit stays.
        await operator.reads("▌1 vip 1 own", "2 спільний 2")
        await operator.press("2")
        await operator.sees("2 of 6", "city:Київ")


async def test_what_all_share_is_taken_from_nobody_without_a_question(cities: Store) -> None:
    cities.searches.save(SavedSearch("спільний", "tag:vip", shared=True))
    async with at_work(cities) as operator:
        await operator.press("s", "w")
        await operator.reads("Make “спільний” your own?", "the other operators will not see it any more")
        await operator.press("escape")
        await operator.sees("Saved searches")
        assert cities.searches.named("спільний").shared
        await operator.press("d")
        await operator.reads("Remove the saved search", "the other operators will not see it any more")
        await operator.press("escape")
        await operator.sees("Saved searches")
        await operator.press("w", "w")
        await operator.until(lambda: cities.searches.all() == [SavedSearch("спільний", "tag:vip")])


async def test_the_list_comes_back_as_it_was_after_the_marked_and_the_opened(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("o")
        await operator.type("city")
        await operator.press("enter")
        await operator.search("city:Київ or city:Львів")
        await operator.sees("3 of 6", "↑ City")
        await operator.press("enter", "down", "space", "up")
        under = operator.main.sidebar.list.client
        for view, seen in (("m", "Marked: 1"), ("p", "Opened")):
            for back in (view, "escape"):
                await operator.press(view)
                await operator.sees(seen)
                await operator.press(back)
                await operator.sees("3 of 6", "↑ City", "city:Київ or city:Львів")
                await operator.until(lambda: operator.main.sidebar.list.client == under)


async def test_all_marks_are_taken_off_from_the_palette(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("space", "space")
        await operator.sees("✓ 2")
        await operator.press("colon")
        await operator.type("take all marks")
        await operator.press("enter")
        await operator.sees("Nobody is marked any more")
        assert store.notebook.marks == {}


async def test_in_a_store_that_may_only_be_read_no_search_is_saved_and_marks_last_till_the_end(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.searches.save(SavedSearch("vip", "tag:vip", shared=True))
    monkeypatch.setattr(store, "read_only", True)
    async with at_work(store) as operator:
        await operator.press("S")
        await operator.sees("The store is read-only for you")
        await operator.press("space")
        await operator.sees("✓ 1")
        await operator.press("s")
        await operator.sees("Saved searches")
        await operator.press("d", "escape")
        await operator.until(lambda: operator.app.screen is operator.main)
        assert [each.name for each in store.searches.all()] == ["vip"]


async def test_a_saved_search_takes_the_place_of_another_only_after_a_yes(cities: Store) -> None:
    cities.searches.save(SavedSearch("Наші", "tag:vip", shared=True))
    async with at_work(cities) as operator:
        await operator.search("city:Київ")
        await operator.press("enter", "S")
        await operator.sees("under which name?")
        await operator.type("наші")
        await operator.press("enter")
        await operator.reads(
            "There is a saved search “Наші” already. Replace it?", "All operators of the store see it."
        )
        await operator.press("escape")
        assert cities.searches.all() == [SavedSearch("Наші", "tag:vip", shared=True)]
        await operator.press("S")
        await operator.sees("under which name?")
        await operator.type("наші")
        await operator.press("enter")
        await operator.reads("Replace it?")
        await operator.press("r")
        await operator.sees("Who is to see")
        await operator.press("a")
        await operator.until(lambda: cities.searches.all() == [SavedSearch("наші", "city:Київ", shared=True)])


async def test_the_next_client_is_not_skipped_where_the_saved_one_left_the_list(store: Store) -> None:
    bondar, kovalchuk = (store.find(name).rows(0, 1)[0].serial for name in ("бондар", "ковальчук"))
    async with at_work(store) as operator:
        await operator.search("no:email")
        await operator.sees("3 of 3")
        await operator.press("enter", "home", "enter")
        await operator.until(lambda: operator.main.pane is not None and operator.main.pane.has_focus_within)
        assert operator.main.serial == bondar
        document = store.card(bondar).document
        typed = [("contacts[+].kind", "email"), ("contacts[+].value", "bondar@example.com")]
        store.write([Edit(bondar, document, store.apply_typed(document, typed))])
        await operator.until(lambda: operator.main.found.total == 2)
        await operator.press("J")
        await operator.until(lambda: operator.main.serial == kovalchuk)
        await operator.press("K")
        await operator.pilot.pause()
        assert operator.main.serial == kovalchuk


async def test_marks_of_clients_in_the_trash_are_told(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("space", "space")
        await operator.sees("✓ 2")
        trash.remove(store, [next(iter(store.notebook.marks))])
        await operator.press("m")
        await operator.sees("Marked: 1, and 1 in the trash or gone")


async def test_what_the_list_goes_by_is_told_beside_the_names(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("o")
        await operator.type("city")
        await operator.press("enter")
        await operator.sees("↑ City")
        told = {"Гриценко": "Київ", "Левченко": "Львів", "Бондар": "Юхим"}
        await operator.until(lambda: all(line_of(operator, name).endswith(end) for name, end in told.items()))
        await operator.search("ле")
        await operator.until(lambda: line_of(operator, "Левченко").endswith("Львів"))


async def test_another_value_of_somebody_else_is_told_as_soon_as_it_is_saved(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("o")
        await operator.type("city")
        await operator.press("enter")
        await operator.until(lambda: line_of(operator, "Гриценко").endswith("Київ"))
        number = number_of(cities, "гриценко")
        card = cities.get(number).card
        document = {**card.document, "addresses": [{"city": "Яремче"}]}
        cities.write([Edit(card.serial, card.document, document)], why="edit")
        await operator.until(lambda: line_of(operator, "Гриценко").endswith("Яремче"))
        assert names(operator)[:3] == ["Ткач", "Левченко", "Гриценко"]


def line_of(operator: Operator, name: str) -> str:
    """What is said of a client in the list, without the number."""
    line = next((line for line in operator.screen.splitlines() if name in line), "")
    return line.partition("K-")[0].rstrip()


async def test_it_is_told_that_only_the_marked_were_looked_through(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("space", "m")
        await operator.sees("Marked: 1")
        await operator.search("шевч")
        await operator.reads("Marked: 0", "Only the marked were looked through; m in the list shows all clients")


async def test_an_order_whose_name_several_sections_have_is_named_with_its_section(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("o")
        await operator.type("date")
        await operator.sees("Purchases")
        await operator.press("enter")
        await operator.sees(": Date")
        first = operator.main.wish.sort
        await operator.press("o")
        await operator.type("date")
        await operator.press("down", "enter")
        await operator.until(lambda: operator.main.wish.sort != first, "another order")
        await operator.sees(": Date")


async def test_marks_that_cannot_be_taken_off_are_not_told_as_taken_off(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*arguments: object) -> None:
        raise NotAllowed("disk-refused", file="notebook", reason="Read-only file system")

    async with at_work(store) as operator:
        await operator.press("space")
        await operator.sees("✓ 1")
        monkeypatch.setattr(type(store.notebook), "unmark", refused)
        monkeypatch.setattr(type(store.notebook), "mark", refused)
        for key in ("M", "colon"):
            await operator.press(key)
            if key == "colon":
                await operator.type("take all marks")
                await operator.press("enter")
            await operator.reads("Read-only file system")
            await operator.sees_no("Nobody is marked", "are marked")
            operator.main.fall_silent()
            await operator.press("escape")
        assert len(store.notebook.marks) == 1


async def test_marks_of_the_operators_other_session_appear_among_the_marked(store: Store) -> None:
    with open_store(store.path) as other:
        async with at_work(store) as operator:
            await operator.press("space", "m")
            await operator.sees("Marked: 1", "Бондар")
            added = other.find("шевченко").rows(0, 1)[0].serial
            other.notebook.mark({added: str(other.card(added).document["uid"])})
            operator.main.look_for_others()
            await operator.sees("Marked: 2", "Шевченко", "✓ 2")
            other.notebook.unmark(other.notebook.marks)
            operator.main.look_for_others()
            await operator.sees("Marked: 0")


async def test_marks_of_another_session_leave_the_cursor_on_the_first_of_what_was_typed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, "Шамрай", "Ян")
    find, begun, go = store.find, threading.Event(), threading.Event()

    def slow(line: str, **options: Any) -> Found:
        if line == "ш" and not begun.is_set():
            begun.set()
            go.wait(10)
        return find(line, **options)

    async with at_work(store) as operator:
        await operator.press("M", "m", "end")
        await operator.sees("Marked: 4")
        monkeypatch.setattr(store, "find", slow)
        await operator.search("ш")
        await operator.until(begun.is_set)
        store.notebook.unmark([store.find("бондар").rows(0, 1)[0].serial])
        operator.main.look_for_others()
        await operator.sees("✓ 3")
        go.set()
        await operator.sees("Marked: 2", "Шамрай")
        assert operator.main.sidebar.list.cursor == 0
