"""What lists, tables and forms have in common: a cursor over their items, keys and mouse to move it, a window."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from tui.widgets.drawn import Drawn
from tui.widgets.window import Window


class CursorView(Drawn, can_focus=True):
    """Items under a cursor; a subclass says how many there are and where they lie, and draws them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False, id="view.up"),
        Binding("down,j", "move(1)", show=False, id="view.down"),
        Binding("pageup", "page(-1)", show=False, id="view.page-up"),
        Binding("pagedown", "page(1)", show=False, id="view.page-down"),
        Binding("home", "first", show=False, id="view.first"),
        Binding("end", "last", show=False, id="view.last"),
        Binding("enter", "select", show=False, id="view.select"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The place of the item under the cursor."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._window = Window()

    @property
    def _count(self) -> int:
        """How many items there are."""
        raise NotImplementedError

    @property
    def _height(self) -> int:
        """How many rows of items are seen."""
        return max(1, self.size.height)

    @property
    def _row_count(self) -> int:
        """How many rows all items take."""
        return self._count

    def _line_of(self, index: int) -> int:
        """The widget's line that an item begins on."""
        return index - self._window.top

    def _index_at(self, line: int) -> int | None:
        """The item on a line of the widget; None where there is none to be pointed at."""
        index = self._window.top + line
        return index if index < self._count else None

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on an item."""
        return max(0, min(cursor, self._count - 1))

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Repaint the two items, or everything where the window had to move."""
        if self._follow():
            self.refresh()
        else:
            self.refresh_lines_at(self._line_of(before), self._line_of(cursor))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a double click selects."""
        index = self._index_at(event.y) if event.widget is self else None
        if index is not None:
            self.cursor = index
            if event.chain == 2:
                self.action_select()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show later rows; the cursor stays on its item."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show earlier rows; the cursor stays on its item."""
        event.stop()
        self._scroll(-3)

    def action_move(self, items: int) -> None:
        """Move the cursor by so many items."""
        self.cursor += items

    def action_page(self, pages: int) -> None:
        """Move window and cursor by so many screens."""
        rows = pages * max(1, self._height - 1)
        self._scroll(rows)
        self.cursor += rows

    def action_first(self) -> None:
        """Go to the first item."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last item."""
        self.cursor = self._count - 1

    def action_select(self) -> None:
        """Do what Enter does to the item under the cursor."""
        raise NotImplementedError

    def _follow(self) -> bool:
        """Bring the item under the cursor into the window; whether it moved."""
        return self._window.follow(self.cursor, self.cursor, self._height, self._row_count)

    def _scroll(self, rows: int) -> None:
        if self._window.scroll(rows, self._height, self._row_count):
            self.refresh()
