"""The shortest way from what the terminal shows to what it is to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.picture import Picture
from tui.terminal.sgr import change, look_of


def picture(*frames: str, width: int = 20, erases: bool = True) -> Picture:
    known = Picture(erases=erases, width=width, height=5)
    for frame in frames:
        assert known.difference(frame) is not None
    return known


def test_only_the_changed_letter_is_sent() -> None:
    assert picture("\x1b[1;1Habcdefghijk").difference("\x1b[1;1Habcdefghijx") == "\bx"


def test_what_is_shown_already_is_not_sent() -> None:
    assert picture("\x1b[3;1H\x1b[31mabc\x1b[0m").difference("\x1b[3;1H\x1b[31mabc\x1b[0m") == ""


def test_a_look_that_changes_is_sent_with_its_text() -> None:
    assert picture("\x1b[1;1Hab").difference("\x1b[1;1H\x1b[31mab\x1b[0m") == "\r\x1b[31mab"


def test_near_changes_are_one_run_and_far_ones_are_jumped_to() -> None:
    known = picture("\x1b[1;1H" + "a" * 19)
    assert known.difference("\x1b[1;1HbaabaaaaaaaaaaaaabA"[:-1] + "a") == "\rbaab\x1b[13Cb"


def test_blanks_to_the_edge_are_erased_where_the_terminal_keeps_the_colour() -> None:
    frame = "\x1b[1;1H\x1b[44mab" + " " * 18 + "\x1b[0m"
    assert picture().difference(frame) == "\x1b[H\x1b[0;44mab\x1b[K"
    assert picture(erases=False).difference(frame) == "\x1b[H\x1b[0;44mab" + " " * 18


def test_underlined_blanks_are_sent() -> None:
    assert picture().difference("\x1b[1;1H\x1b[4m" + " " * 20 + "\x1b[0m") == "\x1b[H\x1b[0;4m" + " " * 20


def test_a_wide_character_is_sent_whole() -> None:
    assert picture("\x1b[1;1Ha漢b").difference("\x1b[1;1Ha字b") == "\b\b\b字"


def test_half_a_wide_character_that_was_painted_over_is_sent_again() -> None:
    known = picture("\x1b[1;1H漢b", "\x1b[1;2Hx")
    assert known.difference("\x1b[1;1Hax") == "\ra"


def test_a_wide_character_that_does_not_fit_before_the_edge_is_a_blank() -> None:
    assert picture(width=3).difference("\x1b[1;1Hab漢") == "\x1b[H\x1b[mab "


def test_after_characters_of_disputed_width_the_place_is_said_again() -> None:
    known = picture("\x1b[1;1H🎉")
    assert known.difference("\x1b[1;3Hx") == "\x1b[;3Hx"


def test_after_forgetting_everything_is_sent() -> None:
    known = picture("\x1b[1;1Hab")
    known.forget()
    assert known.difference("\x1b[1;1Hab") == "\x1b[H\x1b[mab"


def test_the_cursor_ends_in_the_field_being_typed_in() -> None:
    known = picture("\x1b[1;1Hab")
    assert known.difference("\x1b[1;1Hab\x1b[5;6H", place_cursor=True) == "\x1b[5;6H"
    assert known.difference("\x1b[1;1Hab\x1b[5;6H", place_cursor=True) == ""


@pytest.mark.parametrize("data", ["\x1b[5A", "\x1b]8;;x\x1b\\link", "\x1b[1;1Ha\x07", "\x1b[?25l"])
def test_what_is_no_frame_is_told(data: str) -> None:
    assert picture().difference(data) is None


@pytest.mark.parametrize(
    ("before", "after", "sequence"),
    [
        (None, "", "\x1b[m"),
        (None, "1;31", "\x1b[0;1;31m"),
        ("31;44", "32;44", "\x1b[32m"),
        ("1;31", "31", "\x1b[22m"),
        ("1;2;31", "2;31", "\x1b[22;2m"),
        ("38;5;12;48;5;17", "38;5;12", "\x1b[49m"),
        ("38;2;1;2;3", "38;2;1;2;4", "\x1b[38;2;1;2;4m"),
        ("4", "", "\x1b[m"),
        ("31", "31", ""),
    ],
)
def test_a_change_of_look_is_as_short_as_can_be(before: str | None, after: str, sequence: str) -> None:
    assert change(before, after) == sequence


CODES = st.lists(st.sampled_from(["1", "2", "4", "7", "31", "42", "97", "38;5;200", "48;2;1;2;3"]), max_size=4)


@given(CODES, CODES)
def test_a_change_of_look_comes_to_the_look_wanted(before: list[str], after: list[str]) -> None:
    old, new = ";".join(before), ";".join(after)
    sent = change(old, new).removeprefix("\x1b[").removesuffix("m")
    if sent or not new:
        assert look_after(old, sent) == look_of(new)
    else:
        assert look_of(old) == look_of(new)


def look_after(old: str, sent: str) -> object:
    """The look of a terminal in one look that is sent a sequence."""
    attributes, foreground, background = look_of(old)
    if sent == "" or sent == "0" or sent.startswith("0;"):
        return look_of(sent)
    off = {"22": {"1", "2"}, "24": {"4"}, "27": {"7"}}
    resets = [code for code in sent.split(";") if code in off] if not sent.startswith(("38", "48")) else []
    for code in resets:
        attributes -= off[code]
    added = look_of(";".join(part for part in sent.split(";") if part not in resets) if resets else sent)
    codes = sent.split(";")
    return (
        attributes | added.attributes,
        added.foreground or ("" if "39" in codes else foreground),
        added.background or ("" if "49" in codes else background),
    )
