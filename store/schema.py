"""The schema: which sections a card has, which fields a section has, and of what kind they are.

The standard card (`store/standard.py`) and what an operator adds (in `store.json`) are data of one shape, so
a custom field takes part in everything a standard one does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

Labels = Mapping[str, str]
"""What people call it, by language (`uk`, `ru`, `en`). Empty for the standard card: `tui` knows those."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a choice field may have."""

    code: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a section."""

    key: str
    kind: str
    """A name in `store.kinds.KINDS`; for a field with `kind_by`, the kind where the other field decides nothing."""
    labels: Labels
    choices: tuple[Choice, ...] = ()
    required: bool = False
    unique: bool = False
    """No two clients may share a value of it."""
    personal: bool = False
    """Personal data in the meaning of the law: exported on request, erased, its viewing logged."""
    searchable: bool = False
    default: Any = None
    kind_by: str = ""
    """The key of another field of the row that decides this one's kind (a contact's value by its kind)."""
    kinds: Mapping[str, str] | None = None
    """With `kind_by`: value of that field -> kind."""
    with_time: bool = False
    """A date that may also say hours and minutes."""
    least: int | None = None
    most: int | None = None
    hidden: bool = False
    """Kept and exported, not shown in forms (what was typed before a phone was brought to one form)."""

    def kind_in(self, row: Mapping[str, Any]) -> str:
        """The kind this field has in that row."""
        if self.kind_by and self.kinds:
            return self.kinds.get(str(row.get(self.kind_by)), self.kind)
        return self.kind


@dataclass(frozen=True)
class Section:
    """A part of the card: a form (one set of fields) or a table (rows of fields)."""

    key: str
    shape: Literal["form", "table"]
    fields: tuple[Field, ...]
    labels: Labels

    @cached_property
    def _by_key(self) -> Mapping[str, Field]:
        return {field.key: field for field in self.fields}

    def field(self, key: str) -> Field | None:
        """The field of that key, or None."""
        return self._by_key.get(key)

    @property
    def is_table(self) -> bool:
        """True for a section of rows."""
        return self.shape == "table"


@dataclass(frozen=True)
class Schema:
    """All sections of a card, in the order they are shown."""

    sections: tuple[Section, ...]

    @cached_property
    def _by_key(self) -> Mapping[str, Section]:
        return {section.key: section for section in self.sections}

    def section(self, key: str) -> Section | None:
        """The section of that key, or None."""
        return self._by_key.get(key)

    def field(self, section: str, key: str) -> Field | None:
        """The field of that section and key, or None."""
        found = self._by_key.get(section)
        return found.field(key) if found else None

    @classmethod
    def from_data(cls, *parts: Iterable[Mapping[str, Any]]) -> "Schema":
        """Build a schema from section data; a later part adds sections, or fields to a section named before."""
        merged: dict[str, dict[str, Any]] = {}
        for part in parts:
            for data in part:
                known = merged.setdefault(data["key"], {**data, "fields": {}})
                known["fields"].update({field["key"]: field for field in data.get("fields", ())})
        return cls(tuple(_section(data) for data in merged.values()))


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        key=data["key"],
        shape=data.get("shape", "form"),
        labels=data.get("labels", {}),
        fields=tuple(_field(field) for field in data["fields"].values()),
    )


def _field(data: Mapping[str, Any]) -> Field:
    choices = tuple(
        Choice(choice, {}) if isinstance(choice, str) else Choice(choice["code"], choice.get("labels", {}))
        for choice in data.get("choices", ())
    )
    options = {name: value for name, value in data.items() if name not in ("key", "kind", "labels", "choices")}
    return Field(
        key=data["key"], kind=data.get("kind", "text"), labels=data.get("labels", {}), choices=choices, **options
    )
