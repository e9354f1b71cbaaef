"""One row of a card while it is edited; a form section is one row."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from store.card import Row
from store.clients.typed import TYPED, defaults, read_row
from store.errors import Invalid, Problem
from store.kinds import Reading, kind_of
from store.schema import Field, Section

_FAR_AHEAD = datetime.date(9000, 1, 1)
"""Seen from this day a shown text reads back: stored dates are never relative, and no birthday lies in its future."""


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
        return cls(values=defaults(section, reading), new=True)

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
        self._read(field, text, section, reading, language)
        for each in section.fields:
            if dependents.get(each.key):
                self._read(each, dependents[each.key], section, reading, language)

    def _read(self, field: Field, text: str, section: Section, reading: Reading, language: str) -> None:
        self.problems.pop(field.key, None)
        self.typed.pop(field.key, None)
        if self._is_as_it_was(field, text, language):
            self._restore(field)
            return
        try:
            self.values = read_row(section, {field.key: text}, reading, self.values)
        except Invalid as error:
            if not self._take_another_kind(field, text, section, reading):
                self.typed[field.key] = text
                self.problems[field.key] = error.problems[0]

    def _is_as_it_was(self, field: Field, text: str, language: str) -> bool:
        was = self.start.get(field.key)
        same_kind = field.kind_in(self.start) == field.kind_in(self.values)
        return was is not None and same_kind and text == editable_text(was, field, self.start, language)

    def _restore(self, field: Field) -> None:
        """Bring a value back with what was typed for it once: reading its shown form anew would change that."""
        keys = (field.key, TYPED) if field.kind_by else (field.key,)
        for key in keys:
            if key in self.start:
                self.values[key] = self.start[key]
            else:
                self.values.pop(key, None)

    def _take_another_kind(self, field: Field, text: str, section: Section, reading: Reading) -> bool:
        """An e-mail typed into a new row that is a phone by default makes the row an e-mail."""
        deciding = section.field(field.kind_by) if field.kind_by else None
        if not self.new or deciding is None or self.values.get(deciding.key) != deciding.default:
            return False
        try:
            guessed = read_row(section, {field.key: text}, reading)
        except Invalid:
            return False
        kept = {key: value for key, value in self.values.items() if key not in (field.key, deciding.key, TYPED)}
        self.values = {**guessed, **kept}
        return True

    def put(self, key: str, value: Any) -> None:
        """Set a value that is read already; None removes it."""
        self.typed.pop(key, None)
        self.problems.pop(key, None)
        if value is None:
            self.values.pop(key, None)
        else:
            self.values[key] = value


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
        if kind.read(shown, field, Reading(_FAR_AHEAD)) == value:
            return shown
    except Invalid:
        pass
    return value if isinstance(value, str) else str(value)
