"""A small table drawn line by line: the rows of a card's section."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.terminal.cells import crop, fit, width
from tui.terminal.safe import safe
from tui.widgets.cursor_view import CursorView
from tui.widgets.drawn import CURSOR_MARK, Piece

SIGNS = {"": " ", "new": "+", "changed": "*", "removed": "-", "error": "!"}
"""What a row's mark looks like; it is told without colour too."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and how it gives way."""

    title: str
    least: int
    """Cells below which it is not drawn at all."""
    weight: int = 1
    """Its share of the room left over; where there is none, columns of the least weight go first."""
    right: bool = False
    """Whether it is aligned to the right, as amounts are."""


def column_widths(columns: Sequence[Column], room: int, needed: Sequence[int] = ()) -> list[int]:
    """Cells for each column, with one blank between them; 0 for one that is left out.

    Args:
        columns: the columns.
        room: cells for all of them.
        needed: cells that show all of each column; the room left over goes to them first, to those that lack least.
    """
    kept = list(range(len(columns)))
    while len(kept) > 1 and sum(columns[at].least + 1 for at in kept) - 1 > room:
        # Of the lightest the one farthest to the right.
        kept.remove(min(kept, key=lambda at: (columns[at].weight, -at)))
    widths = [columns[at].least if at in kept else 0 for at in range(len(columns))]
    spare = room - sum(widths) - len(kept) + 1
    for at in sorted(kept, key=lambda at: needed[at] - widths[at]) if needed else ():
        more = max(0, min(spare, needed[at] - widths[at]))
        widths[at] += more
        spare -= more
    if kept:
        _share(widths, columns, kept, spare)
    return widths


def _share(widths: list[int], columns: Sequence[Column], kept: Sequence[int], spare: int) -> None:
    """Give the spare room out by weight, to the last cell; what is missing is taken from the only one left."""
    if spare < 0:
        widths[kept[0]] = max(0, widths[kept[0]] + spare)
        return
    total = sum(columns[at].weight for at in kept)
    served = 0
    for at in kept if total else ():
        before, served = served, served + columns[at].weight
        widths[at] += spare * served // total - spare * before // total


class TableView(CursorView):
    """Rows of cells under a cursor, below a line of titles."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--title",
        "table--cursor",
        "table--removed",
        "table--error",
        "table--marked",
        "table--scroll",
        "table--empty",
    }
    DEFAULT_CSS = """
    TableView { height: 1fr; background: $surface; color: $foreground; }
    TableView > .table--title { color: $text-muted; background: $surface; text-style: bold; }
    TableView > .table--cursor {
        background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground;
    }
    TableView:focus > .table--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    TableView > .table--removed { color: $text-muted; background: $surface; text-style: strike; }
    TableView > .table--error { color: $text-error; background: $surface; text-style: bold; }
    TableView > .table--marked { color: $text-warning; background: $surface; }
    TableView > .table--scroll { color: $text-muted; background: $surface; }
    TableView > .table--empty { color: $text-muted; background: $surface; text-style: italic; }
    """

    columns: reactive[tuple[Column, ...]] = reactive(tuple)
    """The columns, from left to right."""
    rows: reactive[tuple[tuple[str, ...], ...]] = reactive(tuple)
    """The cells of each row, as a person reads them."""
    marks: reactive[tuple[str, ...]] = reactive(tuple)
    """For each row "", "new", "changed", "removed" or "error"; rows beyond its end have none."""
    empty: reactive[str] = reactive("")
    """Said where there are no rows."""

    @dataclass
    class Highlighted(Message):
        """The cursor came to another row."""

        table: "TableView"
        index: int

        @property
        def control(self) -> "TableView":
            """The table, for `@on` selectors."""
            return self.table

    @dataclass
    class Selected(Message):
        """Enter, or a double click, on a row."""

        table: "TableView"
        index: int

        @property
        def control(self) -> "TableView":
            """The table, for `@on` selectors."""
            return self.table

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._needed: tuple[int, ...] = ()

    @property
    def _count(self) -> int:
        return len(self.rows)

    @property
    def _height(self) -> int:
        return max(1, self.size.height - 1)

    def _line_of(self, index: int) -> int:
        return super()._line_of(index) + 1

    def _index_at(self, line: int) -> int | None:
        return super()._index_at(line - 1) if line else None

    def watch_rows(self) -> None:
        """Keep the cursor on a row that is there, and give the columns the room that the rows need."""
        self._measure()
        self.cursor = self.validate_cursor(self.cursor)
        self._follow()

    def watch_columns(self) -> None:
        """Give other columns the room that they need."""
        self._measure()

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Repaint the two rows, and say which one it is."""
        super().watch_cursor(before, cursor)
        self.post_message(self.Highlighted(self, cursor))

    def render_line(self, y: int) -> Strip:
        """The titles on the first line, below it a row each."""
        room = self.size.width - 1
        if y == 0:
            line = self._line([column.title for column in self.columns], " ", "table--title", room)
        elif not self.rows and y == 1:
            line = self.strip([(" " + crop(safe(self.empty), room - 1), "table--empty")], room)
        else:
            line = self._row(self._window.top + y - 1, room)
        mark = self._window.mark(y - 1, self._height, len(self.rows)) if y else " "
        return Strip([*line, *self.strip([(mark, "table--scroll")], 1)], room + 1)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view."""
        self._follow()
        self.refresh()

    def action_select(self) -> None:
        """Choose the row under the cursor."""
        if self.rows:
            self.post_message(self.Selected(self, self.cursor))

    def _row(self, index: int, room: int) -> Strip:
        if index >= len(self.rows):
            return self.strip((), room)
        mark = self.marks[index] if index < len(self.marks) else ""
        look = {"removed": "table--removed", "error": "table--error"}.get(mark, "table--marked" if mark else "")
        return self._line(self.rows[index], SIGNS.get(mark, "?"), look, room, here=index == self.cursor)

    def _line(self, texts: Sequence[str], sign: str, look: str, room: int, *, here: bool = False) -> Strip:
        widths = column_widths(self.columns, room - 2, self._needed)
        pieces: list[Piece] = []
        for column, text, cells in zip(self.columns, texts, widths, strict=False):
            if cells:
                pieces.append((fit(safe(text), cells, right=column.right) + " ", look))
        if not here:
            return self.strip([(" ", ""), (sign, look), *pieces], room)
        under = self.get_component_rich_style("table--cursor")
        bar = [(CURSOR_MARK + sign + (pieces[0][0].rstrip() if pieces else ""), "")]
        covered = self.strip(bar, self._width_of(bar[0]), under)
        first = 2 + self._width_of(pieces[0]) if pieces else 2
        rest = self.strip([(" " * (first - covered.cell_length), look), *pieces[1:]], room - covered.cell_length)
        return Strip([*covered, *rest], room)

    def _measure(self) -> None:
        # Not by the titles: a long one may be cut, values less so.
        columns = [[row[at] for row in self.rows if at < len(row)] for at in range(len(self.columns))]
        self._needed = tuple(max((width(safe(text)) for text in texts), default=0) for texts in columns)
