"""Somebody else changed the same fields: whose values are to stay?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one

from tui.dialogs.page import PageTitle
from tui.i18n import _
from tui.widgets.quiet_screen import QuietModal
from tui.widgets.table_view import Column, TableView


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field two people changed, in words."""

    path: str
    field: str
    before: str
    mine: str
    theirs: str


class ConflictDialog(QuietModal[frozenset[str]]):
    """Answers with the paths where the other's value is to stay; None goes back to the card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, id="conflict.leave"),
        Binding("ctrl+s", "keep", show=False, id="conflict.keep"),
        Binding("left", "mine", show=False, id="conflict.mine"),
        Binding("right", "theirs", show=False, id="conflict.theirs"),
        Binding("space", "turn", show=False, id="conflict.turn"),
    ]
    DEFAULT_CSS = """
    ConflictDialog > Vertical { width: 110; max-width: 100%; height: auto; max-height: 100%; background: $panel; }
    """

    table = query_one(TableView)

    def __init__(self, disagreements: Sequence[Disagreement], who: str) -> None:
        """Prepare the dialog.

        Args:
            disagreements: the fields.
            who: who saved the card meanwhile; may be empty.
        """
        super().__init__()
        self._disagreements, self._who = disagreements, who
        self._theirs: set[str] = set()

    def compose(self) -> ComposeResult:
        """Title, fields, keys."""
        title = (
            _("{who} changed the same fields. Whose values stay?").format(who=self._who)
            if self._who
            else _("Somebody changed the same fields. Whose values stay?")
        )
        with Vertical():
            yield PageTitle(title)
            yield TableView()
            yield PageTitle(_("← yours   → theirs   Space the other   Ctrl+S save   Esc back to the card"))

    def on_mount(self) -> None:
        """Show the fields; the operator's own values are chosen at first."""
        self.table.columns = (
            Column(_("Field"), 12, 4),
            Column(_("Before"), 8, 3),
            Column(_("Yours"), 10, 5),
            Column(_("Theirs"), 10, 5),
        )
        self._show()
        self._fit(self.app.size.height)
        self.set_focus(self.table)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the dialog on the screen."""
        self._fit(event.size.height)

    def on_table_view_selected(self, message: TableView.Selected) -> None:
        """Enter takes the other value."""
        message.stop()
        self.action_turn()

    def action_mine(self) -> None:
        """Keep the operator's value of the field."""
        self._theirs.discard(self._disagreements[self.table.cursor].path)
        self._show()

    def action_theirs(self) -> None:
        """Keep the other's value of the field."""
        self._theirs.add(self._disagreements[self.table.cursor].path)
        self._show()

    def action_turn(self) -> None:
        """Take the other one of the two."""
        if self._disagreements[self.table.cursor].path in self._theirs:
            self.action_mine()
        else:
            self.action_theirs()

    def action_keep(self) -> None:
        """Save with what was chosen."""
        self.dismiss(frozenset(self._theirs))

    def action_leave(self) -> None:
        """Go back to the card; nothing is saved and nothing lost."""
        self.dismiss(None)

    def _show(self) -> None:
        self.table.rows = tuple(
            (
                each.field,
                each.before,
                ("  " if each.path in self._theirs else "● ") + each.mine,
                ("● " if each.path in self._theirs else "  ") + each.theirs,
            )
            for each in self._disagreements
        )

    def _fit(self, height: int) -> None:
        self.table.styles.height = max(2, min(len(self._disagreements) + 1, height - 4))
