"""Answers that the index will give itself: here computed from the cards, simply and slowly.

Every function has the shape of the door's method that asks it, so that the index can take its place.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.card import Card
from store.index import ListRow
from store.index.extract import main_phone, texts

if TYPE_CHECKING:
    from store.door import Store


def list_rows(store: "Store", serials: Sequence[int]) -> list[ListRow]:
    """The rows of a list for these clients, in the order given; those that are gone are left out."""
    found = {card.serial: _row(card) for card in store.cards(serials)}
    return [found[serial] for serial in serials if serial in found]


def uids(store: "Store", serials: Sequence[int]) -> dict[int, str]:
    """The uids of clients by their serials."""
    return {card.serial: str(card.document.get("uid", "")) for card in store.cards(serials)}


def _row(card: Card) -> ListRow:
    cities = [city for row in _dicts(card.document.get("addresses")) for city in texts(row.get("city"))]
    tags = [tag for row in _dicts(card.document.get("tags")) for tag in texts(row.get("tags"))]
    phone = main_phone(card.document)
    return ListRow(
        card.serial, card.number, card.name, phone, cities[0] if cities else "", tuple(tags), card.trashed, ""
    )


def _dicts(value: object) -> list[dict[str, object]]:
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict)]
