"""Clients who went out of the trash for good and lie in snapshots still."""

from collections.abc import Iterator
from dataclasses import dataclass

from store.card import Document
from store.errors import Damaged, NotFound
from store.folding import number_key
from store.journal import Change
from store.journal.reading import changes_of
from store.segments import SegmentFolder, read, segment_number
from store.segments.cards import card_in
from store.segments.segment import files_of
from store.snapshots.wiping import all_in

_ACT = b'"act":"empty"'


@dataclass(frozen=True, slots=True)
class Emptied:
    """One of them."""

    uid: str
    document: Document
    """As the newest snapshot has it."""
    change: Change
    """What remains of it in the store: the numbers it had."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The client numbers it had."""
        return _numbers(self.change)


def emptied(folder: SegmentFolder, reference: str) -> list[Emptied]:
    """The client who had a number, and those that were merged into its card; none where no snapshot has any.

    Raises:
        Damaged: A file of the store cannot be read.
    """
    changes = list(_changes(folder))
    key = number_key(reference)
    own = [change for change in changes if key and key in map(number_key, _numbers(change))]
    # The card that others were merged into names their numbers too.
    main = max(own, key=lambda change: len(change.fields), default=None)
    if main is None:
        return []
    family = [change for change in changes if change is not main and _is_of(change, main)]
    return [found for change in (main, *family) if (found := _in_snapshots(folder, change))]


def _is_of(change: Change, main: Change) -> bool:
    return change.changeset == main.changeset and set(_numbers(change)) <= set(_numbers(main))


def _changes(folder: SegmentFolder) -> Iterator[Change]:
    for number in folder.numbers():
        file = folder.file(number)
        if any(_ACT in each.read_bytes() for each in files_of(file)):
            yield from (change for change in changes_of(folder, folder.read(number)) if change.act == "empty")


def _in_snapshots(folder: SegmentFolder, change: Change) -> Emptied | None:
    numbers = set(map(number_key, _numbers(change)))
    for snapshot in reversed(all_in(folder.store)):
        try:
            card = card_in(read(SegmentFolder(snapshot).file(segment_number(change.serial))), change.serial)
        except (NotFound, Damaged):
            continue
        if card is not None and number_key(card.number) in numbers and card.document.get("uid"):
            return Emptied(str(card.document["uid"]), card.document, change)
    return None


def _numbers(change: Change) -> tuple[str, ...]:
    return tuple(str(field.before) for field in change.fields if field.path == "number" and field.before)
