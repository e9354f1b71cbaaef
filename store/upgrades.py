"""Stores of earlier formats become stores of this one when they are opened: under the lock, after a snapshot."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from store import disk
from store.errors import NotAllowed
from store.formats import STEPS, bring_up, format_of
from store.progress import Progress
from store.segments.lock import LockState, StoreLock
from store.snapshots import take


def upgrade(path: Path, operator: str, progress: Progress | None = None) -> list[str]:
    """Bring a store to this format; the names of the steps that were run.

    Raises:
        NotAllowed: `store-needs-upgrade`, without the right to write; `upgrade-refused`: the disk failed, and the next
            opening goes on.
        Damaged: `segment-damaged`: a file cannot be read; those before it are of the new format, none is lost.
        Busy: `store-locked`.
    """
    if not os.access(path, os.W_OK | os.X_OK):
        raise NotAllowed("store-needs-upgrade", path=str(path))
    modes = disk.Modes.of(path)
    lock = StoreLock(path, operator, modes.file)
    try:
        bare = _Bare(path, lock)
        with bare.writing():
            if format_of(path) >= STEPS[-1].format:
                return []  # another process was quicker
            take(bare, "upgrade")
            return bring_up(path, modes, progress)
    except OSError as error:
        raise NotAllowed("upgrade-refused", path=str(path), reason=error.strerror or str(error)) from error
    finally:
        lock.close()


@dataclass(frozen=True, slots=True)
class _Bare:
    """A store that cannot be opened yet."""

    path: Path
    lock: StoreLock

    @contextlib.contextmanager
    def writing(self) -> Iterator[LockState]:
        """Hold the lock."""
        with self.lock.held(lambda state: state) as state:
            yield state
            # As after a restart: whoever opens the store looks for what there is.
            self.lock.write(replace(self.lock.state, boot=""))
