"""The store's lock: who writes now, the count of changes, and what a killed writer left unfinished.

The file `lock` is never deleted, so that all processes lock the same one. Its content is not synced to the disk:
it outlives a kill (the system's memory holds it), not a reboot, and so names the boot it was written in; after
another boot the counts are found again in the segments.
"""

import contextlib
import fcntl
import json
import os
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from store import clock, disk
from store.errors import Busy, NotAllowed
from store.segments.queueing import Place

PATIENCE = 2.0
"""Seconds a writer waits before it is told who holds the lock."""

ALL = -1
"""In `LockState.pending`: more segments than are worth naming; look at every file's status."""

_SIZE = 1024

_LONGEST_NAME = 100
"""Letters of an operator's name that are noted."""
_NAMED = 32


@dataclass(frozen=True, slots=True)
class LockState:
    """What the lock file says."""

    boot: str = ""
    seq: int = 0
    """The highest sequence number given so far."""
    next_serial: int = 1
    """The serial number the next new client gets."""
    pending: tuple[int, ...] = ()
    """Segments being replaced that the index may not know yet."""
    pid: int = 0
    """The process that holds the lock; 0 where it was given back."""
    operator: str = ""
    since: str = ""


class StoreLock:
    """The lock of one store, for one process: threads queue at a mutex, processes at `flock`."""

    def __init__(self, store: Path, operator: str, file_mode: int = 0o600) -> None:
        self.path = store / "lock"
        self._operator = operator
        self._mutex = threading.RLock()
        self._depth = 0
        self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, file_mode)
        disk.set_mode(self._descriptor, file_mode)
        self.state = LockState()
        self._place: Place | None = None
        """In the queue, from a time when patience ran out."""

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def peek(self) -> LockState:
        """What the file says now, without the lock; as after a restart where it cannot be read."""
        try:
            return _load(os.pread(self._descriptor, _SIZE, 0))
        except OSError:
            return LockState()

    @contextlib.contextmanager
    def held(self, recover: Callable[[LockState], LockState], patience: float | None = None) -> Iterator[LockState]:
        """Hold the lock for a commit. May be entered again by the thread that holds it.

        Args:
            recover: Called with what the file says where its last holder died or the machine was restarted; does
                what was left undone and returns the state to go on from.
            patience: Seconds to wait; `PATIENCE` by default.

        Raises:
            Busy: `store-locked` with `operator`, `pid` and `since` of who holds it; `store-held` for another program.
            NotAllowed: `disk-refused`: the disk is full or fails.
        """
        wait = PATIENCE if patience is None else patience
        if not self._mutex.acquire(timeout=max(wait, 0)):
            raise Busy("store-locked", operator=self._operator, pid=os.getpid(), since=self.state.since)
        try:
            if self._depth:
                yield self.state
                return
            taken = self._take(wait)
            self._depth = 1
            try:
                self._begin(recover)
                yield self.state
                # Where it cannot be written the file still names this process, and the next holder looks after it.
                with contextlib.suppress(OSError):
                    self.write(replace(self.state, pid=0, operator="", since=""))
            finally:
                self._depth = 0
                self._give_back(taken)
        finally:
            self._mutex.release()

    def write(self, state: LockState) -> None:
        """Note what is going on. One write of less than a page: a kill leaves the old or the new whole."""
        if len(state.pending) > _NAMED:
            state = replace(state, pending=(ALL,))
        self.state = state
        text = _text(state)
        os.pwrite(self._descriptor, text.ljust(_SIZE - 1)[: _SIZE - 1] + b"\n", 0)

    def _begin(self, recover: Callable[[LockState], LockState]) -> None:
        try:
            found = self.peek()
            mine = replace(found, boot=boot_id(), pid=os.getpid(), operator=self._operator, since=clock.stamp())
            self.write(mine)
            if found.boot != mine.boot or not mine.boot or found.pid or found.pending:
                self.write(recover(replace(mine, boot=found.boot)))
                self.state = replace(self.state, boot=mine.boot)
        except OSError as error:
            raise NotAllowed("disk-refused", file=str(self.path), reason=error.strerror or "") from error

    def _take(self, patience: float) -> int:
        """Take the lock; the descriptor that holds it."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return self._descriptor
        except BlockingIOError:
            pass
        # One place is kept after patience ran out: who tries again does not queue up at the end.
        place, self._place = self._place, None
        if patience > 0 and not (place and place.again()):
            place = Place(self.path)
        taken = place.wait(patience) if place and patience > 0 else None
        if taken is not None:
            return taken
        self._place = place
        holder = self.peek()
        if not holder.pid:
            raise Busy("store-held", path=str(self.path.parent))
        raise Busy("store-locked", operator=holder.operator, pid=holder.pid, since=holder.since)

    def _give_back(self, taken: int) -> None:
        if taken == self._descriptor:
            fcntl.flock(taken, fcntl.LOCK_UN)
        else:
            os.close(taken)


def boot_id() -> str:
    """What names this run of the machine; "" where the system doesn't say (then the counts are always looked up)."""
    global _boot
    if _boot is None:
        try:
            _boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        except OSError:
            _boot = ""
    return _boot


_boot: str | None = None


def _text(state: LockState) -> bytes:
    # All of it must fit: what is cut off cannot be read any more.
    state = replace(state, operator=state.operator[:_LONGEST_NAME])
    fields = json.dumps(asdict(state), ensure_ascii=False)
    # A wrong digit in a count would give two clients one serial: the file says the sum of what it says.
    return f'{fields[:-1]}, "sum": {zlib.crc32(fields.encode())}}}'.encode()


def _load(content: bytes) -> LockState:
    try:
        data: dict[str, Any] = json.loads(content)
        total = data.pop("sum")
        state = LockState(**{**data, "pending": tuple(data["pending"])})
        return state if total == zlib.crc32(json.dumps(asdict(state), ensure_ascii=False).encode()) else LockState()
    except (ValueError, TypeError, KeyError):
        return LockState()  # new, or not ours: as after a restart, the segments are asked
