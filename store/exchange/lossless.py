"""A document as flat cells and back, nothing lost: `person.last_name`, `contacts[0].value`, and `extra` for the rest.

A value is a cell only where reading the cell gives the same value back. All else (keys the schema doesn't know, an
empty text, a number where text is expected, a half of a surrogate pair, the rows' ids) goes to `extra`: a JSON object
of JSON pointers (RFC 6901) and values, `{"/contacts/0/id": "k3f9", "/legacy": {"x": 1}}`.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from store.card import Document, Row
from store.errors import Invalid, Problem
from store.kinds.kind import is_unicode
from store.schema import Schema, Section

EXTRA = "extra"
ENVELOPE_CELLS = ("uid", "number", "created")
"""What of the envelope is exported; the revision and the time of the last save belong to the store that made them."""
_LEFT_OUT = ("revision", "updated")


def cell_of(value: Any, kind: str) -> str | None:
    """A value as a cell, or None where no cell can hold it exactly."""
    match kind, value:
        case "yes_no", bool():
            return "true" if value else "false"
        case "tags", list():
            if not value or not all(isinstance(tag, str) for tag in value):
                return None
            cell = ", ".join(value)
            return cell if is_unicode(cell) and "\0" not in cell and _tags(cell) == value else None
        case "yes_no" | "tags", _:
            return None
        case _, str():
            return value if value and "\0" not in value and is_unicode(value) else None
    return None


def value_of(cell: str, kind: str) -> Any:
    """The value of a cell that `cell_of` made; of any other cell, the cell itself."""
    match kind:
        case "yes_no":
            return {"true": True, "false": False}.get(cell, cell)
        case "tags":
            return _tags(cell)
        case _:
            return cell


def _tags(cell: str) -> list[str]:
    return cell.split(", ")


def flatten(document: Document, schema: Schema) -> dict[str, str]:
    """The cells of a document, by column; `extra` only where something is left for it."""
    cells: dict[str, str] = {}
    extra: dict[str, Any] = {}
    for key, value in document.items():
        if key in ENVELOPE_CELLS and (cell := cell_of(value, "text")):
            cells[key] = cell
        elif section := schema.section(key):
            _flatten_section(section, value, cells, extra)
        elif key not in _LEFT_OUT:
            extra[f"/{_escaped(key)}"] = value
    if extra:
        text = json.dumps(extra, ensure_ascii=False)
        cells[EXTRA] = text if is_unicode(text) and "\0" not in text else json.dumps(extra)
    return cells


def _flatten_section(section: Section, value: Any, cells: dict[str, str], extra: dict[str, Any]) -> None:
    if not section.is_table:
        if not (isinstance(value, dict) and _flatten_row(section, section.key, value, cells, extra, section.key)):
            extra[f"/{section.key}"] = value
        return
    if not isinstance(value, list) or not value or not all(isinstance(row, dict) for row in value):
        extra[f"/{section.key}"] = value
        return
    for place, row in enumerate(value):
        pointer = f"{section.key}/{place}"
        if not _flatten_row(section, f"{section.key}[{place}]", row, cells, extra, pointer):
            extra[f"/{pointer}"] = row


def _flatten_row(
    section: Section, path: str, row: Row, cells: dict[str, str], extra: dict[str, Any], pointer: str
) -> bool:
    """Put a row into cells and extra; False (and nothing done) where no value of it is a cell."""
    plain: dict[str, str] = {}
    rest: dict[str, Any] = {}
    for key, value in row.items():
        field = section.field(key)
        cell = cell_of(value, field.kind_in(row)) if field else None
        if cell is None:
            rest[f"/{pointer}/{_escaped(key)}"] = value
        else:
            plain[f"{path}.{key}"] = cell
    if not plain:
        return False
    cells.update(plain)
    extra.update(rest)
    return True


def unflatten(cells: Mapping[str, Mapping[int | None, Mapping[str, str]]], extra: str, schema: Schema) -> Document:
    """The document of the cells of our own columns.

    Args:
        cells: Section -> place of the row (None: a form) -> field -> cell that is not empty; the envelope's cells
            are under "".
        extra: The cell of the column `extra`.
        schema: Which kind each field is of.

    Raises:
        Invalid: `extra-unreadable`.
    """
    document: Document = dict(cells.get("", {}).get(None, {}))
    tables: dict[str, dict[int, Row]] = {}
    for key, places in cells.items():
        section = schema.section(key)
        if not section:
            continue
        rows = {place: _row(section, texts) for place, texts in places.items() if texts}
        if section.is_table:
            tables[key] = {place: row for place, row in rows.items() if place is not None}
        elif None in rows:
            document[key] = rows[None]
    for tokens, value in _pointers(extra):
        _put(document, tables, tokens, value)
    for key, found in tables.items():
        if found:
            document[key] = [found[place] for place in sorted(found)]
    return document


def _row(section: Section, texts: Mapping[str, str]) -> Row:
    fields = [field for field in section.fields if field.key in texts]
    # The kind of a value may hang on another field of the row, so that the texts stand for the row here.
    return {field.key: value_of(texts[field.key], field.kind_in(texts)) for field in fields}


def _pointers(extra: str) -> Iterator[tuple[list[str], Any]]:
    if not extra.strip():
        return
    try:
        values = json.loads(extra)
    except (ValueError, RecursionError) as error:
        raise Invalid([Problem(EXTRA, "extra-unreadable", extra[:200])]) from error
    if not isinstance(values, dict):
        raise Invalid([Problem(EXTRA, "extra-unreadable", extra[:200])])
    for pointer, value in values.items():
        yield [_plain(token) for token in pointer[1:].split("/")], value


def _put(document: Document, tables: dict[str, dict[int, Row]], tokens: list[str], value: Any) -> None:
    match tokens:
        case [key]:
            document[key] = value
        case [key, place] if key in tables and place.isdecimal() and isinstance(value, dict):
            tables[key][int(place)] = value
        case [key, place] if place.isdecimal() and isinstance(value, dict) and not isinstance(document.get(key), dict):
            tables[key] = {int(place): value}
        case [key, field]:
            form = document.setdefault(key, {})
            if isinstance(form, dict):
                form[field] = value
        case [key, place, field] if place.isdecimal() and key in tables and int(place) in tables[key]:
            # A row whose cells somebody emptied is gone, its id with it.
            tables[key][int(place)][field] = value


def _escaped(token: str) -> str:
    return token.replace("~", "~0").replace("/", "~1")


def _plain(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")
