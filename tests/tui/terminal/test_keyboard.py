"""Nothing a terminal sends ends the program or is taken for typing."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from tui.terminal.keyboard import Keyboard

ESC = "\x1b"


def heard(*chunks: bytes, patient: bool = True) -> list[Message]:
    """The messages that these reads come to, and (if patient) the silence after them."""
    keyboard = Keyboard(0.025)
    messages = [message for chunk in chunks for message in keyboard.feed(chunk)]
    return messages + (list(keyboard.expire()) if patient else [])


def keys(messages: Iterable[Message]) -> list[str]:
    return [message.key for message in messages if isinstance(message, events.Key)]


def pasted(messages: Iterable[Message]) -> list[str]:
    return [message.text for message in messages if isinstance(message, events.Paste)]


def test_letters_of_all_scripts_are_keys() -> None:
    assert keys(heard("aї漢".encode())) == ["a", "ї", "漢"]


def test_a_letter_cut_in_two_by_the_line_is_one_key() -> None:
    encoded = "ї".encode()
    assert keys(heard(encoded[:1], encoded[1:])) == ["ї"]


def test_arrow_keys_cut_in_two_by_a_slow_line_are_one_key() -> None:
    assert keys(heard(b"\x1b", b"[", b"B")) == ["down"]


def test_escape_is_a_key_as_soon_as_nothing_follows() -> None:
    keyboard = Keyboard(0.025)
    assert list(keyboard.feed(b"\x1b")) == []
    assert keyboard.patience == 0.025
    assert keys(keyboard.expire()) == ["escape"]
    assert keyboard.patience is None


def test_two_escapes_are_two_keys() -> None:
    assert keys(heard(b"\x1b\x1b")) == ["escape", "escape"]


def test_alt_and_a_letter_is_a_chord_at_once() -> None:
    assert keys(heard(b"\x1bx", patient=False)) == ["alt+x"]
    assert keys(heard("\x1bы".encode(), patient=False)) == ["alt+ы"]


def test_alt_and_a_digit_or_f_is_what_was_pressed_and_not_what_a_mac_types() -> None:
    assert keys(heard(b"\x1b1\x1b9\x1b0\x1bf", patient=False)) == ["alt+1", "alt+9", "alt+0", "alt+f"]


def test_bytes_that_are_not_utf8_are_no_keys() -> None:
    assert keys(heard("Олена".encode("cp1251"))) == []
    assert keys(heard(b"\xff\xfea")) == ["a"]


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[1099::115;5u",  # a kitty key with alternates: ends Textual's input thread
        "\x1b[99999999999;1u",
        "\x1b[27;5;13~",
        "\x1b[1;99P",
        "\x1b[?62;22c",
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1bP>|some terminal 1.2\x1b\\",
        "\x1b[200;200;200;200;200;200;200;200;200;200;200;200m",
        "\x1b[",
        "\x1b[1;",
    ],
)
def test_a_sequence_nobody_knows_types_no_letters(sequence: str) -> None:
    typed = [message for message in heard(sequence.encode()) if isinstance(message, events.Key)]
    assert not any(key.is_printable for key in typed)


def test_the_key_after_an_unknown_sequence_is_heard() -> None:
    assert keys(heard(b"\x1b[1099::115;5uq")) == ["q"]


def test_a_paste_comes_whole_however_it_is_cut() -> None:
    text = "Шевченко\nОлена \x1b[A тут"
    sent = f"\x1b[200~{text}\x1b[201~q".encode()
    for cut in range(len(sent)):
        messages = heard(sent[:cut], sent[cut:])
        assert (pasted(messages), keys(messages)) == ([text], ["q"]), cut


def test_a_long_paste_is_not_read_letter_by_letter() -> None:
    text = "x" * 1_000_000
    assert pasted(heard(f"\x1b[200~{text}\x1b[201~".encode())) == [text]


def test_a_paste_whose_end_is_lost_does_not_lock_the_keyboard() -> None:
    keyboard = Keyboard(0.025)
    assert list(keyboard.feed(b"\x1b[200~abc")) == []
    assert keyboard.patience is not None
    assert pasted(keyboard.expire()) == ["abc"]
    assert keys(keyboard.feed(b"q")) == ["q"]


def test_mouse_reports_are_mouse_events() -> None:
    (event,) = heard(b"\x1b[<0;5;7M")
    assert isinstance(event, events.MouseDown)
    assert (event.x, event.y) == (4, 6)


SCRAPS = st.sampled_from(
    [b"\x1b", b"[", b"O", b"]", b"P", b"200~", b"201~", b"<", b";", b":", b"M", b"u", b"\xd1", b"1"]
)


@given(st.lists(st.one_of(st.binary(max_size=6), SCRAPS), max_size=30))
def test_no_bytes_whatever_end_the_keyboard(chunks: list[bytes]) -> None:
    keyboard = Keyboard(0.025)
    for chunk in chunks:
        list(keyboard.feed(chunk))
        if keyboard.patience is not None and len(chunk) % 2:
            list(keyboard.expire())
    list(keyboard.expire())
    list(keyboard.expire())
    assert keys(keyboard.feed(b"q")) == ["q"]


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffd"), max_size=40))
def test_every_text_is_typed_as_it_is(text: str) -> None:
    typed = [message.character for message in heard(text.encode()) if isinstance(message, events.Key)]
    assert "".join(character or "" for character in typed) == text
