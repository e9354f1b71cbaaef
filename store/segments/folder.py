"""The folder of segments: which files there are, and how several of them change at once or not at all."""

import contextlib
import json
import os
import re
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from store import disk
from store.errors import Damaged, NotFound, Unsure
from store.segments import listed
from store.segments.sealing import decode, read_seal
from store.segments.segment import SEGMENT_SIZE, Segment, Stamp, read, read_live, stamp_of

MANIFEST = "manifest.json"

UNFINISHED_INDEX = ".index-"
"""How the names of folders begin in which an index is built."""

_TARGET = re.compile(r"store\.json|clients/\d{5,}(\.history-\d{4,})?\.json|access/[\w-]+\.jsonl", re.ASCII)
_SOURCE = re.compile(r"clients/\.[\w.-]+\.aside|backups/\.[0-9a-f]+\.part/[\w/.-]+", re.ASCII)
_LINE = re.compile(r"backups/[\w.-]+", re.ASCII)

_COARSEST = 3_000_000_000
"""Nanoseconds: no file system's clock is coarser (FAT's goes by two seconds)."""


def segment_number(serial: int) -> int:
    """The segment that holds the client of that serial number."""
    return serial // SEGMENT_SIZE


class Aside(NamedTuple):
    """A new content written beside its file, not yet in its place."""

    number: int
    aside: Path
    target: Path
    stamp: Stamp


class SegmentFolder:
    """The `clients` folder of a store."""

    def __init__(self, store: Path, modes: disk.Modes = disk.PRIVATE) -> None:
        self.store = store
        self.path = store / "clients"
        self.manifest = store / MANIFEST
        """Names what is to be put in place; there only while that is being done, or was interrupted."""
        self._modes = modes

    def file(self, number: int) -> Path:
        """Where the segment of that number lies."""
        return self.path / f"{number:05}.json"

    def read(self, number: int) -> Segment:
        """A segment; an empty one where there is no file yet. Raises Damaged."""
        try:
            return read(self.file(number))
        except NotFound:
            return Segment(number)

    def read_live(self, number: int, serials: Sequence[int]) -> dict[int, bytes]:
        """The records of some cards of a segment, those it can tell without being taken apart. Raises Damaged."""
        try:
            return read_live(self.file(number), serials)
        except NotFound:
            return {}

    def scan(self) -> Iterator[tuple[int, os.stat_result]]:
        """The segments and their files' status, in no order."""
        with self._listing(), os.scandir(self.path) as entries:
            for entry in entries:
                if (number := _number_of(entry.name)) is not None:
                    yield number, entry.stat()

    def seen(self) -> int:
        """A number that is another one when a file was put here, replaced or taken away since; 0 is nobody's.

        It does not tell of a file that was written to where it lies, as some editors do.
        """
        with self._listing():
            status = self.path.stat()
        if time.time_ns() - status.st_mtime_ns < _COARSEST:
            return 0  # another file may still come at the same time of the file system's clock
        return zlib.crc32(f"{status.st_dev} {status.st_ino} {status.st_mtime_ns}".encode())

    def numbers(self) -> list[int]:
        """All segments' numbers, in order."""
        with self._listing():
            numbers = map(_number_of, os.listdir(self.path))
            return sorted(number for number in numbers if number is not None)

    @contextlib.contextmanager
    def _listing(self) -> Iterator[None]:
        try:
            yield
        except (PermissionError, FileNotFoundError, NotADirectoryError):
            raise
        except OSError as error:
            raise Damaged("segment-unreadable", file=str(self.path), reason=error.strerror) from error

    def segments(self) -> Iterator[Segment]:
        """All segments, in order. Raises Damaged at the first that is."""
        for number in self.numbers():
            yield self.read(number)

    def generation(self, number: int) -> int:
        """The generation a segment's first line names, unverified; -1 where the line is not ours or no file."""
        try:
            with open(self.file(number), "rb") as file:
                seal = read_seal(file.read(256))
        except FileNotFoundError:
            return -1
        return seal.generation if seal else -1

    def listed(self) -> frozenset[int]:
        """The numbers of the segments there should be, as far as the store lists them."""
        try:
            return listed.listed(self.store).segments or frozenset()
        except (Damaged, OSError):
            return frozenset()

    def before_restore(self) -> "SegmentFolder | None":
        """The segments as they were before an earlier state was brought back, where it was and they are kept yet.

        Raises:
            Damaged: `segment-unreadable`: whether a file is an old one cannot be told without `store.json`.
        """
        try:
            line = listed.listed(self.store).line
        except Damaged:
            return None  # whoever opens or checks the store says so
        except OSError as error:
            file = str(self.store / listed.FILE)
            raise Damaged("segment-unreadable", file=file, reason=error.strerror or "") from error
        return SegmentFolder(self.store / line) if _LINE.fullmatch(line) else None

    def list_segments(self) -> None:
        """List those that are there as well. Call only under the lock."""
        listed.write(self.store, {*self.listed(), *self.numbers()}, self._modes.file)

    def last_seq(self) -> int:
        """The highest sequence number in all segments' first lines: how the count is found again after a reboot."""
        highest = 0
        for number in self.numbers():
            with open(self.file(number), "rb") as file:
                seal = read_seal(file.read(256))
            if seal is None:
                with contextlib.suppress(Damaged):  # nobody's changes can be told from it; `check` names it
                    segment = self.read(number)
                    highest = max([highest, segment.last_seq, *segment.changes])
            else:
                highest = max(highest, seal.last_seq)
        return highest

    def next_serial(self) -> int:
        """The first serial that no client has or had: how the count is found again after a reboot."""
        numbers = self.numbers()
        if self.listed() - set(numbers):
            return (
                max(*self.listed(), *numbers) + 1
            ) * SEGMENT_SIZE  # as below: whom the missing one held is not known
        if not numbers:
            return 1
        try:
            segment = self.read(numbers[-1])
        except Damaged:
            return (numbers[-1] + 1) * SEGMENT_SIZE  # whom it held is not known: all its serials may be somebody's
        changed = [int(decode(record).get("serial", 0)) for record in segment.changes.values()]
        return max((*segment.cards, *segment.trash, *changed), default=0) + 1

    def write_aside(self, segment: Segment, *, durable: bool = True) -> Aside:
        """Write a segment's new content beside its file."""
        target = self.file(segment.number)
        aside = disk.aside_name(target)
        status = disk.write_new(aside, segment.content(), self._modes.file, durable=durable)
        return Aside(segment.number, aside, target, stamp_of(status, segment.generation))

    def place(self, asides: Sequence[Aside]) -> None:
        """Put what was written aside in its place, all or nothing, on the disk before this returns.

        One file is one rename. For several, a manifest names them first: who takes the lock next finishes what a
        crash interrupted (`finish`).
        """
        if len(asides) == 1:
            os.rename(asides[0].aside, asides[0].target)
            disk.sync(self.path)
            return
        for aside in asides:
            disk.sync(aside.aside)
        disk.sync(self.path)
        names = [[aside.aside.name, aside.target.name] for aside in asides]
        disk.replace(self.store / MANIFEST, json.dumps({"renames": names}).encode(), self._modes.file)
        self.finish()

    def finish(self) -> bool:
        """Carry out the manifest there is; True where there was one. Call only under the lock."""
        manifest = self.store / MANIFEST
        try:
            content = manifest.read_bytes()
        except FileNotFoundError:
            return False
        try:
            data = json.loads(content)
            renames = [(f"clients/{aside}", f"clients/{target}") for aside, target in data["renames"]]
            moves = [*renames, *((str(source), str(target)) for source, target in data.get("moves", ()))]
            removes = [str(name) for name in data.get("removes", ())]
        except (ValueError, KeyError, TypeError) as error:
            raise Damaged("manifest-damaged", file=str(manifest)) from error
        sources, targets = [source for source, _ in moves], [target for _, target in moves]
        if not (all(map(_SOURCE.fullmatch, sources)) and all(map(_TARGET.fullmatch, (*targets, *removes)))):
            raise Damaged("manifest-damaged", file=str(manifest))
        for source, target in moves:
            try:
                os.rename(self.store / source, self.store / target)
            except FileNotFoundError:
                continue  # moved already, before the crash that this finishes
        for name in removes:
            (self.store / name).unlink(missing_ok=True)
        for folder in {self.path, *((self.store / name).parent for name in (*targets, *removes))}:
            disk.sync(folder)
        disk.remove(manifest)
        return True

    def exchange(self, part: Path, names: Sequence[str], removes: Sequence[str]) -> None:
        """Put files of an unfinished folder in the place of the store's, and remove others: all of it or nothing.

        Args:
            part: A folder in `backups`; its files and their names are on the disk.
            names: Files in it by their names within the store, which they take.
            removes: Files of the store that go.

        Raises:
            OSError: Nothing was touched.
            Unsure: `restore-begun`: whoever takes the lock next finishes it.
        """
        moves = [[f"{part.relative_to(self.store)}/{name}", name] for name in names]
        record = {"renames": [], "moves": moves, "removes": list(removes)}
        try:
            disk.replace(self.manifest, json.dumps(record).encode(), self._modes.file)
        except OSError:
            with contextlib.suppress(OSError):
                self.manifest.unlink(missing_ok=True)  # written, but perhaps not for good: nothing was begun yet
            if not self.manifest.exists():
                raise
        try:
            self.finish()
        except OSError as error:
            raise Unsure("restore-begun", file=str(self.store), reason=error.strerror or "") from error

    def leftovers(self) -> list[Path]:
        """Files written aside and never put in place, and folders of an index that was not finished.

        Call only under the lock, with no manifest there.
        """
        asides = [
            folder / name for folder in (self.path, self.store) for name in os.listdir(folder) if disk.is_aside(name)
        ]
        return [*asides, *self.store.glob(f"{UNFINISHED_INDEX}*")]

    def sweep(self) -> None:
        """Remove what killed programs left. Call only under the lock, with no manifest there."""
        for leftover in self.leftovers():
            if leftover.is_dir():
                disk.remove_folder(leftover)
            else:
                leftover.unlink(missing_ok=True)


def _number_of(name: str) -> int | None:
    """The number of a segment by its file's name, `00042.json`; None where it is no segment's."""
    # Not by an expression: a million clients are 16,000 files, and that takes three times as long.
    number, _, kind = name.partition(".")
    is_segment = kind == "json" and len(number) >= _DIGITS and number.isdecimal() and number.isascii()
    return int(number) if is_segment else None


_DIGITS = 5
"""Of a segment's number, at least."""
