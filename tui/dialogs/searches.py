"""The saved searches, to open one or to put them in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from store.searches import SavedSearch
from tui.dialogs.lines import DrawnLine
from tui.dialogs.page import Page
from tui.i18n import _
from tui.i18n.formats import count
from tui.terminal.cells import crop, width
from tui.terminal.safe import safe
from tui.widgets.drawn import Piece

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

    def __init__(self, known: Sequence[tuple[SavedSearch, int | None]], *, cursor: int = 0) -> None:
        """Prepare the page.

        Args:
            known: the searches in their order, with how many clients each finds now, as far as that is known.
            cursor: the one to begin with.
        """
        self._known = known
        lines = [_drawn(at, search, number) for at, (search, number) in enumerate(known)]
        super().__init__(
            _("Saved searches"),
            lines or [DrawnLine([(_("None yet: S in the list saves the search line under a name"), "lines--muted")])],
            keys=_("1…9 Enter open  r rename  d remove  w share or make own  K J move  Esc back"),
            cursor=cursor,
        )

    def on_key(self, event: events.Key) -> None:
        """Open a search by its digit."""
        digit = event.character or ""
        if digit.isascii() and digit.isdecimal() and 0 < int(digit) <= len(self._known):
            event.stop()
            self.dismiss(SearchAct("open", self._known[int(digit) - 1][0]))

    def action_act(self, what: str) -> None:
        """Answer with the search under the cursor."""
        if self.lines.row is not None and self.lines.row.value is not None:
            self.dismiss(SearchAct(what, self.lines.row.value))


def _drawn(at: int, search: SavedSearch, number: int | None) -> DrawnLine:
    key = str(at + 1) if at < 9 else " "
    name = crop(safe(search.name), NAME)
    line = crop(safe(" ".join(filter(None, (search.line, search.sort and f"({search.sort})")))), LINE)
    counted = "…" if number is None else count(number)
    pieces: list[Piece] = [
        (f"{key} ", "lines--key"),
        (name + " " * (NAME - width(name) + 1), "lines--heading"),
        (f"{counted:>8}  ", ""),
        ("  " if search.shared else _("own") + " ", "lines--muted"),
        (line, "lines--muted"),
    ]
    return DrawnLine(pieces, search)
