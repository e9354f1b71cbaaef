"""Cards out of segments."""

import itertools
from collections.abc import Iterator, Sequence

from store.card import Card
from store.segments.folder import SegmentFolder, segment_number
from store.segments.sealing import decode
from store.segments.segment import Segment

_FEW = 6
"""So many of a segment are looked for one by one; to take the file apart costs no more from then on."""


class Cards:
    """Reads the cards of a store."""

    def __init__(self, folder: SegmentFolder) -> None:
        self._folder = folder

    def get(self, serial: int) -> Card | None:
        """A card, one in the trash too; None where there is none of that serial. Raises Damaged."""
        return next(self.several([serial]), None)

    def several(self, serials: Sequence[int]) -> Iterator[Card]:
        """Cards by their serials, each segment read once; those that are not there are left out."""
        for number, group in itertools.groupby(sorted(serials), segment_number):
            wanted = list(group)
            found = self._folder.read_live(number, wanted) if len(wanted) <= _FEW else {}
            segment = self._folder.read(number) if len(found) < len(wanted) else None
            for serial in wanted:
                if segment is None:
                    yield Card(serial, decode(found[serial]))
                elif card := card_in(segment, serial):
                    yield card

    def all(self) -> Iterator[Card]:
        """All cards that are not in the trash, in the order of their serials."""
        for segment in self._folder.segments():
            for serial, record in sorted(segment.cards.items()):
                yield Card(serial, decode(record))


def card_in(segment: Segment, serial: int) -> Card | None:
    """A card of a segment, one in the trash too."""
    if record := segment.cards.get(serial):
        return Card(serial, decode(record))
    if record := segment.trash.get(serial):
        return Card(serial, decode(record), trashed=True)
    return None


def cards_of(segment: Segment) -> list[Card]:
    """All cards of a segment, those in the trash too."""
    cards = [Card(serial, decode(record)) for serial, record in segment.cards.items()]
    return cards + [Card(serial, decode(record), trashed=True) for serial, record in segment.trash.items()]
