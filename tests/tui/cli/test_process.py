"""The program as a process: odd locales, closed pipes, no terminal."""

import contextlib
import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tui.__main__ import opens_screen

COMMAND = (sys.executable, "-m", "tui")


def program(*arguments: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_ALL", "PYTHONIOENCODING")}
    return subprocess.run(
        [*COMMAND, *arguments], env={**kept, **environment}, capture_output=True, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def store(tmp_path: Path) -> str:
    place = str(tmp_path / "store")
    made = program("--store", place, "new", "number=K-4821-7", "person.last_name=Шевченко", LANG="C.UTF-8")
    assert made.returncode == 0, made.stderr
    return place


def received(terminal: int) -> bytes:
    """All that comes out of a pseudo-terminal until its other side is closed."""
    shown = b""
    # That reads as an error on Linux.
    with contextlib.suppress(OSError):
        while piece := os.read(terminal, 65536):
            shown += piece
    os.close(terminal)
    return shown


@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C"},
        {"LC_ALL": "POSIX"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LANG": "C.UTF-8", "PYTHONIOENCODING": "cp1251"},
        {"LANG": "C.UTF-8", "PYTHONIOENCODING": "ascii"},
    ],
    ids=lambda locale: " ".join(f"{name}={value}" for name, value in locale.items()),
)
def test_names_are_printed_in_utf8_whatever_the_locale(store: str, locale: dict[str, str]) -> None:
    shown = program("--store", store, "show", "K-4821-7", "--lang", "uk", **locale)
    assert shown.returncode == 0, shown.stderr
    assert "Шевченко" in shown.stdout.decode("utf-8")
    assert "Прізвище" in shown.stdout.decode("utf-8")


def test_bytes_that_are_no_text_are_told_not_traced(store: str) -> None:
    done = program("--store", store, "find", b"\xd8\xe5\xe2", LANG="C.UTF-8")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"UTF-8" in done.stderr


def test_a_store_whose_name_is_no_text_can_be_used(tmp_path: Path) -> None:
    place = os.fsencode(tmp_path) + b"/\xea\xeb"
    assert program("--store", place, "new", "person.last_name=X", LANG="C.UTF-8").returncode == 0
    assert program("--store", place, "find", "x", LANG="C.UTF-8").returncode == 0


def test_a_reader_who_has_seen_enough_ends_the_command_quietly(store: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*COMMAND, "--store", store, "show", "K-4821-7"],
            stdout=writing,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )
    finally:
        os.close(writing)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_without_a_terminal_the_screen_says_so_and_makes_no_store(tmp_path: Path) -> None:
    done = program(HOME=str(tmp_path), LANG="C.UTF-8", TERM="xterm")
    assert done.returncode == 2
    assert b"terminal" in done.stderr
    assert b"\x1b" not in done.stderr
    assert list(tmp_path.rglob("store.json")) == []


def test_data_and_talk_go_their_own_ways(store: str) -> None:
    done = program("--store", store, "find", "шевч", "--json", LANG="C.UTF-8")
    assert json.loads(done.stdout)["total"] == 1
    assert done.stderr == b""


def test_progress_is_not_drawn_where_nobody_watches(store: str) -> None:
    assert b"\r" not in program("--store", store, "reindex", LANG="C.UTF-8").stderr


def test_an_import_shows_its_progress_in_a_terminal_and_wipes_it(tmp_path: Path) -> None:
    rows = "".join(f"Шевченко{number},067 123-{number:04}\n" for number in range(1000))
    (tmp_path / "clients.csv").write_text(f"Прізвище,Телефон\n{rows}", encoding="utf-8")
    terminal, line = pty.openpty()
    command = [*COMMAND, "--store", str(tmp_path / "store"), "import", str(tmp_path / "clients.csv"), "--lang", "en"]
    with subprocess.Popen(
        command, stdin=line, stdout=subprocess.PIPE, stderr=line, env={**os.environ, "TERM": "xterm"}
    ) as process:
        os.close(line)
        shown = received(terminal)
        assert process.stdout is not None
        assert b"1,000 rows: 1,000 created" in process.stdout.read()
    assert b"Importing" in shown
    assert shown.rindex(b"\r\x1b[K") > shown.rindex(b"Importing")


@pytest.mark.parametrize(
    ("words", "screen"),
    [
        ([], True),
        (["--store", "find"], True),
        (["--store=clients", "--lang", "uk"], True),
        (["--lang=en"], True),
        (["find"], False),
        (["шевченко"], False),
        (["--lang", "uk", "find"], False),
        (["--json"], False),
        (["--help"], False),
        (["--store", "clients", "-x"], False),
    ],
)
def test_the_frame_is_painted_only_where_the_screen_is_asked_for(words: list[str], screen: bool) -> None:
    assert opens_screen(words) is screen


def test_a_store_that_cannot_be_opened_is_told_after_the_frame_is_gone(tmp_path: Path) -> None:
    terminal, line = pty.openpty()
    fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    missing = str(tmp_path / "missing")
    done = subprocess.run(
        [*COMMAND, "--store", missing, "--lang", "en"],
        stdin=line,
        stdout=line,
        stderr=line,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(line)
    frame, _, after = received(terminal).partition(b"\x1b[?1049l")
    assert done.returncode == 3
    assert b"\x1b[?1049h" in frame
    assert b"There is no store" in after
    assert b"\x1b[?1049l" not in after


def test_a_closed_output_is_no_traceback(store: str) -> None:
    def close() -> None:
        os.close(1)

    done = subprocess.run(
        [*COMMAND, "--store", store, "find", "шевч", "--json"],
        preexec_fn=close,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("command", [("show", "K-4821-7"), ("export", "-"), ("export", "-", "--format", "jsonl")])
def test_an_answer_that_a_full_disk_cannot_take_is_told(store: str, command: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, "--store", store, "--lang", "en", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )
    assert done.returncode == 4
    assert b"could not be written (No space left on device)" in done.stderr.splitlines()[-1]


def test_words_are_read_where_the_locale_knows_no_letters(store: str) -> None:
    bare = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert "K-4821-7" in program("--store", store, "find", "шевч", **bare).stdout.decode()
