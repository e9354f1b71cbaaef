"""Waiting for a lock that another process holds: in the order of coming, and no longer than one wants to.

The kernel wakes who waits in `flock` one after another, at once, but knows no patience; asking again and again lets
chance decide who is next, and of eight writers one may wait for seconds. So a thread waits in the kernel, as long as
it takes, and whoever wants the lock waits for the thread.
"""

import fcntl
import os
import threading
from contextlib import suppress
from pathlib import Path


class Place:
    """A place in the queue before a lock file, with a descriptor of its own: closing that gives the lock back."""

    def __init__(self, path: Path) -> None:
        """Queue up. Raises OSError."""
        self._descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        self._turn = threading.Event()
        self._guard = threading.Lock()
        self._is_wanted = True
        self._has_turn = False
        threading.Thread(target=self._queue, name="lock", daemon=True).start()

    def wait(self, patience: float) -> int | None:
        """Wait for the turn.

        Returns:
            The descriptor that holds the lock, to be closed by the caller; None where patience ran out: the place is
            kept (`again`) until the turn comes, and is then given up.
        """
        self._turn.wait(patience)
        with self._guard:
            self._is_wanted = False
            return self._descriptor if self._has_turn else None

    def again(self) -> bool:
        """Want the lock once more; False where the turn has passed, or the lock could not be had."""
        with self._guard:
            self._is_wanted = not self._has_turn and not self._turn.is_set()
            return self._is_wanted

    def _queue(self) -> None:
        taken = False
        with suppress(OSError):
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            taken = True
        with self._guard:
            self._has_turn = taken and self._is_wanted
            if not self._has_turn:
                os.close(self._descriptor)
            self._turn.set()
