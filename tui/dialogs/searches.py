"""The saved searches, to open one or to put them in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from store.searches import SavedSearch
from tui.dialogs.lines import DrawnLine
from tui.dialogs.page import Page
from tui.i18n import _
from tui.terminal.cells import crop, width
from tui.terminal.safe import safe
from tui.widgets.drawn import Piece

Known = Callable[[], Sequence[tuple[SavedSearch, str]]]

NAME, LINE = 30, 44
"""Cells of the name, and of the line it stands for, at most."""


@dataclass(frozen=True, slots=True)
class SearchAct:
    """What is to become of a saved search: `open`, `rename`, `remove`, `share`, `up`, `down`."""

    what: str
    search: SavedSearch


class SearchesPage(Page[SearchAct]):
    """Name, line and count of each; answers with what is to be done with one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "act('open')", show=False, id="searches-page.open", priority=True),
        Binding("r", "act('rename')", show=False, id="searches-page.rename"),
        Binding("d,delete", "act('remove')", show=False, id="searches-page.remove"),
        Binding("w", "act('share')", show=False, id="searches-page.share"),
        Binding("K,shift+up", "act('up')", show=False, id="searches-page.up"),
        Binding("J,shift+down", "act('down')", show=False, id="searches-page.down"),
    ]

    def __init__(self, known: Known, order_in_words: Callable[[str], str], *, cursor: int = 0) -> None:
        """Prepare the page.

        Args:
            known: gives the searches in their order, each with how many clients it finds, in words.
            order_in_words: says what a list goes by.
            cursor: the one to begin with.
        """
        self._known, self._order_in_words = known, order_in_words
        super().__init__(
            _("Saved searches"),
            self._drawn_all(),
            keys=_("1…9 Enter open  r rename  d remove  w share or make own  K J move  Esc back"),
            cursor=cursor,
        )

    def on_mount(self) -> None:
        """Show what came since the page was made."""
        self._rows = self._drawn_all()

    def searches_changed(self) -> None:
        """Show those that there are now, with the cursor on the same one."""
        row = self.lines.row
        under = row.value.name if row is not None and row.value is not None else ""
        names = [search.name for search, _number in self._known()]
        self.show(self._drawn_all(), cursor=names.index(under) if under in names else self.lines.cursor)

    def _drawn_all(self) -> list[DrawnLine]:
        lines = [
            _drawn(at, search, number, self._order_in_words(search.sort))
            for at, (search, number) in enumerate(self._known())
        ]
        return lines or [DrawnLine([(_("None yet: S in the list saves the search line under a name"), "lines--muted")])]

    def on_key(self, event: events.Key) -> None:
        """Open a search by its digit."""
        digit = event.character or ""
        known = self._known()
        if digit.isascii() and digit.isdecimal() and 0 < int(digit) <= len(known):
            event.stop()
            self.dismiss(SearchAct("open", known[int(digit) - 1][0]))

    def action_act(self, what: str) -> None:
        """Answer with the search under the cursor."""
        if self.lines.row is not None and self.lines.row.value is not None:
            self.dismiss(SearchAct(what, self.lines.row.value))


def _drawn(at: int, search: SavedSearch, number: str, order: str) -> DrawnLine:
    key = str(at + 1) if at < 9 else " "
    name = crop(safe(search.name), NAME)
    line = crop(safe("  ".join(filter(None, (search.line, order)))), LINE)
    pieces: list[Piece] = [
        (f"{key} ", "lines--key"),
        (name + " " * (NAME - width(name) + 1), "lines--heading"),
        (f"{number:>8}  ", ""),
        ("  " if search.shared else _("own") + " ", "lines--muted"),
        (line, "lines--muted"),
    ]
    return DrawnLine(pieces, search)
