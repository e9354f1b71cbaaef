"""The empty frame of the main screen, painted before anything heavy is imported.

Python is up in 15 ms, Textual a quarter of a second later. Until then the operator sees where things will be, and what
is typed already is neither echoed nor lost. Imports nothing but what the interpreter has loaded anyway.
"""

import os
import sys
import termios

SCREEN, KEYS = 2, 0
"""Where Textual paints and reads: standard error and standard input."""

LEAST_COLUMNS, LEAST_ROWS = 40, 10
"""The smallest terminal there is a layout for."""

WIDE = 100
"""Columns from which on list and card stand side by side."""

LEAST_LIST, MOST_LIST, LIST_PERCENT = 40, 56, 35
"""Columns of the list where the card stands beside it, and its share of all; `screens/main.tcss` says the same."""

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J"
_LEAVE = "\x1b[m\x1b[?25h\x1b[?1049l"

_painted = False
_cooked: list[object] | None = None


def refusal() -> str | None:
    """Why the screen cannot open here: `terminal-none`, `terminal-dumb`, `terminal-small`; None where it can."""
    if not (os.isatty(SCREEN) and os.isatty(KEYS)):
        return "terminal-none"
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        return "terminal-dumb"
    columns, rows = size()
    return "terminal-small" if columns < LEAST_COLUMNS or rows < LEAST_ROWS else None


def size() -> tuple[int, int]:
    """Columns and rows of the terminal; a terminal that does not know is taken for 80x24."""
    columns, rows = os.get_terminal_size(SCREEN)
    return columns or 80, rows or 24


def paint() -> None:
    """Show the frame, once. Whoever calls this must see to `wipe` if the screen then does not open."""
    global _painted
    if _painted:
        return
    _painted = True
    _quieten()
    columns, rows = size()
    _write(_ENTER + drawing(columns, rows))


def drawing(columns: int, rows: int) -> str:
    """The frame for a terminal of that size: no colour but dim, no words in any language."""
    parts = ["\x1b[2m", "/\x1b[3;1H▌"]
    if columns >= WIDE:
        border = max(LEAST_LIST, min(MOST_LIST, columns * LIST_PERCENT // 100)) + 1
        parts += [f"\x1b[{row};{border}H▏" for row in range(1, rows)]
    parts.append(f"\x1b[{rows};2H?\x1b[m")
    return "".join(parts)


def hand_over() -> None:
    """Give the terminal's settings back, for the driver to find them as they were; the screen is the driver's now."""
    global _cooked, _painted
    _painted = False
    if _cooked is not None:
        termios.tcsetattr(KEYS, termios.TCSANOW, _cooked)  # type: ignore[arg-type]
        _cooked = None


def wipe() -> None:
    """Leave the terminal as it was before `paint`; nothing where the frame was not painted or the driver has it."""
    if not _painted:
        return
    hand_over()
    _write(_LEAVE)


def _quieten() -> None:
    """Keep what is typed meanwhile, but do not echo it."""
    global _cooked
    try:
        settings = termios.tcgetattr(KEYS)
    except termios.error:
        return
    _cooked = list(settings)
    # Enter is to come as it will to the screen, and Ctrl+S is no order to stop.
    settings[0] &= ~(termios.ICRNL | termios.IXON)
    settings[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(KEYS, termios.TCSANOW, settings)


def _write(text: str) -> None:
    sys.stderr.flush()
    os.write(SCREEN, text.encode())
