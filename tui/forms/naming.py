"""What the clients are called that cards and changes name by their uids."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from store.card import Document, Path, rows
from store.door import Store
from store.errors import Invalid, StoreError
from store.schema import Schema, Section

if TYPE_CHECKING:
    from store.journal import FieldChange


def names_of(store: Store, uids: Iterable[str]) -> dict[str, str]:
    """Name and number of each, by uid; one that cannot be read is left out. Called in threads."""
    names: dict[str, str] = {}
    for uid in set(uids):
        try:
            card = store.get(uid).card
        except StoreError:
            continue  # erased since, or in a damaged file: the uid is all there is to show
        names[uid] = f"{card.name}  {card.number}"
    return names


def named_in(document: Document, schema: Schema) -> Iterator[str]:
    """The uids that a card names."""
    for section in schema.sections:
        for row in rows(document, section.key):
            yield from _of_row(row, section)


def named_in_changes(fields: "Iterable[FieldChange]", schema: Schema) -> Iterator[str]:
    """The uids that changes of fields name."""
    for change in fields:
        try:
            place = Path.parse(change.path)
        except Invalid:
            continue  # a part of the card that is no field
        section = schema.section(place.section)
        if section is None:
            continue
        for value in (change.before, change.after):
            row = {place.field: value} if place.field else value
            if isinstance(row, Mapping):
                yield from _of_row(row, section)


def _of_row(row: Mapping[str, Any], section: Section) -> Iterator[str]:
    for field in section.fields:
        if field.kind == "client" and row.get(field.key):
            yield str(row[field.key])
