"""A page of drawn lines to read: help, the history of a card."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.getters import query_one
from textual.strip import Strip

from tui.dialogs.lines import DrawnLine, Lines
from tui.terminal.cells import wrap
from tui.terminal.safe import safe
from tui.widgets.drawn import Drawn
from tui.widgets.quiet_screen import QuietModal

Answer = TypeVar("Answer")


PAGE_WIDTH = 96
"""Columns of a page where there is room; its style says the same."""


class PageTitle(Drawn):
    """The page's first line, or its last."""

    DEFAULT_CSS = "PageTitle { height: 1; background: $boost; color: $foreground; text-style: bold; }"

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = text

    def say(self, text: str) -> None:
        """Say something else."""
        self._text = text
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        return self.strip([(" " + self._text, "")], self.size.width)


class PageText(PageTitle):
    """The same, in as many lines as it takes."""

    DEFAULT_CSS = "PageText { height: auto; }"

    def say(self, text: str) -> None:
        """Say something else."""
        self._text = text
        self.refresh(layout=True)

    def wrapped(self, width: int) -> list[str]:
        """Its lines in a page of so many columns."""
        return wrap(safe(self._text), max(1, width - 2))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it takes."""
        return len(self.wrapped(width))

    def render_line(self, y: int) -> Strip:
        """One of its lines."""
        lines = self.wrapped(self.size.width)
        return self.strip([(f" {lines[y]}" if y < len(lines) else "", "")], self.size.width)


class Page(QuietModal[Answer]):
    """Lines with a cursor, over nearly the whole screen. Escape leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False, id="page.leave"),
    ]
    DEFAULT_CSS = """
    Page > Vertical { width: 96; max-width: 100%; height: auto; max-height: 100%; background: $panel; }
    """

    lines = query_one(Lines)

    def __init__(self, title: str, lines: Sequence[DrawnLine], *, keys: str, cursor: int = 0) -> None:
        """Prepare a page.

        Args:
            title: its first line.
            lines: what is to be read.
            keys: its last line: what can be done here.
            cursor: the line to begin with.
        """
        super().__init__()
        self._title, self._rows, self._foot, self._cursor = title, lines, PageText(keys), cursor

    def compose(self) -> ComposeResult:
        """Title, lines, keys."""
        with Vertical():
            yield PageTitle(self._title)
            yield Lines()
            yield self._foot

    def on_mount(self) -> None:
        """Show the lines."""
        self._fit(self.app.size.height)
        self.lines.put(self._rows, cursor=self._cursor)
        self.set_focus(self.lines)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the page on the screen."""
        self._fit(event.size.height)

    def show(self, lines: Sequence[DrawnLine], *, cursor: int) -> None:
        """Show other lines."""
        self._rows = lines
        self._fit(self.app.size.height)
        self.lines.put(lines, cursor=min(cursor, max(0, len(lines) - 1)))

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def _fit(self, height: int) -> None:
        foot = len(self._foot.wrapped(min(PAGE_WIDTH, self.app.size.width)))
        self.lines.styles.height = max(1, min(len(self._rows), height - 3 - foot))
