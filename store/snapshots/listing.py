"""Which snapshots a store has."""

import datetime
import os
import re
from pathlib import Path

from store.errors import Damaged, NotFound
from store.snapshots.contents import MANIFEST, Contents, Snapshot

FOLDER = "backups"

_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(\.\d+)?", re.ASCII)


def names(store: Path) -> list[str]:
    """The names of the snapshots, the oldest first, by the clock of when they were taken.

    Raises:
        Damaged: `segment-unreadable`.
    """
    try:
        return sorted((name for name in os.listdir(store / FOLDER) if _is_moment(name)), key=_by_time)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Damaged("segment-unreadable", file=str(store / FOLDER), reason=error.strerror or "") from error


def snapshots(store: Path) -> list[Snapshot]:
    """The snapshots, the oldest first; what is none (a torn manifest, another program's folder) is left out.

    Raises:
        Damaged: `segment-unreadable`: the disk refuses, and nobody knows what there is.
    """
    found: list[Snapshot] = []
    for name in names(store):
        try:
            found.append(read(store / FOLDER / name))
        except NotFound:
            continue
        except Damaged as error:
            if error.code == "segment-unreadable":
                raise
    return found


def snapshot_named(store: Path, name: str) -> Snapshot:
    """The snapshot of that name. Raises NotFound (`backup-missing`)."""
    if not _is_moment(name):
        raise NotFound("backup-missing", path=name)
    return read(store / FOLDER / name)


def read(path: Path) -> Snapshot:
    """A snapshot or a backup folder.

    Raises:
        NotFound: `backup-missing`.
        Damaged: `not-a-backup`, `backup-damaged`, `segment-unreadable`.
    """
    try:
        record = (path / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        if path.exists():
            raise Damaged("not-a-backup", path=str(path)) from error
        raise NotFound("backup-missing", path=str(path)) from error
    except OSError as error:
        raise Damaged("segment-unreadable", file=str(path / MANIFEST), reason=error.strerror or "") from error
    return Snapshot(path, Contents.of(record, str(path)))


def _is_moment(name: str) -> bool:
    if not _NAME.fullmatch(name):
        return False
    try:
        datetime.date.fromisoformat(name[:10])
    except ValueError:
        return False
    return True


def _by_time(name: str) -> tuple[str, int]:
    moment, _, turn = name.partition("Z")
    return moment, int(turn[1:] or 0)
