"""What a field offers while it is edited: a choice narrowed by typing, gone through with Up and Down."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.terminal.cells import fit
from tui.terminal.safe import safe
from tui.widgets.drawn import CURSOR_MARK, Piece

SHOWN = 6
"""Suggestions seen at once."""


@dataclass(slots=True)
class Suggestions:
    """The suggestions of one field, those that match what is typed, and which of them was taken."""

    offered: Sequence[str] = ()
    """All of them, in their order."""
    matching: list[str] = field(default_factory=list)
    """Those that match what is typed; all while nothing was typed."""
    taken: int | None = None
    """The place in `matching` of the one that stands in the field now."""

    @classmethod
    def of(cls, offered: Sequence[str], text: str) -> "Suggestions":
        """All suggestions, with the one taken that the field holds already."""
        return cls(offered, list(offered), offered.index(text) if text in offered else None)

    def narrow(self, typed: str) -> None:
        """Keep what matches the typed text: what begins with it first, then what contains it."""
        wanted = typed.casefold()
        beginning = [text for text in self.offered if text.casefold().startswith(wanted)]
        containing = [text for text in self.offered if wanted in text.casefold() and text not in beginning]
        self.matching, self.taken = beginning + containing, None

    def step(self, by: int) -> str | None:
        """Take the next one (or with -1 the one before), round and round; None where there is nothing to take."""
        if not self.matching:
            return None
        self.taken = (min(by, 0) if self.taken is None else self.taken + by) % len(self.matching)
        return self.matching[self.taken]

    def window(self) -> range:
        """The run of `matching` that is seen, with the taken one in it."""
        start = max(0, (self.taken or 0) - SHOWN + 1)
        return range(start, min(start + SHOWN, len(self.matching)))

    def pieces(self, room: int) -> list[list[Piece]]:
        """The lines that are seen, in so many cells, as a form draws them."""
        found: list[list[Piece]] = []
        for place in self.window():
            mark, look = (CURSOR_MARK, "form--taken") if place == self.taken else (" ", "form--suggestion")
            found.append([(mark + fit(safe(self.matching[place]), room - 1), look)])
        return found
