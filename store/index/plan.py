"""What the index keeps of which field: worked out once from the schema, and the code each field goes by."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from store.card import Document
from store.index.terms import field_code
from store.query.nodes import WORDY as WORDY
from store.schema import Field, Schema, Section

if TYPE_CHECKING:
    from store.index.said import Said

SINGLE_FIGURES = (
    *("number", "created", "updated", "birth", "birthday", "spent", "bought"),
    *("last_purchase", "first_purchase", "last_contact", "completeness"),
)
"""What is worked out of a card, one number each (see `store.index.figures`)."""

CONSENT = "consent"
MANY_FIGURES = ("task", CONSENT)
"""Of which a card may have several."""

NUMERIC = frozenset(("number", "money", "date", "birthday"))
ORDERED = NUMERIC | {"figure"}
"""Forms whose ordered number is the value, not a place among others: these can be asked by spans."""

LONG = frozenset(("email", "link", "identifier"))
"""Forms whose ordered numbers tell so many letters that they are sliced in two: what is left after the first is the
rest (`terms.rest_of`). Notes are not: it would be twenty bytes a client for an order that nobody reads."""

WHOLE = frozenset(("text", "choice", "tags", "yes_no", "client"))
"""Kinds whose whole values are kept, to be counted and asked for whole."""

PLACED = frozenset(("text", "tags"))
"""Kinds whose whole values have a place in the order of the field's values."""

LONGEST_WHOLE = 60
"""Letters; of a longer text the beginning is kept."""

MUCH = 2_000
"""So many values are remembered from save to save: choices, days and cities come again; some megabytes."""


def form_of(field: Field) -> str:
    """The kind a field is indexed as: a text that no form shows is searched, not chosen from nor put in order."""
    return "note" if field.hidden and field.kind == "text" else field.kind


def _is_single(section: Section, field: Field) -> bool:
    """Whether a card has at most one value of a field: one of a form, and no list."""
    return not section.is_table and field.kind != "tags"


Key = tuple[str, str]
"""A target: `person.last_name` and "", `contacts.value` and `email`, `purchases` and "", `spent` and ""."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One field, section or figure, and how it is indexed."""

    key: str
    kind: str
    """For the value of a table whose rows have a kind: that kind; else ""."""
    code: str
    form: str
    """The name of the field's kind in `store.kinds`; `section` or `figure`."""
    single: bool
    """Whether a card has at most one value of it: then spans are asked of the slices."""
    searched: bool = True
    """Whether it is looked into without being named."""


@dataclass(frozen=True, eq=False)
class SectionPlan:
    """The fields of one section, as the extraction walks over them."""

    section: Section
    code: str
    fields: tuple[tuple[Field, str], ...]
    """Each with its code."""
    by_kind: Mapping[str, str] = field(default_factory=dict)
    """The codes of the section's `value` by the `kind` of the row."""

    @cached_property
    def kinded(self) -> tuple[tuple[Field, str], ...]:
        """The fields, each with its code, of whose values the row decides what they are."""
        return tuple((f, code) for f, code in self.fields if f.kind_by or (self.by_kind and f.key == "value"))

    @cached_property
    def plain(self) -> "Mapping[str, tuple[Field, str, dict[Any, Said]]]":
        """The others by their keys, each with its code and what its values are found by."""
        return {each.key: (each, code, {}) for each, code in self.fields if (each, code) not in self.kinded}

    @cached_property
    def said(self) -> "Said":
        """That there is anything in it."""
        from store.index.said import Said

        return Said("", "", (f"?{self.code}",))

    def forget(self) -> None:
        """Let go of what its values are found by."""
        for _, _, remembered in self.plain.values():
            remembered.clear()

    @cached_property
    def named(self) -> tuple[Field, ...]:
        """The fields whose values may be a client's own."""
        return tuple(
            f for f, _ in self.fields if f.unique or f.kind == "identifier" or "identifier" in (f.kinds or {}).values()
        )


class Plan:
    """Every target by its key, and the sections in order. Goes between processes."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._next = 0
        self.targets: dict[Key, Planned] = {}
        for name in (*SINGLE_FIGURES, *MANY_FIGURES):
            self._add(name, "", "figure", name in SINGLE_FIGURES)
        self.choices: dict[str, dict[str, int]] = {}
        """Of a choice field's code: its choices, and their places among them."""
        self.sections = tuple(self._section(section) for section in schema.sections)
        self.by_section = {planned.section.key: planned for planned in self.sections}
        self.singles = frozenset(planned.code for planned in self.targets.values() if planned.single)
        self.long = frozenset(planned.code for planned in self.targets.values() if planned.form in LONG)
        self.remembered: defaultdict[str, dict[Any, Said]] = defaultdict(dict)
        """What names and days are found by (see `store.index.columns`)."""

    def __reduce__(self) -> tuple[type["Plan"], tuple[Schema]]:
        return Plan, (self.schema,)

    def code(self, key: str, kind: str = "") -> str:
        """The code of a target; it must be one."""
        return self.targets[key, kind].code

    @cached_property
    def single_codes(self) -> Mapping[str, str]:
        """The codes of the figures that a card has once, by their names."""
        return {name: self.code(name) for name in SINGLE_FIGURES}

    def days_of(self, document: Document) -> Iterator[tuple[str, int]]:
        """The figures of a card that it may have several of, by their codes."""
        from store.index import figures

        for day in figures.task_days(document):
            yield self.code("task"), day
        for kind, day in figures.consent_days(document):
            yield self.code(CONSENT), day
            if planned := self.targets.get((CONSENT, kind)):
                yield planned.code, day

    @cached_property
    def said_figures(self) -> "Mapping[str, Said]":
        """That there is a figure, by its code."""
        from store.index.said import Said

        return {planned.code: Said("", "", (f"?{planned.code}",)) for planned in self.targets.values()}

    def remembers_much(self) -> bool:
        """Whether what values are found by takes more memory than one save after another is worth."""
        known = [*self.remembered.values(), *(texts for each in self.sections for _, _, texts in each.plain.values())]
        return sum(map(len, known)) > MUCH

    def forget(self) -> None:
        """Let go of what values are found by."""
        self.remembered.clear()
        for section in self.sections:
            section.forget()

    def find(self, key: str, kind: str = "") -> list[Planned]:
        """The targets meant by a key: itself, or what the values of the kinds of its rows are kept by."""
        if planned := self.targets.get((key, kind)):
            return [planned, *(self._of_kinds(key) if not kind else ())]
        return []

    def _of_kinds(self, key: str) -> Iterator[Planned]:
        return (planned for (known, kind), planned in self.targets.items() if known == key and kind)

    def _section(self, section: Section) -> SectionPlan:
        code = self._add(section.key, "", "section", False)
        fields = tuple(
            (
                each,
                self._add(
                    f"{section.key}.{each.key}", "", form_of(each), _is_single(section, each), searched=each.searchable
                ),
            )
            for each in section.fields
        )
        for known, code_of_field in fields:
            if known.kind == "choice":
                self.choices[code_of_field] = {choice.code: place for place, choice in enumerate(known.choices)}
        by_kind: dict[str, str] = {}
        kinds, value = section.field("kind"), section.field("value")
        if section.is_table and kinds and value:
            for choice in kinds.choices:
                form = value.kind_in({"kind": choice.code})
                by_kind[choice.code] = self._add(
                    f"{section.key}.value", choice.code, form, False, searched=value.searchable
                )
        if section.key == "consents" and kinds:
            for choice in kinds.choices:
                self._add(CONSENT, choice.code, "figure", False)
        return SectionPlan(section, code, fields, by_kind)

    def _add(self, key: str, kind: str, form: str, single: bool, *, searched: bool = True) -> str:
        code = field_code(self._next)
        self._next += 1
        self.targets[key, kind] = Planned(key, kind, code, form, single, searched)
        return code
