"""Writing a state of the store out, to a folder or into one archive file, while others work."""

import contextlib
import errno
import fcntl
import hashlib
import io
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from store import disk
from store.errors import Conflict, Damaged, NotAllowed
from store.progress import Progress
from store.segments.sealing import unpack
from store.snapshots import reading
from store.snapshots.contents import MANIFEST, Snapshot, proven
from store.snapshots.taking import held

if TYPE_CHECKING:
    from store.door import Store

_PART = re.compile(r"\.(.+\.[0-9a-f]{12}\.part|[0-9a-f]{12}\..+\.(tar|tar\.gz|tgz))", re.DOTALL)
"""A backup that is being written, or was when the program was killed."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and read again."""

    path: Path
    clients: int
    files: int
    size: int
    """Bytes of all files in it."""
    at: str
    damaged: tuple[str, ...]
    """Files that were damaged in the store already; they are in the backup as they are."""


@dataclass(slots=True)
class _Sums:
    """What goes out, counted on the way."""

    clients: int = 0
    size: int = 0
    of: dict[str, str] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)

    def note(self, name: str, content: bytes, expected: str) -> None:
        self.of[name] = hashlib.sha256(content).hexdigest()
        self.size += len(content)
        if not proven(name, content, expected):
            self.damaged.append(name)
        elif name.startswith("clients/") and ".history-" not in name:
            self.clients += len(unpack(content, name).tables.get("clients", ()))


def back_up(store: "Store", target: Path, progress: Progress | None = None) -> Backup:
    """Write the state of this moment to `target`, and read it again.

    Others save meanwhile: the lock is held only while the files are linked aside.

    Args:
        store: The store.
        target: `….tar`, `….tar.gz` or `….tgz` for one file, else a folder; in a folder that holds something already,
            a new one is made, named after the moment.
        progress: Told how many files were written and read again, of twice their number.

    Raises:
        Conflict: `backup-exists`: there is such an archive already.
        NotAllowed: `backup-inside`: within the store itself, where it would be lost with it.
        NotAllowed: `backup-refused`: a disk failed; nothing is left there.
        Damaged: `backup-differs`: what was read again is not what was written; it was removed.
    """
    target = target.absolute()
    if target.resolve().is_relative_to(store.path.resolve()):
        raise NotAllowed("backup-inside", path=str(target))
    write = _into_archive if reading.is_archive(target) else _into_folder
    try:
        with held(store, "backup") as state:
            return write(target, state, progress or (lambda done, of: None))
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotAllowed("backup-refused", path=str(target), file=str(error.filename or ""), reason=reason) from error


def _into_folder(target: Path, state: Snapshot, progress: Progress) -> Backup:
    if target.is_dir() and any(target.iterdir()):
        target = target / _name(state)
    disk.make_folder(target.parent, disk.PRIVATE.folder)
    part = target.with_name(f".{target.name}.{os.urandom(6).hex()}.part")
    part.mkdir(mode=disk.PRIVATE.folder)
    with _unfinished(part):
        sums = _Sums()
        for name, content in _outgoing(state, sums, progress):
            disk.make_folder((part / name).parent, disk.PRIVATE.folder)
            disk.write_new(part / name, content, disk.PRIVATE.file, durable=False)
        for name in (*sums.of, MANIFEST):
            _to_the_disk(part / name)
        for folder in {(part / name).parent for name in sums.of} | {part}:
            disk.sync(folder)
        _read_again(part, sums, progress)
        os.rename(part, target)
        with _named(target):
            disk.sync(target.parent)
    return _told(target, state, sums)


def _into_archive(target: Path, state: Snapshot, progress: Progress) -> Backup:
    if target.exists():
        raise Conflict("backup-exists", path=str(target))
    disk.make_folder(target.parent, disk.PRIVATE.folder)
    part = target.with_name(f".{os.urandom(6).hex()}.{target.name}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, disk.PRIVATE.file)
    with open(descriptor, "wb") as file, _unfinished(part):
        sums = _Sums()
        with _archive(file, packed=not target.name.endswith(".tar")) as archive:
            for name, content in _outgoing(state, sums, progress):
                entry = tarfile.TarInfo(f"{_name(state)}/{name}")
                entry.size, entry.mode = len(content), disk.PRIVATE.file
                archive.addfile(entry, io.BytesIO(content))
        file.flush()
        _to_the_disk(part)
        _read_again(part, sums, progress)
        try:
            os.link(part, target)  # unlike a rename it never takes the place of what appeared there meanwhile
        except FileExistsError as error:
            raise Conflict("backup-exists", path=str(target)) from error
        except OSError:
            os.rename(part, target)
        with _named(target):
            disk.sync(target.parent)
    return _told(target, state, sums)


@contextlib.contextmanager
def _named(target: Path) -> Iterator[None]:
    """What has its name, but perhaps not for good, is told as refused and must not stay there."""
    try:
        yield
    except OSError:
        _remove(target)
        raise


@contextlib.contextmanager
def _unfinished(part: Path) -> Iterator[None]:
    """What has no name yet is gone afterwards, and before that what a killed backup has left there."""
    for left in part.parent.iterdir():
        if _PART.fullmatch(left.name) and left != part:
            _sweep(left)
    descriptor = os.open(part, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):  # not every disk that backups go to knows locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
        _remove(part)


def _sweep(part: Path) -> None:
    """Remove an unfinished backup, unless somebody is just writing it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(part)
        finally:
            os.close(descriptor)


def _remove(part: Path) -> None:
    with contextlib.suppress(OSError):
        if part.is_dir():
            disk.remove_folder(part)
        else:
            part.unlink()


def _archive(file: io.BufferedWriter, *, packed: bool) -> tarfile.TarFile:
    if packed:
        # Level 6: cards shrink to a sixth; 9 takes three times as long for a hundredth more.
        return tarfile.open(fileobj=file, mode="w:gz", format=tarfile.PAX_FORMAT, compresslevel=6)
    return tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)


def _outgoing(state: Snapshot, sums: _Sums, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """The manifest, then every file; what cannot be read any more is damaged and left out."""
    yield MANIFEST, state.contents.record()
    count = len(state.contents.files)
    for done, (name, expected) in enumerate(state.contents.files.items(), 1):
        try:
            content = (state.path / name).read_bytes()
        except OSError as error:
            if error.errno not in (errno.EIO, errno.ENOENT):
                raise  # nothing is wrong with the file
            sums.damaged.append(name)
        else:
            sums.note(name, content, expected)
            yield name, content
        progress(done, 2 * count)


def _read_again(part: Path, sums: _Sums, progress: Progress) -> None:
    seen: dict[str, str] = {}
    with reading.opened(part) as (_, files):
        for name, content in files:
            seen[name] = hashlib.sha256(content).hexdigest()
            progress(len(sums.of) + len(seen), 2 * len(sums.of))
    if seen != sums.of:
        different = sorted(name for name in sums.of if seen.get(name) != sums.of[name])
        raise Damaged("backup-differs", path=str(part), files=different[:10])


def _to_the_disk(file: Path) -> None:
    """Sync a file and drop it from memory, so that reading it again asks the disk."""
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def _told(target: Path, state: Snapshot, sums: _Sums) -> Backup:
    return Backup(target, sums.clients, len(sums.of), sums.size, state.contents.at, tuple(sums.damaged))


def _name(state: Snapshot) -> str:
    return f"kartoteka-{state.contents.at.replace(':', '-')}"
