"""One section of the card: a form, or a table whose rows open as forms."""

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
from tui.forms.wording import choices, chosen
from tui.widgets.form_view import FormView
from tui.widgets.line_input import LineInput
from tui.widgets.table_view import TableView


class SectionPanel(Widget):
    """Shows a section and takes what is typed into it. One form and one table serve all sections, one after another."""

    DEFAULT_CSS = """
    SectionPanel { height: 1fr; layout: vertical; }
    SectionPanel > .-away { display: none; }
    """

    form = query_one(FormView)
    table = query_one(TableView)

    @dataclass
    class Changed(Message):
        """Something was typed, or a row added or removed."""

    @dataclass
    class Moved(Message):
        """Another row was opened, or rows are shown again."""

    @dataclass
    class NoteWanted(Message):
        """A note is to be written in a place of its own."""

        row: int
        field: Field

    @dataclass
    class ClientWanted(Message):
        """Another client is to be named."""

        row: int
        field: Field

    @dataclass
    class Refused(Message):
        """An edit was asked for where nothing can be edited."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.read_only = False
        self._editing: Editing | None = None
        self._section: Section | None = None
        self._fields: tuple[Field, ...] = ()
        self._names: Mapping[str, str] = {}
        self._row: int | None = None
        self._text_before = ""
        self.choosing = False
        """Whether the field that was edited last has choices."""

    def compose(self) -> ComposeResult:
        """The form and the table; one of them is seen."""
        yield FormView()
        yield TableView(classes="-away")

    # What the card asks

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

    def edit(self) -> None:
        """Edit the field under the cursor; of a table, the row under the cursor from its first field."""
        if self.shows_table:
            if self._open(self.table.cursor):
                self._edit_field(0)
        else:
            self._edit_field(self.form.cursor)

    def add_row(self) -> None:
        """Add a row and edit its first field."""
        if self._refuses() or self._editing is None or self._section is None or not self._section.is_table:
            return
        self.finish()
        at = self._editing.add_row(self._section.key)
        self.post_message(self.Changed())
        if self._open(at):
            self._edit_field(0)

    def remove_row(self) -> None:
        """Mark the row for removal, or take the mark off."""
        if self._refuses() or self._editing is None or self._section is None or not self._section.is_table:
            return
        at = self.table.cursor if self._row is None else self._row
        if at < len(self._editing.rows(self._section.key)):
            self._editing.remove_row(self._section.key, at)
            self._close_row(at)
            self.post_message(self.Changed())

    def back(self) -> bool:
        """Go from an open row back to the rows; returns False where none was open."""
        if self._row is None:
            return False
        self._close_row(self._row)
        return True

    def finish(self) -> None:
        """Take what stands in the live input, and close it."""
        if self.form.editing:
            self._take(self.form.cursor, self.form.query_one(LineInput).value)
            self.form.stop_editing()
            self.refresh_values()

    def point_at(self, row: int, field: str) -> None:
        """Put the cursor on a field, opening its row."""
        if self._section is not None and self._section.is_table:
            self._open(row)
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

    # What the form and the table say

    def on_form_view_edit(self, message: FormView.Edit) -> None:
        """Edit a field."""
        message.stop()
        self._edit_field(message.index)

    def on_form_view_typing(self, message: FormView.Typing) -> None:
        """Take what was typed so far, so that a draft has it; what is wrong with it is said when it is entered."""
        message.stop()
        self._take(message.index, message.text)

    def on_form_view_entered(self, message: FormView.Entered) -> None:
        """Take the text and go on to the neighbouring field."""
        message.stop()
        self._take(message.index, message.text)
        self.form.stop_editing()
        self.refresh_values()
        following = message.index + message.move
        if not message.move:
            return
        if 0 <= following < len(self._fields):
            self.form.cursor = following
            if self._fields[following].kind not in ("note", "client"):
                self._edit_field(following)
        elif self._row is not None and following > 0:
            self._close_row(self._row)

    def on_form_view_given_up(self, message: FormView.GivenUp) -> None:
        """Give the field back the text it had."""
        message.stop()
        self._take(message.index, self._text_before)
        self.form.stop_editing()
        self.refresh_values()

    def on_table_view_selected(self, message: TableView.Selected) -> None:
        """Open a row as a form."""
        message.stop()
        self._open(message.index)

    # How it is done

    @property
    def _at(self) -> int:
        return self._row or 0

    def _refuses(self) -> bool:
        if self.read_only:
            self.post_message(self.Refused())
        return self.read_only

    def _edit_field(self, index: int) -> None:
        if self._refuses() or self._editing is None or self._section is None:
            return
        field = self._fields[index]
        self._text_before = self._editing.text(self._section.key, self._at, field)
        self.form.cursor = index
        self.choosing = bool(choices(self._section, field))
        match field.kind_in(self._editing.row(self._section.key, self._at).values):
            case "note":
                self.post_message(self.NoteWanted(self._at, field))
            case "client":
                self.post_message(self.ClientWanted(self._at, field))
            case "choice" | "yes_no":
                row = self._editing.row(self._section.key, self._at)
                label = value_shown(row, self._section, field, self._names)
                labels = [text for _value, text in choices(self._section, field)]
                self.form.edit(label, suggestions=labels, select=True)
            case _:
                self.form.edit(self._text_before)

    def _take(self, index: int, text: str) -> None:
        if self._editing is None or self._section is None or index >= len(self._fields):
            return
        field = self._fields[index]
        known, value = chosen(text, self._section, field)
        if known:
            text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        before = self._editing.text(self._section.key, self._at, field)
        self._editing.type(self._section.key, self._at, field, text)
        if before != text:
            self.post_message(self.Changed())

    def _open(self, row: int) -> bool:
        if self._editing is None or self._section is None or row >= len(self._editing.rows(self._section.key)):
            return False
        self._row = row
        self.form.cursor = 0
        self.refresh_values()
        self.post_message(self.Moved())
        return True

    def _close_row(self, row: int) -> None:
        self.form.stop_editing()
        if self._editing is not None and self._section is not None:
            rows = self._editing.rows(self._section.key)
            if row < len(rows) and self._editing.drop_untouched(self._section.key, row):
                self.post_message(self.Changed())
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
