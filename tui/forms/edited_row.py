"""One row of a card while it is edited; a form section is one row."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from store.card import Row
from store.errors import Invalid, Problem
from store.kinds import Reading, kind_of
from store.schema import Field, Section

_LONG_AGO = datetime.date(1900, 1, 1)
"""Any day will do to see whether a shown text reads back: stored dates are never relative."""


@dataclass(slots=True, eq=False)
class EditedRow:
    """The values of a row as edited, with the texts that cannot be read yet."""

    start: Row = field(default_factory=dict)
    """The values the operator started from; empty for a new row."""

    values: Row = field(default_factory=dict)
    """The values as edited so far; only what could be read."""

    typed: dict[str, str] = field(default_factory=dict)
    """Texts that could not be read, by field, just as they were typed."""

    problems: dict[str, Problem] = field(default_factory=dict)
    """What is wrong, by field: what was typed there, or what the store said of it."""

    new: bool = False
    """The row was added here; the store does not know it."""

    removed: bool = False
    """The row is to go when the card is saved."""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """A row as the store has it."""
        return cls(start=dict(row), values=dict(row))

    @classmethod
    def fresh(cls, section: Section, reading: Reading) -> Self:
        """A new row with the section's defaults."""
        return cls(values=defaults(section.fields, reading), new=True)

    @property
    def touched(self) -> bool:
        """Whether anything was typed or changed; a new row is touched only by more than its defaults."""
        return self.removed or bool(self.typed) or self.values != self.start

    def changed_fields(self) -> list[str]:
        """Keys of the fields whose value differs from the start, or whose text cannot be read."""
        keys = dict.fromkeys((*self.start, *self.values, *self.typed))
        return [key for key in keys if key in self.typed or self.values.get(key) != self.start.get(key)]

    def text(self, field: Field, language: str) -> str:
        """What the field's input begins with: what was typed, else the value as it can be read back."""
        if field.key in self.typed:
            return self.typed[field.key]
        return editable_text(self.values.get(field.key), field, self.values, language)

    def type(self, field: Field, text: str, section: Section, reading: Reading, language: str) -> None:
        """Take what was typed into a field: its value where it can be read, else the text with its problem.

        Args:
            field: where it was typed.
            text: as typed; empty removes the value.
            section: the row's section: a field that decides another's kind has that one read again.
            reading: how to read it.
            language: the language the values are shown in.
        """
        dependents = {each.key: self.text(each, language) for each in section.fields if each.kind_by == field.key}
        self._read(field, text, reading)
        for each in section.fields:
            if dependents.get(each.key):
                self._read(each, dependents[each.key], reading)

    def _read(self, field: Field, text: str, reading: Reading) -> None:
        self.problems.pop(field.key, None)
        self.typed.pop(field.key, None)
        try:
            value = kind_of(field, self.values).read(text, field, reading)
        except Invalid as error:
            self.typed[field.key] = text
            self.problems[field.key] = error.problems[0]
            return
        self.put(field.key, value)
        if field.kind_in(self.values) == "phone":
            self._keep_typed_phone(text, value)

    def put(self, key: str, value: Any) -> None:
        """Set a value that is read already; None removes it."""
        self.typed.pop(key, None)
        self.problems.pop(key, None)
        if value is None:
            self.values.pop(key, None)
        else:
            self.values[key] = value

    def _keep_typed_phone(self, text: str, value: Any) -> None:
        # What a person typed is never thrown away; only the number itself tells nothing more.
        if value is None or text.strip() == value:
            self.values.pop("typed", None)
        elif value != self.start.get("value"):
            self.values["typed"] = text.strip()


def defaults(fields: Iterable[Field], reading: Reading) -> Row:
    """The values a new row begins with; the default `today` of a date is the operator's day."""
    values: Row = {}
    for each in fields:
        if each.default is not None:
            today = each.kind == "date" and each.default == "today"
            values[each.key] = reading.today.isoformat() if today else each.default
    return values


def editable_text(value: Any, field: Field, row: Mapping[str, Any], language: str) -> str:
    """A value as text that reads back to the same value: as it is shown, else as it is stored.

    Args:
        value: the JSON value; None is an empty text.
        field: whose value it is.
        row: the row it stands in, which may decide its kind.
        language: the language it is shown in.
    """
    if value is None:
        return ""
    kind = kind_of(field, row)
    shown = kind.show(value, field, language)
    try:
        if kind.read(shown, field, Reading(_LONG_AGO)) == value:
            return shown
    except Invalid:
        pass
    return value if isinstance(value, str) else str(value)
