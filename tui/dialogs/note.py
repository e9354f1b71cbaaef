"""A note of several lines, in a place of its own."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import TextArea

from tui.commands.bindings import bindings
from tui.commands.command import Place, key_name, keys_of
from tui.commands.registry import commands_in
from tui.dialogs.page import PageTitle
from tui.i18n import _
from tui.widgets.quiet_screen import QuietModal


class NoteArea(TextArea):
    """Textual's text area without blinking, and without the leak of its screen's signal (Textual 8.2.8)."""

    DEFAULT_CSS = """
    NoteArea { border: none; padding: 0 1; background: $surface; }
    NoteArea:focus { border: none; }
    """

    def on_unmount(self) -> None:
        """Let the screen forget this widget."""
        self.screen.text_selection_started_signal.unsubscribe(self)


class Note(QuietModal[str]):
    """Answers with the text as it was left; nothing typed is ever dropped here."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.NOTE, priority=True)
    DEFAULT_CSS = """
    Note > Vertical { width: 80; max-width: 100%; height: 20; max-height: 100%; background: $panel; }
    Note NoteArea { height: 1fr; }
    """

    area = query_one(NoteArea)

    def __init__(self, title: str, text: str, typing: Callable[[str], None]) -> None:
        """Prepare the note.

        Args:
            title: which note it is.
            text: its text so far.
            typing: told each text as it is typed, for the draft.
        """
        super().__init__()
        self._title, self._text, self._typing = title, text, typing
        self._keys = "   ".join(f"{key_name(keys_of(each)[0])} {_(each.hint)}" for each in commands_in(Place.NOTE))

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        with Vertical():
            yield PageTitle(self._title)
            yield NoteArea(self._text, soft_wrap=True, tab_behavior="focus")
            yield PageTitle(self._keys)

    def on_mount(self) -> None:
        """Begin at the end of the text."""
        self.area.cursor_blink = False
        self.area.move_cursor(self.area.document.end)
        self.set_focus(self.area)

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Let the draft have what was typed so far."""
        message.stop()
        self._typing(self.area.text)

    def action_keep(self) -> None:
        """Return to the card with the text."""
        self.dismiss(self.area.text)

    def action_leave(self) -> None:
        """Return to the card with the text, as it cannot be told apart from keeping it."""
        self.dismiss(self.area.text)

    def action_editor(self) -> None:
        """Write the text in the operator's own editor."""
        from tui.dialogs.editor import EditorError, EditorMissing, edit_text

        text, trouble = self.area.text, ""
        with self.app.suspend():
            # Caught in here: an error that passes through `suspend` leaves the terminal to nobody (Textual 8.2.8).
            try:
                text = edit_text(text)
            except EditorMissing as missing:
                trouble = _("{program} cannot be started: set $EDITOR").format(program=missing.program)
            except EditorError as failed:
                trouble = _("{program} ended with an error; the text is as it was").format(program=failed.program)
        self.query(PageTitle).last().say(trouble or self._keys)
        if text != self.area.text:
            self.area.load_text(text)
            self.area.move_cursor(self.area.document.end)
