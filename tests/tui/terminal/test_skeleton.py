"""The frame that is painted before anything heavy is imported."""

import re
import subprocess
import sys

import pyte
import pytest

from tests.tui.terminal import Terminal
from tui.terminal import skeleton

PAINT = """
import sys
before = set(sys.modules)
from tui.terminal import skeleton
reason = skeleton.refusal()
if reason:
    print("refused:", reason)
    sys.exit(2)
skeleton.paint()
heavy = {"textual", "rich", "asyncio", "store", "re", "json"} & set(sys.modules) - before
import os
key = os.read(0, 1)
skeleton.wipe()
import termios
echoes = bool(termios.tcgetattr(0)[3] & termios.ECHO)
print("heavy", sorted(heavy), "key", key, "echo", echoes)
"""


def shown(columns: int, rows: int) -> list[str]:
    screen = pyte.Screen(columns, rows)
    stream = pyte.Stream(screen)
    stream.feed(skeleton.drawing(columns, rows))
    return [line.rstrip() for line in screen.display]


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 10), (skeleton.WIDE, 30), (300, 100)])
def test_the_frame_has_the_shape_of_the_main_screen(columns: int, rows: int) -> None:
    lines = shown(columns, rows)
    assert lines[0].startswith("/")
    assert lines[2].startswith("▌")
    assert lines[-1] == " ?"
    assert all(("▏" in line) == (columns >= skeleton.WIDE) for line in lines[:-1])


def test_the_frame_has_no_colour() -> None:
    assert set(re.findall(r"\x1b\[([0-9;]*)m", skeleton.drawing(120, 40))) == {"2", ""}


def test_it_is_painted_without_anything_heavy_and_loses_no_key() -> None:
    with Terminal([sys.executable, "-c", PAINT]) as terminal:
        terminal.wait_until(lambda: terminal.lines[-1] == " ?")
        terminal.send("\r")  # as the screen will have it
        assert terminal.wait() == 0
        assert b"heavy [] key b'\\r' echo True" in terminal.received
        assert bytes(terminal.received).endswith(b"echo True\r\n")


@pytest.mark.parametrize(
    ("term", "columns", "rows", "reason"),
    [("dumb", 80, 24, "terminal-dumb"), ("", 80, 24, "terminal-dumb"), ("xterm", 39, 24, "terminal-small")],
)
def test_terminals_that_cannot_show_it_are_told(term: str, columns: int, rows: int, reason: str) -> None:
    with Terminal([sys.executable, "-c", PAINT], term=term, columns=columns, rows=rows) as terminal:
        assert terminal.wait() == 2
        assert f"refused: {reason}" in terminal.text
        assert b"\x1b[?1049h" not in terminal.received


def test_a_pipe_is_no_terminal() -> None:
    command = [sys.executable, "-c", PAINT]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.stdout == "refused: terminal-none\n"
