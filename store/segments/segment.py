"""One segment: up to 64 clients, the changes made to them, and those that rest in the trash."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from store.errors import Damaged, NotFound
from store.segments.sealing import SERIALS, Seal, Tables, first_records, pack, unpack

TABLES = ("clients", "changes", "trash")

SEGMENT_SIZE = 64
"""Clients a file: 132 KB, saved in about 4 ms whatever the size of the store."""


class Stamp(NamedTuple):
    """By what a file is known unchanged without reading it."""

    size: int
    mtime_ns: int
    inode: int
    generation: int
    """-1 where only the file's status was asked."""


NO_FILE = Stamp(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as read: the records are JSON bytes, decoded only when asked for. Replaced, never changed."""

    number: int
    generation: int = 0
    last_seq: int = 0
    cards: Mapping[int, bytes] = field(default_factory=dict)
    """Serial -> the client's document as JSON."""
    changes: Mapping[int, bytes] = field(default_factory=dict)
    """Sequence number -> the change as JSON (see `store.journal`), oldest first."""
    trash: Mapping[int, bytes] = field(default_factory=dict)
    """Serial -> the removed client's document as JSON."""
    others: Mapping[str, Mapping[int, bytes]] = field(default_factory=dict)
    """Tables that another hand put there; kept."""
    foreign: bool = False
    """True where the file was last written by another hand; sealed again at the next write."""
    stamp: Stamp = NO_FILE

    def content(self) -> bytes:
        """The file's bytes."""
        tables = {"clients": self.cards, "changes": self.changes, "trash": self.trash, **self.others}
        return pack("segment", Seal(self.generation, self.last_seq), tables)


def read(path: str | os.PathLike[str]) -> Segment:
    """Read and verify a segment file.

    Raises:
        NotFound: `segment-missing`.
        Damaged: `segment-damaged` or `segment-newer`, with `file`.
    """
    path = Path(path)
    return parsed(path, *_read(path))


def read_live(path: Path, serials: Iterable[int]) -> dict[int, bytes]:
    """The records of some cards, verified as `read` does, but nothing else of the file taken apart.

    Those that are in the trash, or not there, are left out; all are where the file must be read as a whole (another
    hand's, another segment's). Raises as `read` does.
    """
    content, _ = _read(path)
    return first_records(content, str(path), TABLES[0], TABLES[1], serials) or {}


def _read(path: Path) -> tuple[bytes, os.stat_result]:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise NotFound("segment-missing", file=str(path)) from None
    except PermissionError:
        raise
    except OSError as error:
        raise Damaged("segment-unreadable", file=str(path), reason=error.strerror) from error
    try:
        status = os.fstat(descriptor)
        content = _all_bytes(descriptor, status.st_size)
    except OSError as error:
        raise Damaged("segment-unreadable", file=str(path), reason=error.strerror) from error
    finally:
        os.close(descriptor)
    return content, status


def parsed(path: Path, content: bytes, status: os.stat_result | None = None) -> Segment:
    """The segment that a file of that name and content is. Raises Damaged."""
    sealed = unpack(content, str(path))
    tables: Tables = sealed.tables
    number = int(path.name.partition(".")[0])
    serials = (*tables.get("clients", ()), *tables.get("trash", ()))
    is_of_another = serials and {min(serials) // SEGMENT_SIZE, max(serials) // SEGMENT_SIZE} != {number}
    # Whole, but another segment's: the files changed places. What another hand put there may be misplaced.
    if max(serials, default=0) >= SERIALS or (is_of_another and not sealed.foreign):
        raise Damaged("segment-damaged", file=str(path))
    return Segment(
        number=number,
        generation=sealed.seal.generation,
        last_seq=sealed.seal.last_seq,
        cards=tables.get("clients", {}),
        changes=tables.get("changes", {}),
        trash=tables.get("trash", {}),
        others={name: records for name, records in tables.items() if name not in TABLES},
        foreign=sealed.foreign,
        stamp=stamp_of(status, sealed.seal.generation) if status else NO_FILE,
    )


def read_history(path: str | os.PathLike[str]) -> dict[int, bytes]:
    """The changes of a segment that were moved out of its file, by sequence number, oldest first.

    Args:
        path: The segment's own file; its history lies beside it as `00000.history-0001.json` and so on.
    """
    changes: dict[int, bytes] = {}
    for part in history_files(Path(path)):
        changes.update(read(part).changes)
    return changes


def files_of(path: Path) -> list[Path]:
    """A segment's file, and those of its older changes. Raises Damaged (`segment-unreadable`)."""
    return [path, *history_files(path)]


def history_files(path: Path) -> list[Path]:
    """The files of older changes of a segment, oldest first. Raises Damaged (`segment-unreadable`)."""
    found: list[Path] = []
    try:
        while (part := history_file(path, len(found) + 1)).exists():
            found.append(part)
    except PermissionError:
        raise
    except OSError as error:
        raise Damaged("segment-unreadable", file=str(part), reason=error.strerror) from error
    return found


def history_file(path: Path, part: int) -> Path:
    """The name of one file of older changes, counted from 1."""
    return path.with_name(f"{path.stem}.history-{part:04}.json")


def stamp_of(status: os.stat_result, generation: int = -1) -> Stamp:
    """The stamp of a file by its status."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino, generation)


def _all_bytes(descriptor: int, size: int) -> bytes:
    content = os.read(descriptor, size + 1)
    while more := os.read(descriptor, 1 << 20):
        content += more
    return content
