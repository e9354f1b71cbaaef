"""Cards that were merged into another in a state that lies in a snapshot only.

Who restores a state from before a merge has both cards apart, or the one alone; the snapshots from after it hold what
the other was all the same.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from store.clients.mentions import Mentions
from store.clients.merging import number_of
from store.errors import Damaged
from store.journal import Change
from store.journal.reading import changes_of
from store.segments import SegmentFolder
from store.segments.segment import history_files
from store.snapshots.wiping import all_in

MERGES = '"act":"merge"'
"""What a file holds in which a card went into another: to be looked for in a `Mentions`."""


def merged_into(store: Path, numbers: Collection[str], merges: Mentions) -> list[Change]:
    """The last change of each card that in any snapshot went into one of these client numbers, or on into it."""
    left = list(_merges(store, merges))
    wanted, found = set(numbers), dict[int, Change]()
    while here := [change for change in left if _into(change) in wanted and change.serial not in found]:
        found |= {change.serial: change for change in here}
        wanted |= {number_of(change) for change in here}
    return list(found.values())


def _merges(store: Path, merges: Mentions) -> Iterator[Change]:
    for snapshot in all_in(store):
        folder = SegmentFolder(snapshot)
        for number in folder.numbers() if folder.path.is_dir() else ():
            if not any(map(merges.hold, (folder.file(number), *history_files(folder.file(number))))):
                continue
            try:
                last = {change.serial: change for change in changes_of(folder, folder.read(number))}
            except Damaged:
                continue
            yield from (change for change in last.values() if change.act == "merge")


def _into(change: Change) -> str:
    return next((str(field.after) for field in change.fields if field.path == "number"), "")
