"""The driver: sends only the cells that change, survives whatever is typed, and leaves the terminal clean.

`$KARTOTEKA_DRIVER=plain` brings back Textual's own driver, to tell whose fault a broken screen is.
"""

import contextlib
import os
import re
import selectors
import signal
from collections.abc import Iterator
from typing import Any

from textual import constants, events
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.terminal import skeleton
from tui.terminal.keyboard import Keyboard
from tui.terminal.outlet import Outlet
from tui.terminal.picture import Picture

SWITCH = "KARTOTEKA_DRIVER"
"""The environment variable that chooses the driver: `plain` or, otherwise, ours."""

ERASING = ("xterm", "linux", "rxvt", "kitty", "alacritty", "foot", "wezterm", "ghostty", "putty", "konsole", "vte")
"""Beginnings of the $TERM of terminals that erase in the colour in force. Of others (screen, vt100) it isn't known."""

SMALL = 1024
"""Bytes of a frame that reach the terminal in one piece, so that it need not be told to hold its picture."""

BACKLOG = 16_384
"""Bytes a stalled line may owe us before frames are left out; one whole screen follows when it moves again."""

CLOSING = 1.0
"""Seconds a dead line may take to swallow the last bytes."""

_SCREEN = 2
"""Textual writes to the standard error, so that output can be redirected."""

_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_POINTER = "\x1b]22;"
"""Asks for another shape of the mouse pointer: 20 bytes at each turn, and few terminals know it."""
_CONTROL = re.compile(r"(?:\x1b\[[?<>=][0-9;]*[ $]?[A-Za-z]|\x07|\x1b\][0-9]+;[^\x07\x1b]*\x07)+")
_CLEARING = re.compile(r"\x1b\[\?1049[hl]|\x1bc|\x1b\[[0-3]?J")


def chosen_driver() -> type[Driver]:
    """The driver that the environment asks for."""
    return LinuxDriver if os.environ.get(SWITCH) == "plain" else SteadyDriver


class ThriftDriver(LinuxDriver):
    """Writes the difference between what the terminal shows and what it is to show."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._picture = Picture(erases=os.environ.get("TERM", "").startswith(ERASING))
        self._outlet: Outlet | None = None
        self._shown_size: tuple[int, int] | None = None
        self._frame: list[str] | None = None
        self._owing = False

    def forget(self) -> None:
        """Take nothing on the terminal for known; what is painted next is sent whole."""
        self._picture.forget()

    @property
    def is_whole(self) -> bool:
        """Whether all of the screen was painted since the terminal was last forgotten."""
        return self._picture.is_whole

    def redraw(self) -> None:
        """Wipe the terminal, as another program wrote on it, and set again what it may have unset."""
        self.write("\x1b[m\x1b[r\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J")
        self.forget()

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        skeleton.hand_over()
        self._outlet = Outlet(_SCREEN)
        self._shown_size, self._frame, self._owing = None, None, False
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self._end_frame()
        self._send("\x1b[m")
        super().stop_application_mode()

    def close(self) -> None:
        """Write what is left and stop the threads."""
        super().close()
        if self._outlet is not None:
            self._outlet.close(CLOSING)

    def write(self, data: str) -> None:
        """Write a frame, or anything else Textual sends to the terminal."""
        if data.startswith(_POINTER):
            return
        if data == _SYNC_START:
            self._frame = []
        elif data == _SYNC_END:
            self._end_frame()
        elif _CONTROL.fullmatch(data) or _CLEARING.search(data):
            if _CLEARING.search(data):
                self.forget()
            self._send(data)
        elif self._is_behind():
            self._owing = True
        else:
            self._send(self._difference(data))

    def _get_terminal_size(self) -> tuple[int, int]:
        # Textual asks the standard output, which may be a file.
        try:
            columns, rows = os.get_terminal_size(_SCREEN)
        except OSError:
            return super()._get_terminal_size()
        return columns or 80, rows or 24

    def _difference(self, frame: str) -> str:
        size = self._app.size
        if size != self._shown_size:
            self._shown_size = size
            self._picture.forget(size)
        # An input method shows what it composes at the cursor: it must stand in the field.
        focused = self._app.focused
        typing = focused is not None and focused.check_consume_key("a", "a")
        difference = self._picture.difference(frame, place_cursor=typing)
        if difference is None:
            self.forget()
            return frame
        return difference

    def _end_frame(self) -> None:
        frame, self._frame = "".join(self._frame or ()), None
        if len(frame) > SMALL:
            frame = _SYNC_START + frame + _SYNC_END
        self._send(frame)

    def _send(self, data: str) -> None:
        if self._frame is not None:
            self._frame.append(data)
        elif data and self._outlet is not None:
            self._outlet.write(data)

    def _is_behind(self) -> bool:
        """Whether frames are left out, as the line takes nothing; looks again by itself until it does."""
        assert self._outlet is not None
        if self._owing:
            return True
        if self._outlet.waiting < BACKLOG:
            return False
        self._loop.call_later(0.05, self._catch_up)
        return True

    def _catch_up(self) -> None:
        if self._outlet is None or self._outlet.gone:
            return
        if not self._outlet.idle:
            self._loop.call_later(0.05, self._catch_up)
            return
        self._owing = False
        self.forget()
        if self._app.is_running:
            self._app.screen.refresh()


class SteadyDriver(ThriftDriver):
    """Reads keys so that no byte ends the program, answers Esc at once, and knows when the terminal is gone."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._wake: tuple[int, int] | None = None

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self._wake = os.pipe()
        super().start_application_mode()

    def disable_input(self) -> None:
        """Stop reading keys, at once."""
        if self._wake is None:
            return
        read, write = self._wake
        self._wake = None
        os.close(write)
        super().disable_input()
        os.close(read)

    def run_input_thread(self) -> None:
        """Read keys until told to stop. Nothing wakes this thread while nothing is typed."""
        if self._wake is None:
            return
        with contextlib.closing(selectors.DefaultSelector()) as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._wake[0], selectors.EVENT_READ)
            self._read_keys(selector, Keyboard(constants.ESCAPE_DELAY))

    def process_message(self, message: Message) -> None:
        """Pass on what was read."""
        if isinstance(message, events.Resize):
            self._shown_size = None
        super().process_message(message)

    def _read_keys(self, selector: selectors.BaseSelector, keyboard: Keyboard) -> None:
        while True:
            ready = {key.fd for key, _ in selector.select(keyboard.patience)}
            if ready and self.fileno not in ready:
                return
            if not ready:
                self._pass_on(keyboard.expire())
                continue
            try:
                data = os.read(self.fileno, 65_536)
            except OSError:
                data = b""
            if not data:
                # The terminal is closed. Its SIGHUP may go to the shell alone; say it to ourselves.
                os.kill(os.getpid(), signal.SIGHUP)
                return
            self._pass_on(keyboard.feed(data))

    def _pass_on(self, messages: Iterator[Message]) -> None:
        for message in messages:
            self.process_message(message)
