"""Our driver without a terminal: what it sends is shown on one screen in memory, what Textual wrote on another."""

from typing import Any

import pyte
from textual import events
from textual.app import App
from textual.geometry import Size

from tui.terminal.driver import ThriftDriver

SIZE = (80, 24)


class Paper:
    """Stands where the outlet to the terminal is; what is written goes on a screen in memory."""

    waiting = 0
    idle = True
    gone = False

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        # Textual turns automatic wrapping off when it takes a terminal over.
        self.screen.reset_mode(pyte.modes.DECAWM)
        self.stream: Any = pyte.Stream(self.screen)
        self.taken = 0
        self.text = ""

    def write(self, text: str) -> None:
        self.taken += len(text.encode())
        self.text += text
        self.stream.feed(text)

    def close(self, timeout: float) -> None:
        """Nothing to close."""


class Mirror(ThriftDriver):
    """Keeps both screens; `same` tells whether they show the same."""

    plain: Paper
    thrifty: Paper

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size or SIZE)
        self._picture.erases = True
        self.plain, self.thrifty = Paper(*(size or SIZE)), Paper(*(size or SIZE))
        self._outlet = self.thrifty  # type: ignore[assignment]

    def write(self, data: str) -> None:
        self.plain.write(data)
        super().write(data)

    def start_application_mode(self) -> None:
        self.tell_size(*(self._size or SIZE))

    def stop_application_mode(self) -> None:
        """There is nothing to give back."""

    def disable_input(self) -> None:
        """There is no keyboard."""

    def close(self) -> None:
        """There is nothing to close."""

    def resize(self, columns: int, rows: int) -> None:
        """The window changes its size, and loses what does not fit."""
        for paper in (self.plain, self.thrifty):
            paper.screen.resize(rows, columns)
        self.tell_size(columns, rows)

    def tell_size(self, columns: int, rows: int) -> None:
        self._size = (columns, rows)
        self._app.post_message(events.Resize(Size(columns, rows), Size(columns, rows)))

    def differences(self) -> list[str]:
        """Cells that look other than Textual meant them."""
        plain, thrifty = self.plain.screen, self.thrifty.screen
        return [
            f"({x}, {y}): {thrifty.buffer[y][x]} instead of {plain.buffer[y][x]}"
            for y in range(plain.lines)
            for x in range(plain.columns)
            if plain.buffer[y][x] != thrifty.buffer[y][x]
        ]
