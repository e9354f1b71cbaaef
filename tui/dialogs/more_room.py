"""The terminal is too small to work in."""

from textual.app import ComposeResult
from textual.strip import Strip

from tui.i18n import _
from tui.terminal.cells import wrap
from tui.terminal.skeleton import LEAST_COLUMNS, LEAST_ROWS
from tui.widgets.drawn import Drawn
from tui.widgets.quiet_screen import QuietModal


class Wish(Drawn, can_focus=True):
    """One sentence, in whatever room there is."""

    DEFAULT_CSS = "Wish { width: 100%; height: 100%; background: $surface; color: $foreground; }"

    def render_line(self, y: int) -> Strip:
        """A line of the sentence."""
        text = _("Make the window larger: at least {columns} columns and {rows} lines. Nothing is lost.").format(
            columns=LEAST_COLUMNS, rows=LEAST_ROWS
        )
        lines = wrap(text, max(1, self.size.width))
        return self.strip([(lines[y], "")] if y < len(lines) else (), self.size.width)


class MoreRoom(QuietModal[None]):
    """Stands over everything until there is room again; the application takes it away."""

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Wish()
