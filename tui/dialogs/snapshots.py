"""The snapshots of the store, to choose one."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from store.snapshots import Snapshot
from tui.dialogs.lines import DrawnLine
from tui.dialogs.page import Page
from tui.i18n import _
from tui.i18n.formats import moment
from tui.i18n.labels import why_kept


class Snapshots(Page[Snapshot]):
    """When and why each was taken; answers with one that is to be brought back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,r", "choose", show=False, id="snapshots.choose", priority=True)
    ]

    def __init__(self, known: Sequence[Snapshot]) -> None:
        """Prepare the page.

        Args:
            known: the newest first.
        """
        super().__init__(
            _("Snapshots of the store"),
            [
                DrawnLine(
                    [
                        (moment(snapshot.contents.at), "lines--heading"),
                        (f"  {why_kept(snapshot.contents.why)}", "lines--muted"),
                    ],
                    snapshot,
                )
                for snapshot in known
            ],
            keys=_("↑↓ PgUp PgDn   Enter bring this state back   Esc back"),
        )

    def action_choose(self) -> None:
        """Answer with the snapshot under the cursor."""
        if self.lines.row is not None and self.lines.row.value is not None:
            self.dismiss(self.lines.row.value)
