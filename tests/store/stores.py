"""Small real stores for tests, and short ways to say what an operator does."""

import datetime
from pathlib import Path
from typing import Any

from store.card import Card, Document
from store.door import Edit, Store, Written, open_store
from store.kinds import Reading

TODAY = datetime.date(2026, 11, 22)


def opened(path: Path, operator: str = "olena") -> Store:
    """The store of that folder, made if it isn't there."""
    return open_store(path, create=True, operator=operator, reading=Reading(TODAY))


def add(store: Store, *values: tuple[str, str], **person: str) -> Card:
    """Save a new client."""
    typed = [*((f"person.{key}", value) for key, value in person.items()), *values]
    return store.write([Edit(None, None, store.apply_typed(store.blank(), typed))]).cards[0]


def change(store: Store, card: Card, *values: tuple[str, str]) -> Written:
    """Change values of a card as it was read."""
    return store.write([Edit(card.serial, card.document, store.apply_typed(card.document, values))])


def remove(store: Store, card: Card) -> Written:
    """Put a card into the trash."""
    return store.write([Edit(card.serial, card.document, None)])


def person(card: Card) -> dict[str, Any]:
    """The form `person` of a card."""
    value: Document = card.document["person"]
    return value


def segment_files(store: Path) -> list[Path]:
    """All segment files, those of older changes too."""
    return sorted((store / "clients").glob("*.json"))
