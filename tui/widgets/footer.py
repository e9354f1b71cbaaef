"""The line of key hints at the bottom, drawn: nothing is mounted and nothing laid out when the hints change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.reactive import reactive
from textual.strip import Strip

from tui.terminal.cells import crop, width
from tui.terminal.safe import safe
from tui.widgets.drawn import Drawn

HELP = "?"
"""The key whose hint is never left out: from it every other one is found."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A key and what it does here."""

    key: str
    """As a person reads it: `Ctrl+S`."""
    text: str
    priority: int = 0
    """Where there is no room, hints of a higher priority stay longer."""

    @property
    def cells(self) -> int:
        """Cells the hint takes, with the blanks around its key and after its text."""
        return width(self.key) + width(self.text) + 4


def fitting(hints: Sequence[Hint], room: int) -> list[Hint]:
    """The hints that fit into the room, in their order; those of low priority are left out first, help never."""
    ranked = sorted(hints, key=lambda hint: (hint.key != HELP, -hint.priority))
    kept: list[Hint] = []
    for hint in ranked:
        if hint.key == HELP or hint.cells <= room:
            kept.append(hint)
            room -= hint.cells
    return [hint for hint in hints if hint in kept]


class Footer(Drawn):
    """Key hints, or for a while a message in their place."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key", "footer--message"}
    DEFAULT_CSS = """
    Footer { dock: bottom; height: 1; background: $footer-background; color: $footer-description-foreground; }
    Footer > .footer--key {
        background: $footer-key-background; color: $footer-key-foreground; text-style: bold;
    }
    Footer > .footer--message { background: $footer-background; color: $foreground; text-style: bold; }
    """

    hints: reactive[tuple[Hint, ...]] = reactive(tuple)
    """What can be done here."""
    message: reactive[str] = reactive("")
    """Said in place of the hints; its owner sets and clears it."""

    def render_line(self, y: int) -> Strip:
        """The message if there is one, else the hints."""
        room = self.size.width
        if self.message:
            return self.strip([(" " + crop(safe(self.message), room - 2), "footer--message")], room)
        pieces = []
        for hint in fitting(self.hints, room):
            pieces += [(f" {hint.key} ", "footer--key"), (f"{hint.text}  ", "")]
        return self.strip(pieces, room)
