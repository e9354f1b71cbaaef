"""Cards out of segments."""

import itertools
from collections.abc import Iterator, Sequence

from store.card import Card
from store.segments.folder import SegmentFolder, segment_number
from store.segments.sealing import decode
from store.segments.segment import Segment


class Cards:
    """Reads the cards of a store."""

    def __init__(self, folder: SegmentFolder) -> None:
        self._folder = folder

    def get(self, serial: int) -> Card | None:
        """A card, one in the trash too; None where there is none of that serial. Raises Damaged."""
        return card_in(self._folder.read(segment_number(serial)), serial)

    def several(self, serials: Sequence[int]) -> Iterator[Card]:
        """Cards by their serials, each segment read once; those that are not there are left out."""
        for number, group in itertools.groupby(sorted(serials), segment_number):
            segment = self._folder.read(number)
            for serial in group:
                if card := card_in(segment, serial):
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
