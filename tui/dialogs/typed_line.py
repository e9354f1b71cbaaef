"""One line to be typed: a name, a file."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input

from tui.dialogs.page import PageText
from tui.i18n import _
from tui.widgets.line_input import LineInput
from tui.widgets.quiet_screen import QuietModal


class TypedLine(QuietModal[str]):
    """Asks for a line; answers with it, as typed, or with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False, id="typed-line.leave")]
    DEFAULT_CSS = """
    TypedLine > Vertical { width: 72; max-width: 100%; height: auto; background: $panel; }
    TypedLine Vertical LineInput { background: $boost; padding: 0 1; }
    """

    line = query_one(LineInput)

    def __init__(self, title: str, text: str = "", *, about: str = "") -> None:
        """Prepare the dialog.

        Args:
            title: what is asked.
            text: what stands there already.
            about: what is to be known of it.
        """
        super().__init__()
        self._title, self._text, self._about = title, text, about

    def compose(self) -> ComposeResult:
        """Title, line, keys."""
        with Vertical():
            yield PageText(self._title)
            yield LineInput(self._text)
            yield PageText(self._about or _("Enter take it   Esc back"))

    def on_mount(self) -> None:
        """Begin to type."""
        self.set_focus(self.line)
        self.line.select_all()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Answer with what was typed."""
        message.stop()
        self.dismiss(message.value)

    def action_leave(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
