"""A form drawn as one widget, edited through one live input."""

from textual.widgets import Input

from tests.tui.widgets.stage import Names, Stage, field_of, said, text_of
from tui.widgets.form_view import FormView, Line
from tui.widgets.virtual_list import VirtualList

LINES = (Line("Прізвище", "Шевченко"), Line("Місто", "", hint="Де живе"), Line("Нотатка", "one\ntwo"))


def form_of(*lines: Line) -> FormView:
    form = FormView()
    form.lines = lines or LINES
    return form


async def test_labels_and_values_stand_in_columns() -> None:
    form = form_of()
    async with Stage(form).perform((40, 6)) as pilot:
        await pilot.pause()
        assert text_of(form) == ["▌Прізвище  Шевченко", " Місто", " Нотатка   one", "           two", "", ""]


async def test_a_long_value_is_wrapped_and_an_error_stands_below_it() -> None:
    form = form_of(Line("A", "Шевченко Олена Петрівна", error="Немає такої."), Line("B", "x", changed=True))
    async with Stage(form).perform((20, 6)) as pilot:
        await pilot.pause()
        assert text_of(form)[:5] == ["▌A  Шевченко Олена", "    Петрівна", "    ! Немає такої.", " B* x", ""]


async def test_an_empty_field_under_the_cursor_says_what_belongs_there() -> None:
    form = form_of()
    async with Stage(form).perform() as pilot:
        form.focus()
        await pilot.press("down")
        assert text_of(form)[1] == "▌Місто     Де живе"


async def test_enter_asks_to_edit_and_what_is_typed_is_told() -> None:
    form = form_of()
    stage = Stage(form)
    async with stage.perform() as pilot:
        form.focus()
        await pilot.press("enter")
        assert [message.index for message in said(stage, FormView.Edit)] == [0]
        form.edit("Шевченко")
        await pilot.press("ї", "enter")
        assert [message.text for message in said(stage, FormView.Typing)] == ["Шевченкої"]
        (entered,) = said(stage, FormView.Entered)
        assert (entered.index, entered.text, entered.move) == (0, "Шевченкої", 1)


async def test_a_key_typed_right_after_editing_began_goes_to_the_field() -> None:
    form = form_of()
    stage = Stage(form)
    async with stage.perform() as pilot:
        form.focus()
        await pilot.pause()
        form.edit("")
        assert stage.focused is field_of(stage)


async def test_tab_and_shift_tab_say_where_to_go() -> None:
    form = form_of()
    stage = Stage(form)
    async with stage.perform() as pilot:
        form.edit("a")
        await pilot.press("tab", "shift+tab", "down", "up")
        assert [message.move for message in said(stage, FormView.Entered)] == [1, -1, 1, -1]


async def test_escape_gives_up() -> None:
    form = form_of()
    stage = Stage(form)
    async with stage.perform() as pilot:
        form.edit("a")
        await pilot.press("x", "escape")
        assert [message.index for message in said(stage, FormView.GivenUp)] == [0]
        assert said(stage, FormView.Entered) == []


async def test_leaving_the_field_enters_it() -> None:
    form, people = form_of(), VirtualList()
    people.show(Names(3))
    stage = Stage(form, people)
    async with stage.perform() as pilot:
        form.edit("a")
        await pilot.press("x")
        people.focus()
        await pilot.pause()
        assert [(message.text, message.move) for message in said(stage, FormView.Entered)] == [("ax", 0)]


async def test_a_terminal_that_loses_its_focus_does_not_end_the_editing() -> None:
    form = form_of()
    stage = Stage(form)
    async with stage.perform() as pilot:
        form.edit("a")
        await pilot.pause()
        stage.app_focus = False
        await pilot.pause()
        stage.app_focus = True
        await pilot.press("x")
        assert said(stage, FormView.Entered) == []
        assert field_of(stage).value == "ax"


async def test_stopping_gives_the_focus_back_and_shows_the_value_again() -> None:
    form = form_of()
    stage = Stage(form)
    async with stage.perform() as pilot:
        form.edit("x")
        await pilot.pause()
        form.stop_editing()
        await pilot.pause()
        assert stage.focused is form
        assert not field_of(stage).display
        assert text_of(form)[0] == "▌Прізвище  Шевченко"


async def test_suggestions_are_gone_through_and_narrowed_by_typing() -> None:
    form = form_of()
    stage = Stage(form)
    async with stage.perform() as pilot:
        form.edit("", suggestions=("Київ", "Львів", "Одеса", "Канів"))
        await pilot.press("down")
        assert field_of(stage).value == "Київ"
        assert text_of(form)[1].strip() == "▌Київ"
        await pilot.press("up")
        assert field_of(stage).value == "Канів"
        form.edit("", suggestions=("Київ", "Львів", "Одеса", "Канів"))
        await pilot.press("в")
        assert [line.strip() for line in text_of(form)[1:5]] == ["Київ", "Львів", "Канів", ""]
        await pilot.press("down", "enter")
        assert said(stage, FormView.Entered)[-1].text == "Київ"


async def test_selected_text_is_replaced_by_typing() -> None:
    form = form_of()
    stage = Stage(form)
    async with stage.perform() as pilot:
        form.edit("old", select=True)
        await pilot.press("n")
        assert field_of(stage).value == "n"


async def test_a_note_taller_than_the_window_is_read_row_by_row() -> None:
    form = form_of(Line("Note", "\n".join(f"line {at}" for at in range(30))), Line("Next", "x"))
    async with Stage(form).perform((40, 6)) as pilot:
        form.focus()
        await pilot.press("down")
        assert (form.cursor, text_of(form)[0].split("█")[0].strip()) == (0, "line 1")
        await pilot.press(*["down"] * 30)
        assert form.cursor == 1


async def test_other_values_appear_while_a_field_is_edited() -> None:
    form = form_of()
    stage = Stage(form)
    async with stage.perform() as pilot:
        form.edit("typing")
        await pilot.pause()
        form.lines = (Line("Прізвище", "інше", error="Задовге."), *LINES[1:])
        await pilot.pause()
        assert text_of(form)[1].strip() == "! Задовге."
        assert field_of(stage).value == "typing"


async def test_a_value_of_ten_thousand_characters_is_edited_like_any() -> None:
    name = "Ш" * 10_000
    form = form_of(Line("Name", name))
    stage = Stage(form)
    async with stage.perform((40, 6)) as pilot:
        form.edit(name)
        await pilot.press("x", "enter")
        assert said(stage, FormView.Entered)[-1].text == name + "x"


async def test_hostile_values_are_drawn_and_edited_as_marks_and_kept_as_they_are() -> None:
    hostile = "\x1b[31m\u202ex\ny"
    form = form_of(Line("\x1b", hostile))
    stage = Stage(form)
    async with stage.perform() as pilot:
        await pilot.pause()
        assert text_of(form)[:2] == ["▌␛  ␛[31m�x", "    y"]
        form.edit(hostile)
        await pilot.pause()
        assert stage.query_one(Input).render_line(0).text.startswith("␛[31m�x⏎y")
        await pilot.press("!", "enter")
        assert said(stage, FormView.Entered)[-1].text == hostile + "!"
