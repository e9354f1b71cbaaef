"""An index in a folder of its own, over cards that are only said to lie in segments."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest

from store.card import Card, Document
from store.index import Index, SegmentUpdate
from store.index.tables import Changed
from store.query import Query, parse_sort
from store.query import parse as read
from store.schema import Schema
from store.segments import SEGMENT_SIZE
from store.standard import STANDARD_SECTIONS

SCHEMA = Schema.from_data(STANDARD_SECTIONS)
TODAY = datetime.date(2026, 11, 26)


def parse(line: str) -> Query:
    """A search line over the standard card, as read on a Thursday in November."""
    return read(line, SCHEMA, TODAY)


@pytest.fixture
def schema() -> Schema:
    return SCHEMA


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "index.sqlite3"


@pytest.fixture
def index(place: Path, schema: Schema) -> Iterator[Index]:
    opened = Index.open(place, schema)
    yield opened
    opened.close()


Client = Callable[..., Card]


@pytest.fixture
def client() -> Client:
    """Makes a card: `client(1, "Шевченко", "Олена", phone="+380…", email="…", city="…", tags=[…])`."""

    def make(serial: int, last: str = "", first: str = "", *, trashed: bool = False, **given: Any) -> Card:
        document: Document = {
            "uid": f"01JD{serial:022}",
            "number": given.pop("number", f"K-{1000 + serial}-7"),
            "revision": 1,
            "created": "2026-01-01T00:00:00Z",
            "updated": given.pop("updated", "2026-01-01T00:00:00Z"),
            "person": {"last_name": last, "first_name": first},
            "contacts": [{"kind": kind, "value": given.pop(kind)} for kind in ("phone", "email") if kind in given],
        }
        if city := given.pop("city", None):
            document["addresses"] = [{"city": city}]
        if tags := given.pop("tags", None):
            document["tags"] = {"tags": tags}
        if card := given.pop("loyalty", None):
            document["identifiers"] = [{"id": "i1", "kind": "loyalty", "value": card}]
        document.update(given)
        return Card(serial, document, trashed)

    return make


HELD: WeakKeyDictionary[Index, dict[int, Card]] = WeakKeyDictionary()
"""The cards that each index was told of: what the segments are to the index of a store."""


def hold(index: Index, cards: Iterable[Card]) -> None:
    """Let the index ask these cards what only they know."""
    held = HELD.setdefault(index, {})
    held.update({card.serial: card for card in cards})
    index.read = lambda serials: (held[serial] for serial in serials if serial in held)


def put(index: Index, cards: Iterable[Card], changes: Iterable[Changed] = (), *, whole: bool = False) -> None:
    """Tell the index of cards, each in its segment."""
    cards = list(cards)
    hold(index, [card for card in cards if isinstance(card, Card)])
    by_segment: dict[int, tuple[list[Card], list[Changed]]] = {}
    for card in cards:
        by_segment.setdefault(card.serial // SEGMENT_SIZE, ([], []))[0].append(card)
    for change in changes:
        by_segment.setdefault(change.serial // SEGMENT_SIZE, ([], []))[1].append(change)
    index.update(
        [SegmentUpdate(number, (1, 2, 3, 4), found, made, whole) for number, (found, made) in by_segment.items()]
    )


def found(index: Index, line: str, sort: str = "") -> list[str]:
    """The names found, in the list's order."""
    hits = index.find(parse(line), 10_000, parse_sort(sort, index.schema))
    return [row.name for row in hits.rows(0, hits.total)]


def serials(index: Index, line: str) -> set[int]:
    """The serials found."""
    return set(index.find(parse(line), 10_000).serials())
