"""One of many things, found by typing a few letters of its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input

from tui.commands.fuzzy import best_first
from tui.dialogs.lines import DrawnLine, Lines
from tui.dialogs.page import PageTitle
from tui.i18n import _
from tui.terminal.cells import crop, width
from tui.terminal.safe import marked, safe
from tui.widgets.drawn import Piece
from tui.widgets.line_input import LineInput
from tui.widgets.quiet_screen import QuietModal

WIDTH = 64

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things."""

    title: str
    value: Any
    note: str = ""
    """A word about it, at the end of its line."""


class Picking(QuietModal[Value]):
    """Offers things by their titles, narrowed by typing; answers with the value of the one that was taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, id="picking.leave"),
        Binding("down", "move(1)", show=False, id="picking.down"),
        Binding("up", "move(-1)", show=False, id="picking.up"),
        Binding("pagedown", "move(10)", show=False, id="picking.page-down"),
        Binding("pageup", "move(-10)", show=False, id="picking.page-up"),
    ]
    DEFAULT_CSS = """
    Picking { align: center top; }
    Picking > Vertical { width: 64; max-width: 100%; height: auto; max-height: 100%; background: $panel; margin: 1 0; }
    Picking Vertical LineInput { background: $boost; padding: 0 1; }
    Picking Lines { height: 14; max-height: 100%; }
    """

    NOTE_LOOK: ClassVar[str] = "lines--muted"
    """The look of the words at the end of a line."""

    line = query_one(LineInput)
    lines = query_one(Lines)

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        keys: str = "",
        placeholder: str = "",
        nothing: str = "",
        taken: Any = None,
    ) -> None:
        """Prepare the dialog.

        Args:
            title: what is to be chosen; without one there is no line for it, nor one for keys.
            choices: from what.
            keys: what can be done, for the last line.
            placeholder: stands in the line while nothing is typed.
            nothing: said where nothing fits.
            taken: the value the cursor begins on.
        """
        super().__init__()
        self._title, self._choices, self._taken = title, choices, taken
        self._keys = keys or _("↑↓ Enter take it   Esc back")
        self._placeholder = placeholder or _("Type a few letters of it")
        self._nothing = nothing or _("Nothing is called so")

    def compose(self) -> ComposeResult:
        """A line to type in, and what fits."""
        with Vertical():
            if self._title:
                yield PageTitle(self._title)
            yield LineInput(placeholder=self._placeholder)
            yield Lines()
            if self._title:
                yield PageTitle(self._keys)

    def on_mount(self) -> None:
        """Show everything."""
        at = next((at for at, choice in enumerate(self._choices) if choice.value == self._taken), 0)
        self._fit(self.app.size.height)
        self._narrow("", cursor=at if self._taken is not None else 0)
        self.set_focus(self.line)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Leave what fits."""
        message.stop()
        self._narrow(message.value)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Take what is under the cursor; of what fits what is typed now, even if it is not shown yet."""
        message.stop()
        self._narrow(message.value, cursor=self.lines.cursor)
        self._choose()

    def on_virtual_list_selected(self, message: Lines.Selected) -> None:
        """Take one with the mouse."""
        message.stop()
        self._choose()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the list on the screen."""
        self._fit(event.size.height)

    def action_move(self, rows: int) -> None:
        """Move through the list while the focus stays in the line."""
        self.lines.cursor += rows

    def action_leave(self) -> None:
        """Take nothing."""
        self.dismiss(None)

    def _choose(self) -> None:
        row = self.lines.row
        if isinstance(row, DrawnLine) and row.value is not None:
            self.dismiss(row.value)

    def _fit(self, height: int) -> None:
        self.lines.styles.height = max(3, min(max(14, height - 12), height - 6))

    def _narrow(self, typed: str, *, cursor: int = 0) -> None:
        titles = [choice.title for choice in self._choices]
        lines = [self._drawn(self._choices[at], set(found.places)) for at, found in best_first(typed, titles)]
        self.lines.put(lines or [DrawnLine([(self._nothing, "lines--muted")])], cursor=cursor)

    def _drawn(self, choice: Choice, hits: set[int]) -> DrawnLine:
        room = min(WIDTH, self.app.size.width) - 4 - width(choice.note)
        title = crop(safe(choice.title), room)
        if safe(choice.title) == marked(choice.title):
            pieces: list[Piece] = [(letter, "lines--hit" if at in hits else "") for at, letter in enumerate(title)]
        else:
            pieces = [(title, "")]
        pieces.append((" " * max(1, room - width(title)), ""))
        return DrawnLine([*pieces, (choice.note, self.NOTE_LOOK)], choice.value)
