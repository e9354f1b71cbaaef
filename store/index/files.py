"""The index as a file: opened, shared, copied aside and thrown away."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store import disk
from store.index.tables import PAGE_BYTES

_WAIT_SECONDS = 5

MUCH_LOG = 32 << 20
"""Bytes of write-ahead log that somebody brings home before closing; of a smaller one the last to close does."""


def connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    """Open the file for one thread; made if it is not there and may be. Raises sqlite3.DatabaseError."""
    if not writable:
        return _connect_to_read(path)
    if not path.exists():
        # Made by us first, so that nobody else may read what it will hold; what SQLite puts beside it gets its mode.
        mode = disk.Modes.of(path.parent).file
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, mode)
        try:
            disk.set_mode(descriptor, mode)
        finally:
            os.close(descriptor)
    db = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    db.execute(f"pragma page_size = {PAGE_BYTES}")
    # A page whose rows lie where none can be is damaged: without this it only seems to have fewer.
    db.execute("pragma cell_size_check = on")
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = normal")
    # What was erased leaves no copy behind.
    db.execute("pragma secure_delete = on")
    # What is derived may be brought home when there is time (`Index.tidy`): not in a COMMIT that somebody waits for.
    db.execute("pragma wal_autocheckpoint = 0")
    # Begun anew, the log is cut: by its size it is known whether much waits in it. Not to less than saves in a row make
    # of it, 15 MB: they would lengthen it again and again.
    db.execute(f"pragma journal_size_limit = {MUCH_LOG // 2}")
    # Every thread has a connection and so a cache; the file itself stays in the memory of the system.
    db.execute("pragma cache_size = -4096")
    return db


@contextmanager
def reading(db: sqlite3.Connection) -> Iterator[None]:
    """Let everything asked inside be answered from one state of the index."""
    if db.in_transaction:
        yield
        return
    db.execute("begin")
    try:
        yield
    finally:
        # It may have been rolled back already, by an error.
        if db.in_transaction:
            db.execute("rollback")


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a file that may not be written: as others share it, or as one that stands still where nobody has it open.

    Reading a shared one takes files beside it. They are never made here: they would be ours, and keep out those
    who may write.
    """
    if not path.exists():
        raise sqlite3.DatabaseError("no index")
    address = path.absolute().as_uri()
    if _log_of(path).exists():
        shared = sqlite3.connect(f"{address}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
        try:
            shared.execute("select 1 from sqlite_master").fetchone()
        except sqlite3.OperationalError:
            shared.close()
        else:
            return shared
    return sqlite3.connect(f"{address}?immutable=1", uri=True, isolation_level=None, check_same_thread=False)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def log_size(path: Path) -> int:
    """Bytes of the write-ahead log; 0 where there is none, and where the disk does not say: the next to ask is told."""
    try:
        return os.stat(_log_of(path)).st_size
    except OSError:
        return 0


def copy_aside(source: sqlite3.Connection | None) -> Path:
    """A private copy in the folder for temporary files; an empty file where there is nothing to copy."""
    import tempfile  # brings every compression there is along, and is hardly ever needed

    descriptor, name = tempfile.mkstemp(prefix="kartoteka-", suffix=".sqlite3")
    os.close(descriptor)
    if source is not None:
        copy = sqlite3.connect(name)
        source.backup(copy)
        copy.close()
    return Path(name)


def discard(path: Path, inode: int = 0) -> None:
    """Remove the file and what SQLite keeps beside it.

    Args:
        path: The file.
        inode: The file that is meant: what another process put in its place meanwhile is left; 0 for any.
    """
    with disk.folder_locked(path.parent):
        if inode and inode_of(path) != inode:
            return
        for name in (path, _log_of(path), path.with_name(path.name + "-shm")):
            name.unlink(missing_ok=True)


def inode_of(path: Path) -> int:
    """Which file lies there; 0 for none."""
    try:
        return os.stat(path).st_ino
    except FileNotFoundError:
        return 0


def state_of(path: Path, *, writable: bool) -> tuple[int, bool]:
    """What must stay as it is while a connection is open: the file, and for a reader whether others share it."""
    return inode_of(path), not writable and _log_of(path).exists()
