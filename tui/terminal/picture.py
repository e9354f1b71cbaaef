"""What the terminal shows, kept so that only the cells that change are sent.

Textual paints whole regions and wraps every run of text in a full set of colours and a reset: 2.6 KB for a typed
letter. A `Picture` reads each frame (cursor moves, looks, text: nothing else occurs in one), compares it with what the
terminal shows and writes the difference with the shortest moves and changes of look: 65 bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.terminal import sgr
from tui.terminal.cells import cells

_TOKEN = re.compile(
    r"\x1b\[(?:(?P<y>\d+);(?P<x>\d+)H|(?P<look>[0-9;]*)m)|(?P<newline>\n)|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)

GAP = 4
"""Unchanged cells between two changed ones that cost no more to send again than to jump over."""

ERASED = 6
"""Blanks from which on erasing is shorter than sending them."""

_SURE = re.compile(
    "[\x20-\u0482\u048a-\u0590\u1e00-\u2bff\u3041-\u3096\u30a0-\u30ff\u4e00-\u9fff\uac00-\ud7a3\u0300-\u036f]*"
)
"""Texts whose width every terminal sees alike; after others the cursor's place is not taken for granted."""


@dataclass(slots=True)
class _Row:
    """One line of the screen, cell by cell; None where it is not known what the terminal shows."""

    chars: list[str | None]
    looks: list[str | None]


@dataclass(slots=True)
class Picture:
    """A terminal's screen as far as it is known, and how to change it."""

    erases: bool = False
    """Whether erasing fills with the background in force (terminfo's `bce`)."""
    width: int = 0
    _rows: dict[int, _Row] = field(default_factory=dict)
    _at: tuple[int, int] | None = None
    """Where the terminal's cursor is, if that is sure."""
    _look: str | None = None
    """The look in force, if that is known."""

    def forget(self, width: int | None = None) -> None:
        """Take nothing for known: the next frame is sent whole."""
        if width is not None:
            self.width = width
        self._rows.clear()
        self._at = self._look = None

    def difference(self, frame: str, *, place_cursor: bool = False) -> str | None:
        """What to send so that the terminal shows the frame; None if this is not a frame.

        Args:
            frame: What the compositor wrote.
            place_cursor: Whether the cursor must end where the frame leaves it, as input methods look for it there.
        """
        out: list[str] = []
        x = y = end = 0
        look = ""
        ends_with_move = False
        for token in _TOKEN.finditer(frame):
            if token.start() != end:
                return None
            end = token.end()
            match token.lastgroup:
                case "x":
                    x, y = int(token["x"]) - 1, int(token["y"]) - 1
                    ends_with_move = True
                case "look":
                    look = "" if token["look"] == "0" else token["look"]
                case "text":
                    x = self._put(out, x, y, cells(token["text"]), look)
                    ends_with_move = False
        if end != len(frame):
            return None
        if place_cursor and ends_with_move and self._at != (x, y):
            self._move(out, x, y, absolute=True)
        return "".join(out)

    def _put(self, out: list[str], x: int, y: int, new: Sequence[str], look: str) -> int:
        """Write a run of one look where it differs from what is shown; the column after it."""
        after = x + len(new)
        if after > self.width:
            new = _cut(new, self.width - x)
        if not new or x < 0:
            return after
        row = self._rows.get(y)
        if row is None:
            row = self._rows[y] = _Row([None] * self.width, [None] * self.width)
        last = x + len(new)
        old = row.chars[x:last]
        looks = row.looks[x:last]
        if old != list(new) or looks.count(look) != len(looks):
            changed = [before != char or seen != look for before, char, seen in zip(old, new, looks, strict=True)]
            self._halve(row, x, last)
            row.chars[x:last] = new
            row.looks[x:last] = [look] * len(new)
            for start, stop in _runs(changed, new):
                self._send(out, x + start, y, new[start:stop], look)
        return after

    def _halve(self, row: _Row, start: int, stop: int) -> None:
        """A wide character of which one half is overwritten leaves its other half undefined."""
        if start > 0 and row.chars[start] == "":
            row.chars[start - 1] = None
        if stop < self.width and row.chars[stop] == "":
            row.chars[stop] = None

    def _send(self, out: list[str], x: int, y: int, run: Sequence[str], look: str) -> None:
        self._move(out, x, y)
        out.append(sgr.change(self._look, look))
        self._look = look
        text = "".join(run)
        blanks = len(text) - len(text.rstrip(" "))
        if not self.erases or blanks < ERASED or not sgr.erasable(look):
            self._write(out, x, y, text, len(run))
            return
        kept = len(run) - blanks
        if kept:
            self._write(out, x, y, text[:-blanks], kept)
            self._move(out, x + kept, y)
        out.append("\x1b[K" if x + len(run) >= self.width else f"\x1b[{blanks}X")

    def _write(self, out: list[str], x: int, y: int, text: str, width: int) -> None:
        out.append(text)
        # In the last column terminals differ about where the cursor then is.
        sure = x + width < self.width and _SURE.fullmatch(text)
        self._at = (x + width, y) if sure else None

    def _move(self, out: list[str], x: int, y: int, *, absolute: bool = False) -> None:
        at = self._at
        self._at = (x, y)
        if at == (x, y):
            return
        if at is not None and not absolute:
            if at[1] == y and at[0] < x:
                step = x - at[0]
                out.append("\x1b[C" if step == 1 else f"\x1b[{step}C")
                return
            if x == 0 and at[1] == y:
                out.append("\r")
                return
            if x == 0 and at[1] + 1 == y:
                out.append("\r\n")
                return
        out.append(f"\x1b[{y + 1};{x + 1}H" if x else (f"\x1b[{y + 1}H" if y else "\x1b[H"))


def _runs(changed: Sequence[bool], new: Sequence[str]) -> list[tuple[int, int]]:
    """The runs of cells to send: changed ones, small gaps between them closed, wide characters whole."""
    runs: list[tuple[int, int]] = []
    for at, differs in enumerate(changed):
        if not differs:
            continue
        if runs and at - runs[-1][1] <= GAP:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return [_whole(start, stop, new) for start, stop in runs]


def _whole(start: int, stop: int, new: Sequence[str]) -> tuple[int, int]:
    while start > 0 and not new[start]:
        start -= 1
    while stop < len(new) and not new[stop]:
        stop += 1
    return start, stop


def _cut(new: Sequence[str], room: int) -> Sequence[str]:
    """What fits before the right edge; a wide character that does not is a blank, as the terminal would leave it."""
    if room <= 0:
        return ()
    kept = list(new[:room])
    if new[room] == "":
        while kept and not kept[-1]:
            kept.pop()
        if kept:
            kept[-1] = " "
    return kept + [" "] * (room - len(kept))
