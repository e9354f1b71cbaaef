"""What a card and its rows are known by for ever: the client's uid, the rows' ids, an order of keys."""

import hashlib
import json
import os
import re
import time
from collections.abc import Iterable, Mapping
from typing import Any

from store.card import ENVELOPE, Document, Row
from store.journal.differences import is_table
from store.schema import Schema

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_ID = re.compile(r"\w{1,32}", re.ASCII)


def new_uid() -> str:
    """A client's uid: a ULID (https://github.com/ulid/spec), sortable by when it was made."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    return "".join(_CROCKFORD[value >> shift & 31] for shift in range(125, -1, -5))


def new_code(size: int) -> str:
    """A short random code of small letters and digits that are not mistaken for one another."""
    return "".join(_LETTERS[byte & 31] for byte in os.urandom(size))


def identified(document: Document) -> Document:
    """The document with an `id` in every row of every table.

    A row that another hand wrote without one gets one made of its content, so that all who read the same document
    name the row alike before it is next written.
    """
    return {key: _identified(value) if is_table(value) else value for key, value in document.items()}


def matched(document: Document, base: Document) -> Document:
    """A document that somebody made of `base`, its rows without `id` taken for those of the same content.

    Args:
        document: As it was handed over; rows may have lost their ids (a script, an import) or be new.
        base: What it was made of, `identified`.
    """
    return {key: _matched(value, base.get(key)) if is_table(value) else value for key, value in document.items()}


def tidy(document: Document, schema: Schema) -> Document:
    """The document without empty values, rows and sections, its sections in the schema's order."""
    made: Document = {key: document[key] for key in ENVELOPE if key in document}
    for section in schema.sections:
        value = _without_empty(document.get(section.key))
        if value:
            made[section.key] = value
    made.update((key, value) for key, value in document.items() if key not in made and schema.section(key) is None)
    return made


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if not is_empty(item)}
    if is_table(value):
        rows = [_without_empty(row) for row in value]
        return [row for row in rows if row.keys() - {"id"}]
    return value


def is_empty(value: Any) -> bool:
    """Whether a value is the same as none."""
    return value is None or value == "" or value == []


def _identified(rows: Iterable[Row]) -> list[Row]:
    made: list[Row] = []
    used: set[str] = set()
    for row in rows:
        row_id = row.get("id")
        if not (isinstance(row_id, str) and _ID.fullmatch(row_id)) or row_id in used:
            row = {**row, "id": _content_id(row, used)}
        used.add(row["id"])
        made.append(row)
    return made


def _matched(rows: Iterable[Row], base: Any) -> list[Row]:
    old: list[Row] = base if is_table(base) else []
    rows = list(rows)
    used = {str(row["id"]) for row in rows if row.get("id")}
    loose = {content_of(row): row["id"] for row in reversed(old) if row["id"] not in used}
    made: list[Row] = []
    seen: set[str] = set()
    for row in rows:
        row_id = row.get("id")
        if not (isinstance(row_id, str) and _ID.fullmatch(row_id)) or row_id in seen:
            row_id = loose.pop(content_of(row), None) or _fresh(used)
        used.add(row_id)
        seen.add(row_id)
        made.append({"id": row_id, **{key: value for key, value in row.items() if key != "id"}})
    return made


def _fresh(used: set[str]) -> str:
    while (code := new_code(4)) in used:
        continue
    return code


def content_of(row: Mapping[str, Any]) -> str:
    """What a row says, whatever its id: alike for rows that say the same."""
    return json.dumps({key: value for key, value in row.items() if key != "id" and not is_empty(value)}, sort_keys=True)


def _content_id(row: Mapping[str, Any], used: set[str]) -> str:
    content, turn = content_of(row), 0
    while True:
        code = hashlib.sha256(f"{turn} {content}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
        if code not in used:
            return code
        turn += 1
