"""The last gate: Textual's own widgets put what they are given on the screen as it is."""

import re

import pytest
from rich.segment import Segment
from textual.app import ComposeResult
from textual.color import Color
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Label, OptionList, Static

from tests.tui.terminal.mirror import Mirror
from tui.terminal.application import TerminalApp
from tui.terminal.cells import width
from tui.terminal.gate import Gate

BLACK = Color(0, 0, 0)
HOSTILE = [
    "\x1b]52;c;bGFiZWw=\x07",
    "\x1b]0;title\x1b\\",
    "\x1b[2J",
    "\x9b31m",
    "\x1bc",
    "\x07\x08\x0e\x0f\x7f",
    "\u202eevil\u2066",
    "\u200b\u200d\ufeff",
    "\U000e0041\u2028",
]
OURS = re.compile("\x1b\\[[0-9;?]*[A-Za-z]|[\r\n\b]")
"""Sequences of the driver's own."""


def widgets(text: str) -> list[Widget]:
    return [
        Label(text, markup=False),
        Static(text, markup=False),
        Button(Content(text)),
        OptionList(Content(text)),
        Input(placeholder=text),
    ]


class Show(TerminalApp[int]):
    """Shows one widget through a driver that keeps what would have been sent."""

    def __init__(self, text: str) -> None:
        super().__init__(driver_class=Mirror)
        self.text = text

    def compose(self) -> ComposeResult:
        yield from widgets(self.text)


@pytest.mark.parametrize("text", HOSTILE)
async def test_no_hostile_character_passes_whatever_widget_shows_it(text: str) -> None:
    app = Show(text)
    async with app.run_test(headless=False, notifications=True) as pilot:
        app.notify(text, title=text, markup=False)
        await pilot.pause()
        assert isinstance(app._driver, Mirror)
        sent = app._driver.thrifty.text
        assert text not in sent
        assert not set(OURS.sub("", sent)) & {char for char in text if not char.isprintable()}


def test_what_is_harmless_passes_untouched() -> None:
    segments = [Segment("Шевченко 漢字 e\u0301"), Segment("👍")]
    assert Gate().apply(segments, BLACK) is segments


def test_a_line_keeps_its_width() -> None:
    (segment,) = Gate().apply([Segment("a\x1b[2Jb\u200b漢")], BLACK)
    assert width(segment.text) == width("a\x1b[2Jb\u200b漢")
    assert segment.text.startswith("a␛[2J")


def test_controls_of_the_program_itself_pass() -> None:
    segment = Segment("\x1b[H", None, [(1,)])  # type: ignore[list-item]
    assert Gate().apply([segment, Segment("\x07")], BLACK)[0] is segment
