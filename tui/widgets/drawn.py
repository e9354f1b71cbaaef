"""A widget that draws its own lines: no child widgets, no layout when what it shows changes."""

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.cells import width
from tui.terminal.safe import safe

Piece = tuple[str, str]
"""A run of text and the component class it is drawn in; an empty class is the widget's own look."""

CURSOR_MARK = "▌"
"""Stands before the line under the cursor, so that it is told without any colour."""


class Drawn(Widget):
    """What the widgets drawn by the Line API have in common: text to styled strips, and repainting single lines."""

    _known: Style | None = None
    """The widget's own look, while its lines are drawn."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region."""
        # Textual works a widget's own look out anew, from all it lies in, each time it is asked for: for every piece
        # of every line that is most of the time a list takes to paint.
        self._known = self.rich_style
        try:
            return super().render_lines(crop)
        finally:
            self._known = None

    @property
    def _plain(self) -> Style:
        return self._known or self.rich_style

    def strip(self, pieces: Iterable[Piece], width: int, under: Style | None = None) -> Strip:
        """A line of exactly `width` cells; every text is made harmless on its way.

        Args:
            pieces: The runs of text, in order; what does not fit is cut.
            width: Cells of the line.
            under: The look of a line under a cursor: it wins over the colours of the pieces, which keep their marks
                such as bold or underline.
        """
        plain = self._plain if under is None else under
        segments = [Segment(safe(text), self._look(name, under)) for text, name in pieces if text]
        return Strip(segments).adjust_cell_length(width, plain)

    def _look(self, name: str, under: Style | None) -> Style:
        if not name:
            return self._plain if under is None else under
        look = self.get_component_rich_style(name)
        if under is None:
            return look
        return under + Style(bold=look.bold, italic=look.italic, underline=look.underline)

    def refresh_lines_at(self, *lines: int) -> None:
        """Repaint only those lines of the widget (0 is its first)."""
        height, width = self.size.height, self.size.width
        regions = [Region(0, line, width, 1) for line in lines if 0 <= line < height]
        if regions:
            self.refresh(*regions)

    @staticmethod
    def _width_of(piece: Piece) -> int:
        return width(safe(piece[0]))
