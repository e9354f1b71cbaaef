"""Bringing the index up to the segments: what another hand changed, what a killed writer left, all anew."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from store.card import Card
from store.errors import Damaged
from store.journal import Change
from store.segments import Segment, SegmentFolder, Stamp, read_history
from store.segments.sealing import decode

if TYPE_CHECKING:
    from store.index import Index, SegmentUpdate

_BATCH = 32

Progress = Callable[[int, int], None]


def stale(folder: SegmentFolder, index: "Index") -> tuple[list[int], list[int]]:
    """Segments that are not as they were indexed, and those indexed whose files are gone; by the files' status."""
    known = index.stamps()
    found = folder.scan()
    changed = [number for number, stamp in found.items() if not _same(stamp, known.get(number))]
    return changed, [number for number in known if number not in found]


def refresh(
    folder: SegmentFolder, index: "Index", numbers: Iterable[int], progress: Progress | None = None
) -> list[Damaged]:
    """Index segments anew, whole. Those that can't be read are left as they were indexed, and named."""
    wanted = list(numbers)
    damaged: list[Damaged] = []
    for start in range(0, len(wanted), _BATCH):
        batch: list[SegmentUpdate] = []
        for number in wanted[start : start + _BATCH]:
            try:
                batch.append(whole(folder, folder.read(number)))
            except Damaged as error:
                damaged.append(error)
        if batch:
            index.update(batch)
        if progress:
            progress(min(start + _BATCH, len(wanted)), len(wanted))
    return damaged


def catch_up(folder: SegmentFolder, index: "Index") -> list[Damaged]:
    """Index what another hand changed. Under the lock, where there is one to take."""
    changed, gone = stale(folder, index)
    if gone:
        index.forget(gone)
    return refresh(folder, index, changed)


def rebuild(folder: SegmentFolder, index: "Index", progress: Progress | None = None) -> list[Damaged]:
    """Index everything anew. Under the lock, where there is one to take."""
    return refresh(folder, index, folder.numbers(), progress)


def changes_of(folder: SegmentFolder, number: int) -> list[Change]:
    """All changes of a segment's cards, oldest first."""
    records = {**read_history(folder.file(number)), **folder.read(number).changes}
    return [Change.of(seq, record) for seq, record in sorted(records.items())]


def whole(folder: SegmentFolder, segment: Segment) -> "SegmentUpdate":
    """All that the index keeps of a segment."""
    from store.index import SegmentUpdate

    records = {**read_history(folder.file(segment.number)), **segment.changes}
    return SegmentUpdate(
        segment.number,
        segment.stamp,
        cards_of(segment),
        [Change.of(seq, record) for seq, record in sorted(records.items())],
        whole=True,
    )


def cards_of(segment: Segment) -> list[Card]:
    """All cards of a segment, those in the trash too."""
    cards = [Card(serial, decode(record)) for serial, record in segment.cards.items()]
    return cards + [Card(serial, decode(record), trashed=True) for serial, record in segment.trash.items()]


def _same(found: Stamp, known: tuple[int, int, int, int] | None) -> bool:
    return known is not None and (found.size, found.mtime_ns, found.inode) == tuple(known[:3])
