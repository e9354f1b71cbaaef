"""An application that is at home in any terminal: what every screen of ours stands on."""

import asyncio
import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.message import Message

from tui.i18n import _
from tui.terminal import crash, leaving
from tui.terminal.cures import cure
from tui.terminal.driver import ThriftDriver, chosen_driver
from tui.terminal.gate import Gate
from tui.terminal.layouts import as_latin

ROUNDS = 3
"""How often a token follows a key before the next key goes: for the key, for what it asked, for the answer to that."""

PATIENCE = 0.3
"""Seconds after which the next key goes anyway."""


class Settled(Message):
    """Follows a key through the same queues, so that it arrives when all the key caused is done."""

    def __init__(self, turn: int, rounds: int) -> None:
        super().__init__()
        self.turn = turn
        self.rounds = rounds


class TerminalApp(App[ReturnType]):
    """Textual's App with keys in any layout and in turn, the last gate, signals, and crashes that tell no names.

    In turn: Textual hands a burst of keys (a stalled line that moves again) to the widget that has the focus when they
    arrive. Of `Enter` and a name typed at once, the name's letters would run commands; here each key waits until
    what the key before it caused is done.
    """

    def __init__(self, *, driver_class: type[Driver] | None = None) -> None:
        cure()
        super().__init__(driver_class=driver_class or chosen_driver())
        self.crash_log: Path | None = None
        """Where the traceback of a fault goes; nowhere if None."""
        self._gate = Gate()
        self._typed: deque[events.Key | events.Paste] = deque()
        self._turn = 0
        self._turn_is_open = False
        self._watchdog: asyncio.TimerHandle | None = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters and, last, the gate."""
        return [*super().get_line_filters(), self._gate]

    async def on_event(self, event: events.Event) -> None:
        """Take keys in turn; whatever the window does, paint it anew."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.append(event)
            await self._next_key()
            return
        if isinstance(event, events.Resize) and isinstance(self._driver, ThriftDriver):
            self._driver.forget()
            if event.size == self._size:
                # There and back again: Textual sees no change, but the terminal has lost what did not fit meanwhile.
                self.screen.refresh()
        await super().on_event(event)

    def on_mount(self) -> None:
        """Leave properly on signals; paint anew after Ctrl+Z and `fg`."""
        if not self.is_headless:
            leaving.install(self)
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())

    async def on_settled(self, message: Settled) -> None:
        """The last key is done with: let the next one go."""
        message.stop()
        if message.turn != self._turn or not self._turn_is_open:
            return
        if message.rounds > 1 and self._follow_up(message.rounds - 1):
            return
        await self._end_turn(message.turn)

    def action_redraw(self) -> None:
        """Paint the whole screen anew, as another program has written on it."""
        if isinstance(self._driver, ThriftDriver):
            self._driver.redraw()
        self.screen.refresh()

    async def _next_key(self) -> None:
        if self._turn_is_open:
            self._watch()
            return
        if not self._typed:
            return
        event = self._typed.popleft()
        self._turn += 1
        self._turn_is_open = True
        self._watch()
        await super().on_event(self._as_meant(event))
        if not self._follow_up(ROUNDS):
            await self._end_turn(self._turn)

    def _watch(self) -> None:
        """See to it that keys that wait do not wait for ever."""
        if self._typed and self._watchdog is None:
            self._watchdog = asyncio.get_running_loop().call_later(PATIENCE, self._lose_patience, self._turn)

    def _as_meant(self, event: events.Key | events.Paste) -> events.Event:
        if isinstance(event, events.Paste):
            return event
        focused = self.focused if self._screen_stack else None
        typing = focused is not None and focused.check_consume_key(event.key, event.character)
        return as_latin(event, typing=typing)

    def _follow_up(self, rounds: int) -> bool:
        if not self._screen_stack:  # the program ends
            return False
        return (self.focused or self.screen).post_message(Settled(self._turn, rounds))

    async def _end_turn(self, turn: int) -> None:
        if turn != self._turn or not self._turn_is_open:
            return
        self._turn_is_open = False
        if self._watchdog is not None:
            self._watchdog.cancel()
            self._watchdog = None
        await self._next_key()

    def _lose_patience(self, turn: int) -> None:
        """A key that takes long, or whose token went down with a closed dialog, does not hold up the others."""
        self._watchdog = None
        self.call_later(self._end_turn, turn)

    def panic(self, *renderables: Any) -> None:
        """End after a fault, showing nothing of what Textual would: its renderings hold values."""
        self._return_code = 1
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self.panic()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()
        if self._return_code != 1:
            return
        logged = (
            self._exception is not None and self.crash_log is not None and crash.record(self._exception, self.crash_log)
        )
        sentence = _("Kartoteka stopped because of a fault of its own. What you typed is kept as a draft.")
        if logged:
            sentence += " " + _("Details for whoever mends it: {path}").format(path=self.crash_log)
        sys.stderr.write(sentence + "\n")
