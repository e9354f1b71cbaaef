"""The tabs of a card as one drawn line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.terminal.cells import width
from tui.terminal.safe import safe
from tui.widgets.drawn import CURSOR_MARK, Drawn, Piece

DIGITS = 9
"""Tabs that a digit key reaches, and that show it."""


def shown(widths: Sequence[int], active: int, room: int) -> range:
    """The run of tabs that fits into the room and holds the active one, from as far left as can be."""
    first = 0
    while first < active and sum(widths[first : active + 1]) > room:
        first += 1
    last, used = first, 0
    while last < len(widths) and used + widths[last] <= room:
        used += widths[last]
        last += 1
    return range(first, max(last, min(active + 1, len(widths))))


class TabBar(Drawn):
    """One line of tab titles; the active one is always in view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tabs--active", "tabs--more"}
    DEFAULT_CSS = """
    TabBar { height: 1; background: $panel; color: $foreground; }
    TabBar > .tabs--active {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    TabBar > .tabs--more { color: $text-muted; background: $panel; }
    """

    titles: reactive[tuple[str, ...]] = reactive(tuple)
    """What the tabs are called."""
    active: reactive[int] = reactive(0)
    """The place of the tab that is open."""

    @dataclass
    class Chosen(Message):
        """The mouse asked for a tab."""

        bar: "TabBar"
        index: int

        @property
        def control(self) -> "TabBar":
            """The bar, for `@on` selectors."""
            return self.bar

    def render_line(self, y: int) -> Strip:
        """The titles that fit, with marks where more lie to the sides."""
        room = self.size.width
        if y or not self.titles:
            return self.strip((), room)
        run = self._run()
        pieces: list[Piece] = [("‹" if run.start else " ", "tabs--more")]
        pieces += [self._piece(index) for index in run]
        used = sum(width(text) for text, _ in pieces)
        if run.stop < len(self.titles):
            pieces.append((" " * (room - used - 1) + "›", "tabs--more"))
        return self.strip(pieces, room)

    def on_click(self, event: events.Click) -> None:
        """Ask for the tab under the mouse."""
        left = 1
        for index in self._run():
            left += width(self._piece(index)[0])
            if event.x < left:
                self.post_message(self.Chosen(self, index))
                return

    def _run(self) -> range:
        widths = [width(self._piece(index)[0]) for index in range(len(self.titles))]
        return shown(widths, self.active, self.size.width - 2)

    def _piece(self, index: int) -> Piece:
        digit = f"{index + 1} " if index < DIGITS else ""
        title = f"{digit}{safe(self.titles[index])} "
        return (CURSOR_MARK + title, "tabs--active") if index == self.active else (" " + title, "")
