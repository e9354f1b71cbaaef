"""Changes in words: what a field was and what it became."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store.card import Document, Path, rows
from store.errors import Invalid
from store.journal import Change, FieldChange
from store.schema import Field, Schema, Section
from tui.forms.wording import shown
from tui.i18n import _
from tui.i18n.labels import field_label, path_label, section_label

if TYPE_CHECKING:
    from store.index.matching import Match
    from store.index.tables import Owner

NOTHING = "—"
NAMES = ("last_name", "first_name", "patronymic")
"""Fields of a person that the list shows."""


def value_in_words(path: str, value: Any, schema: Schema) -> str:
    """A value of a change as people read it: one field's, a whole row's, or a dash for none."""
    if value is None:
        return NOTHING
    place = _parsed(path)
    section = schema.section(place.section) if place else None
    if place is None or section is None:
        return str(value)
    field = section.field(place.field)
    if field is not None:
        return _one(value, section, field, {})
    return row_in_words(value, section) if isinstance(value, dict) else str(value)


def row_in_words(row: Mapping[str, Any], section: Section) -> str:
    """A row's values in one line."""
    values = (_one(row.get(field.key), section, field, dict(row)) for field in section.fields if not field.hidden)
    return ", ".join(value for value in values if value != NOTHING) or NOTHING


def place_in_words(path: str, schema: Schema) -> str:
    """Section and field of a path, without the row's id: `Contacts: Value`."""
    place = _parsed(path)
    section = schema.section(place.section) if place else None
    if place is None or section is None:
        return path_label(schema, path)
    field = section.field(place.field)
    return f"{section_label(section)}: {field_label(section, field)}" if field else section_label(section)


def change_lines(fields: Sequence[FieldChange], schema: Schema) -> list[str]:
    """One line a field: what it was and what it became. Fields that people do not see are left out."""
    lines: list[str] = []
    for change in fields:
        if _is_hidden(change.path, schema):
            continue
        if isinstance(change.before, list) and isinstance(change.after, list) and "." not in change.path:
            lines.append(f"{place_in_words(change.path, schema)}: {_('rows in another order')}")
            continue
        if change.before is None and change.after is None:
            lines.append(place_in_words(change.path, schema))  # its values were erased
            continue
        before, after = (value_in_words(change.path, value, schema) for value in (change.before, change.after))
        lines.append(f"{place_in_words(change.path, schema)}: {before} → {after}")
    return lines


def where_found(document: Document, schema: Schema, line: str, former: "Sequence[Owner]" = ()) -> str:
    """Where a search line was found in a card; empty where the client's name or number in the list tells it.

    Args:
        document: the card.
        schema: names the fields.
        line: what was searched for.
        former: numbers and identifiers the client had (`Index.former`).
    """
    from store.index.matching import matched, tells
    from store.query import parse

    query = parse(line)
    person = next(iter(rows(document, "person")), {})
    listed = {"number": document.get("number", ""), "person": {key: person[key] for key in NAMES if key in person}}
    if tells(listed, schema, query):
        return ""
    names = {"number", *(f"person.{key}" for key in NAMES)}
    best = next((match for match in matched(document, schema, query, former) if _tells_more(match, names)), None)
    if best is None:
        return ""
    text = _found_in_words(document, schema, best.path, best.value)
    match best.how:
        case "layout":
            return _("{where} (in another keyboard layout)").format(where=text)
        case "old":
            return _("{where} (old)").format(where=text)
    return text


def _tells_more(match: "Match", names: Collection[str]) -> bool:
    return match.how == "old" or match.path not in names


def act_in_words(change: Change) -> str:
    """What a change did to the card as a whole; empty for an edit."""
    match change.act:
        case "new":
            return _("the card was made")
        case "remove":
            return _("the card went to the trash")
        case "restore":
            return _("the card came back from the trash")
        case "merge":
            number = next((field.after for field in change.fields if field.path == "number"), "")
            return _("the card went into {number}").format(number=number)
        case "unmerge":
            return _("the card was parted again")
        case "erase":
            return _("all of the client was erased")
    return ""


def _found_in_words(document: Document, schema: Schema, path: str, value: str) -> str:
    """Section and value, as short as can be: there is little room beside the count."""
    place = _parsed(path)
    section = schema.section(place.section) if place else None
    field = section.field(place.field) if place and section else None
    if place is None or section is None or field is None:
        return f"{place_in_words(path, schema)}: {value}"
    there = rows(document, section.key)
    row = there[place.row or 0] if (place.row or 0) < len(there) else {}
    known = row.get(field.key) == value
    return f"{section_label(section)}: {shown(value, section, field, row, {}) if known else value}"


def _is_hidden(path: str, schema: Schema) -> bool:
    place = _parsed(path)
    section = schema.section(place.section) if place else None
    field = section.field(place.field) if place and section else None
    return field is not None and field.hidden


def _one(value: Any, section: Section, field: Field, row: dict[str, Any]) -> str:
    if value is None or value == "":
        return NOTHING
    return shown(value, section, field, row, {}) or NOTHING


def _parsed(path: str) -> Path | None:
    try:
        return Path.parse(path)
    except Invalid:
        return None
