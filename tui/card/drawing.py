"""A section of an edited card as the lines of a form or the rows of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from store.errors import Problem
from store.schema import Field, Section
from tui.forms.edited_row import EditedRow
from tui.forms.editing import Editing
from tui.forms.wording import shown
from tui.i18n.labels import field_label
from tui.i18n.problems import say_reason
from tui.terminal.cells import width
from tui.widgets.form_view import Line
from tui.widgets.table_view import Column

WIDTHS = {
    "date": 10,
    "birthday": 10,
    "number": 6,
    "money": 9,
    "choice": 10,
    "yes_no": 5,
    "phone": 14,
    "identifier": 12,
    "client": 16,
    "note": 14,
}
"""Cells a column of that kind needs at least."""

WEIGHTS = {"date": 4, "money": 5, "identifier": 5, "client": 5, "choice": 3, "yes_no": 1, "note": 5, "number": 2}
"""A column's share of spare room by its kind; the heaviest stay longest when the table gets narrow. Text: see below."""


def fields_shown(section: Section) -> tuple[Field, ...]:
    """The fields of a section that people see."""
    return tuple(field for field in section.fields if not field.hidden)


def form_lines(editing: Editing, section: Section, at: int, names: Mapping[str, str]) -> tuple[Line, ...]:
    """One row of a section as the lines of a form, in the order of `fields_shown`.

    Args:
        editing: the card.
        section: which section.
        at: which of its rows; 0 for a form.
        names: what clients named by uid are called.
    """
    row = editing.row(section.key, at)
    changed = set(row.changed_fields())
    return tuple(
        Line(
            label=field_label(section, field),
            value=value_shown(row, section, field, names),
            error=_reason(editing, section, field, problem) if (problem := row.problems.get(field.key)) else "",
            changed=field.key in changed and not row.new and not editing.new,
        )
        for field in fields_shown(section)
    )


def _reason(editing: Editing, section: Section, field: Field, problem: Problem) -> str:
    # Whatever path the problem came with: the field is known here, and its choices are named as it names them.
    return say_reason(replace(problem, path=f"{section.key}.{field.key}"), editing.schema)


def table_columns(section: Section) -> tuple[Column, ...]:
    """The columns of a table section; required and searched text stays longest in a narrow one."""
    return tuple(
        Column(
            title=field_label(section, field),
            least=max(_least_width(field), min(width(field_label(section, field)), 9)),
            weight=WEIGHTS.get(field.kind, 6 if field.required else 5 if field.searchable else 2),
            right=field.kind in ("number", "money"),
        )
        for field in fields_shown(section)
    )


def table_rows(editing: Editing, section: Section, names: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The rows of a table section, removed ones too, in the order of `fields_shown`."""
    return tuple(
        tuple(" ".join(value_shown(row, section, field, names).split()) for field in fields_shown(section))
        for row in editing.rows(section.key)
    )


def row_marks(rows: Sequence[EditedRow]) -> tuple[str, ...]:
    """What happened to each row since the card was opened, as `TableView.marks` has it."""
    return tuple(
        "removed"
        if row.removed
        else "error"
        if row.problems
        else "new"
        if row.new
        else "changed"
        if row.touched
        else ""
        for row in rows
    )


def _least_width(field: Field) -> int:
    if field.kind_by:
        return 18
    if field.with_time:
        return 16
    return WIDTHS.get(field.kind, 16 if field.searchable else 8)


def value_shown(row: EditedRow, section: Section, field: Field, names: Mapping[str, str]) -> str:
    """A field's value as it is drawn: what was typed where that cannot be read yet."""
    if field.key in row.typed:
        return row.typed[field.key]
    return shown(row.values.get(field.key), section, field, row.values, names)


def naming_field(section: Section) -> Field:
    """The field that tells a table's row from the others: the phone of a contact, the item of a purchase."""
    fields = fields_shown(section)
    naming = [field for field in fields if field.required and not field.choices and field.kind != "date"]
    return next(iter([*naming, *(field for field in fields if field.searchable), *fields]))
