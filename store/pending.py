"""Answers that the index will give itself: here computed from the cards, simply and slowly.

Every function has the shape of the door's method that asks it, so that the index can take its place.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.card import Card
from store.index import ListRow
from store.index.extract import main_phone, texts
from store.query import Target, whole_key

if TYPE_CHECKING:
    from store.door import Store


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of a field, and how many of the clients have it."""

    value: str
    """A choice's code, `yes` or `no`, a tag, a text as it was first written; of a section `has` or `no`."""
    count: int


def count(store: "Store", line: str) -> int:
    """How many clients a search line finds."""
    return store.find(line, limit=1).exact()


def facets(store: "Store", line: str, target: Target, limit: int = 20) -> list[Facet]:
    """The values of a field among the clients a search line finds, the most frequent first."""
    found: Counter[str] = Counter()
    written: dict[str, str] = {}
    section, _, field = target.key.partition(".")
    for card in store.cards(store.find(line, limit=1).serials()):
        rows = [row for row in _dicts(card.document.get(section)) if not target.kind or row.get("kind") == target.kind]
        said = _said(rows, field) if field else {"has" if any(rows) else "no": ""}
        for key, text in said.items():
            written.setdefault(key, text or key)
        found.update(said.keys())
    return [Facet(written[key], number) for key, number in found.most_common(limit)]


def values(store: "Store", target: Target, beginning: str, limit: int = 10) -> list[tuple[str, int]]:
    """Values of a field that begin so, with how many clients have them, the most frequent first."""
    wanted = whole_key(beginning)
    known = facets(store, "", target, 100_000)
    return [(each.value, each.count) for each in known if whole_key(each.value).startswith(wanted)][:limit]


def _said(rows: Sequence[dict[str, object]], field: str) -> dict[str, str]:
    """What one client's rows say in a field: folded, and as written."""
    said: dict[str, str] = {}
    for row in rows:
        value = row.get(field)
        if isinstance(value, bool):
            said["yes" if value else "no"] = ""
            continue
        for text in texts(value):
            said.setdefault(whole_key(text), text)
    return said


def list_rows(store: "Store", serials: Sequence[int]) -> list[ListRow]:
    """The rows of a list for these clients, in the order given; those that are gone are left out."""
    found = {card.serial: _row(card) for card in store.cards(serials)}
    return [found[serial] for serial in serials if serial in found]


def uids(store: "Store", serials: Sequence[int]) -> dict[int, str]:
    """The uids of clients by their serials."""
    return {card.serial: str(card.document.get("uid", "")) for card in store.cards(serials)}


def _row(card: Card) -> ListRow:
    cities = (city for row in _dicts(card.document.get("addresses")) for city in texts(row.get("city")))
    tags = (tag for row in _dicts(card.document.get("tags")) for tag in texts(row.get("tags")))
    phone = main_phone(card.document)
    return ListRow(card.serial, card.number, card.name, phone, next(cities, ""), tuple(tags), card.trashed, "")


def _dicts(value: object) -> list[dict[str, object]]:
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict)]
