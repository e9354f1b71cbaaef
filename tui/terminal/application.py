"""An application that is at home in any terminal: what every screen of ours stands on."""

import asyncio
import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App, ReturnType, ScreenStackError
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.filter import LineFilter
from textual.message import Message
from textual.message_pump import MessagePump
from textual.timer import Timer

from tui.i18n import _
from tui.terminal import crash, leaving
from tui.terminal.cures import cure
from tui.terminal.driver import ThriftDriver, chosen_driver
from tui.terminal.gate import Gate
from tui.terminal.layouts import as_latin

ROUNDS = 3
"""How often a token follows a key before the next key goes: for the key, for what it asked, for the answer to that."""

RESIZED = 0.1
"""Seconds after the last change of the window's size until it is looked whether all of it was painted."""

PATIENCE, LOOKS = 0.1, 20
"""Seconds between two looks at a key that takes long, and after how many that saw no work the next key goes anyway.

Looks are counted, not the clock: a machine that does nothing for a second must not make letters of a name commands.
"""


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
        self._bearer: MessagePump | None = None
        self._watchdog: asyncio.TimerHandle | None = None
        self._looks = 0
        self._filling: Timer | None = None

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
            if self._filling is not None:
                self._filling.stop()
            self._filling = self.set_timer(RESIZED, self._fill_gaps)
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

    @property
    def is_at_work(self) -> bool:
        """Whether what the last key asked is being done, however long it takes."""
        return False

    @property
    def is_making_progress(self) -> bool:
        """Whether something is done of which it is told how far it is: no key goes before its end."""
        return False

    def drop_typed(self) -> None:
        """Forget keys that wait for their turn."""
        self._typed.clear()

    def action_redraw(self) -> None:
        """Paint the whole screen anew, as another program has written on it."""
        if isinstance(self._driver, ThriftDriver):
            self._driver.redraw()
        self.screen.refresh()

    def _fill_gaps(self) -> None:
        """Paint what Textual did not: there and back again it sees no change, but the terminal has lost what it cut."""
        self._filling = None
        if isinstance(self._driver, ThriftDriver) and not self._driver.is_whole:
            self.screen.refresh()

    async def _next_key(self) -> None:
        if self._turn_is_open or self.is_making_progress:
            self._watch()
            return
        if not self._typed:
            return
        event = self._typed.popleft()
        self._turn += 1
        self._turn_is_open = True
        self._looks = 0
        self._watch()
        await super().on_event(self._as_meant(event))
        if not self._follow_up(ROUNDS):
            await self._end_turn(self._turn)

    def _watch(self) -> None:
        """See to it that keys that wait do not wait for ever."""
        if self._typed and self._watchdog is None:
            self._watchdog = asyncio.get_running_loop().call_later(PATIENCE, self._look, self._turn)

    def _as_meant(self, event: events.Key | events.Paste) -> events.Event:
        if isinstance(event, events.Paste):
            return event
        focused = self.focused if self._screen_stack else None
        typing = focused is not None and focused.check_consume_key(event.key, event.character)
        return as_latin(event, typing=typing)

    def _follow_up(self, rounds: int) -> bool:
        if not self._screen_stack:  # the program ends
            return False
        self._bearer = self.focused or self.screen
        return self._bearer.post_message(Settled(self._turn, rounds))

    async def _end_turn(self, turn: int) -> None:
        if turn != self._turn:
            return
        self._turn_is_open = False
        if self._watchdog is not None:
            self._watchdog.cancel()
            self._watchdog = None
        await self._next_key()

    def _look(self, turn: int) -> None:
        """A key whose token went down with a closed dialog, or is never done, does not hold up the others."""
        self._watchdog = None
        if turn != self._turn:
            return
        if self.is_at_work:
            # The key may have closed a dialog, and its token went down with that: what it asked is still being done.
            self._watch()
            return
        self._looks += 1
        # A key that came while something was done opened no turn, so no token is on its way.
        lost = not self._turn_is_open or (self._bearer is not None and not self._bearer.is_running)
        if lost or self._looks > LOOKS:
            self.call_later(self._end_turn, turn)
        else:
            self._watch()

    def _handle_exception(self, error: Exception) -> None:
        # What was being built when the program was left finds its parts gone: no fault of anybody's.
        if not (self._exit and isinstance(error, NoMatches | ScreenStackError)):
            super()._handle_exception(error)

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
