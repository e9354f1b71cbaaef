"""Commands fire by the place of the key, whatever layout is on."""

import pytest
from textual import events

from tui.terminal.layouts import as_latin, latin_chord, latin_key


@pytest.mark.parametrize(("typed", "meant"), list(zip("нтуіиїєґыэёНЖТ", "ynesb]'\\s'`Y:N", strict=True)))
def test_a_letter_stands_for_the_latin_key_of_its_place(typed: str, meant: str) -> None:
    assert latin_key(typed) == meant


@pytest.mark.parametrize("char", ["a", "1", ".", "?", "漢", ""])
def test_what_is_no_cyrillic_letter_stays(char: str) -> None:
    assert latin_key(char) is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("ctrl+ы", "ctrl+s"), ("ctrl+і", "ctrl+s"), ("alt+ч", "alt+x"), ("ctrl+ж", "ctrl+semicolon")]
)
def test_a_chord_is_one_of_the_latin_layout(typed: str, meant: str) -> None:
    assert latin_chord(typed) == meant


def test_a_bare_letter_is_no_chord() -> None:
    assert latin_chord("ы") is None
    assert latin_chord("ctrl+s") is None


def test_letters_stay_letters_while_a_text_is_typed() -> None:
    key = events.Key("т", "т")
    assert as_latin(key, typing=True) is key


def test_letters_are_commands_elsewhere() -> None:
    key = as_latin(events.Key("Ж", "Ж"), typing=False)
    assert (key.key, key.character) == ("colon", ":")


def test_chords_are_commands_while_a_text_is_typed_too() -> None:
    assert as_latin(events.Key("ctrl+ы", None), typing=True).key == "ctrl+s"
