"""One section of the card as it is seen: a form, or a table one of whose rows may be open as a form."""

from collections.abc import Mapping
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget

from store.schema import Field, Section
from tui.card.drawing import (
    fields_shown,
    form_lines,
    naming_field,
    row_marks,
    table_columns,
    table_rows,
    value_shown,
)
from tui.forms.editing import Editing
from tui.widgets.form_view import FormView
from tui.widgets.table_view import TableView


class SectionView(Widget):
    """Shows a section. One form and one table serve all sections, one after another."""

    DEFAULT_CSS = """
    SectionView { height: 1fr; layout: vertical; }
    SectionView > .-away { display: none; }
    """

    form = query_one(FormView)
    table = query_one(TableView)

    @dataclass
    class Moved(Message):
        """Another row was opened, or rows are shown again."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._editing: Editing | None = None
        self._section: Section | None = None
        self._fields: tuple[Field, ...] = ()
        self._names: Mapping[str, str] = {}
        self._row: int | None = None

    def compose(self) -> ComposeResult:
        """The form and the table; one of them is seen."""
        yield FormView()
        yield TableView(classes="-away")

    def show(self, editing: Editing, section: Section, names: Mapping[str, str], cursor: int = 0) -> None:
        """Show a section of a card.

        Args:
            editing: the card.
            section: which section.
            names: what clients named by uid are called.
            cursor: the line of the form or the row of the table to stand on.
        """
        self.form.stop_editing()
        if self._section is not section:
            self._fields = fields_shown(section)
        self._editing, self._section, self._names, self._row = editing, section, names, None
        self.refresh_values()
        if section.is_table:
            self.table.cursor = cursor
        else:
            self.form.cursor = cursor

    def refresh_values(self) -> None:
        """Show the values as they are now."""
        if self._editing is None or self._section is None:
            return
        if self.shows_table:
            self.table.columns = table_columns(self._section)
            self.table.rows = table_rows(self._editing, self._section, self._names)
            self.table.marks = row_marks(self._editing.rows(self._section.key))
        else:
            self.form.lines = form_lines(self._editing, self._section, self._at, self._names)
        self._face()

    def focus_body(self) -> None:
        """Put the keyboard's focus on what is seen."""
        self.screen.set_focus(self.table if self.shows_table else self.form)

    def back(self) -> bool:
        """Go from an open row back to the rows; returns False where none was open."""
        if self._row is None:
            return False
        self._close_row(self._row)
        return True

    def point_at(self, row: int, field: str) -> None:
        """Put the cursor on a field, opening its row."""
        if self._section is not None and self._section.is_table:
            self._open_row(row)
        keys = [each.key for each in self._fields]
        if field in keys:
            self.form.cursor = keys.index(field)

    @property
    def shows_table(self) -> bool:
        """Whether rows are seen; False for a form and for an opened row."""
        return self._section is not None and self._section.is_table and self._row is None

    @property
    def open_row(self) -> int | None:
        """The place of the row that is open as a form."""
        return self._row

    @property
    def cursor(self) -> int:
        """The line of the form, or the row of the table, under the cursor."""
        if self._section is not None and self._section.is_table:
            return self.table.cursor if self._row is None else self._row
        return self.form.cursor

    @property
    def value_under_cursor(self) -> str:
        """The text to copy: the field's value; of a table row, the required field that names it."""
        if self._editing is None or self._section is None:
            return ""
        at = self.table.cursor if self.shows_table else self._at
        if at >= len(self._editing.rows(self._section.key)):
            return ""
        field = naming_field(self._section) if self.shows_table else self._fields[self.form.cursor]
        return value_shown(self._editing.row(self._section.key, at), self._section, field, self._names)

    @property
    def _at(self) -> int:
        return self._row or 0

    def _open_row(self, row: int) -> bool:
        if self._editing is None or self._section is None or row >= len(self._editing.rows(self._section.key)):
            return False
        self._row = row
        self.form.cursor = 0
        self.refresh_values()
        self.post_message(self.Moved())
        return True

    def _close_row(self, row: int) -> None:
        """Show the rows again, with the cursor on the one that was open."""
        self.form.stop_editing()
        self._row = None
        self.refresh_values()
        self.table.cursor = row
        self.post_message(self.Moved())

    def _face(self) -> None:
        """Show the table or the form, and keep the focus on the one that is seen."""
        seen, away = (self.table, self.form) if self.shows_table else (self.form, self.table)
        if not seen.has_class("-away"):
            return
        focused = away.has_focus_within
        seen.remove_class("-away")
        if focused:
            self.screen.set_focus(seen)
        away.add_class("-away")
