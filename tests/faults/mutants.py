"""Writers with a fault each, that the harness must catch: a harness that finds nothing may be looking nowhere."""

import fcntl
import os
import stat
from collections.abc import Callable
from pathlib import Path

from store import disk


def no_file_fsync() -> None:
    """Files are renamed into place with their content still in memory."""
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            real(descriptor)

    os.fsync = fsync  # type: ignore[assignment]


def no_folder_fsync() -> None:
    """A rename is taken for done that the folder on the disk does not know."""
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            real(descriptor)

    os.fsync = fsync  # type: ignore[assignment]


def rename_before_fsync() -> None:
    """The content is brought to the disk, but only when the file has its name already."""
    real_fsync, real_rename = os.fsync, os.rename
    late = False

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) or late:
            real_fsync(descriptor)

    def rename(source: str, target: str) -> None:
        nonlocal late
        real_rename(source, target)
        late = True
        disk.sync(Path(target))
        late = False

    os.fsync = fsync  # type: ignore[assignment]
    os.rename = rename  # type: ignore[assignment]


def no_lock() -> None:
    """Nobody waits for anybody."""
    fcntl.flock = lambda descriptor, operation: None


MUTANTS: dict[str, Callable[[], None]] = {
    "no file fsync": no_file_fsync,
    "no folder fsync": no_folder_fsync,
    "rename before fsync": rename_before_fsync,
    "no lock": no_lock,
}
