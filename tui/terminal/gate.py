"""The last gate: whatever a widget draws, no control sequence from data reaches the terminal."""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.terminal.cells import fit, width
from tui.terminal.safe import HOSTILE, marked

_HOSTILE = re.compile(f"[{HOSTILE}]")


class Gate(LineFilter):
    """Turns hostile characters in drawn lines into marks of one cell; lines without any pass untouched.

    Most of Textual's own widgets put control characters from their texts on the screen as they are, and with them
    sequences that write the clipboard or rename the window. Our widgets have made their texts safe already; this one
    also stands behind dialogs, notices and the command palette.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with nothing in them that a terminal would obey."""
        if not any(_HOSTILE.search(text) for text, _, control in segments if not control):
            return segments
        return [segment if segment.control else _clean(segment) for segment in segments]


def _clean(segment: Segment) -> Segment:
    # As wide as it was laid out, or the rest of the line would move.
    return Segment(fit(marked(segment.text), width(segment.text)), segment.style)
