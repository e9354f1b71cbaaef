"""A list of any length that asks its source only for the rows it shows.

A cursor step repaints two lines. Another result lays nothing out again: the list keeps its own window and draws its own
scroll mark in the last column, so nothing about its size ever changes.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.widgets.cursor_view import CursorView
from tui.widgets.drawn import CURSOR_MARK, Piece

PAGE = 50
"""Rows asked for at once: more than a screen shows."""

KEPT = 64
"""Pages remembered; the one used longest ago goes first."""


class RowSource(Protocol):
    """What a list shows: how many rows there are, and any window of them."""

    @property
    def total(self) -> int:
        """How many rows there are."""

    def rows(self, start: int, count: int) -> Sequence[Any]:
        """Up to `count` rows from `start` on; must answer at once, as it is asked while painting."""


class NoRows:
    """The source of an empty list."""

    total = 0

    def rows(self, start: int, count: int) -> Sequence[Any]:
        """No rows."""
        return ()


class VirtualList(CursorView):
    """Rows of a source under a cursor; a subclass says how one row is drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--cursor", "list--scroll"}
    DEFAULT_CSS = """
    VirtualList { height: 1fr; background: $surface; color: $foreground; }
    VirtualList > .list--cursor {
        background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground;
    }
    VirtualList:focus > .list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    VirtualList > .list--scroll { color: $text-muted; background: $surface; }
    """

    CURSOR_PIECES: ClassVar[int] = 1
    """How many pieces of a row the cursor's colour covers, from the left. A bar over 80 cells costs twice the bytes."""

    @dataclass
    class Highlighted(Message):
        """The cursor came to another row, or another row came under it."""

        list: "VirtualList"
        index: int
        row: Any
        """None in an empty list."""

        def can_replace(self, message: Message) -> bool:
            """Of several unread ones only the newest counts."""
            return isinstance(message, VirtualList.Highlighted) and message.list is self.list

        @property
        def control(self) -> "VirtualList":
            """The list, for `@on` selectors."""
            return self.list

    @dataclass
    class Selected(Message):
        """Enter, or a double click, on a row."""

        list: "VirtualList"
        index: int
        row: Any

        @property
        def control(self) -> "VirtualList":
            """The list, for `@on` selectors."""
            return self.list

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._source: RowSource = NoRows()
        self._total = 0
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()

    @property
    def _count(self) -> int:
        return self._total

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Repaint the two rows, and say which one it is."""
        super().watch_cursor(before, cursor)
        self._announce()

    def render_line(self, y: int) -> Strip:
        """One row and its piece of the scroll mark."""
        width, index = self.size.width - 1, self._window.top + y
        if index >= self._total:
            return self.strip((), width + 1)
        pieces = self.draw(self.row_at(index), width - 1)
        if index == self.cursor:
            line = self._under_cursor(pieces, width, self.covered(self.row_at(index), pieces))
        else:
            line = self.strip([(" ", ""), *pieces], width)
        mark = self._window.mark(y, self.size.height, self._total)
        return Strip([*line, *self.strip([(mark, "list--scroll")], 1)], width + 1)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view."""
        if self._follow():
            self.refresh()

    def action_select(self) -> None:
        """Choose the row under the cursor."""
        if (row := self.row) is not None:
            self.post_message(self.Selected(self, self.cursor, row))

    @property
    def row(self) -> Any:
        """The row under the cursor, or None in an empty list."""
        return self.row_at(self.cursor) if self._total else None

    def show(self, source: RowSource, *, cursor: int = 0) -> None:
        """Show another result, or the same one as it is now, with the cursor at that place."""
        self._source, self._total = source, source.total
        self._pages.clear()
        self.set_reactive(VirtualList.cursor, self.validate_cursor(cursor))
        if self.cursor == 0:
            self._window.top = 0
        self._follow()
        self.refresh()
        self._announce()

    def row_at(self, index: int) -> Any:
        """The row at that place; None where the source has fewer rows than it said."""
        page, at = divmod(index, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._pages[page] = self._source.rows(page * PAGE, PAGE)
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return rows[at] if at < len(rows) else None

    def draw(self, row: Any, width: int) -> Sequence[Piece]:
        """How one row looks: pieces of text with their component classes. Meant to be overridden.

        Args:
            row: What the source gave, or None where it had nothing at that place.
            width: Cells there are; the cursor's mark and the scroll mark have theirs already.
        """
        return [("…" if row is None else str(row), "")]

    def covered(self, row: Any, pieces: Sequence[Piece]) -> int:
        """How many pieces of a row the cursor's colour covers, from the left."""
        return self.CURSOR_PIECES

    def _under_cursor(self, pieces: Sequence[Piece], width: int, covered_pieces: int) -> Strip:
        under = self.get_component_rich_style("list--cursor")
        covered = [(CURSOR_MARK, ""), *pieces[:covered_pieces]]
        bar = self.strip(covered, sum(self._width_of(piece) for piece in covered), under)
        rest = self.strip(pieces[covered_pieces:], max(0, width - bar.cell_length))
        return Strip([*bar, *rest]).adjust_cell_length(width)

    def _announce(self) -> None:
        self.post_message(self.Highlighted(self, self.cursor, self.row))
