"""Bringing the index up to the segments: what another hand changed, what a killed writer left, all anew."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import Damaged
from store.progress import Progress
from store.segments import Segment, SegmentFolder, Stamp, read
from store.segments.cards import cards_of
from store.segments.segment import stamp_of

if TYPE_CHECKING:
    from store.index import Index, SegmentUpdate

_BATCH = 32

_REBUILD_FROM = 64
"""From so many segments on, and where they are a third of all, indexing all anew on both cores is quicker."""


def stale(folder: SegmentFolder, index: "Index") -> tuple[list[int], list[int]]:
    """Segments that are not as they were indexed, and those indexed whose files are gone; by the files' status.

    A store that was copied with its files' times has other inodes and the same content: its first lines are asked.
    """
    known = index.stamps()
    changed: dict[int, tuple[Stamp, tuple[int, int, int, int] | None]] = {}
    # A million clients are 16,000 files: nothing is kept of those that are as they were.
    for number, status in folder.scan():
        was = known.pop(number, None)
        if was is None or (status.st_size, status.st_mtime_ns, status.st_ino) != was[:3]:
            changed[number] = stamp_of(status), was
    copied = {number: stamp for number, (stamp, was) in changed.items() if _is_copy(folder, stamp, number, was)}
    if copied and not index.read_only:
        index.restamp(copied)
    return sorted(changed.keys() - copied.keys()), sorted(known)


def refresh(
    folder: SegmentFolder, index: "Index", numbers: Iterable[int], progress: Progress | None = None
) -> list[Damaged]:
    """Index segments anew, whole. Those that can't be read are left as they were indexed, and named.

    A file of an older generation than was indexed keeps that number in the index, by which `check` knows that another
    hand put it there (`outdated`).
    """
    wanted = list(numbers)
    damaged: list[Damaged] = []
    known = outdated(folder, index, wanted)
    for start in range(0, len(wanted), _BATCH):
        batch: list[SegmentUpdate] = []
        for number in wanted[start : start + _BATCH]:
            try:
                batch.append(_remembering(whole(folder, folder.read(number)), known.get(number)))
            except Damaged as error:
                damaged.append(error)
        if batch:
            index.update(batch)
        if progress:
            progress(min(start + _BATCH, len(wanted)), len(wanted))
    return damaged


def catch_up(folder: SegmentFolder, index: "Index", progress: Progress | None = None) -> list[Damaged]:
    """Index what another hand changed. Under the lock, where there is one to take."""
    changed, gone = stale(folder, index)
    if len(changed) >= _REBUILD_FROM and len(changed) * 3 >= len(folder.numbers()):
        return rebuild(folder, index, progress)
    if gone:
        index.forget(gone)
    return refresh(folder, index, changed, progress)


def rebuild(
    folder: SegmentFolder, index: "Index", progress: Progress | None = None, *, forget: bool = False
) -> list[Damaged]:
    """Index everything anew. Under the lock, where there is one to take.

    Args:
        folder: The files.
        index: What is built.
        progress: Told how many files were read.
        forget: Whether to forget which files another hand put there in an older state.
    """
    known = {} if forget else outdated(folder, index, folder.numbers())
    damaged = index.rebuild([folder.file(number) for number in folder.numbers()], read_whole, progress)
    for number in known:
        with suppress(Damaged):
            index.update([_remembering(whole(folder, folder.read(number)), known[number])])
    return damaged


def outdated(folder: SegmentFolder, index: "Index", numbers: Iterable[int]) -> dict[int, int]:
    """Segments that are older than the index remembers them, and the generation it remembers.

    Bringing a backup back puts older files there as well; what the index remembers from before is in the snapshot
    that was taken then.

    Raises:
        Damaged: `segment-unreadable`, of `store.json`.
    """
    try:
        known = index.stamps()
    except Damaged:
        return {}
    found: dict[int, int] = {}
    before = folder.before_restore()
    for number in numbers:
        remembered = known[number].generation if number in known else -1
        if not isinstance(remembered, int):
            continue  # of an index that is damaged
        with suppress(OSError):
            is_older = -1 < folder.generation(number) < remembered
            if is_older and not (before and before.generation(number) >= remembered):
                found[number] = remembered
    return found


def scrub(folder: SegmentFolder, index: "Index") -> None:
    """Index what changed so that nothing is left of what is no more. Under the lock. Raises Busy."""
    # Anew, and not only what changed: a file that cannot be read now would keep in the index whom it no longer has.
    rebuild(folder, index)
    index.scrub()


def whole(folder: SegmentFolder, segment: Segment) -> "SegmentUpdate":
    """All that the index keeps of a segment."""
    from store.index import SegmentUpdate
    from store.journal.reading import changes_of

    return SegmentUpdate(segment.number, segment.stamp, cards_of(segment), changes_of(folder, segment), whole=True)


def _remembering(update: "SegmentUpdate", known: int | None) -> "SegmentUpdate":
    if known is None or known <= update.stamp[3]:
        return update
    return replace(update, stamp=(*update.stamp[:3], known))


def read_whole(path: Path) -> "SegmentUpdate":
    """All that the index keeps of a segment's file; what another process is given to do in a rebuild."""
    return whole(SegmentFolder(path.parent.parent), read(path))


def _is_copy(folder: SegmentFolder, found: Stamp, number: int, known: tuple[int, int, int, int] | None) -> bool:
    if known is None or (found.size, found.mtime_ns) != tuple(known[:2]):
        return False
    return folder.generation(number) == known[3]
