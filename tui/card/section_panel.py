"""One section of the card as it is edited: what is typed into its fields, rows added and removed."""

from dataclasses import dataclass

from textual.message import Message

from store.schema import Field
from tui.card.drawing import value_shown
from tui.card.section_view import SectionView
from tui.forms.wording import choices, chosen
from tui.widgets.form_view import FormView
from tui.widgets.line_input import LineInput
from tui.widgets.table_view import TableView


class SectionPanel(SectionView):
    """Takes what is typed into the section that is shown."""

    @dataclass
    class Changed(Message):
        """Something was typed, or a row added or removed."""

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
        self._text_before = ""
        self.choosing = False
        """Whether the field that was edited last has choices."""

    # What the card asks

    def edit(self) -> None:
        """Edit the field under the cursor; of a table, the row under the cursor from its first field."""
        if self.shows_table:
            if self._open_row(self.table.cursor):
                self._edit_field(0)
        else:
            self._edit_field(self.form.cursor)

    def edit_first_empty(self) -> None:
        """Edit the first field of a form that has no value; the first of all where each has one."""
        lines = self.form.lines
        self.form.cursor = next((at for at, line in enumerate(lines) if not line.value), 0)
        self.edit()

    def add_row(self) -> None:
        """Add a row and edit its first field."""
        if self._refuses() or self._editing is None or self._section is None or not self._section.is_table:
            return
        self.finish()
        at = self._editing.add_row(self._section.key)
        self.post_message(self.Changed())
        if self._open_row(at):
            self._edit_field(0, replace=True)

    def remove_row(self) -> None:
        """Mark the row for removal, or take the mark off."""
        if self._refuses() or self._editing is None or self._section is None or not self._section.is_table:
            return
        at = self.table.cursor if self._row is None else self._row
        if at < len(self._editing.rows(self._section.key)):
            self._editing.remove_row(self._section.key, at)
            self._close_row(at)
            self.post_message(self.Changed())

    def finish(self) -> None:
        """Take what stands in the live input, and close it."""
        if self.form.editing:
            self._take(self.form.cursor, self.form.query_one(LineInput).value)
            self.form.stop_editing()
            self.refresh_values()

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
            self.edit_next(following)
        elif self._row is not None and following > 0:
            self._close_row(self._row)

    def edit_next(self, index: int) -> None:
        """Go on to a field: what is typed next is meant for it, also where a dialog takes it."""
        self.form.cursor = index
        is_asked_apart = self._fields[index].kind in ("note", "client")
        # What stands there would have to be left again by who only walks by.
        if not (is_asked_apart and self._is_filled(index)):
            self._edit_field(index, replace=True)

    def _is_filled(self, index: int) -> bool:
        if self._editing is None or self._section is None:
            return False
        return bool(self._editing.text(self._section.key, self._at, self._fields[index]))

    def go_on(self) -> None:
        """Go on to the next field, as Enter does, after what a dialog took for this one."""
        if not self.form.editing and self.form.cursor + 1 < len(self._fields):
            self.edit_next(self.form.cursor + 1)

    def on_form_view_given_up(self, message: FormView.GivenUp) -> None:
        """Give the field back the text it had."""
        message.stop()
        self._take(message.index, self._text_before)
        self.form.stop_editing()
        self.refresh_values()

    def on_table_view_selected(self, message: TableView.Selected) -> None:
        """Open a row as a form."""
        message.stop()
        self._open_row(message.index)

    # How it is done

    def _refuses(self) -> bool:
        if self.read_only:
            self.post_message(self.Refused())
        return self.read_only

    def _edit_field(self, index: int, *, replace: bool = False) -> None:
        """Open the live input over a field.

        Args:
            index: which field.
            replace: whether what is typed takes the place of the value, as in any form one goes through by Tab.
        """
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
                self.form.edit(self._text_before, select=replace)

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

    def _close_row(self, row: int) -> None:
        """Show the rows again; one that was added and left as it began goes."""
        self.form.stop_editing()
        if self._editing is not None and self._section is not None:
            rows = self._editing.rows(self._section.key)
            if row < len(rows) and self._editing.drop_untouched(self._section.key, row):
                self.post_message(self.Changed())
        super()._close_row(row)
