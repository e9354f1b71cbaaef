"""The quick way to fill an empty store: whole segments at a time, then the index from them on both cores.

`Store.write` checks each card, compares it with what may be there and indexes it by itself, all of which made-up cards
of an empty store do not need; what is written is the same to the byte but for the times.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from store import clock, disk, refreshing
from store.card import Document
from store.clients.identity import new_code
from store.journal import Change
from store.segments import Segment, SegmentFolder, segment_number
from store.segments.lock import ALL, LockState, StoreLock
from store.segments.sealing import encode

if TYPE_CHECKING:
    from store.door import Store
    from store.progress import Progress

_TOGETHER = 200
"""Segments put in place by one manifest."""


def plant(store: "Store", documents: Iterable[Document], count: int, progress: "Progress") -> bool:
    """Write new cards into a store that holds none; False, and nothing written, where it holds some.

    Args:
        store: Where to.
        documents: With uid, number and the ids of rows; nothing of them is checked.
        count: How many.
        progress: Called with how many are written and indexed, of how many twice.
    """
    modes = disk.Modes.of(store.path)
    folder = SegmentFolder(store.path, modes)
    lock = StoreLock(store.path, store.operator, modes.file)
    try:
        with lock.held(lambda state: _recovered(folder, state)) as state:
            if folder.numbers() or state.seq:
                return False
            lock.write(replace(state, seq=count, next_serial=count + 1, pending=(ALL,)))
            segments = _segments(documents, store.operator)
            done = 0
            while batch := list(itertools.islice(segments, _TOGETHER)):
                folder.place([folder.write_aside(segment, durable=False) for segment in batch])
                done += sum(len(segment.cards) for segment in batch)
                progress(done, 2 * count)
            folder.list_segments()
            refreshing.rebuild(folder, store.index, lambda part, of: progress(count + count * part // of, 2 * count))
            lock.write(replace(lock.state, pending=()))
    finally:
        lock.close()
    return True


def _recovered(folder: SegmentFolder, state: LockState) -> LockState:
    folder.finish()
    return replace(state, seq=folder.last_seq(), next_serial=folder.next_serial(), pending=())


def _segments(documents: Iterable[Document], operator: str) -> Iterator[Segment]:
    at, changeset = clock.stamp(), new_code(8)
    for number, cards in itertools.groupby(enumerate(documents, 1), lambda card: segment_number(card[0])):
        clients: dict[int, bytes] = {}
        changes: dict[int, bytes] = {}
        for serial, document in cards:
            envelope = {key: document[key] for key in ("uid", "number")}
            envelope |= {"revision": 1, "created": at, "updated": at}
            clients[serial] = encode({**envelope, **{key: document[key] for key in document if key not in envelope}})
            # The first card gets the first number in the order of changes.
            changes[serial] = Change(serial, changeset, serial, 1, at, operator, "demo", (), act="new").record()
        yield Segment(number, generation=1, last_seq=max(changes), cards=clients, changes=changes)
