"""What clients can be filtered and ordered by: the figures and the fields of the schema, by their names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.query.keys import Key, keys_of
from store.schema import Schema
from tui.i18n import _
from tui.i18n.figures import figure_label
from tui.i18n.labels import choice_label, field_label, section_label

FIGURES = (
    "age",
    "birthday",
    "spent",
    "bought",
    "last_purchase",
    "first_purchase",
    "last_contact",
    "task",
    "consent",
    "rfm",
    "completeness",
    "created",
    "updated",
)
ORDERED = ("age", "birthday", "spent", "bought", "last_purchase", "first_purchase", "last_contact", "task")
"""Figures a list can go by, besides the name, the number and when a card was made and changed."""
FALLING = ("spent", "bought", "last_purchase", "first_purchase", "last_contact", "created", "updated")
"""Orders that people want the greatest of first."""


@dataclass(frozen=True, slots=True)
class Askable:
    """A field or a figure."""

    key: Key
    """What it is in the search language; `key.name` is written in a filter."""
    label: str
    group: str
    """The section, or that it is a figure."""


def filterable(schema: Schema) -> list[Askable]:
    """Everything a filter can be about, by section: the figures first."""
    keys = keys_of(schema)
    figures = _("Figures")
    found = [Askable(key, figure_label(name), figures) for name in FIGURES if (key := keys.find(name))]
    for section in schema.sections:
        group = section_label(section)
        if section.is_table and (key := keys.find(section.key)) and key.kind == "section":
            found.append(Askable(key, _("{section}: any row").format(section=group), group))
        found += [Askable(key, label, group) for key, label in _kinds(schema, section.key)]
        for field in section.fields:
            known = keys.path(f"{section.key}.{field.key}")
            if known is not None and not field.hidden and field.kind != "client":
                found.append(Askable(_shortest(schema, known), field_label(section, field), group))
    return found


def orderable(schema: Schema) -> list[Askable]:
    """Everything a list can go by: the most used first."""
    keys = keys_of(schema)
    figures = _("Figures")
    first = ("name", "number", "created", "updated", *ORDERED, "completeness")
    found = [Askable(key, figure_label(name), figures) for name in first if (key := keys.find(name))]
    return found + [each for each in filterable(schema) if each.group != figures and each.key.kind != "section"]


def order_in_words(sort: str, orders: Sequence[Askable]) -> str:
    """What a list goes by, and which way."""
    name = sort.removeprefix("-")
    known = next((each for each in orders if each.key.name == name), None)
    label = known.label if known else name
    if known and any(each.label == label for each in orders if each is not known):
        label = f"{known.group}: {label}"  # as `field_in_full`
    return f"{'↓' if sort.startswith('-') else '↑'} {label}"


def _shortest(schema: Schema, key: Key) -> Key:
    """The same under the name that is typed: `city` for `addresses.city`."""
    names = [each for _name, each in keys_of(schema).names() if each.target == key.target and "." not in each.name]
    return names[0] if names else key


def _kinds(schema: Schema, section: str) -> Iterator[tuple[Key, str]]:
    """A table's values by the kinds of its rows: phone, e-mail."""
    known = schema.section(section)
    deciding = known.field("kind") if known else None
    if known is None or deciding is None or known.field("value") is None:
        return
    for choice in deciding.choices:
        key = keys_of(schema).find(choice.code) or keys_of(schema).path(f"{section}.{choice.code}")
        if key is not None and key.target is not None and key.target.kind == choice.code and key.section is known:
            label = choice_label(known, deciding, choice.code)
            yield key, label[:1].upper() + label[1:]
