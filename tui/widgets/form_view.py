"""A form as one drawn widget, with one live input that is laid over the value being edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input

from tui.terminal.cells import crop, fit, width
from tui.terminal.safe import safe
from tui.widgets.drawn import CURSOR_MARK, Drawn, Piece
from tui.widgets.form_rows import Line as Line
from tui.widgets.form_rows import Row, rows_of
from tui.widgets.line_input import LineInput
from tui.widgets.suggestions import Suggestions
from tui.widgets.window import Window


class FormView(Drawn, can_focus=True):
    """Fields under a cursor; `edit` opens the one under it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False, id="form.up"),
        Binding("down,j", "move(1)", show=False, id="form.down"),
        Binding("pageup", "page(-1)", show=False, id="form.page-up"),
        Binding("pagedown", "page(1)", show=False, id="form.page-down"),
        Binding("home", "first", show=False, id="form.first"),
        Binding("end", "last", show=False, id="form.last"),
        Binding("enter", "edit", show=False, id="form.edit"),
    ]
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
    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The place of the field under the cursor."""

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
        self._window = Window()
        self._rows: list[Row] = []
        self._label_width = 0
        self._laid_width = 0

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a field."""
        return max(0, min(cursor, len(self.lines) - 1))

    def watch_lines(self) -> None:
        """Show other values; the cursor stays where it is."""
        self.cursor = self.validate_cursor(self.cursor)
        self._lay_rows()

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Repaint the two fields, or everything where the window had to move."""
        if self._follow():
            self.refresh()
        else:
            self.refresh_lines_at(self._row_of(before) - self._window.top, self._row_of(cursor) - self._window.top)

    def compose(self) -> ComposeResult:
        """The one input."""
        yield self._field

    def render_line(self, y: int) -> Strip:
        """One row of the form, or of the suggestions that lie over it."""
        if self._laid_width != self.size.width:
            # Painted before the resize was told: values wrapped to another width would be sent, and then sent again.
            self._place_rows()
        room = self.size.width - 1
        over = self._overlay().get(y)
        if over is not None:
            left = self._value_left
            line = self.strip([(" " * left, ""), *over], room)
        else:
            line = self._row_strip(self._window.top + y, room)
        mark = self._window.mark(y, self.size.height, len(self._rows))
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
            self._refresh_overlay()
            self.post_message(self.Typing(self, self.cursor, event.value))

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """The focus went elsewhere: the field is entered; not so where only the terminal lost its focus."""
        event.stop()
        if self.editing and self.app.app_focus and not self._field.has_focus:
            self._enter(0)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a second click there edits."""
        row = self._window.top + event.y
        if event.widget is not self or self.editing or row >= len(self._rows):
            return
        index = self._rows[row].index
        if index == self.cursor and event.chain == 2:
            self.action_edit()
        self.cursor = index

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show later fields."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show earlier fields."""
        event.stop()
        self._scroll(-3)

    def action_move(self, fields: int) -> None:
        """Move the cursor by so many fields; through a value taller than the window row by row."""
        rows = [row for row, part in enumerate(self._rows) if part.index == self.cursor]
        top, height = self._window.top, self.size.height
        if rows and fields > 0 and rows[-1] >= top + height:
            self._scroll(1)
        elif rows and fields < 0 and rows[0] < top:
            self._scroll(-1)
        else:
            self.cursor += fields

    def action_page(self, pages: int) -> None:
        """Move by so many screens."""
        self._scroll(pages * max(1, self.size.height - 1))
        if self._rows:
            row = self._window.top if pages < 0 else min(self._window.top + self.size.height, len(self._rows)) - 1
            self.cursor = self._rows[row].index

    def action_first(self) -> None:
        """Go to the first field."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last field."""
        self.cursor = len(self.lines) - 1

    def action_edit(self) -> None:
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

    @property
    def _value_left(self) -> int:
        return self._label_width + 3

    def _enter(self, move: int) -> None:
        self.post_message(self.Entered(self, self.cursor, self._field.value, move))

    def _up_or_down(self, by: int) -> None:
        if not self._suggestions.offered:
            self._enter(by)
        elif (text := self._suggestions.step(by)) is not None:
            self._field.load(text)
            self._refresh_overlay()
            self.post_message(self.Typing(self, self.cursor, text))

    def _lay_rows(self) -> None:
        """Place every field on its rows, and the input over its value."""
        self._place_rows()
        if self.editing:
            self._field.styles.offset = (self._value_left, self._row_of(self.cursor) - self._window.top)
            self._field.styles.width = max(1, self.size.width - self._value_left - 1)
        self.refresh()

    def _place_rows(self) -> None:
        self._laid_width = self.size.width
        widest = max((width(safe(line.label)) for line in self.lines), default=0)
        self._label_width = min(widest, max(8, self.size.width * 2 // 5))
        room = max(1, self.size.width - self._value_left - 1)
        edited = self.cursor if self.editing else None
        self._rows = [row for at, line in enumerate(self.lines) for row in rows_of(at, line, room, empty=at == edited)]
        self._follow()

    def _row_strip(self, row: int, room: int) -> Strip:
        if row >= len(self._rows):
            return self.strip((), room)
        part = self._rows[row]
        line, here = self.lines[part.index], part.index == self.cursor
        if not part.first:
            return self.strip([(" " * self._value_left, ""), (part.text, part.look)], room)
        label = fit(safe(line.label), self._label_width)
        head = (CURSOR_MARK + label, "form--cursor") if here else (" " + label, "form--label")
        value: Piece = (part.text, part.look)
        if here and not line.value and line.hint and not self.editing:
            value = (crop(safe(line.hint), room - self._value_left), "form--hint")
        return self.strip([head, ("*" if line.changed else " ", "form--changed"), (" ", ""), value], room)

    def _overlay(self) -> dict[int, Sequence[Piece]]:
        """The widget's lines that suggestions or the hint lie over: below the input, or above it at the bottom."""
        if not self.editing or not self.lines:
            return {}
        pieces = self._overlay_lines()
        field = self._row_of(self.cursor) - self._window.top
        below = field + 1 + len(pieces) <= self.size.height
        start = field + 1 if below else max(0, field - len(pieces))
        return dict(enumerate(pieces, start))

    def _overlay_lines(self) -> list[list[Piece]]:
        room = max(1, self.size.width - self._value_left - 1)
        hint = self.lines[self.cursor].hint
        if not self._suggestions.offered:
            return [[(crop(safe(hint), room), "form--hint")]] if hint else []
        found: list[list[Piece]] = []
        for place in self._suggestions.window():
            taken = place == self._suggestions.taken
            mark, look = (CURSOR_MARK, "form--taken") if taken else (" ", "form--suggestion")
            found.append([(mark + fit(safe(self._suggestions.matching[place]), room - 1), look)])
        return found

    def _refresh_overlay(self) -> None:
        if self._suggestions.offered:
            self.refresh()

    def _row_of(self, index: int) -> int:
        return next((row for row, part in enumerate(self._rows) if part.index == index), 0)

    def _follow(self) -> bool:
        rows = [row for row, part in enumerate(self._rows) if part.index == self.cursor] or [0]
        # Of a value taller than the window its beginning is shown.
        last = min(rows[-1], rows[0] + max(1, self.size.height) - 1)
        return self._window.follow(rows[0], last, self.size.height, len(self._rows))

    def _scroll(self, rows: int) -> None:
        if not self.editing and self._window.scroll(rows, self.size.height, len(self._rows)):
            self.refresh()
