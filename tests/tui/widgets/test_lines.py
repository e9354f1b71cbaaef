"""Tabs, footer and table: each drawn, each giving way where there is little room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.widgets.stage import Stage, said, text_of
from tui.widgets.footer import Footer, Hint, fitting
from tui.widgets.suggestions import SHOWN, Suggestions
from tui.widgets.tab_bar import TabBar, shown
from tui.widgets.table_view import Column, TableView, column_widths
from tui.widgets.window import Window

TITLES = ("Особисте", "Контакти", "Адреси", "Покупки", "Спілкування", "Завдання", "Відгуки", "Згоди", "Зв’язки", "Теги")


def bar_of(*titles: str) -> TabBar:
    bar = TabBar()
    bar.titles = titles or TITLES
    return bar


@pytest.mark.parametrize("active", range(len(TITLES)))
async def test_the_open_tab_is_in_view(active: int) -> None:
    bar = bar_of()
    async with Stage(bar).perform((40, 3)) as pilot:
        bar.active = active
        await pilot.pause()
        (line,) = text_of(bar)
        digit = f"{active + 1} " if active < 9 else ""
        assert f"▌{digit}{TITLES[active]}" in line
        assert ("‹" in line, "›" in line) == (TITLES[0] not in line, TITLES[-1] not in line)


async def test_a_click_on_a_title_asks_for_that_tab() -> None:
    bar = bar_of()
    stage = Stage(bar)
    async with stage.perform((80, 3)) as pilot:
        await pilot.pause()
        at = text_of(bar)[0].index("Адреси")
        await pilot.click(bar, offset=(at, 0))
        assert [message.index for message in said(stage, TabBar.Chosen)] == [2]


@given(st.lists(st.integers(1, 20), min_size=1, max_size=12), st.data(), st.integers(1, 60))
def test_the_tabs_shown_fit_unless_one_alone_does_not(widths: list[int], data: st.DataObject, room: int) -> None:
    active = data.draw(st.integers(0, len(widths) - 1))
    run = shown(widths, active, room)
    assert active in run
    assert sum(widths[at] for at in run) <= room or len(run) == 1


HINTS = (Hint("?", "help"), Hint("/", "search", 5), Hint("n", "new", 1), Hint("Ctrl+S", "save", 9))


def test_hints_give_way_by_priority_and_keep_their_order() -> None:
    assert [hint.key for hint in fitting(HINTS, 80)] == ["?", "/", "n", "Ctrl+S"]
    assert [hint.key for hint in fitting(HINTS, 34)] == ["?", "/", "Ctrl+S"]
    assert [hint.key for hint in fitting(HINTS, 24)] == ["?", "Ctrl+S"]


def test_the_hint_of_help_is_never_left_out() -> None:
    assert [hint.key for hint in fitting(HINTS, 1)] == ["?"]


async def test_a_message_stands_in_place_of_the_hints_for_a_while() -> None:
    footer = Footer()
    footer.hints = HINTS
    async with Stage(footer).perform((40, 3)) as pilot:
        footer.message = "Saved\x1b"
        await pilot.pause()
        assert text_of(footer) == [" Saved␛"]
        footer.message = ""
        await pilot.pause()
        assert text_of(footer)[0].startswith(" ? help")


COLUMNS = (Column("Date", 10, 0), Column("Item", 8, 3), Column("Status", 6, 1), Column("Amount", 8, 2, right=True))


def test_columns_share_the_room_by_weight_and_go_by_weight() -> None:
    assert column_widths(COLUMNS, 41) == [10, 11, 7, 10]
    assert column_widths(COLUMNS, 35) == [10, 8, 6, 8]
    assert column_widths(COLUMNS, 26) == [0, 9, 6, 9]
    assert column_widths(COLUMNS, 19) == [0, 9, 0, 9]
    assert column_widths(COLUMNS, 5) == [0, 5, 0, 0]


def test_room_left_over_goes_first_to_the_columns_that_lack_little() -> None:
    assert column_widths(COLUMNS, 50, (10, 20, 6, 8)) == [10, 21, 7, 9]
    assert column_widths(COLUMNS, 41, (10, 20, 9, 8)) == [10, 11, 9, 8]
    assert column_widths(COLUMNS, 35, (10, 20, 9, 8)) == [10, 8, 6, 8]


@given(
    st.lists(st.builds(Column, st.just("x"), st.integers(1, 20), st.integers(0, 5)), max_size=8), st.integers(0, 100)
)
def test_columns_never_take_more_than_there_is(columns: list[Column], room: int) -> None:
    widths = [width for width in column_widths(columns, room) if width]
    assert sum(widths) + max(0, len(widths) - 1) <= room


def table_of(rows: int = 2) -> TableView:
    table = TableView()
    table.columns = COLUMNS
    table.rows = tuple(("2026-10-30", f"Item {at}", "new", f"{at}.00") for at in range(rows))
    return table


async def test_a_table_shows_its_rows_and_what_became_of_them() -> None:
    table = table_of(5)
    table.marks = ("", "new", "changed", "removed", "error")
    async with Stage(table).perform((44, 8)) as pilot:
        await pilot.pause()
        lines = text_of(table)
        assert lines[0].split() == ["Date", "Item", "Status", "Amount"]
        assert [line[:2] for line in lines[1:6]] == ["▌ ", " +", " *", " -", " !"]
        assert lines[1].endswith("0.00")


async def test_an_empty_table_says_so() -> None:
    table = table_of(0)
    table.empty = "No purchases yet."
    async with Stage(table).perform((44, 8)) as pilot:
        await pilot.pause()
        assert text_of(table)[1] == " No purchases yet."


async def test_rows_are_walked_and_chosen() -> None:
    table = table_of(50)
    stage = Stage(table)
    async with stage.perform((44, 8)) as pilot:
        table.focus()
        await pilot.press("down", "j", "enter", "end")
        assert [message.index for message in said(stage, TableView.Selected)] == [2]
        assert table.cursor == 49
        assert any(line.startswith("▌ 2026") and "Item 49" in line for line in text_of(table))
        table.rows = table.rows[:3]
        await pilot.pause()
        assert table.cursor == 2


def test_suggestions_that_begin_with_what_is_typed_come_first() -> None:
    offered = Suggestions.of(("Новий Київ", "Київ", "Львів"), "")
    offered.narrow("ки")
    assert offered.matching == ["Київ", "Новий Київ"]


def test_suggestions_go_round() -> None:
    offered = Suggestions.of(("a", "b", "c"), "b")
    assert [offered.step(1) for _ in range(3)] == ["c", "a", "b"]
    assert Suggestions.of(("a", "b", "c"), "").step(-1) == "c"
    assert Suggestions.of((), "").step(1) is None


def test_the_taken_suggestion_is_among_those_seen() -> None:
    offered = Suggestions.of([str(at) for at in range(20)], "")
    for _ in range(20):
        offered.step(1)
        assert offered.taken in offered.window()
        assert len(offered.window()) == SHOWN


@given(st.integers(0, 300), st.integers(1, 40), st.lists(st.integers(0, 299), max_size=20))
def test_the_window_holds_the_cursor_and_never_leaves_its_rows(total: int, height: int, cursors: list[int]) -> None:
    window = Window()
    for cursor in cursors:
        if cursor < total:
            window.follow(cursor, cursor, height, total)
            assert window.top <= cursor < window.top + height
            assert 0 <= window.top <= max(0, total - height)
            assert "█" in "".join(window.mark(line, height, total) for line in range(height)) or total <= height
