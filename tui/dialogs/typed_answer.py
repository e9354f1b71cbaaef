"""A question that is answered by typing: for what must not happen by a slip of a finger."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input

from tui.commands.command import key_name
from tui.dialogs.page import PageTitle
from tui.dialogs.question import QuestionBox
from tui.terminal.cells import wrap
from tui.terminal.safe import safe
from tui.widgets.drawn import Piece
from tui.widgets.line_input import LineInput
from tui.widgets.quiet_screen import QuietModal

WIDTH = 70


class TypedAnswer(QuietModal[str]):
    """Answers with what was typed; Escape gives none."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stay", show=False, id="typed-answer.stay")]
    DEFAULT_CSS = """
    TypedAnswer > Vertical { width: 74; max-width: 100%; height: auto; max-height: 100%; background: $panel; }
    TypedAnswer Vertical LineInput { background: $boost; padding: 0 1; margin: 0 2 1 2; }
    """

    line = query_one(LineInput)

    def __init__(self, title: str, lines: Sequence[str], stay: str) -> None:
        """Prepare the question.

        Args:
            title: the question.
            lines: what there is to know before answering.
            stay: the words for Escape.
        """
        super().__init__()
        self._title, self._lines, self._stay = title, lines, stay

    def compose(self) -> ComposeResult:
        """The question, and a line to type in."""
        room = max(20, min(self.app.size.width - 6, WIDTH))
        most = max(3, self.app.size.height - 8)
        rows: list[list[Piece]] = [[(part, "box--title")] for part in wrap(safe(self._title), room)]
        rows.append([("", "")])
        wrapped = [wrap(safe(line), room) for line in self._lines]
        *others, last = wrapped or [[]]
        said = [part for line in others for part in line]
        # What is to be typed stands in the last line: in a low window the others give way.
        rows += [[(part, "")] for part in (*said[: max(0, most - len(last))], *last)]
        with Vertical():
            yield QuestionBox(rows, room)
            yield LineInput()
            yield PageTitle(f"{key_name('escape')} {self._stay}")

    def on_mount(self) -> None:
        """Begin to type."""
        self.set_focus(self.line)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Answer with what was typed."""
        message.stop()
        self.dismiss(message.value)

    def action_stay(self) -> None:
        """Give no answer."""
        self.dismiss(None)
