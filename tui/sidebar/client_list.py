"""The list of found clients."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.message import Message

from tui.terminal.cells import crop, fit, width
from tui.terminal.safe import safe
from tui.widgets.drawn import Piece
from tui.widgets.virtual_list import VirtualList

PHONE, CITY = 17, 16
"""Cells of the columns a wide list has besides name and number."""
WITH_PHONE, WITH_CITY = 84, 92
"""From how many cells on those columns are shown."""


class ClientList(VirtualList):
    """Name and number of each client, phone and city too where there is room; a digit or + begins a search."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"clients--number", "clients--muted"}
    DEFAULT_CSS = """
    ClientList > .clients--number { color: $text-accent; background: $surface; }
    ClientList > .clients--muted { color: $text-muted; background: $surface; }
    """

    class Digit(Message):
        """A digit or + was typed: a search is to begin with it."""

        def __init__(self, character: str) -> None:
            self.character = character
            super().__init__()

    def on_key(self, event: events.Key) -> None:
        """Begin a search by number or phone."""
        if event.character and (event.character.isdigit() or event.character == "+"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Digit(event.character))

    def draw(self, row: Any, width_: int) -> Sequence[Piece]:
        """The columns of one client."""
        if row is None:
            return [("…", "clients--muted")]
        number = " " + row.number
        middle: list[Piece] = []
        if width_ >= WITH_PHONE:
            middle.append((" " + fit(row.phone, PHONE), "clients--muted"))
        if width_ >= WITH_CITY:
            middle.append((" " + fit(row.city, CITY), "clients--muted"))
        room = width_ - width(number) - sum(width(text) for text, _look in middle)
        name = ("✗ " if row.trashed else "") + (row.name or row.phone)
        shown = crop(safe(name), room)
        # The blanks are a piece of their own: the cursor's colour need not be sent for them.
        blanks = " " * (room - width(shown))
        return [(shown, "clients--muted" if row.trashed else ""), (blanks, ""), *middle, (number, "clients--number")]
