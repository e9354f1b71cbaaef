"""The lines under the search line: how many were found and in which order, what is suggested, what is wrong."""

from collections.abc import Sequence
from typing import ClassVar

from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from tui.commands.command import key_name
from tui.terminal.cells import crop, width, wrap
from tui.terminal.safe import safe
from tui.widgets.drawn import Drawn, Piece

MOST_LINES = 3
"""Lines a mistake is explained in."""


class FoundLine(Drawn):
    """How many clients were found of how many; while something is suggested, that, and the count at its end."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"count--warning", "count--key", "count--first", "count--order"}
    DEFAULT_CSS = """
    FoundLine { height: 1; color: $text-muted; background: $surface; }
    FoundLine > .count--warning { color: $text-warning; background: $surface; text-style: bold; }
    FoundLine > .count--key { color: $text-accent; background: $surface; text-style: bold; }
    FoundLine > .count--first { color: $foreground; background: $surface; text-style: bold; }
    FoundLine > .count--order { color: $text-accent; background: $surface; }
    """

    found: reactive[str] = reactive("")
    """How many, in words, and what can be done about nobody."""
    number: reactive[str] = reactive("")
    """How many, in words: beside suggestions there is no room for more."""
    order: reactive[str] = reactive("")
    """What the list goes by, if not by name."""
    marked: reactive[str] = reactive("")
    """How many clients are marked, in words."""
    where: reactive[str] = reactive("")
    """Where the client under the cursor was found, if its name does not tell."""
    notice: reactive[str] = reactive("")
    """What is to be known of the store: that it is read-only."""
    suggested: reactive[tuple[tuple[str, str], ...]] = reactive(tuple)
    """What can be taken into the search line, the first with Tab; each with a word about it."""

    def render_line(self, y: int) -> Strip:
        """The line."""
        room = self.size.width
        if self.suggested:
            return self._suggestions(room)
        pieces: list[Piece] = [(" " + self.found, "")]
        if self.order:
            pieces.append((f"  {self.order}", "count--order"))
        if self.marked:
            pieces.append((f"  {self.marked}", "count--warning"))
        if self.where:
            pieces.append((f"  {self.where}", ""))
        if self.notice:
            pieces.append((f"  {self.notice}", "count--warning"))
        return self.strip(pieces, room)

    def _suggestions(self, room: int) -> Strip:
        found = f"  {self.number} "
        if 2 * width(found) > room:
            found = ""
        left = room - width(found)
        pieces: list[Piece] = [(f" {key_name('tab')} ", "count--key")]
        left -= width(pieces[0][0])
        for at, (text, note) in enumerate(self.suggested):
            said = crop(safe(text), max(4, left)) if at == 0 else safe(text)
            about = f" {note}" if note else ""
            cells = width(said) + width(about) + 2
            if at and cells > left:
                break
            pieces += [(said, "count--first" if at == 0 else ""), (f"{about}  ", "")]
            left -= cells
        pieces.append((" " * max(0, left), ""))
        return self.strip([*pieces, (found, "")], room)


class MistakeLines(Drawn):
    """What is wrong in the search line, in as many lines as it takes; nothing where nothing is."""

    DEFAULT_CSS = """
    MistakeLines { height: auto; display: none; color: $text-error; background: $surface; }
    """

    texts: reactive[tuple[str, ...]] = reactive(tuple, repaint=False)
    """A sentence a mistake."""

    def watch_texts(self) -> None:
        """Take as many lines as it takes."""
        self.display = bool(self.texts)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines the sentences take."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """One line."""
        lines = self._lines(self.size.width)
        return self.strip([(" " + lines[y], "")] if y < len(lines) else [], self.size.width)

    def _lines(self, cells: int) -> list[str]:
        lines = [line for text in self.texts for line in wrap(safe(text), max(10, cells - 2))]
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], crop(lines[MOST_LINES - 1] + " …", max(10, cells - 2))]
        return lines


UNCOUNTED, NOT_UNDERSTOOD = "…", "?"
"""In the place of how many clients a saved search finds."""


class SavedStrip(Drawn):
    """The saved searches with their counts: in one line, or a line each where there is room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"saved--key", "saved--shown"}
    DEFAULT_CSS = """
    SavedStrip { dock: bottom; height: 1; display: none; color: $text-muted; background: $panel; }
    SavedStrip > .saved--key { color: $text-accent; background: $panel; text-style: bold; }
    SavedStrip > .saved--shown { color: $foreground; background: $panel; text-style: bold; }
    """

    entries: reactive[tuple[tuple[str, str, bool], ...]] = reactive(tuple)
    """Name and count of each in words, and whether it is the one that is shown."""
    lines: reactive[int] = reactive(1)
    """How many lines there is room for."""

    def watch_entries(self, before: Sequence[object], entries: Sequence[object]) -> None:
        """Appear, grow or shrink where there are more or fewer."""
        if len(before) != len(entries):
            self._fit()

    def watch_lines(self) -> None:
        """Take the room there is."""
        self._fit()

    def render_line(self, y: int) -> Strip:
        """All in one line, or one of them."""
        room = self.size.width
        if self.size.height > 1:
            return self.strip(self._entry(y, room) if y < len(self.entries) else [], room)
        pieces: list[Piece] = []
        for at in range(len(self.entries)):
            pieces += self._entry(at, 0)
        return self.strip(pieces, room)

    def _entry(self, at: int, room: int) -> list[Piece]:
        """One of them; over a whole line with the count at its end."""
        name, number, is_shown = self.entries[at]
        key = f" {at + 1} " if at < 9 else "   "
        look = "saved--shown" if is_shown else ""
        if not room:
            return [(key, "saved--key"), (f"{safe(name)} {number} ", look)]
        shown = crop(safe(name), max(4, room - width(key) - width(number) - 2))
        blanks = " " * max(1, room - width(key) - width(shown) - width(number) - 1)
        return [(key, "saved--key"), (shown, look), (blanks, ""), (number, look)]

    def _fit(self) -> None:
        self.display = bool(self.entries)
        self.styles.height = min(len(self.entries), self.lines) or 1
