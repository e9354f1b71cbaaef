"""The one live line of text."""

import gc
import weakref

from textual.events import Key, Paste

from tests.tui.widgets.stage import Stage
from tui.widgets.line_input import MOST, LineInput


async def test_a_mark_typed_after_its_letter_becomes_one_character_with_it() -> None:
    field = LineInput()
    stage = Stage(field)
    async with stage.perform() as pilot:
        field.load("Ки")
        field.focus()
        await pilot.press("і")
        stage.post_message(Key("combining_diaeresis", "\u0308"))
        await pilot.press("в")
        assert field.value == "Київ"
        assert field.cursor_position == 4


async def test_a_mark_is_composed_in_the_middle_of_a_text_too() -> None:
    field = LineInput()
    stage = Stage(field)
    async with stage.perform() as pilot:
        field.load("Кив")
        field.focus()
        await pilot.press("left")
        stage.post_message(Key("combining_breve", "\u0306"))
        await pilot.press("x")
        assert field.value == "Кйxв"


async def test_pasted_lines_are_joined() -> None:
    field = LineInput("")
    async with Stage(field).perform() as pilot:
        field.focus()
        await pilot.pause()
        field.post_message(Paste("  Шевченко\r\nОлена\tПетрівна\n\n\x1b[31m"))
        await pilot.pause()
        assert field.value == "Шевченко Олена Петрівна [31m"


async def test_alt_and_a_letter_is_not_typed() -> None:
    field = LineInput("")
    async with Stage(field).perform() as pilot:
        field.focus()
        await pilot.press("alt+x", "y")
        assert field.value == "y"
        assert not field.check_consume_key("alt+x", "x")
        assert field.check_consume_key("ы", "ы")


async def test_the_cursor_does_not_blink() -> None:
    field = LineInput("")
    async with Stage(field).perform() as pilot:
        field.focus()
        await pilot.pause()
        assert not field.cursor_blink


async def test_a_text_too_long_to_type_can_still_be_edited() -> None:
    field = LineInput("")
    async with Stage(field).perform() as pilot:
        field.focus()
        await pilot.pause()
        field.load("x" * 30_000)
        await pilot.press("backspace")
        assert len(field.value) == 29_999


async def test_a_field_that_is_gone_is_not_kept_by_its_screen() -> None:
    stage = Stage()
    async with stage.perform() as pilot:
        gone = []
        for _ in range(20):
            field = LineInput("x")
            await stage.mount(field)
            gone.append(weakref.ref(field))
            await field.remove()
            del field
        await pilot.pause()
        # Textual keeps the last four arrangements, which may name as many of them, or the same one: that is chance.
        stage.screen._clear_arrangement_cache()
        gc.collect()
        assert sum(ref() is not None for ref in gone) <= 2


async def test_of_too_much_that_is_pasted_the_beginning_is_taken_and_that_is_told() -> None:
    told: list[int] = []

    class Listening(Stage):
        def on_line_input_cut(self, message: LineInput.Cut) -> None:
            told.append(message.taken)

    field = LineInput()
    async with Listening(field).perform() as pilot:
        field.load("ab")
        field.post_message(Paste("x" * (MOST + 7)))
        await pilot.pause()
        assert len(field.value) == MOST and told == [MOST - 2]
