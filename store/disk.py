"""What the store asks of the disk: files that appear whole or not at all, their modes, local file systems only."""

import contextlib
import fcntl
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

NETWORK = re.compile(
    r"nfs4?|cifs|smb[23]|smbfs|ncpfs|afs|9p|ceph|glusterfs|lustre|gpfs|beegfs|davfs|vboxsf|drvfs|coda"
    r"|fuse\.(sshfs|davfs2|glusterfs|s3fs|rclone|cephfs|vmhgfs-fuse)"
)
"""File systems of other machines, where a lock or a rename may not mean what it means here."""


class Modes(NamedTuple):
    """Permissions of what the store creates, whatever the umask."""

    folder: int
    file: int

    @classmethod
    def of(cls, folder: Path) -> "Modes":
        """Those of a store in that folder: shared with a group where the folder itself is."""
        mode = stat.S_IMODE(os.stat(folder).st_mode)
        return SHARED if mode & stat.S_ISGID and mode & stat.S_IWGRP else PRIVATE


PRIVATE = Modes(0o700, 0o600)
SHARED = Modes(0o2770, 0o660)


def make_folder(path: Path, mode: int) -> None:
    """Create a folder (and its parents) of that mode, for good; one that is there is left as it is."""
    if path.is_dir():
        return
    if not path.parent.is_dir():
        make_folder(path.parent, mode)
    # Never open to more people than wanted, not even for a moment.
    path.mkdir(mode=mode, exist_ok=True)
    path.chmod(mode)
    sync(path.parent)


def aside_name(path: Path) -> Path:
    """A name beside `path` to write to before it takes its place: hidden, and never met twice."""
    return path.with_name(f".{path.name}.{os.urandom(6).hex()}.aside")


def is_aside(name: str) -> bool:
    """Whether a file name is one of `aside_name`."""
    return name.startswith(".") and name.endswith(".aside")


def write_new(path: Path, content: bytes, mode: int, *, durable: bool = True) -> os.stat_result:
    """Create a file with that content, on the disk before this returns unless not `durable`; never follows a link.

    Returns:
        Its size, times and inode, which a rename does not change.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    with discarded_on_failure((path,)):
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fchmod(descriptor, mode)
            if durable:
                os.fsync(descriptor)
            return os.fstat(descriptor)
        finally:
            os.close(descriptor)


def set_mode(descriptor: int, mode: int) -> None:
    """Give a file its permissions, whatever the umask was; another user's has those that its owner gave it."""
    status = os.fstat(descriptor)
    if status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) != mode:
        os.fchmod(descriptor, mode)


@contextlib.contextmanager
def discarded_on_failure(asides: Iterable[Path]) -> Iterator[None]:
    """Let nothing of what was written aside lie about where the block does not end well.

    Args:
        asides: The files; asked for only then, so that the block may add to them.
    """
    try:
        yield
    except BaseException:  # Ctrl+C is no excuse to leave copies of cards behind
        discard(asides)
        raise


def discard(asides: Iterable[Path]) -> None:
    """Remove what was written aside and is not wanted, as far as it goes."""
    with contextlib.suppress(OSError):
        for aside in asides:
            aside.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Bring a file's content, or a folder's names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(path: Path, content: bytes, mode: int) -> os.stat_result:
    """Put a file in the place of what is there, at once and for good: after a crash it is the old or the new one."""
    aside = aside_name(path)
    status = write_new(aside, content, mode)
    with discarded_on_failure((aside,)):
        os.rename(aside, path)
    sync(path.parent)
    return status


def remove(path: Path) -> None:
    """Remove a file for good; one that is gone already is no error."""
    path.unlink(missing_ok=True)
    sync(path.parent)


def remove_folder(path: Path) -> None:
    """Remove a folder with all that is in it, as far as it goes: what is left is somebody else's to remove."""
    import shutil  # here: it brings the compression libraries, and a search removes nothing

    with contextlib.suppress(OSError):  # `ignore_errors` ignores not all of them
        shutil.rmtree(path, ignore_errors=True)


def network_file_system(path: Path) -> str:
    """The name of the network file system that `path` lies on, or "" where it is this machine's own."""
    kind = file_system(path)
    return kind if NETWORK.fullmatch(kind) else ""


def file_system(path: Path) -> str:
    """The kind of the file system that `path` lies on, such as `ext4`; "" where the system does not say."""
    real = os.path.realpath(path)
    best, kind = "", ""
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as mounts:
            for line in mounts:
                before, _, after = line.partition(" - ")
                # Spaces and backslashes of a mount point are written as octal escapes.
                point = before.split(" ")[4].replace("\\040", " ").replace("\\134", "\\")
                if len(point) >= len(best) and (real == point or real.startswith(point.rstrip("/") + "/")):
                    best, kind = point, after.split(" ", 1)[0]
    except FileNotFoundError:
        return ""
    return kind


@contextlib.contextmanager
def folder_locked(folder: Path) -> Iterator[None]:
    """Be the only one, thread or process, who is in here with that folder: not to be entered twice."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
