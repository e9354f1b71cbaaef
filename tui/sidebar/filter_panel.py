"""The filter panel: fields, then their values with counts; what is chosen is written into the search line."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input
from textual.worker import Worker, WorkerState, get_current_worker

from store.door import Store
from store.errors import StoreError
from store.query import narrowed
from tui.dialogs.lines import DrawnLine, Lines
from tui.dialogs.page import PageText, PageTitle
from tui.forms.askable import Askable, filterable
from tui.i18n import _
from tui.i18n.formats import count
from tui.i18n.problems import say, say_reason
from tui.sidebar.filter_choices import FilterChoice, has_values, of_values, presets, typed_choice
from tui.sidebar.filter_line import FilterLine
from tui.sidebar.filter_lines import choice_lines, field_lines
from tui.terminal.cells import crop, width, wrap
from tui.terminal.safe import safe
from tui.widgets.line_input import LineInput
from tui.widgets.quiet_screen import QuietModal

WIDTH = 80
MOST_VALUES = 200


class PanelLine(LineInput):
    """The line of the panel; empty, it knows three more keys."""

    @dataclass
    class Pressed(Message):
        """Backspace, minus or space in the empty line."""

        key: str

    def on_key(self, event: events.Key) -> None:
        """Take the keys that are no text in an empty line."""
        if not self.value and event.key in ("backspace", "minus", "space"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Pressed(event.key))


class FilterPanel(QuietModal[None]):
    """Fields of the schema; of the chosen one what can be asked. The search line is the only thing it keeps."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False, id="filters.back"),
        Binding("down", "move(1)", show=False, id="filters.down"),
        Binding("up", "move(-1)", show=False, id="filters.up"),
        Binding("pagedown", "move(10)", show=False, id="filters.page-down"),
        Binding("pageup", "move(-10)", show=False, id="filters.page-up"),
        Binding("ctrl+e", "exclude", show=False, id="filters.exclude"),
    ]
    DEFAULT_CSS = """
    FilterPanel > Vertical { width: 80; max-width: 100%; height: 100%; background: $panel; }
    FilterPanel Vertical LineInput { background: $boost; padding: 0 1; }
    FilterPanel Lines { height: 1fr; }
    """

    head = query_one("#filters-line", PageTitle)
    keys = query_one("#filters-keys", PageText)
    line = query_one(PanelLine)
    lines = query_one(Lines)

    @dataclass
    class Counted(Message):
        """A worker's choices of a field, with counts."""

        asked: Askable
        query: str
        choices: list[FilterChoice]

    @dataclass
    class Total(Message):
        """A worker's count of what the line finds."""

        query: str
        number: int

    def __init__(
        self,
        store: Store,
        query: str,
        write: Callable[[str], None],
        among: Callable[[], Sequence[int] | None] = lambda: None,
        everybody: str = "",
    ) -> None:
        """Prepare the panel.

        Args:
            store: what is counted in.
            query: the search line as it stands.
            write: takes the line whenever it is changed.
            among: those of whom the list is one, None for all; called in threads.
            everybody: who is found by an empty line, in words; "" for all clients.
        """
        super().__init__()
        self._store, self._write, self._among = store, write, among
        self._everybody = everybody or _("all clients")
        self._query = FilterLine(query, store.schema, store.reading.today)
        self._fields = filterable(store.schema)
        self._field: Askable | None = None
        self._choices: list[FilterChoice] = []
        self._is_counted = False
        """Whether the values of the field were counted since it was opened."""
        self._total: int | None = None

    def compose(self) -> ComposeResult:
        """The search line, a line to narrow by, what there is, keys."""
        with Vertical():
            yield PageTitle("", id="filters-line")
            yield PanelLine()
            yield Lines()
            yield PageText("", id="filters-keys")

    def on_mount(self) -> None:
        """Begin with the fields."""
        self.set_focus(self.line)
        self._show_fields()
        self._count_total(self._query.line)

    def on_resize(self) -> None:
        """Lay the lines out for the room there is now."""
        if self.query(Lines):
            self._show_title()
            self._narrow(cursor=self.lines.cursor)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Leave what fits."""
        message.stop()
        self._narrow()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Open the field, or choose the value, under the cursor."""
        message.stop()
        self._take()

    def on_virtual_list_selected(self, message: Lines.Selected) -> None:
        """The same with the mouse."""
        message.stop()
        self._take()

    def on_panel_line_pressed(self, message: PanelLine.Pressed) -> None:
        """Backspace in an empty line goes back; a minus there excludes, a space chooses."""
        message.stop()
        if message.key == "backspace" and self._field is not None:
            self.action_back()
        elif message.key == "minus":
            self.action_exclude()
        elif message.key == "space":
            self._take()

    def action_move(self, rows: int) -> None:
        """Move through the list while the focus stays in the line."""
        self.lines.cursor += rows
        for step in (1, -1) if rows > 0 else (-1, 1):
            # Past headings to what can be taken, the other way where there is nothing more.
            while self.lines.row is not None and self.lines.row.value is None:
                before = self.lines.cursor
                self.lines.cursor += step
                if self.lines.cursor == before:
                    break

    def action_back(self) -> None:
        """Back to the fields; from there, out."""
        if self._field is None:
            self.dismiss(None)
        else:
            field, self._field = self._field, None
            self._show_fields(field)

    def action_exclude(self) -> None:
        """Exclude the value under the cursor."""
        row = self.lines.row
        if self._field is not None and row is not None and isinstance(row.value, FilterChoice):
            self._rewrite(self._query.exclude(row.value.token))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell what could not be counted."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            self.keys.say(say(error, self._store.schema) if isinstance(error, StoreError | OSError) else repr(error))

    def on_filter_panel_counted(self, message: Counted) -> None:
        """Show the counts, if they are still asked for."""
        if self._field is message.asked and message.query == self._query.line:
            row = self.lines.row
            under = row.value.token if row is not None and isinstance(row.value, FilterChoice) else ""
            if not self._is_counted and not self.lines.cursor and under in [each.token for each in self._choices]:
                under = ""  # nobody went there: the values come before it
            self._is_counted = True
            self._choices = message.choices
            self._narrow(cursor=self.lines.cursor, under=under)

    def on_filter_panel_total(self, message: Total) -> None:
        """Show how many are found."""
        if message.query == self._query.line:
            self._total = message.number
            self._show_title()

    def _take(self) -> None:
        row = self.lines.row
        if row is None:
            return
        if isinstance(row.value, Askable):
            self._open(row.value)
        elif isinstance(row.value, FilterChoice):
            is_typed = self._field is not None and row.value == typed_choice(self._field, self.line.value)
            if is_typed:
                # It stands in the search line now; what is typed next is another.
                self.line.load("")
            self._rewrite(self._query.toggle(row.value.token), cursor=0 if is_typed else None)

    def _open(self, field: Askable) -> None:
        self._field = field
        self._is_counted = False
        self.line.load("")
        self._choices = presets(field, self._store.schema, self._store.reading.today)
        self.keys.say(_("Enter choose, again take off  - exclude  type a value or a range  Esc back"))
        self._show_title()
        self._narrow()
        self._count(field, self._query)

    def _rewrite(self, line: str, *, cursor: int | None = None) -> None:
        """Another line: it is searched for behind the panel, and the counts are made anew."""
        self._query = FilterLine(line, self._store.schema, self._store.reading.today)
        self._total = None
        self._write(line)
        self._show_title()
        self._narrow(cursor=self.lines.cursor if cursor is None else cursor)
        self._count_total(line)
        if self._field is not None:
            self._count(self._field, self._query)

    def _show_fields(self, field: Askable | None = None) -> None:
        self.line.load("")
        self.keys.say(_("↑↓ Enter its values   type to find a field   Esc done"))
        self._show_title()
        self._narrow(on=field)

    def _show_title(self) -> None:
        number = "…" if self._total is None else count(self._total)
        room = min(WIDTH, self.app.size.width) - width(number) - 6
        where = f"{self._field.group}: {self._field.label}   " if self._field else ""
        text = crop(safe(where + (self._query.line or self._everybody)), room)
        self.head.say(text + " " * (room - width(text)) + f"  {number}")

    @work(exclusive=True, group="total", exit_on_error=False)
    async def _count_total(self, query: str) -> None:
        number = await asyncio.to_thread(lambda: self._store.count(query, among=self._among()))
        self.post_message(self.Total(query, number))

    @work(thread=True, exclusive=True, group="facets", exit_on_error=False)
    def _count(self, field: Askable, line: FilterLine) -> None:
        """Count what can be chosen of a field among those the rest of the line finds."""
        if (worker := get_current_worker()).is_cancelled:
            return
        target = field.key.target
        rest = line.without(target) if target is not None else line.line
        values: list[FilterChoice] = []
        among = self._among()
        if target is not None and has_values(field.key):
            found = self._store.facets(rest, target, MOST_VALUES, among=among)
            values = of_values(field, [(each.value, each.count) for each in found])
        fixed = presets(field, self._store.schema, self._store.reading.today)
        self.post_message(self.Counted(field, line.line, [*values, *fixed]))
        counted = []
        for each in fixed:
            if worker.is_cancelled:
                return
            counted.append(replace(each, count=self._store.count(narrowed(rest, each.token), among=among)))
        self.post_message(self.Counted(field, line.line, [*values, *counted]))

    def _why_nothing(self, typed: str) -> str:
        """Why nothing is offered for what is typed."""
        own = typed_choice(self._field, typed) if self._field is not None else None
        mistake = self._query.mistake(own.token) if own is not None else None
        return say_reason(mistake, self._store.schema) if mistake is not None else _("Nothing is called so")

    def store_changed(self) -> None:
        """Count anew."""
        self._count_total(self._query.line)
        if self._field is not None:
            self._count(self._field, self._query)

    def _narrow(self, *, cursor: int = 0, on: Askable | None = None, under: str = "") -> None:
        """Show what fits what is typed, with the cursor on a place, on a field, or on the choice of a filter."""
        typed, room = self.line.value, min(WIDTH, self.app.size.width) - 4
        if self._field is None:
            lines = field_lines(self._fields, self._query, typed, room)
            if on is not None:
                cursor = next((at for at, line in enumerate(lines) if line.value == on), 0)
        else:
            lines = choice_lines(self._field, self._choices, self._query, typed, room)
            tokens = [line.value.token for line in lines if isinstance(line.value, FilterChoice)]
            cursor = self._query.place_of(under, tokens, cursor) if under else cursor
        if not lines:
            lines = [DrawnLine([(part, "lines--muted")]) for part in wrap(safe(self._why_nothing(typed)), room)]
        if lines[min(cursor, len(lines) - 1)].value is None:
            cursor += 1
        self.lines.put(lines, cursor=min(cursor, len(lines) - 1))
