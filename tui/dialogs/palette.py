"""The command palette: every command by a few letters of its name."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input

from tui.commands.command import Command, keys_shown
from tui.commands.fuzzy import best_first
from tui.dialogs.lines import DrawnLine, Lines
from tui.i18n import _
from tui.terminal.cells import width
from tui.widgets.drawn import Piece
from tui.widgets.line_input import LineInput
from tui.widgets.quiet_screen import QuietModal


class Palette(QuietModal[Command]):
    """Offers the commands of where the operator is, and answers with the one that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, id="palette.leave"),
        Binding("down", "move(1)", show=False, id="palette.down"),
        Binding("up", "move(-1)", show=False, id="palette.up"),
        Binding("pagedown", "move(10)", show=False, id="palette.page-down"),
        Binding("pageup", "move(-10)", show=False, id="palette.page-up"),
    ]
    DEFAULT_CSS = """
    Palette { align: center top; }
    Palette > Vertical { width: 64; max-width: 100%; height: auto; max-height: 100%; background: $panel; margin: 1 0; }
    Palette Vertical LineInput { background: $boost; padding: 0 1; }
    Palette Lines { height: 14; max-height: 100%; }
    """

    line = query_one(LineInput)
    lines = query_one(Lines)

    def __init__(self, commands: Sequence[Command]) -> None:
        """Prepare the palette.

        Args:
            commands: what can be done where the operator is.
        """
        super().__init__()
        self._commands = commands
        self._titles = [_(command.title) for command in commands]

    def compose(self) -> ComposeResult:
        """A line to type in, and the commands that fit."""
        with Vertical():
            yield LineInput(placeholder=_("What do you want to do?"))
            yield Lines()

    def on_mount(self) -> None:
        """Show all commands."""
        self._narrow("")
        self.set_focus(self.line)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Leave the commands that fit."""
        message.stop()
        self._narrow(message.value)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Choose the command under the cursor; what fits what is typed now, even if it is not shown yet."""
        message.stop()
        self._narrow(message.value, cursor=self.lines.cursor)
        self._choose()

    def on_virtual_list_selected(self, message: Lines.Selected) -> None:
        """Choose a command with the mouse."""
        message.stop()
        self._choose()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the list on the screen."""
        self.lines.styles.height = max(3, min(14, event.size.height - 5))

    def action_move(self, rows: int) -> None:
        """Move through the commands while the focus stays in the line."""
        self.lines.cursor += rows

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def _choose(self) -> None:
        row = self.lines.row
        if isinstance(row, DrawnLine) and row.value is not None:
            self.dismiss(row.value)

    def _narrow(self, typed: str, *, cursor: int = 0) -> None:
        lines = [
            self._drawn(self._commands[at], self._titles[at], set(found.places))
            for at, found in best_first(typed, self._titles)
        ]
        self.lines.put(lines or [DrawnLine([(_("No such command"), "lines--muted")])], cursor=cursor)

    def _drawn(self, command: Command, title: str, hits: set[int]) -> DrawnLine:
        room = min(64, self.app.size.width) - 4
        keys = keys_shown(command)
        pieces: list[Piece] = [(letter, "lines--hit" if at in hits else "") for at, letter in enumerate(title)]
        pieces.append((" " * max(1, room - width(title) - width(keys)), ""))
        return DrawnLine([*pieces, (keys, "lines--key")], command)
