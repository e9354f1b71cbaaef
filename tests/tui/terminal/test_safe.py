"""What people typed is shown harmless, and stays readable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.cells import cells, crop, fit, width, wrap
from tui.terminal.safe import LONGEST, MOST_MARKS, content, lines, marked, safe

HOSTILE = {
    "\x1b[31m": "␛[31m",
    "\x00": "␀",
    "\x07": "␇",
    "\x7f": "␡",
    "\x9b2J": "�2J",
    "a\nb": "a⏎b",
    "a\r\nb": "a⏎b",
    "a\u2028b": "a⏎b",
    "\u202eтекст": "�текст",
    "a\u200bb": "a�b",
    "\ufeffa": "�a",
    "a\u2066b\u2069": "a�b�",
    "\U000e0041": "�",
    "\ud800": "�",
    "\u0301a": "◌\u0301a",
    "❤\ufe0f": "❤",
    "👍\U0001f3fd": "👍",
}


@pytest.mark.parametrize(("typed", "shown"), list(HOSTILE.items()))
def test_a_hostile_character_is_a_visible_mark(typed: str, shown: str) -> None:
    assert safe(typed) == shown


@pytest.mark.parametrize(
    "text", ["Шевченко Олена", "[/] [red]x[/red]", "Нґуєн Vie\u0323\u0302t", "漢字", "👍🎉", "Ім’я", ""]
)
def test_a_harmless_text_is_left_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_no_more_marks_over_a_letter_than_any_writing_needs() -> None:
    assert safe("a" + "\u0301" * 1000 + "b") == "a" + "\u0301" * MOST_MARKS + "b"


def test_a_text_nobody_could_see_whole_is_cut() -> None:
    assert len(safe("漢" * 1_000_000)) == LONGEST
    assert safe("x" * 1_000_000).endswith("x…")


def test_a_text_of_several_lines_keeps_them_where_there_is_room() -> None:
    assert lines("one\ttab\r\ntwo\x1b") == ["one    tab", "two␛"]


def test_markup_is_text() -> None:
    assert content("[red]x[/]").plain == "[red]x[/]"
    assert content("\x1b", "bold").plain == "␛"


@given(st.text())
def test_what_is_safe_holds_nothing_a_terminal_obeys_or_hides(text: str) -> None:
    shown = safe(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in shown)
    assert not any(
        unicodedata.bidirectional(char) in ("LRE", "RLE", "PDF", "LRI", "RLI", "FSI", "PDI") for char in shown
    )
    assert safe(shown) == shown


@given(st.text())
def test_marks_take_one_character_each(text: str) -> None:
    assert len(marked(text)) == len(text)


@given(st.text(max_size=60))
def test_a_safe_text_has_as_many_cells_as_it_is_wide(text: str) -> None:
    shown = safe(text)
    assert len(cells(shown)) == width(shown)
    assert "".join(cells(shown)) == shown


@given(st.text(max_size=60), st.integers(0, 20))
def test_a_fitted_text_fills_its_room_exactly(text: str, room: int) -> None:
    assert width(fit(safe(text), room)) == room
    assert width(fit(safe(text), room, right=True)) == room
    assert width(crop(safe(text), room)) <= room


@given(st.text(max_size=80), st.integers(2, 20))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, room: int) -> None:
    shown = safe(text)
    wrapped = wrap(shown, room)
    assert all(width(line) <= room for line in wrapped)
    assert "".join(wrapped).replace(" ", "") == shown.replace(" ", "")
