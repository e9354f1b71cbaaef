"""The thread that writes to the terminal.

Textual's own keeps 30 writes and then blocks the event loop: on a stalled line the program freezes, signals included;
and when the terminal goes away its thread dies and the thirty-first write waits for ever. This one never blocks its
caller, says how much is waiting, and goes quiet when there is nobody left to write to.
"""

import os
import select
import threading
from collections import deque


class Outlet:
    """Bytes on their way to a terminal."""

    def __init__(self, fileno: int) -> None:
        self._fileno = fileno
        self._queue: deque[bytes] = deque()
        self._more = threading.Condition()
        self._closing = False
        self._written = True
        self.gone = False
        """Whether the terminal no longer takes anything."""
        self._thread = threading.Thread(target=self._run, name="terminal-output", daemon=True)
        self._thread.start()

    @property
    def idle(self) -> bool:
        """Whether everything handed over is with the terminal."""
        with self._more:
            return self._written and not self._queue

    @property
    def waiting(self) -> int:
        """Bytes that the terminal has not taken yet, not counting those being written."""
        with self._more:
            return sum(map(len, self._queue))

    def write(self, text: str) -> None:
        """Hand text over; half characters become question marks."""
        if self.gone:
            return
        with self._more:
            self._queue.append(text.encode("utf-8", "replace"))
            self._more.notify()

    def close(self, timeout: float) -> None:
        """Write what is left, for at most so many seconds, and end."""
        with self._more:
            self._closing = True
            self._more.notify()
        self._thread.join(timeout)

    def _run(self) -> None:
        while (data := self._next()) is not None:
            try:
                self._send(data)
            except OSError:
                # EIO, EPIPE: the terminal was closed. SIGHUP tells the program; here is nothing left to do.
                self.gone = True
                return

    def _next(self) -> bytes | None:
        with self._more:
            self._written = True
            while not self._queue and not self._closing:
                self._more.wait()
            if not self._queue:
                return None
            self._written = False
            data = b"".join(self._queue)
            self._queue.clear()
            return data

    def _send(self, data: bytes) -> None:
        while data:
            try:
                data = data[os.write(self._fileno, data) :]
            except BlockingIOError:
                # Some other program set the shared terminal to non-blocking.
                select.select([], [self._fileno], [])
