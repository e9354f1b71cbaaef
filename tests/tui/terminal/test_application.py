"""Keys in turn, and what must be set before Textual is imported."""

import asyncio
import os
import sys

import pytest
from textual import events
from textual.app import ComposeResult
from textual.css.query import NoMatches

from tui.terminal import environment
from tui.terminal.application import Settled, TerminalApp
from tui.widgets.line_input import LineInput


class Slow(TerminalApp[int]):
    """A command that opens a field only after a while, and one that never is done."""

    AUTO_FOCUS = ""
    BINDINGS = [("o", "open", "")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.loses_tokens = False

    def compose(self) -> ComposeResult:
        yield LineInput()

    def on_mount(self) -> None:
        self.set_focus(None)

    async def action_open(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        self.set_focus(self.query_one(LineInput))

    async def on_settled(self, message: Settled) -> None:
        if self.loses_tokens:
            # As when a dialog takes the token that follows the key down with it.
            message.prevent_default()


def key(char: str) -> events.Key:
    return events.Key(char, char)


async def test_letters_typed_with_the_command_that_opens_a_field_go_into_it() -> None:
    app = Slow()
    async with app.run_test() as pilot:
        for char in "owo":
            app.post_message(key(char))
        await pilot.pause()
        async with asyncio.timeout(60):
            while app._typed or app._turn_is_open:
                await pilot.pause()
        assert app.query_one(LineInput).value == "wo"


async def test_a_key_that_is_never_done_with_does_not_lock_the_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.terminal.application.PATIENCE", 0.0)
    app = Slow()
    async with app.run_test() as pilot:
        app.loses_tokens = True
        for char in "xyo":
            app.post_message(key(char))
        async with asyncio.timeout(60):
            while app.focused is None:
                await pilot.pause()


def test_what_the_operator_set_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"TEXTUAL_FPS": "30", "TERM": "xterm-kitty"})
    monkeypatch.setattr(sys, "__stderr__", None)
    monkeypatch.setattr(sys, "__stdout__", None)
    environment.prepare()
    assert os.environ["TEXTUAL_FPS"] == "30"
    assert os.environ["ESCDELAY"] == "25"
    assert os.environ["COLORTERM"] == "truecolor"


def test_a_terminal_of_unknown_colours_is_not_promised_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"TERM": "xterm-256color"})
    monkeypatch.setattr(sys, "__stderr__", None)
    monkeypatch.setattr(sys, "__stdout__", None)
    environment.prepare()
    assert "COLORTERM" not in os.environ


async def test_what_is_not_there_any_more_once_the_program_was_left_is_no_fault() -> None:
    app = TerminalApp[None]()
    async with app.run_test():
        app._exit = True
        app._handle_exception(NoMatches("the part of a card"))
        assert app._exception is None
        app._exit = False
