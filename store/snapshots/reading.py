"""Reading a state from where it lies: a snapshot or backup folder, or an archive."""

import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import Damaged, NotFound
from store.snapshots import listing
from store.snapshots.contents import MANIFEST, Contents, belongs

SUFFIXES = (".tar", ".tar.gz", ".tgz")

Files = Iterator[tuple[str, bytes]]
"""Names within the store, and contents."""


def is_archive(path: Path) -> bool:
    """Whether a backup of that name is one archive file."""
    return path.name.endswith(SUFFIXES)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Contents, Files]]:
    """A backup's manifest, and its files in any order; those that are missing are left out.

    Raises:
        NotFound: `backup-missing`.
        Damaged: `not-a-backup`, `backup-damaged`, also while the files are read.
    """
    if path.is_dir() or not is_archive(path):
        found = listing.read(path)
        yield found.contents, _in_folder(found.path, found.contents)
        return
    if not path.exists():
        raise NotFound("backup-missing", path=str(path))
    try:
        # Streamed: an archive of a gigabyte is read once, from its beginning to its end.
        with tarfile.open(path, "r|*") as archive:
            members = _in_archive(archive)
            name, record = next(members, ("", b""))
            if name != MANIFEST:
                raise Damaged("not-a-backup", path=str(path))
            yield Contents.of(record, str(path)), members
    except (tarfile.TarError, zlib.error, EOFError) as error:
        raise Damaged("backup-damaged", path=str(path), files=[path.name]) from error


def _in_folder(path: Path, contents: Contents) -> Files:
    for name in contents.files:
        if (path / name).is_file():
            yield name, (path / name).read_bytes()


def _in_archive(archive: tarfile.TarFile) -> Files:
    for member in archive:
        _, _, name = member.name.partition("/")
        content = archive.extractfile(member) if member.isfile() else None
        if content is not None and (name == MANIFEST or belongs(name)):
            yield name, content.read()
