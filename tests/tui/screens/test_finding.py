import asyncio
import datetime
import sqlite3
import subprocess
import sys
import threading
from typing import Any

import pytest
from textual import events

from store import clock
from store.door import Edit, Store, open_store
from store.errors import Busy, Damaged
from store.index import Found
from store.searches import SavedSearch
from tests.tui.screens.operator import BROAD, Operator, add, at_work
from tui.card.card_pane import CardPane
from tui.forms.reasons import Reason
from tui.screens.loading import load_card
from tui.sidebar.sidebar import Wish
from tui.terminal.skeleton import drawing
from tui.widgets.virtual_list import VirtualList


async def test_everybody_is_listed_in_name_order_with_number_and_count(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.sees("3 of 3", "Бондар Юхим", "Шевченко Олена")
        assert operator.screen.index("Бондар") < operator.screen.index("Ковальчук") < operator.screen.index("Шевченко")
        assert store.find("Бондар").rows(0, 1)[0].number in operator.screen


async def test_results_follow_each_letter(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("шев")
        await operator.sees("1 of 3", "Шевченко")
        await operator.sees_no("Бондар")
        await operator.press("backspace", "backspace", "backspace")
        await operator.sees("3 of 3", "Бондар")


async def test_the_cursor_stands_on_the_first_that_is_found(store: Store) -> None:
    add(store, "Бондаренко", "Олег")
    async with at_work(store) as operator:
        # Everybody's list has it second; of those found first stands another, who was not under the cursor before.
        await operator.press("end")
        await operator.search("ол")
        await operator.sees("2 of 4")
        row = operator.main.sidebar.list.client
        assert row is not None and row.name == "Бондаренко Олег"
        await operator.press("backspace")
        await operator.until(lambda: operator.main.found.query.line == "о", "another list")
        assert operator.main.sidebar.list.cursor == 0


async def test_a_digit_in_the_list_begins_a_search(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("0")
        await operator.type("501234567")
        await operator.sees("1 of 3", "Шевченко")


async def test_where_a_client_was_found_is_said_when_its_name_does_not_tell(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("0")
        await operator.type("501234567")
        await operator.sees("1 of 3  Contacts: +380 50 123 45 67")
        await operator.press("escape", "slash")
        await operator.type("шев")
        await operator.sees("1 of 3")
        await operator.sees_no("Contacts:")


async def test_who_is_found_by_what_only_a_damaged_card_tells_is_listed(store: Store) -> None:
    add(store, "Яценко", "Ян", contacts=[{"kind": "email", "value": "office@one.example"}])
    async with at_work(store) as operator:
        file = store.folder.file(0)
        file.write_bytes(file.read_bytes().replace(b"office", b"0ffice"))
        await operator.search("office")
        await operator.sees("1 of 4", "Яценко Ян", "The file ")


async def test_a_name_that_tells_is_not_explained_by_another_field(store: Store) -> None:
    add(store, "Левченко", "Лев", addresses=[{"city": "Левандівка"}])
    add(store, "Ткач", "Ірина", person={"last_name": "Ткач", "company": "Левиця"})
    async with at_work(store) as operator:
        await operator.search("лев")
        await operator.sees("2 of 5", "Левченко")
        await operator.press("enter", "down")
        await operator.sees("Person: Левиця")
        await operator.press("up")
        await operator.sees_no("Person:", "Addresses:")


async def test_a_filter_that_does_not_exist_is_told_and_stays_told(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("shoe:")
        await operator.sees("3 of 3")
        await operator.sees_no("there is no such filter")
        await operator.type("Київ")
        await operator.sees("“shoe:Київ”: there is no such filter")
        await operator.press("escape")
        await operator.sees_no("there is no such filter")


async def test_nobody_found_begins_a_card_with_what_was_searched_for(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("гнатюк-левицька марія 067 765 43 21")
        await operator.sees("Nobody found among 3; Ctrl+N begins a card with this")
        await operator.press("ctrl+n")
        await operator.sees("Гнатюк-Левицька Марія", "new")
        await operator.press("ctrl+s")
        await operator.sees("Saved")
        document = store.card(store.find("гнатюк").rows(0, 1)[0].serial).document
        assert document["person"] == {"last_name": "Гнатюк-Левицька", "first_name": "Марія"}
        assert document["contacts"][0]["value"] == "+380677654321"


async def test_where_only_a_guess_was_found_a_card_begins_with_what_was_typed(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("шевченк олна")
        await operator.sees("1 of 3", "Шевченко Олена")
        await operator.press("ctrl+n")
        await operator.sees("Шевченк Олна", "new")


async def test_the_offer_of_a_card_is_read_whole_where_the_list_stands_beside_a_card(store: Store) -> None:
    async with at_work(store, BROAD) as operator:
        await operator.search("жираф")
        await operator.sees("Nobody found among 3", "Ctrl+N begins a card with what was typed", "What was tried:")
        await operator.sees_no("; Ctrl+N")
        await operator.press("ctrl+n")
        await operator.sees("Жираф", "new")


async def test_beside_an_empty_list_there_is_no_card_of_somebody_else(store: Store) -> None:
    async with at_work(store, BROAD) as operator:
        await operator.sees("Last name   Бондар")
        await operator.search("жираф")
        await operator.sees("Nobody found")
        await operator.sees_no("Last name")
        await operator.press("escape")
        await operator.sees("Last name   Бондар")


async def test_where_nobody_was_found_nothing_is_offered_to_open(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("жираф")
        await operator.sees("Nobody found")
        await operator.press("enter")
        await operator.sees("n new")
        await operator.sees_no("Enter open", "e edit")


async def test_letters_in_the_list_are_commands_and_no_search(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("j")
        assert operator.main.sidebar.list.cursor == 1
        assert operator.main.sidebar.search.value == ""


async def test_esc_clears_the_search_and_returns_to_the_list(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("шев")
        await operator.sees("1 of 3")
        await operator.press("escape")
        await operator.sees("3 of 3", "Бондар")
        assert operator.app.focused is operator.main.sidebar.list
        assert operator.main.sidebar.list.row.name.startswith("Шевченко")


async def test_nobody_found_is_said(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("жираф")
        await operator.sees("Nobody found among 3")


async def test_an_older_answer_to_the_same_line_never_takes_the_place_of_a_newer_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_answer, has_answered = threading.Event(), threading.Event()
    find = store.find
    async with at_work(store) as operator:

        def late(line: str, **how: Any) -> Found:
            found = find(line, **how)
            if line == "ша":
                monkeypatch.setattr(store, "find", find)
                may_answer.wait()
                has_answered.set()
            return found

        monkeypatch.setattr(store, "find", late)
        await operator.search("ша")
        add(store, "Шаповал", "Ганна")
        await operator.sees("1 of 4", "Шаповал")
        may_answer.set()
        await operator.until(has_answered.is_set, "the older answer")
        for _ in range(5):
            await operator.pilot.pause()
        await operator.sees("1 of 4", "Шаповал")


async def test_rows_that_cannot_be_read_end_nothing_and_a_damaged_index_is_built_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write([Edit(None, None, {"person": {"last_name": f"Клієнт{n:03}"}}) for n in range(200)])
    async with at_work(store) as operator:
        await operator.sees("203 of 203")
        with sqlite3.connect(store.index.path) as db:
            db.execute("update client set name = 'Хтось' where name = 'Клієнт190'")
        await operator.press("end")
        await operator.sees("203 of 203", "Клієнт190")


async def test_what_another_process_saves_appears_and_the_cursor_stays_on_its_client(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("end")
        assert operator.main.sidebar.list.row.name.startswith("Шевченко")
        add(store, "Андрієнко", "Ганна")
        await operator.sees("4 of 4", "Андрієнко")
        assert operator.main.sidebar.list.row.name.startswith("Шевченко")


async def test_over_midnight_the_list_and_the_counts_become_those_of_the_new_day(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today()
    tomorrow = today + datetime.timedelta(days=1)
    for name, day in (("Нинішня", today), ("Завтрашній", tomorrow), ("Завтрашня", tomorrow)):
        add(store, name, "Ян", tasks=[{"text": "дзвінок", "due": day.isoformat()}])
    store.searches.save(SavedSearch("Today", "task:today"))
    async with at_work(store) as operator:
        await operator.search("task:today")
        await operator.sees("1 of 6", "Нинішня")
        monkeypatch.setattr(clock, "today", lambda: tomorrow)
        await operator.sees("2 of 6", "Завтрашній", "Завтрашня")
        await operator.sees_no("Нинішня")
        await operator.until(lambda: [number for _, number in operator.main.searches] == ["2"])


async def test_a_wide_screen_shows_the_card_under_the_cursor(store: Store) -> None:
    async with at_work(store, BROAD) as operator:
        await operator.sees("First name", "Юхим")
        await operator.press("end")
        await operator.sees("First name  Олена")
        assert operator.app.focused is operator.main.sidebar.list


@pytest.mark.parametrize("columns", [100, 119, 137, 160, 300])
async def test_the_card_begins_where_the_frame_painted_before_it_says(store: Store, columns: int) -> None:
    async with at_work(store, (columns, 30)) as operator:
        await operator.sees("First name")
        assert operator.main.pane is not None
        assert f"\x1b[1;{operator.main.pane.region.x + 1}H▏" in drawing(columns, 30)


async def test_the_cursor_may_move_and_another_card_be_opened_while_the_first_is_being_built(store: Store) -> None:
    async with at_work(store) as operator:
        first, second = (load_card(store, card.serial) for card in list(store.cards())[:2])
        building = asyncio.create_task(operator.main.show_card(first, focus=False))
        await asyncio.sleep(0)
        operator.main.on_virtual_list_highlighted(VirtualList.Highlighted(operator.main.sidebar.list, 0, None))
        await operator.main.show_card(second, focus=True)
        await building
        assert operator.main.query(CardPane).only_one().card is second


async def test_an_empty_store_says_how_to_begin(store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_store(tmp_path_factory.mktemp("other") / "store", create=True) as empty:
        async with at_work(empty) as operator:
            await operator.sees("No clients yet")


async def test_a_terminal_too_small_asks_for_room_and_goes_on_when_it_has_it(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("шев")
        await operator.pilot.resize_terminal(30, 8)
        await operator.sees("Make the window larger")
        await operator.pilot.resize_terminal(80, 24)
        await operator.sees("шев", "1 of 3")


async def test_a_name_full_of_escapes_is_shown_harmless(store: Store) -> None:
    add(store, "\x1b]52;c;cHduZWQ=\x07Аа[/red]\u202e", "Олена" * 2000)
    async with at_work(store) as operator:
        await operator.sees("␛", "[/red]")
        await operator.press("enter")
        await operator.until(lambda: operator.main.has_class("-card"))
        assert "\x1b" not in operator.screen
        assert "\u202e" not in operator.screen


async def test_answers_out_of_order_change_nothing_and_the_newest_stays(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("шев")
        await operator.sees("1 of 3", "Шевченко")
        main = operator.main
        answers = [main.FoundThem(Wish(line), store.find(line), 3, 0) for line in ("б", "шев", "", "ш", "ше")]
        for answer in answers:
            main.post_message(answer)
        main.post_message(main.Explained(Wish("ш"), {2: Reason(text="of another search")}))
        for _ in range(5):
            await operator.pilot.pause()
        await operator.sees("1 of 3", "Шевченко")
        await operator.sees_no("Бондар", "of another search")


async def test_letters_that_were_found_are_underlined_and_another_field_is_named(store: Store) -> None:
    add(store, "Ткач", "Ірина", addresses=[{"city": "Шевченкове"}])
    async with at_work(store) as operator:
        await operator.search("шев")
        await operator.sees("2 of 4", "city Шевченкове")
        await operator.until(lambda: underlined(operator) == ["Шев"])
        await operator.press("escape")
        await operator.sees_no("city Шевченкове")
        await operator.until(lambda: underlined(operator) == [])


async def test_a_phone_is_the_reason_from_the_digits_on_that_were_found(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press(*"234567")
        await operator.sees("phone …234567", "Contacts: +380 50 123 45 67")


async def test_clients_found_in_another_layout_stand_under_a_line_that_the_cursor_passes_over(store: Store) -> None:
    add(store, "Izdtx", "John")
    async with at_work(store) as operator:
        await operator.search("itd")
        await operator.sees("In another keyboard layout, “шев”: 1")
        assert operator.main.sidebar.list.client is not None
        assert operator.main.sidebar.list.client.name.startswith("Шевченко")
        await operator.press("enter", "up", "home")
        assert operator.main.sidebar.list.client.name.startswith("Шевченко")


async def test_a_mistake_is_underlined_and_explained_and_the_rest_finds(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("shoe:Київ шев")
        await operator.sees("“shoe:Київ”: there is no such filter", "1 of 3", "Шевченко")
        await operator.until(lambda: underlined(operator) == ["shoe", "Шев"])


async def test_where_nobody_is_found_it_is_said_what_was_tried(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("жираф tag:vip")
        await operator.sees("Nobody found", "What was tried:", "in another keyboard layout: ;bhfa")
        await operator.sees("The filters hold for all of these")
        await operator.press("escape")
        await operator.sees_no("What was tried:")


async def test_a_client_saved_before_the_cursor_leaves_it_on_its_line_of_the_screen(store: Store) -> None:
    for at in range(40):
        add(store, f"Яременко{at:02}", "Ян")
    async with at_work(store) as operator:
        await operator.press("end", "up")
        await operator.sees("Яременко38")
        line = next(at for at, text in enumerate(operator.screen.splitlines()) if "Яременко38" in text)
        add(store, "Андрієнко", "Ганна")
        await operator.sees("44 of 44")
        assert "Яременко38" in operator.screen.splitlines()[line]
        assert operator.main.sidebar.list.client is not None
        assert operator.main.sidebar.list.client.name.startswith("Яременко38")


def underlined(operator: Operator) -> list[str]:
    strips = operator.app.screen._compositor.render_strips()
    return [segment.text for strip in strips for segment in strip if segment.style and segment.style.underline]


async def test_what_is_typed_next_takes_the_place_of_a_search_that_was_left(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("бондар")
        await operator.sees("1 of 3")
        await operator.press("enter")
        await operator.search("шевч")
        await operator.sees("1 of 3", "Шевченко")
        assert operator.main.sidebar.search.value == "шевч"
        await operator.press("enter", "slash", "end")
        await operator.type(" юхим")
        await operator.until(lambda: operator.main.wish.line == "шевч юхим")


async def test_a_mistake_is_told_in_a_line_that_was_pasted_with_characters_nobody_sees(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("slash")
        operator.app.post_message(events.Paste("\u202ashoe:Ки\u200bїв\u202c"))
        await operator.until(lambda: operator.main.sidebar.search.value == "shoe:Київ")
        await operator.press("enter")
        await operator.until(lambda: operator.main.sidebar.mistakes.texts)


async def test_what_a_killed_program_saved_is_indexed_beside_the_screen_and_shown(store: Store) -> None:
    document = store.card(1).document
    async with at_work(store) as operator:
        await operator.sees("3 of 3")
        done = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", KILLED, str(store.path)], capture_output=True
        )
        assert done.returncode == 9 and document["person"]["last_name"] == "Бондар"
        await operator.sees("Коваль Юхим")


KILLED = """
import os, sys
from store.door import Edit, open_store
from store.index import Index
store = open_store(sys.argv[1], operator="petro")
Index.update = lambda *_: os._exit(9)
document = store.card(1).document
store.write([Edit(1, document, {**document, "person": {**document["person"], "last_name": "Коваль"}})])
"""


async def test_what_is_saved_before_a_letter_is_answered_leaves_the_cursor_on_the_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, "Шахова", "Ганна")
    begun, go = threading.Event(), threading.Event()
    find = store.find

    def slow(line: str, **options: Any) -> Found:
        if line == "ш" and not begun.is_set():
            begun.set()
            go.wait(10)
        return find(line, **options)

    async with at_work(store) as operator:
        await operator.press("end")
        monkeypatch.setattr(store, "find", slow)
        await operator.search("ш")
        await operator.until(begun.is_set)
        add(store, "Шамрай", "Ян")
        operator.main.look_for_changes()
        go.set()
        await operator.sees("3 of 5", "Шамрай")
        assert operator.main.sidebar.list.cursor == 0


async def test_where_a_line_cannot_be_answered_nobody_else_is_shown_for_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = store.find

    def refused(line: str, **options: Any) -> Found:
        if line:
            raise Damaged("schema-changed", file="index.sqlite3")
        return find(line, **options)

    async with at_work(store) as operator:
        await operator.sees("3 of 3", "Шевченко")
        monkeypatch.setattr(store, "find", refused)
        await operator.search("бондар")
        await operator.reads("Close this one and open it again")
        await operator.sees_no("Шевченко", "Бондар", "of 3")
        assert operator.main.listed == 0
        monkeypatch.setattr(store, "find", find)
        operator.main.look_for_foreign_changes()
        await operator.sees("1 of 3", "Бондар")


async def test_a_list_that_could_not_be_had_anew_is_asked_for_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    find, refused = store.find, threading.Event()

    def busy(line: str, **options: Any) -> Found:
        refused.set()
        raise Busy("index-busy", file="index.sqlite3")

    async with at_work(store) as operator:
        await operator.sees("3 of 3")
        monkeypatch.setattr(store, "find", busy)
        add(store, "Ярема", "Ян")
        operator.main.look_for_changes()
        await operator.until(refused.is_set)
        await operator.sees("3 of 3", "Шевченко")
        await operator.until(lambda: operator.main._is_behind)
        monkeypatch.setattr(store, "find", find)
        operator.main.look_for_foreign_changes()
        await operator.sees("4 of 4", "Ярема")


async def test_counts_of_an_earlier_time_never_come_after_later_ones(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.searches.save(SavedSearch("A", "шев"))
    find, begun, go, done = store.find, threading.Event(), threading.Event(), threading.Event()

    def slow(line: str, **options: Any) -> Found:
        found = find(line, **options)
        if line == "шев" and not begun.is_set():
            begun.set()
            go.wait(10)
            done.set()
        return found

    monkeypatch.setattr(store, "find", slow)
    async with at_work(store) as operator:
        await operator.until(begun.is_set)
        add(store, "Шевчук", "Ян")
        store.searches.save(SavedSearch("B", "рекс:абв"))
        operator.main.count_searches()
        newest = [("A", "2"), ("B", "?")]
        await operator.until(lambda: [(each.name, number) for each, number in operator.main.searches] == newest)
        go.set()
        await operator.until(done.is_set)
        await operator.press("down", "up")
        assert [(each.name, number) for each, number in operator.main.searches] == newest


async def test_a_card_that_cannot_be_read_keeps_nobody_from_the_list(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, "Ярема", "Ян", notes={"text": "дзвонити вранці"})

    def unread(*arguments: object) -> None:
        raise Damaged("segment-unreadable", file="00000.json", reason="Input/output error")

    async with at_work(store) as operator:
        monkeypatch.setattr(operator.main.explainer, "by_card", unread)
        await operator.search("вранці")
        await operator.reads("Input/output error")
        assert operator.main.listed == 1 and not operator.main._is_behind
        await operator.sees("1 of 4", "Ярема Ян")
