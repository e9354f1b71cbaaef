"""A form as one drawn widget, with one live input that is laid over the value being edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input

from tui.terminal.cells import crop, fit
from tui.terminal.safe import safe
from tui.widgets.cursor_view import CursorView
from tui.widgets.drawn import CURSOR_MARK, Piece
from tui.widgets.form_rows import Line as Line
from tui.widgets.form_rows import Rows
from tui.widgets.line_input import LineInput
from tui.widgets.suggestions import Suggestions


class FormView(CursorView):
    """Fields under a cursor; `edit` opens the one under it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "form--label",
        "form--cursor",
        "form--error",
        "form--hint",
        "form--changed",
        "form--scroll",
        "form--suggestion",
        "form--taken",
    }
    DEFAULT_CSS = """
    FormView { height: 1fr; background: $surface; color: $foreground; layers: drawn field; }
    FormView > LineInput { layer: field; position: absolute; display: none; }
    FormView > .form--label { color: $text-muted; background: $surface; }
    FormView > .form--cursor {
        background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground;
    }
    FormView:focus-within > .form--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    FormView > .form--error { color: $text-error; background: $surface; text-style: bold; }
    FormView > .form--hint { color: $text-muted; background: $surface; text-style: italic; }
    FormView > .form--changed { color: $text-warning; background: $surface; text-style: bold; }
    FormView > .form--scroll { color: $text-muted; background: $surface; }
    FormView > .form--suggestion { background: $panel; color: $foreground; }
    FormView > .form--taken { background: $block-cursor-background; color: $block-cursor-foreground; }
    """

    lines: reactive[tuple[Line, ...]] = reactive(tuple, repaint=False)
    """The fields, from top to bottom."""

    @dataclass
    class Edit(Message):
        """The operator asks to edit a field; answer with `FormView.edit`."""

        form: "FormView"
        index: int

        @property
        def control(self) -> "FormView":
            """The form, for `@on` selectors."""
            return self.form

    @dataclass
    class Typing(Message):
        """The text of the field being edited changed."""

        form: "FormView"
        index: int
        text: str

        @property
        def control(self) -> "FormView":
            """The form, for `@on` selectors."""
            return self.form

    @dataclass
    class Entered(Message):
        """The operator is done with a field."""

        form: "FormView"
        index: int
        text: str
        move: int
        """Where to go: 1 to the next field, -1 to the one before, 0 nowhere (the focus went away)."""

        @property
        def control(self) -> "FormView":
            """The form, for `@on` selectors."""
            return self.form

    @dataclass
    class GivenUp(Message):
        """The operator left a field with Esc."""

        form: "FormView"
        index: int

        @property
        def control(self) -> "FormView":
            """The form, for `@on` selectors."""
            return self.form

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.editing = False
        """Whether the live input is open."""
        self._field = LineInput()
        self._suggestions = Suggestions()
        self._rows = Rows()

    @property
    def _count(self) -> int:
        return len(self.lines)

    @property
    def _row_count(self) -> int:
        return len(self._rows.all)

    def _line_of(self, index: int) -> int:
        return self._rows.span(index)[0] - self._window.top

    def _index_at(self, line: int) -> int | None:
        row = self._window.top + line
        return None if self.editing or row >= self._row_count else self._rows.all[row].index

    def watch_lines(self) -> None:
        """Show other values; the cursor stays where it is."""
        self.cursor = self.validate_cursor(self.cursor)
        self._lay_rows()

    def compose(self) -> ComposeResult:
        """The one input."""
        yield self._field

    def render_line(self, y: int) -> Strip:
        """One row of the form, or of the suggestions that lie over it."""
        if self._rows.width != self.size.width:
            # Painted before the resize was told: values wrapped to another width would be sent, and then sent again.
            self._place_rows()
        room = self.size.width - 1
        over = self._overlay().get(y)
        if over is not None:
            left = self._rows.left
            line = self.strip([(" " * left, ""), *over], room)
        else:
            line = self._row_strip(self._window.top + y, room)
        mark = self._window.mark(y, self.size.height, self._row_count)
        return Strip([*line, *self.strip([(mark, "form--scroll")], 1)], room + 1)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the values to the new width."""
        self._lay_rows()

    def on_key(self, event: events.Key) -> None:
        """Keys that mean something to the form while a field of it is edited."""
        if not self.editing:
            return
        match event.key:
            case "escape":
                self.post_message(self.GivenUp(self, self.cursor))
            case "enter" | "tab":
                self._enter(1)
            case "shift+tab":
                self._enter(-1)
            case "up" | "down":
                self._up_or_down(-1 if event.key == "up" else 1)
            case _:
                return
        event.stop()
        event.prevent_default()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is typed, and narrow the suggestions to it."""
        event.stop()
        if self.editing:
            self._suggestions.narrow(event.value)
            if self._suggestions.offered:
                self.refresh()
            self.post_message(self.Typing(self, self.cursor, event.value))

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """The focus went elsewhere: the field is entered; not so where only the terminal lost its focus."""
        event.stop()
        if self.editing and self.app.app_focus and not self._field.has_focus:
            self._enter(0)

    def action_move(self, fields: int) -> None:
        """Move the cursor by so many fields; through a value taller than the window row by row."""
        first, last = self._rows.span(self.cursor)
        top = self._window.top
        if fields > 0 and last >= top + self._height:
            self._scroll(1)
        elif fields < 0 and first < top:
            self._scroll(-1)
        else:
            self.cursor += fields

    def action_page(self, pages: int) -> None:
        """Move by so many screens."""
        self._scroll(pages * max(1, self.size.height - 1))
        if rows := self._rows.all:
            row = self._window.top if pages < 0 else min(self._window.top + self.size.height, len(rows)) - 1
            self.cursor = rows[row].index

    def action_select(self) -> None:
        """Ask for the field under the cursor to be edited."""
        if self.lines:
            self.post_message(self.Edit(self, self.cursor))

    def edit(self, text: str, *, suggestions: Sequence[str] = (), select: bool = False) -> None:
        """Open the live input over the value under the cursor.

        Args:
            text: What stands in it at first.
            suggestions: What Up and Down go through and typing narrows; without any they enter the field and move on.
            select: Whether all of the text is selected, so that typing replaces it.
        """
        self.editing = True
        self._suggestions = Suggestions.of(suggestions, text)
        self._lay_rows()
        self._field.display = True
        self._field.load(text, select=select)
        # Not Widget.focus(), which waits for its turn: a key typed at once would still go to the form.
        self.screen.set_focus(self._field)

    def stop_editing(self) -> None:
        """Close the live input; the focus comes back to the form if the input had it."""
        if not self.editing:
            return
        self.editing = False
        if self._field.has_focus:
            self.screen.set_focus(self)
        self._field.display = False
        self._lay_rows()

    def _enter(self, move: int) -> None:
        self.post_message(self.Entered(self, self.cursor, self._field.value, move))

    def _up_or_down(self, by: int) -> None:
        if not self._suggestions.offered:
            self._enter(by)
        elif (text := self._suggestions.step(by)) is not None:
            self._field.load(text)
            self.refresh()
            self.post_message(self.Typing(self, self.cursor, text))

    def _lay_rows(self) -> None:
        """Place every field on its rows, and the input over its value."""
        self._place_rows()
        if self.editing:
            self._field.styles.offset = (self._rows.left, self._line_of(self.cursor))
            self._field.styles.width = self._rows.room
        self.refresh()

    def _place_rows(self) -> None:
        self._rows = Rows(self.lines, self.size.width, edited=self.cursor if self.editing else None)
        self._follow()

    def _row_strip(self, row: int, room: int) -> Strip:
        if row >= self._row_count:
            return self.strip((), room)
        part, left = self._rows.all[row], self._rows.left
        line, here = self.lines[part.index], part.index == self.cursor
        if not part.first:
            return self.strip([(" " * left, ""), (part.text, part.look)], room)
        label = fit(safe(line.label), self._rows.label_width)
        head = (CURSOR_MARK + label, "form--cursor") if here else (" " + label, "form--label")
        value: Piece = (part.text, part.look)
        if here and not line.value and line.hint and not self.editing:
            value = (crop(safe(line.hint), room - left), "form--hint")
        return self.strip([head, ("*" if line.changed else " ", "form--changed"), (" ", ""), value], room)

    def _overlay(self) -> dict[int, Sequence[Piece]]:
        """The widget's lines that suggestions or the hint lie over: below the input, or above it at the bottom."""
        if not self.editing or not self.lines:
            return {}
        room, hint = self._rows.room, self.lines[self.cursor].hint
        pieces = self._suggestions.pieces(room)
        if not self._suggestions.offered and hint:
            pieces = [[(crop(safe(hint), room), "form--hint")]]
        field = self._line_of(self.cursor)
        below = field + 1 + len(pieces) <= self.size.height
        start = field + 1 if below else max(0, field - len(pieces))
        return dict(enumerate(pieces, start))

    def _follow(self) -> bool:
        first, last = self._rows.span(self.cursor)
        # Of a value taller than the window its beginning is shown.
        last = min(last, first + self._height - 1)
        return self._window.follow(first, last, self._height, self._row_count)

    def _scroll(self, rows: int) -> None:
        if not self.editing:
            super()._scroll(rows)
