"""Cards that were merged into another in a state that lies in a snapshot only.

Who restores a state from before a merge has both cards apart, or the one alone; the snapshots from after it hold what
the other was all the same.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from store.card import Card
from store.clients.families import numbers_of
from store.clients.mentions import Mentions
from store.clients.merging import number_of
from store.errors import Damaged
from store.journal import Change
from store.journal.reading import changes_of
from store.segments import SegmentFolder, segment_number
from store.segments.sealing import decode
from store.segments.segment import files_of
from store.snapshots.wiping import all_in

MERGES = '"act":"merge"'
"""What a file holds in which a card went into another: to be looked for in a `Mentions`."""


def merged_into(store: Path, client: Card, numbers: Collection[str], merges: Mentions) -> list[Change]:
    """The last change of each card that in any snapshot went into a client, or on into it.

    Args:
        store: The store's folder.
        client: The client. In a snapshot it may have had a number that it never had in what was restored since.
        numbers: Its numbers, and of those who are known to have gone into it.
        merges: Remembers which files were looked through for merges.
    """
    left = list(_merges(store, client, merges))
    found: dict[int, Change] = {change.serial: change for change, is_own in left if is_own}
    wanted = {*numbers, *map(number_of, found.values())}
    while here := [change for change, _ in left if _into(change) in wanted and change.serial not in found]:
        found |= {change.serial: change for change in here}
        wanted |= {number_of(change) for change in here}
    return list(found.values())


def _merges(store: Path, client: Card, merges: Mentions) -> Iterator[tuple[Change, bool]]:
    """The merges in all snapshots, and whether each was into the client by a number it had in that very one."""
    for snapshot in all_in(store):
        folder = SegmentFolder(snapshot)
        own: set[str] | None = None
        for number in folder.numbers() if folder.path.is_dir() else ():
            if not any(map(merges.hold, files_of(folder.file(number)))):
                continue
            try:
                last = {change.serial: change for change in changes_of(folder, folder.read(number))}
            except Damaged:
                continue
            for change in last.values():
                if change.act == "merge":
                    own = _numbers_in(folder, client) if own is None else own
                    yield change, _into(change) in own


def _numbers_in(folder: SegmentFolder, client: Card) -> set[str]:
    """The numbers a client had in a state."""
    try:
        segment = folder.read(segment_number(client.serial))
    except Damaged:
        return set()
    record = segment.cards.get(client.serial) or segment.trash.get(client.serial)
    document = decode(record) if record else {}
    is_it = bool(document) and document.get("uid") == client.document.get("uid")
    return set(numbers_of(Card(client.serial, document))) if is_it else set()


def _into(change: Change) -> str:
    return next((str(field.after) for field in change.fields if field.path == "number"), "")
