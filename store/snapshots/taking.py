"""Taking a snapshot: hard links under the store's lock, milliseconds for 100,000 clients; the rest outside it.

A save replaces a segment by rename, so the link keeps the file as it was and takes no room until then. A program
that writes into a segment where it lies (plain TinyDB) writes into the snapshot as well: a file that such a hand has
touched before is copied instead, and one that it touches later no longer bears its print, which is noticed when the
snapshot is read.
"""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from store import clock, disk, erased
from store.errors import NotAllowed
from store.segments.folder import MANIFEST as MOVES
from store.segments.lock import LockState
from store.segments.sealing import sealed_digest
from store.snapshots import pruning
from store.snapshots.contents import GROWING, MANIFEST, SEALED, Contents, Snapshot, files_of, print_of
from store.snapshots.listing import FOLDER


class Lockable(Protocol):
    """A store, or one that is of an earlier format and cannot be opened yet."""

    @property
    def path(self) -> Path:
        """Its folder."""

    def writing(self) -> AbstractContextManager[LockState]:
        """Hold its lock."""


_PART = ".part"

_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV)
"""How a file system says that it knows no hard links (or no more of them, or that `backups` is on another one)."""


def take(store: Lockable, why: str = "asked") -> Snapshot:
    """Keep the state of the store in its folder `backups`, and remove what the rule no longer keeps.

    Raises:
        Busy, NotAllowed: As `Store.writing`; `disk-refused`: no snapshot was made.
    """
    made: Snapshot | None = None
    try:
        while made is None:
            known = erased.known(store.path)
            with held(store, why) as part, store.writing():
                # Who was erased since the files were linked is in them still.
                if erased.known(store.path) == known:
                    made = _settle(store.path, part)
    except OSError as error:
        file = str(error.filename or store.path / FOLDER)
        raise NotAllowed("disk-refused", file=file, reason=error.strerror or str(error)) from error
    with contextlib.suppress(OSError):  # one too many harms nobody, and is removed by the next
        pruning.prune(store.path, spare=made.name)
    return made


@contextlib.contextmanager
def held(store: Lockable, why: str) -> Iterator[Snapshot]:
    """A state for as long as it is needed, in a folder that is gone afterwards unless it was settled."""
    modes = disk.Modes.of(store.path)
    with part_folder(store.path, modes) as part:
        with store.writing() as state:
            sweep(store.path)
            at, seq = clock.stamp(), state.seq
            _link(store.path, part, modes)
        contents = Contents(at, why, seq, _prints(part, modes))
        disk.write_new(part / MANIFEST, contents.record(), modes.file)
        yield Snapshot(part, contents)


@contextlib.contextmanager
def part_folder(store: Path, modes: disk.Modes) -> Iterator[Path]:
    """An unfinished folder beside the snapshots, locked while its maker lives, gone afterwards."""
    backups = store / FOLDER
    disk.make_folder(backups, modes.folder)
    part = backups / f".{os.urandom(6).hex()}{_PART}"
    part.mkdir()
    descriptor = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        part.chmod(modes.folder)
        yield part
    finally:
        os.close(descriptor)
        if not _are_moved_from(store):
            disk.remove_folder(part)


def _are_moved_from(store: Path) -> bool:
    """Whether files are just being put in place: they may lie in an unfinished folder, and who finishes needs them."""
    try:
        return (store / MOVES).exists()
    except OSError:
        return True  # an unfinished folder too many is swept away later


def sweep(store: Path) -> None:
    """Remove unfinished folders whose makers were killed. Call only under the lock, with no manifest there."""
    for name in os.listdir(store / FOLDER):
        if not (name.startswith(".") and name.endswith(_PART)):
            continue
        with contextlib.suppress(FileNotFoundError):
            descriptor = os.open(store / FOLDER / name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                disk.remove_folder(store / FOLDER / name)
            except BlockingIOError:
                continue
            finally:
                os.close(descriptor)


def copy(source: Path, target: Path, mode: int) -> None:
    """Copy a file, to the disk."""
    disk.write_new(target, source.read_bytes(), mode)


def link(source: Path, target: Path, mode: int) -> None:
    """Link a file, or copy it where the file system knows no hard links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        copy(source, target, mode)


def _link(store: Path, part: Path, modes: disk.Modes) -> None:
    disk.make_folder(part / "clients", modes.folder)
    for name in files_of(store):
        if SEALED.fullmatch(name):
            link(store / name, part / name, modes.file)
        else:
            disk.make_folder(part / "access", modes.folder)
            copy(store / name, part / name, modes.file)


def _prints(part: Path, modes: disk.Modes) -> dict[str, str]:
    """The print of every file; those that another hand writes into are made copies on the way."""
    prints: dict[str, str] = {}
    for name in files_of(part):
        file = part / name
        prints[name] = _seal_of(file)
        if not prints[name]:
            if not GROWING.fullmatch(name):
                disk.replace(file, file.read_bytes(), modes.file)
            prints[name] = print_of(file.read_bytes())
    return prints


def _seal_of(file: Path) -> str:
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return sealed_digest(os.read(descriptor, 256))
    finally:
        os.close(descriptor)


def _settle(store: Path, part: Snapshot) -> Snapshot:
    """Give an unfinished snapshot its name, for good."""
    for folder in ("clients", "access", ""):
        if (part.path / folder).is_dir():
            disk.sync(part.path / folder)
    moment = part.contents.at.replace(":", "-")
    turn = 0
    while True:
        place = store / FOLDER / (f"{moment}.{turn}" if turn else moment)
        turn += 1
        if place.exists():
            continue
        try:
            os.rename(part.path, place)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        else:
            disk.sync(store / FOLDER)
            return Snapshot(place, part.contents)
