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


@dataclass(frozen=True, slots=True)
class _Run:
    """Cells of one look to send."""

    x: int
    y: int
    text: str
    width: int
    look: str


@dataclass(slots=True)
class Picture:
    """A terminal's screen as far as it is known, and how to change it."""

    erases: bool = False
    """Whether erasing fills with the background in force (terminfo's `bce`)."""
    width: int = 0
    height: int = 0
    """Columns and lines of the terminal: what a frame has beyond them is left out."""
    _rows: dict[int, _Row] = field(default_factory=dict)
    _at: tuple[int, int] | None = None
    """Where the terminal's cursor is, if that is sure."""
    _look: str | None = None
    """The look in force, if that is known."""

    @property
    def is_whole(self) -> bool:
        """Whether it is known of every cell what the terminal shows."""
        return len(self._rows) >= self.height and not any(None in row.chars for row in self._rows.values())

    def forget(self, size: tuple[int, int] | None = None) -> None:
        """Take nothing for known: the next frame is sent whole."""
        if size is not None:
            self.width, self.height = size
        self._rows.clear()
        self._at = self._look = None

    def difference(self, frame: str, *, place_cursor: bool = False) -> str | None:
        """What to send so that the terminal shows the frame; None if this is not a frame.

        Args:
            frame: What the compositor wrote.
            place_cursor: Whether the cursor must end where the frame leaves it, as input methods look for it there.
        """
        runs: list[_Run] = []
        edges: dict[int, int] = {}
        x = y = end = 0
        look = ""
        ends_with_move, in_order = False, True
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
                    in_order = in_order and x >= edges.get(y, 0)
                    x = edges[y] = self._put(runs, x, y, cells(token["text"]), look)
                    ends_with_move = False
        if end != len(frame):
            return None
        pen = self._written(self._erasing_ends(runs) if self.erases else runs, in_order)
        if place_cursor and ends_with_move:
            pen.move(x, y, absolute=True)
        self._at, self._look = pen.at, pen.look
        return "".join(pen.out)

    def _put(self, runs: list[_Run], x: int, y: int, new: Sequence[str], look: str) -> int:
        """Note a run of one look where it differs from what is shown; the column after it."""
        after = x + len(new)
        if after > self.width:
            new = _cut(new, self.width - x)
        # A frame of before the window became lower: beyond the last line the terminal would scroll.
        if not new or x < 0 or y >= self.height:
            return after
        row = self._rows.get(y)
        if row is None:
            row = self._rows[y] = _Row([None] * self.width, [None] * self.width)
        last = x + len(new)
        old, looks = row.chars[x:last], row.looks[x:last]
        if old != list(new) or looks.count(look) != len(looks):
            changed = [before != char or seen != look for before, char, seen in zip(old, new, looks, strict=True)]
            self._halve(row, x, last)
            row.chars[x:last] = new
            row.looks[x:last] = [look] * len(new)
            for start, stop in _runs(changed, new):
                runs.append(_Run(x + start, y, "".join(new[start:stop]), stop - start, look))
        return after

    def _halve(self, row: _Row, start: int, stop: int) -> None:
        """A wide character of which one half is overwritten leaves its other half undefined."""
        if start > 0 and row.chars[start] == "":
            row.chars[start - 1] = None
        if stop < self.width and row.chars[stop] == "":
            row.chars[stop] = None

    def _erasing_ends(self, runs: list[_Run]) -> list[_Run]:
        """The runs with those in the blank end of a line made one that reaches the edge: erasing it takes 3 bytes."""
        ends = {y: self._blank_end(self._rows[y]) for y in {run.y for run in runs}}
        kept: list[_Run] = []
        erased: set[int] = set()
        for run in runs:
            if run.x + run.width <= ends[run.y]:
                kept.append(run)
            elif run.y not in erased:
                erased.add(run.y)
                text = run.text + " " * (self.width - run.x - run.width)
                kept.append(_Run(run.x, run.y, text, self.width - run.x, run.look))
        return kept

    def _blank_end(self, row: _Row) -> int:
        """The column from which on a line is blank in one look that can be erased."""
        look = row.looks[-1]
        if look is None or not sgr.erasable(look):
            return self.width
        at = self.width
        while at > 0 and row.chars[at - 1] == " " and row.looks[at - 1] == look:
            at -= 1
        return at

    def _written(self, runs: list[_Run], in_order: bool) -> "_Pen":
        """The runs line by line or look by look, whichever is shorter: 60 changes of look in a list, or three."""
        pen = _Pen(self.width, self.erases, self._at, self._look)
        pen.draw(runs)
        looks = {run.look: place for place, run in reversed(list(enumerate(runs)))}
        # Where a frame paints a cell twice, the order says which of them stays.
        if in_order and len(looks) < len(runs):
            other = _Pen(self.width, self.erases, self._at, self._look)
            other.draw(sorted(runs, key=lambda run: (looks[run.look], run.y, run.x)))
            if sum(map(len, other.out)) < sum(map(len, pen.out)):
                return other
        return pen


@dataclass(slots=True)
class _Pen:
    """Writes runs with the shortest moves and changes of look."""

    width: int
    erases: bool
    at: tuple[int, int] | None
    look: str | None
    out: list[str] = field(default_factory=list)

    def draw(self, runs: Sequence[_Run]) -> None:
        for run in runs:
            self._run(run)

    def _run(self, run: _Run) -> None:
        self.move(run.x, run.y)
        self.out.append(sgr.change(self.look, run.look))
        self.look = run.look
        blanks = len(run.text) - len(run.text.rstrip(" "))
        if not self.erases or blanks < ERASED or not sgr.erasable(run.look):
            self._write(run.x, run.y, run.text, run.width)
            return
        kept = run.width - blanks
        if kept:
            self._write(run.x, run.y, run.text[:-blanks], kept)
            self.move(run.x + kept, run.y)
        self.out.append("\x1b[K" if run.x + run.width >= self.width else f"\x1b[{blanks}X")

    def _write(self, x: int, y: int, text: str, width: int) -> None:
        self.out.append(text)
        # In the last column terminals differ about where the cursor then is.
        sure = x + width < self.width and _SURE.fullmatch(text)
        self.at = (x + width, y) if sure else None

    def move(self, x: int, y: int, *, absolute: bool = False) -> None:
        """Bring the cursor there if it is not."""
        if self.at != (x, y):
            self.out.append(_absolute(x, y) if absolute or self.at is None else _shortest(self.at, x, y))
            self.at = (x, y)


def _absolute(x: int, y: int) -> str:
    # The first line and the first column need not be named.
    row = y + 1 if y else ""
    return f"\x1b[{row};{x + 1}H" if x else f"\x1b[{row}H"


def _shortest(at: tuple[int, int], x: int, y: int) -> str:
    from_x, from_y = at
    along = [_by(x - from_x, "C")] if x >= from_x else ["\r" + _by(x, "C"), "\b" * (from_x - x)]
    # Letters under letters, as where a list underlines what was found: a step down costs less than a place.
    ways = [_absolute(x, y), min(along, key=len) + (_by(y - from_y, "B") if y >= from_y else _by(from_y - y, "A"))]
    if y == from_y + 1:
        ways.append("\r\n" + _by(x, "C"))
    return min(ways, key=len)


def _by(cells_: int, way: str) -> str:
    return "" if not cells_ else (f"\x1b[{way}" if cells_ == 1 else f"\x1b[{cells_}{way}")


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
