"""The head of a card: whose it is."""

from typing import ClassVar

from textual.reactive import reactive
from textual.strip import Strip

from tui.terminal.cells import crop, width
from tui.terminal.safe import safe
from tui.widgets.drawn import Drawn, Piece


class CardHeader(Drawn):
    """One line: the name, what is to be known of it now (not saved, read-only), the tags and the number."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"header--name", "header--state", "header--tags", "header--number"}
    DEFAULT_CSS = """
    CardHeader { height: 1; background: $surface; color: $foreground; }
    CardHeader > .header--name { color: $foreground; background: $surface; text-style: bold; }
    CardHeader > .header--state { color: $text-warning; background: $surface; text-style: bold; }
    CardHeader > .header--tags { color: $text-success; background: $surface; }
    CardHeader > .header--number { color: $text-accent; background: $surface; }
    """

    name_shown: reactive[str] = reactive("")
    """The client's name."""
    number: reactive[str] = reactive("")
    """The client number."""
    tags: reactive[tuple[str, ...]] = reactive(tuple)
    """The client's tags."""
    state: reactive[str] = reactive("")
    """A word about the card: that it is new, changed, in the trash."""

    def render_line(self, y: int) -> Strip:
        """Name on the left, number on the right; tags give way first, then the name is cut."""
        room = self.size.width - 2
        right: list[Piece] = [(self.number, "header--number")]
        if self.state:
            right.insert(0, (f"● {self.state}  ", "header--state"))
        taken = sum(width(safe(text)) for text, _look in right) + 2
        name = crop(safe(self.name_shown), max(8, room - taken))
        left: list[Piece] = [(" ", ""), (name, "header--name")]
        for tag in self.tags:
            piece = f"  #{safe(tag)}"
            if sum(width(text) for text, _look in left) + width(piece) + taken > room:
                break
            left.append((piece, "header--tags"))
        gap = self.size.width - 1 - sum(width(safe(text)) for text, _look in (*left, *right))
        return self.strip([*left, (" " * max(1, gap), ""), *right], self.size.width)
