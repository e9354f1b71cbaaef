"""A small table drawn line by line: the rows of a card's section."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.terminal.cells import crop, fit, width
from tui.terminal.safe import safe
from tui.widgets.drawn import CURSOR_MARK, Drawn, Piece
from tui.widgets.window import Window

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


class TableView(Drawn, can_focus=True):
    """Rows of cells under a cursor, below a line of titles."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False, id="table.up"),
        Binding("down,j", "move(1)", show=False, id="table.down"),
        Binding("pageup", "page(-1)", show=False, id="table.page-up"),
        Binding("pagedown", "page(1)", show=False, id="table.page-down"),
        Binding("home", "first", show=False, id="table.first"),
        Binding("end", "last", show=False, id="table.last"),
        Binding("enter", "select", show=False, id="table.select"),
    ]
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
    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The place of the row under the cursor."""

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
        self._window = Window()
        self._needed: tuple[int, ...] = ()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self.rows) - 1))

    def watch_rows(self) -> None:
        """Keep the cursor on a row that is there, and give the columns the room that the rows need."""
        self._measure()
        self.cursor = self.validate_cursor(self.cursor)
        self._follow()

    def watch_columns(self) -> None:
        """Give other columns the room that they need."""
        self._measure()

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Repaint the two rows, or all where the window had to move."""
        if self._follow():
            self.refresh()
        else:
            self.refresh_lines_at(before - self._window.top + 1, cursor - self._window.top + 1)
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

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a double click selects."""
        row = self._window.top + event.y - 1
        if event.y and row < len(self.rows):
            self.cursor = row
            if event.chain == 2:
                self.action_select()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show later rows."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show earlier rows."""
        event.stop()
        self._scroll(-3)

    def action_move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self.cursor += rows

    def action_page(self, pages: int) -> None:
        """Move window and cursor by so many screens."""
        rows = pages * max(1, self._height - 1)
        self._scroll(rows)
        self.cursor += rows

    def action_first(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last row."""
        self.cursor = len(self.rows) - 1

    def action_select(self) -> None:
        """Choose the row under the cursor."""
        if self.rows:
            self.post_message(self.Selected(self, self.cursor))

    @property
    def _height(self) -> int:
        return max(1, self.size.height - 1)

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

    def _follow(self) -> bool:
        return self._window.follow(self.cursor, self.cursor, self._height, len(self.rows))

    def _scroll(self, rows: int) -> None:
        if self._window.scroll(rows, self._height, len(self.rows)):
            self.refresh()
