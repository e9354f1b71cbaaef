"""Changes in words: what a field was and what it became."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from store.card import Document, Path, rows
from store.errors import Invalid
from store.kinds import KINDS
from store.schema import Field, Schema, Section
from tui.forms.wording import shown
from tui.i18n import _
from tui.i18n.labels import field_in_full, path_label, section_label

if TYPE_CHECKING:
    from store.journal import Change, FieldChange

NOTHING = "—"

_NAMELESS: Mapping[str, str] = MappingProxyType({})


Names = Mapping[str, str]
"""What clients are called that are named by uid (`tui.forms.naming`)."""


def value_in_words(
    path: str, value: Any, schema: Schema, document: Document | None = None, names: Names = _NAMELESS
) -> str:
    """A value of a change as people read it: one field's, a whole row's, or a dash for none.

    Args:
        path: Whose value it is.
        value: The value.
        schema: Whose fields they are.
        document: A card with that row, which may decide what the value is: a phone.
        names: What clients are called.
    """
    if value is None:
        return NOTHING
    place = _parsed(path)
    section = schema.section(place.section) if place else None
    if place is None or section is None:
        return str(value)
    field = section.field(place.field)
    if field is not None:
        row = next((row for row in rows(document or {}, place.section) if row.get("id") == place.row_id), {})
        if not row and field.kind_by and KINDS["phone"].check(value, field) is None:
            row = {field.kind_by: "phone"}  # a change alone does not say what it is a change of
        return _one(value, section, field, dict(row), names)
    return row_in_words(value, section, names) if isinstance(value, dict) else str(value)


def row_in_words(row: Mapping[str, Any], section: Section, names: Names = _NAMELESS) -> str:
    """A row's values in one line."""
    values = (
        _one(row.get(field.key), section, field, dict(row), names) for field in section.fields if not field.hidden
    )
    return ", ".join(value for value in values if value != NOTHING) or NOTHING


def place_in_words(path: str, schema: Schema) -> str:
    """Section and field of a path, without the row's id: `Contacts: Value`."""
    place = _parsed(path)
    section = schema.section(place.section) if place else None
    if place is None or section is None:
        return path_label(schema, path)
    field = section.field(place.field)
    return field_in_full(section, field) if field else section_label(section)


def change_lines(fields: "Sequence[FieldChange]", schema: Schema, names: Names = _NAMELESS) -> list[str]:
    """One line a field: what it was and what it became. Fields that people do not see are left out."""
    from store.journal.differences import is_order  # not when the screen starts

    lines: list[str] = []
    for change in fields:
        if is_hidden(change.path, schema):
            continue
        if is_order(change):
            if is_reordered(change):
                lines.append(f"{place_in_words(change.path, schema)}: {_('rows in another order')}")
            continue
        if change.before is None and change.after is None:
            lines.append(place_in_words(change.path, schema))  # its values were erased
            continue
        before, after = (
            value_in_words(change.path, value, schema, names=names) for value in (change.before, change.after)
        )
        lines.append(f"{place_in_words(change.path, schema)}: {before} → {after}")
    return lines


def act_in_words(change: "Change") -> str:
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


def is_reordered(change: "FieldChange") -> bool:
    """Whether rows that were and are there stand in another order: that others went is told by themselves."""
    before, after = change.before or [], change.after or []
    return [row for row in before if row in after] != [row for row in after if row in before]


def is_hidden(path: str, schema: Schema) -> bool:
    """Whether no form shows that field."""
    place = _parsed(path)
    section = schema.section(place.section) if place else None
    field = section.field(place.field) if place and section else None
    return field is not None and field.hidden


def _one(value: Any, section: Section, field: Field, row: dict[str, Any], names: Names) -> str:
    if value is None or value == "":
        return NOTHING
    return shown(value, section, field, row, names) or NOTHING


def _parsed(path: str) -> Path | None:
    try:
        return Path.parse(path)
    except Invalid:
        return None
