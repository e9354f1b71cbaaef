"""The window of a drawn list onto its rows: what it shows, and the mark that says where that is."""

from dataclasses import dataclass


@dataclass(slots=True)
class Window:
    """Which row is on top. Heights and totals are passed in, as both belong to the widget."""

    top: int = 0
    """The row shown on the widget's first line."""

    def follow(self, first: int, last: int, height: int, total: int) -> bool:
        """Move so that the rows from `first` to `last` are seen; whether it moved.

        It moves by half a window at least: a held key then repaints the window now and then, not with every step.
        """
        before, height = self.top, max(1, height)
        if first < self.top or last >= self.top + height:
            self.top = min(first, max(first - height // 2, last - height + 1))
        self._clamp(height, total)
        return self.top != before

    def scroll(self, rows: int, height: int, total: int) -> bool:
        """Move by so many rows as far as there are any; whether it moved."""
        before = self.top
        self.top += rows
        self._clamp(height, total)
        return self.top != before

    def mark(self, line: int, height: int, total: int) -> str:
        """The piece of the scroll mark beside that line of the widget."""
        if total <= height:
            return " "
        length = max(1, height * height // total)
        start = (height - length) * self.top // (total - height)
        return "█" if start <= line < start + length else "│"

    def _clamp(self, height: int, total: int) -> None:
        self.top = max(0, min(self.top, total - max(1, height)))
