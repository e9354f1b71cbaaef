"""A row of a file put into a card that is there: what the file says is added or replaced, what it omits stays."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from store import folding
from store.card import Document, Row, rows
from store.schema import Schema

_KEPT = ("uid", "revision", "created", "updated")
# By what a row is known again where it has no id: the values that make it this row and not another.
_IDENTITY: Mapping[str, tuple[str, ...]] = {
    "contacts": ("value",),
    "identifiers": ("kind", "value"),
    "addresses": ("city", "street", "house", "flat"),
    "purchases": ("date", "item", "amount"),
    "relations": ("client", "kind"),
    "consents": ("kind", "date"),
}


def updated(document: Document, news: Document, schema: Schema) -> Document:
    """The card with a file's row in it; neither argument is changed.

    Fields of forms are replaced, tags united, notes added to; rows of tables are updated where they are known again
    (by id, else by what makes them that row), else added.
    """
    made = dict(document)
    for key, value in news.items():
        section = schema.section(key)
        if key in _KEPT:
            continue
        if section and section.is_table and isinstance(value, list) and all(isinstance(row, dict) for row in value):
            made[key] = _table(key, rows(document, key), value)
        elif section and isinstance(value, dict):
            old = document.get(key)
            made[key] = _form(old if isinstance(old, dict) else {}, value, {f.key: f.kind for f in section.fields})
        else:
            made[key] = value
    return made


def _form(old: Row, new: Row, kinds: Mapping[str, str]) -> Row:
    made = dict(old)
    for key, value in new.items():
        known = old.get(key)
        if kinds.get(key) == "note" and known and isinstance(value, str):
            made[key] = known if value in str(known) else f"{known}\n{value}"
        elif kinds.get(key) == "tags" and isinstance(known, list) and isinstance(value, list):
            made[key] = [*known, *(tag for tag in value if tag not in known)]
        else:
            made[key] = value
    return made


def _table(section: str, old: Iterable[Row], new: Iterable[Row]) -> list[Row]:
    made = [dict(row) for row in old]
    for row in new:
        known = _known(section, made, row)
        if known is None:
            made.append(row)
        else:
            known.update(_told(section, known, row))
    return made


def _known(section: str, old: list[Row], new: Row) -> Row | None:
    if new.get("id"):
        for row in old:
            if row.get("id") == new["id"]:
                return row
    keys = _IDENTITY.get(section)
    for row in old:
        if keys and any(new.get(key) for key in keys):
            if all(_same(section, row.get(key), new.get(key)) for key in keys):
                return row
        elif all(row.get(key) == value for key, value in new.items() if key != "id"):
            return row
    return None


def _same(section: str, one: Any, other: Any) -> bool:
    if section == "identifiers" and one and other:
        return folding.identifier_key(str(one)) == folding.identifier_key(str(other))
    return (one or "") == (other or "")


def _told(section: str, known: Row, new: Row) -> Row:
    """What a known row learns: its id is lasting, and a phone or an identifier is not typed anew by being imported."""
    is_same = _same(section, known.get("value"), new.get("value"))
    is_spelled = ("typed", "value") if section == "identifiers" else ("typed",)
    return {key: value for key, value in new.items() if key != "id" and not (is_same and key in is_spelled)}


def keys_of(document: Document, path: str) -> Iterator[str]:
    """The values a card is looked up by, folded: `number`, `uid`, `contacts.value` or any `section.field`."""
    section, _, field = path.partition(".")
    if not field:
        if value := document.get(section):
            yield folding.number_key(str(value)) if section == "number" else str(value)
        if section == "number":
            for row in rows(document, "identifiers"):
                if row.get("kind") == "number" and row.get("value"):
                    yield folding.number_key(str(row["value"]))
        return
    for row in rows(document, section):
        value = row.get(field)
        for text in value if isinstance(value, list) else [value]:
            if text not in (None, ""):
                yield _key(section, str(text))


def _key(section: str, text: str) -> str:
    if section == "identifiers":
        return folding.identifier_key(text)
    return text.partition(";ext=")[0].casefold() if section == "contacts" else " ".join(text.casefold().split())
