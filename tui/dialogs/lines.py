"""A list of drawn lines, for dialogs: help, history, commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from tui.widgets.drawn import Piece
from tui.widgets.virtual_list import VirtualList


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line of a dialog, and what it stands for."""

    pieces: Sequence[Piece]
    value: Any = None
    """What choosing the line means; None for headings and the like."""


class FixedRows:
    """A source over lines that are all there."""

    def __init__(self, rows: Sequence[DrawnLine]) -> None:
        self._rows = rows
        self.total = len(rows)

    def rows(self, start: int, count: int) -> Sequence[DrawnLine]:
        """A window of the lines."""
        return self._rows[start : start + count]


class Lines(VirtualList):
    """Lines under a cursor, each in the looks its pieces ask for."""

    CURSOR_PIECES: ClassVar[int] = 1_000
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--heading", "lines--muted", "lines--key", "lines--hit"}
    DEFAULT_CSS = """
    Lines { height: auto; background: $panel; }
    Lines > .lines--heading { color: $foreground; background: $panel; text-style: bold; }
    Lines > .lines--muted { color: $text-muted; background: $panel; }
    Lines > .lines--key { color: $text-accent; background: $panel; text-style: bold; }
    Lines > .lines--hit { color: $text-warning; background: $panel; text-style: bold; }
    Lines > .list--scroll { color: $text-muted; background: $panel; }
    """

    def put(self, lines: Sequence[DrawnLine], *, cursor: int = 0) -> None:
        """Show other lines."""
        self.show(FixedRows(lines), cursor=cursor)

    def draw(self, row: Any, width: int) -> Sequence[Piece]:
        """The line as it was made."""
        return row.pieces if isinstance(row, DrawnLine) else [("", "")]
