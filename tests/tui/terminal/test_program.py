"""A program of our widgets in a pseudo-terminal: bursts, signals, bad bytes, crashes; the terminal clean after all."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal

SAMPLE = [sys.executable, "-m", "tests.tui.terminal.sample"]


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with Terminal(SAMPLE) as running:
        running.wait_until("Ctrl+S save")
        running.settle()
        yield running


def is_clean(terminal: Terminal) -> bool:
    """Whether the terminal was given back: main screen, cursor, no mouse, no paste marks, no look."""
    sent = bytes(terminal.received)
    pairs = [(b"?1049h", b"?1049l"), (b"?25l", b"?25h"), (b"?1000h", b"?1000l"), (b"?2004h", b"?2004l")]
    return all(sent.rfind(on) < sent.rfind(off) for on, off in pairs)


def test_it_quits_and_leaves_the_terminal_clean(terminal: Terminal) -> None:
    terminal.press("q")
    assert terminal.wait() == 0
    assert is_clean(terminal)


def test_letters_of_a_cyrillic_layout_are_commands(terminal: Terminal) -> None:
    terminal.press("т")
    terminal.wait_until(lambda: terminal.lines[-1].startswith(" new"))
    terminal.press("й")
    assert terminal.wait() == 0


def test_what_is_typed_in_one_burst_goes_where_it_was_meant(terminal: Terminal) -> None:
    # To the form, open a field, type, enter; open the next one, type a letter that is a command elsewhere, enter.
    terminal.send("e\rx\r\rn\r")
    terminal.wait_until("Оленаn")
    assert "Шевченкоx" in terminal.text
    assert not terminal.lines[-1].startswith(" new")


@pytest.mark.parametrize(
    "number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT], ids=["hangup", "shutdown", "interrupt"]
)
def test_a_signal_ends_it_as_its_own_exit_does(terminal: Terminal, number: signal.Signals) -> None:
    terminal.kill(number)
    assert terminal.wait() == 128 + number
    assert is_clean(terminal)


def test_a_line_that_drops_ends_it(terminal: Terminal) -> None:
    terminal.hang_up()
    assert terminal.wait() == 128 + signal.SIGHUP


def test_bytes_of_another_encoding_do_not_end_it(terminal: Terminal) -> None:
    terminal.send(b"\xff\xfe\xcd\xe0\x1b[1099::115;5u\x1b]11;rgb:0/0/0\x07\x1b[27;5;999999999~")
    terminal.press("n")
    terminal.wait_until(lambda: terminal.lines[-1].startswith(" new"))


def test_it_follows_the_size_of_the_window(terminal: Terminal) -> None:
    terminal.resize(60, 12)
    terminal.wait_until(lambda: "help" in terminal.lines[11])
    terminal.resize(120, 40)
    terminal.wait_until(lambda: len(terminal.lines) == 40 and "help" in terminal.lines[39])


def test_it_paints_itself_anew_over_what_another_program_wrote(terminal: Terminal) -> None:
    shown = terminal.lines
    terminal.screen.reset()
    terminal.press("C-l")
    terminal.wait_until(lambda: terminal.lines == shown)


def test_it_stops_and_comes_back_with_its_screen(terminal: Terminal) -> None:
    shown = terminal.lines
    terminal.kill(signal.SIGTSTP)
    terminal.wait_until(lambda: terminal.is_stopped)
    terminal.settle()
    assert is_clean(terminal)
    terminal.screen.reset()
    terminal.kill(signal.SIGCONT)
    terminal.wait_until(lambda: terminal.lines == shown)


def test_a_crash_shows_a_sentence_and_no_client(tmp_path: Path) -> None:
    log = tmp_path / "state" / "crash.log"
    with Terminal([*SAMPLE, str(log)]) as terminal:
        terminal.wait_until("K-4821-7")
        before = len(terminal.received)
        terminal.press("x")
        assert terminal.wait() == 1
        assert is_clean(terminal)
        said = bytes(terminal.received[before:]).decode()
        assert "Kartoteka stopped" in said and str(log) in said.replace("\r\n", "")
        assert "Traceback" not in said and "secret" not in said
    assert log.stat().st_mode & 0o777 == 0o600
    assert "RuntimeError: a fault with 14 letters" in log.read_text()
    assert "Шевченко" not in log.read_text().replace('secret = "Шевченко Олена"', "")


@pytest.mark.parametrize(
    ("term", "environment"),
    [
        ("xterm", {}),
        ("linux", {}),
        ("vt100", {}),
        ("screen", {}),
        ("nobody-knows-it", {}),
        ("xterm-256color", {"NO_COLOR": "1"}),
        ("xterm-kitty", {}),
        ("xterm-256color", {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "koi8-r"}),
        ("xterm-256color", {"KARTOTEKA_DRIVER": "plain"}),
    ],
)
def test_it_is_readable_in_any_terminal(term: str, environment: dict[str, str]) -> None:
    with Terminal(SAMPLE, term=term, environment=environment) as terminal:
        terminal.wait_until("▌Шевченко Олена 0")
        terminal.press("Down")
        terminal.wait_until("▌Шевченко Олена 1")
        cursor = next(y for y, line in enumerate(terminal.lines) if "▌Шевченко Олена 1" in line)
        under, other = terminal.screen.buffer[cursor][2], terminal.screen.buffer[cursor + 1][2]
        assert under.fg != under.bg
        assert (under.bg, under.reverse) != (other.bg, other.reverse)
        terminal.press("q")
        assert terminal.wait() == 0
        assert is_clean(terminal)
