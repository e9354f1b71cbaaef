"""The history of a card."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from store.journal import Change
from store.schema import Schema
from tui.dialogs.lines import DrawnLine
from tui.dialogs.page import Page
from tui.forms.describing import Names, act_in_words, change_lines
from tui.i18n import _
from tui.i18n.formats import moment
from tui.i18n.labels import why_label


class History(Page[Change]):
    """Who changed what and when; answers with a change that is to be taken back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("u", "undo", show=False, id="history.undo")]

    def __init__(self, name: str, changes: Sequence[Change], schema: Schema, names: Names) -> None:
        """Prepare the page.

        Args:
            name: whose card it is.
            changes: the newest first.
            schema: names the fields.
            names: what clients are called that are named by uid.
        """
        super().__init__(
            _("History: {name}").format(name=name),
            list(history_lines(changes, schema, names))
            or [DrawnLine([(_("Nothing was changed yet"), "lines--muted")])],
            keys=_("↑↓ PgUp PgDn   u take this change back   Esc back"),
        )

    def action_undo(self) -> None:
        """Answer with the change under the cursor."""
        if self.lines.row is not None and self.lines.row.value is not None:
            self.dismiss(self.lines.row.value)


def history_lines(changes: Sequence[Change], schema: Schema, names: Names) -> Iterator[DrawnLine]:
    """The lines of the history: a heading a change, below it a line a field."""
    for change in changes:
        yield DrawnLine(
            [(moment(change.at), "lines--heading"), (f"  {change.who}  ", ""), (why_label(change.why), "lines--muted")],
            change,
        )
        for line in filter(None, [act_in_words(change), *change_lines(change.fields, schema, names)]):
            yield DrawnLine([(f"    {line}", "")], change)
