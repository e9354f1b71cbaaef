"""A list of any length under a cursor."""

import pytest
from textual.events import MouseScrollDown
from textual.strip import Strip
from textual.widget import Widget

from tests.tui.widgets.stage import Names, Stage, said, text_of
from tui.widgets.virtual_list import KEPT, PAGE, VirtualList


async def test_a_million_rows_are_shown_by_asking_for_one_page() -> None:
    people, source = VirtualList(), Names(1_000_000)
    async with Stage(people).perform((40, 5)) as pilot:
        people.show(source)
        await pilot.pause()
        assert text_of(people)[0].startswith("▌row 0 ")
        assert [line.split()[1] for line in text_of(people)[1:]] == ["1", "2", "3", "4"]
        assert source.asked == [0]


async def test_the_last_row_is_as_near_as_the_first() -> None:
    people, source = VirtualList(), Names(1_000_000)
    stage = Stage(people)
    async with stage.perform((40, 5)) as pilot:
        people.show(source)
        people.focus()
        await pilot.press("end")
        assert people.row == "row 999999"
        assert text_of(people)[-1].startswith("▌row 999999")
        assert len(source.asked) <= 3
        await pilot.press("home")
        assert people.row == "row 0"


async def test_the_cursor_stays_in_view_and_on_rows() -> None:
    people = VirtualList()
    async with Stage(people).perform((40, 5)) as pilot:
        people.show(Names(12))
        people.focus()
        for _ in range(15):
            await pilot.press("down")
            assert any(line.startswith("▌") for line in text_of(people))
        assert people.cursor == 11
        await pilot.press("pageup", "pageup", "pageup", "up")
        assert people.cursor == 0


async def test_another_result_is_shown_without_a_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    people = VirtualList()
    stage = Stage(people)
    async with stage.perform((40, 5)) as pilot:
        people.show(Names(1000))
        await pilot.pause()
        laid_out: list[object] = []
        monkeypatch.setattr(stage.screen, "_refresh_layout", laid_out.append)
        people.show(Names(2, ["Олена", "Іван"]))
        await pilot.pause()
        assert [line.strip("▌ ") for line in text_of(people)] == ["Олена", "Іван", "", "", ""]
        assert laid_out == []


async def test_a_step_of_the_cursor_repaints_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    people = VirtualList()
    async with Stage(people).perform((40, 10)) as pilot:
        people.show(Names(1000))
        await pilot.pause()
        drawn: list[int] = []
        draw = people.render_line

        def watched(y: int) -> Strip:
            drawn.append(y)
            return draw(y)

        monkeypatch.setattr(people, "render_line", watched)
        people.cursor = 1
        await pilot.pause()
        assert sorted(drawn) == [0, 1]


async def test_what_is_under_the_cursor_is_said_and_chosen() -> None:
    people = VirtualList()
    stage = Stage(people)
    async with stage.perform() as pilot:
        people.show(Names(3), cursor=2)
        people.focus()
        await pilot.press("up", "enter")
        assert [message.row for message in said(stage, VirtualList.Highlighted)] == ["row 2", "row 1"]
        assert [message.index for message in said(stage, VirtualList.Selected)] == [1]


async def test_an_empty_list_chooses_nothing() -> None:
    people = VirtualList()
    stage = Stage(people)
    async with stage.perform() as pilot:
        people.show(Names(0))
        people.focus()
        await pilot.press("down", "enter", "end", "pagedown")
        assert people.row is None
        assert said(stage, VirtualList.Selected) == []


async def test_pages_seen_long_ago_are_let_go() -> None:
    people = VirtualList()
    async with Stage(people).perform():
        people.show(Names(PAGE * (KEPT + 10)))
        for page in range(KEPT + 10):
            people.row_at(page * PAGE)
        assert len(people._pages) == KEPT


async def test_the_mouse_puts_the_cursor_and_turns_the_list() -> None:
    people = VirtualList()
    stage = Stage(people)
    async with stage.perform((40, 10)) as pilot:
        people.show(Names(100))
        await pilot.pause()
        await pilot.click(people, offset=(3, 4))
        assert people.cursor == 4
        await pilot.click(people, offset=(3, 5), times=2)
        assert [message.index for message in said(stage, VirtualList.Selected)] == [5]
        people.post_message(scroll_down(people))
        await pilot.pause()
        assert text_of(people)[0].startswith(" row 3")


async def test_a_name_that_would_write_the_clipboard_is_shown_as_text() -> None:
    people = VirtualList()
    async with Stage(people).perform((40, 3)) as pilot:
        people.show(Names(1, ["\x1b]52;c;eA==\x07[red]\u202e"]))
        await pilot.pause()
        assert text_of(people)[0] == "▌␛]52;c;eA==␇[red]�"


async def test_a_name_of_ten_thousand_characters_takes_one_line() -> None:
    people = VirtualList()
    async with Stage(people).perform((40, 3)) as pilot:
        people.show(Names(2, ["漢" * 10_000, "Олена"]))
        await pilot.pause()
        assert len(text_of(people)[0]) < 40
        assert text_of(people)[1].strip() == "Олена"


def scroll_down(widget: Widget) -> MouseScrollDown:
    """One notch of the mouse wheel."""
    return MouseScrollDown(widget, 1, 1, 0, 0, 0, False, False, False)
