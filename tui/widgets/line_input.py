"""The one live line of text: the search bar, and the field of a form that is being edited."""

import re
import unicodedata
from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.widgets import Input

from tui.terminal.cells import width
from tui.terminal.safe import marked

MOST = 20_000
"""Characters a field takes. Long enough for any name; a note of a whole page is edited in $EDITOR."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")


class LineInput(Input):
    """Textual's Input without its blinking, its leak, and what it does to text.

    - The cursor does not blink: a blinking one sends 260 bytes a second to an operator who does nothing.
    - It lets go of its screen's signal: else each Input ever mounted is kept until the screen goes (Textual 8.2.8).
    - A combining character typed after its letter becomes one character with it (NFC).
    - Several pasted lines are joined by blanks; Textual keeps the first and drops the rest.
    - Of too much that is pasted the beginning is taken, and that is told; Textual takes nothing.
    - Hostile characters in the value are drawn as marks, one for one; the value itself is not touched.
    - A letter typed does not lay the whole screen out anew, which takes as long as to find what it asks for.
    - Alt and a letter is a command, not a letter.
    - Cursor and selection are reversed, seen without colours too, and of one look: it is sent once.
    """

    DEFAULT_CSS = """
    LineInput { border: none; height: 1; padding: 0; background: $boost; color: $foreground; }
    LineInput:focus { border: none; }
    LineInput.-textual-compact { background: $boost; }
    LineInput > .input--selection, LineInput > .input--cursor {
        background: transparent; color: $foreground; text-style: reverse;
    }
    """

    @dataclass
    class Cut(Message):
        """More was pasted than there is room for: only so many characters were taken."""

        taken: int

    cursor_blink: reactive[bool] = reactive(False, init=False)
    """Whether the cursor blinks: never."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """The size of the text. It lays nothing out: the line stays as wide as it is, and scrolls by itself."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder, id=id, compact=True, select_on_focus=False, max_length=MOST)

    def on_unmount(self) -> None:
        """Let the screen forget this widget."""
        self.screen.text_selection_started_signal.unsubscribe(self)

    def load(self, text: str, *, select: bool = False) -> None:
        """Put another text here, unannounced, with the cursor at its end or all of it selected."""
        self.max_length = max(MOST, len(text))
        with self.prevent(Input.Changed):
            self.value = text
        if select:
            self.select_all()
        else:
            self.cursor_position = len(text)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether that key would be typed into the text."""
        return not _is_chord(key) and super().check_consume_key(key, character)

    def on_key(self, event: events.Key) -> None:
        """Leave chords to the bindings."""
        if _is_chord(event.key):
            # Textual's own handler would run next and take the letter of the chord for typed text.
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Take all pasted lines, joined by blanks."""
        event.stop()
        event.prevent_default()
        parts = (_CONTROLS.sub("", part.replace("\t", " ")).strip() for part in event.text.splitlines())
        if joined := " ".join(part for part in parts if part):
            start, end = sorted(self.selection)
            room = self.max_length - len(self.value) + (end - start) if self.max_length else len(joined)
            if len(joined) > room:
                self.post_message(self.Cut(max(room, 0)))
            self.replace(joined[: max(room, 0)], start, end)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put the text in the place of what lies between `start` and `end`, composed with the letter before it."""
        text = unicodedata.normalize("NFC", text)
        start, end = sorted((max(0, start), min(len(self.value), end)))
        if text and unicodedata.combining(text[0]):
            letter = start
            while letter > 0 and unicodedata.combining(self.value[letter - 1]):
                letter -= 1
            letter = max(0, letter - 1)
            text = unicodedata.normalize("NFC", self.value[letter:start] + text)
            start = letter
        super().replace(text, start, end)

    @property
    def _value(self) -> Text:
        return Text(marked(self.value), no_wrap=True, overflow="ignore", end="")

    def _position_to_cell(self, position: int) -> int:
        return width(marked(self.value[:position]))


def _is_chord(key: str) -> bool:
    return key.startswith(("alt+", "ctrl+", "meta+", "super+", "hyper+"))
