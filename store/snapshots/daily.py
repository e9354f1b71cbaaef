"""The snapshot of the day: taken by whoever saves first on it, after the save is done."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from store import clock, disk
from store.errors import StoreError
from store.snapshots.listing import FOLDER, snapshots
from store.snapshots.taking import take

if TYPE_CHECKING:
    from store.door import Store

AGAIN = 600.0
"""Seconds after which a snapshot that failed is tried again: a full disk must not cost every save the attempt."""


class Daily:
    """Sees to it that the store has a snapshot of each day on which something was saved."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._done = ""
        self._not_before = 0.0
        self.error: StoreError | OSError | None = None
        """Why the last attempt failed. The save it followed is none the worse; the screen tells of it."""

    def after_save(self) -> bool:
        """Take the snapshot of the day if there is none yet; whether it was taken."""
        today = clock.stamp()[:10]
        if today == self._done or time.monotonic() < self._not_before:
            return False
        taken = False
        path = self._store.path
        try:
            with _alone(path) as alone:
                if not alone:
                    return False  # another process is just taking it
                if not any(each.name.startswith(today) and each.contents.why == "daily" for each in snapshots(path)):
                    take(self._store, "daily")
                    taken = True
            self._done = today
            self.error = None
        except (StoreError, OSError) as error:
            # What was saved is saved and told so: a snapshot that cannot be taken must not say otherwise.
            self.error = error
            self._not_before = time.monotonic() + AGAIN
        return taken


@contextlib.contextmanager
def _alone(store: Path) -> Iterator[bool]:
    """Whether no other process is taking the snapshot of the day: eight who save first at once take one, not eight."""
    folder = store / FOLDER
    disk.make_folder(folder, disk.Modes.of(store).folder)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        yield False
        return
    try:
        yield True
    finally:
        os.close(descriptor)
