"""Drive a program in a pseudo-terminal: press keys, see the screen, count the bytes."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

import pyte

KEYS = {
    "Enter": "\r", "Tab": "\t", "S-Tab": "\x1b[Z", "Esc": "\x1b", "Backspace": "\x7f", "Delete": "\x1b[3~",
    "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D", "Home": "\x1b[H", "End": "\x1b[F",
    "PgUp": "\x1b[5~", "PgDn": "\x1b[6~", "F1": "\x1bOP", "F2": "\x1bOQ", "F3": "\x1bOR",
    "C-s": "\x13", "C-q": "\x11", "C-c": "\x03", "C-z": "\x1a", "C-l": "\x0c", "C-p": "\x10", "C-n": "\x0e",
}  # fmt: skip

_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*[ $]?[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_PRIVATE_KEPT = re.compile(rb"\x1b\[\?(?:7|25)[hl]")


@dataclass(frozen=True, slots=True)
class Step:
    """What one key cost."""

    received: int
    """Bytes the program sent."""
    first_ms: float
    """Milliseconds to the first of them."""
    last_ms: float
    """Milliseconds to the last of them."""


class Terminal:
    """A program in a pseudo-terminal of its own."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        term: str = "xterm-256color",
        environment: Mapping[str, str | None] | None = None,
    ) -> None:
        """Start the program.

        Args:
            argv: The program and its arguments.
            columns: Width of the terminal.
            rows: Height of the terminal.
            term: What $TERM says it is.
            environment: Variables to set, or with None to remove, on top of our own.
        """
        self.screen = pyte.Screen(columns, rows)
        stream: Any = pyte.ByteStream(self.screen)
        self._show: Callable[[bytes], None] = stream.feed
        self.received = bytearray()
        self.began = self.read_at = time.perf_counter()
        """When the program was started, and when it last sent something."""
        self.pid, self._fd = self._spawn(list(argv), _environment(term, environment or {}), columns, rows)
        self._ended = os.pidfd_open(self.pid)
        """Can be read when the program has ended."""
        self.status: int | None = None

    def _spawn(self, argv: list[str], environment: dict[str, str], columns: int, rows: int) -> tuple[int, int]:
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        pid = os.fork()
        if pid == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for descriptor in (0, 1, 2):
                os.dup2(slave, descriptor)
            os.closerange(3, 256)
            os.execvpe(argv[0], argv, environment)
        os.close(slave)
        return pid, master

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.wait(0) is None:
            os.kill(self.pid, signal.SIGKILL)
            self.wait(5)
        self.hang_up()

    @property
    def lines(self) -> list[str]:
        """What the screen shows."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """What the screen shows, as one text."""
        return "\n".join(self.lines)

    def send(self, data: str | bytes) -> None:
        """Type these bytes."""
        os.write(self._fd, data.encode() if isinstance(data, str) else data)

    def press(self, *keys: str) -> None:
        """Press keys by name, or type texts."""
        for key in keys:
            self.send(KEYS.get(key, key))

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """Close the line, as when a connection drops."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def kill(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    @property
    def is_stopped(self) -> bool:
        """Whether the program has been stopped, as by Ctrl+Z, and not gone on since."""
        return os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None

    def read(self, wait: float) -> bytes:
        """Take what comes within so many seconds; empty if nothing does."""
        if data := self._receive(wait):
            self._take_in(data)
        return data

    def _receive(self, wait: float) -> bytes:
        if self._fd < 0 or not select.select([self._fd], [], [], wait)[0]:
            return b""
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            self.hang_up()
            return b""
        self.read_at = time.perf_counter()
        return data

    def _take_in(self, data: bytes) -> None:
        self.received += data
        for query in _QUERY.findall(data):
            self.send(b"\x1b[?%s;%d$y" % (query, 2 if query == b"2026" else 0))
        self._show(_NOT_FOR_PYTE.sub(lambda m: m[0] if _PRIVATE_KEPT.match(m[0]) else b"", data))

    def watch(self, keys: str, *, quiet: float = 0.3) -> list[tuple[float, list[str]]]:
        """Press a key and read until nothing comes any more.

        Returns:
            For everything that came: after how many milliseconds, and what the screen showed from then on. This is
            worked out afterwards, so that it delays no reading.
        """
        self.settle(0)
        begin = time.perf_counter()
        self.press(keys)
        came: list[tuple[float, bytes]] = []
        while data := self._receive(quiet):
            came.append(((self.read_at - begin) * 1000, data))
        shown: list[tuple[float, list[str]]] = []
        for after, data in came:
            self._take_in(data)
            shown.append((after, self.lines))
        return shown

    def wait_until(self, shows: str | Callable[[], bool], timeout: float = 60) -> None:
        """Read until the screen shows a text, or until something is so."""
        end = time.monotonic() + timeout
        while not (shows in self.text if isinstance(shows, str) else shows()):
            left = end - time.monotonic()
            assert left > 0 and self._fd >= 0, f"never came: {shows}\n{self.text}"
            self.read(min(left, 0.25))

    def settle(self, quiet: float = 0.3) -> None:
        """Read until nothing has come for so many seconds."""
        while self.read(quiet):
            pass

    def measure(self, keys: str, *, quiet: float = 0.15, timeout: float = 10) -> Step:
        """Press a key and read until nothing more comes; what it cost."""
        self.settle(0)
        begin = time.perf_counter()
        self.press(keys)
        received, first, last = 0, 0.0, begin
        while time.perf_counter() - begin < timeout and (data := self.read(quiet)):
            last = self.read_at
            first = first or last
            received += len(data)
        return Step(received, ((first or begin) - begin) * 1000, (last - begin) * 1000)

    def wait(self, timeout: float = 60) -> int | None:
        """The exit status when the program ends within the time, a signal's number negative; else None."""
        end = time.monotonic() + timeout
        while self.status is None:
            watched = [self._ended] if self._fd < 0 else [self._ended, self._fd]
            ready, _, _ = select.select(watched, [], [], max(0, end - time.monotonic()))
            if self._ended in ready:
                self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
                os.close(self._ended)
            elif time.monotonic() >= end:
                return None
            else:
                self.read(0)
        self.settle(0)
        return self.status

    @property
    def resident(self) -> float:
        """Memory of the program that is in RAM, in MB."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1000

    @property
    def processor(self) -> float:
        """Seconds of the processor that the program's threads have used (see proc_pid_schedstat in Linux's manual)."""
        threads = os.listdir(f"/proc/{self.pid}/task")
        total = 0
        for thread in threads:
            # A thread may have ended just now.
            with suppress(OSError), open(f"/proc/{self.pid}/task/{thread}/schedstat", encoding="ascii") as status:
                total += int(status.read().split()[0])
        return total / 1e9


def _environment(term: str, changes: Mapping[str, str | None]) -> dict[str, str]:
    environment = os.environ | {"TERM": term}
    for name in ("LINES", "COLUMNS", "NO_COLOR", "COLORTERM", "TMUX", "STY"):
        environment.pop(name, None)
    for name, value in changes.items():
        if value is None:
            environment.pop(name, None)
        else:
            environment[name] = value
    return environment
