"""What the screen calls a field or a choice is understood in the search line, in every language."""

import datetime

import pytest

from store.query import Condition, Whole, parse, target_of
from store.query.vocabulary import plain
from store.schema import Field, Schema, Section
from store.standard import STANDARD_SECTIONS
from tui import i18n
from tui.i18n.labels import choice_label, field_label, section_label

SCHEMA = Schema.from_data(STANDARD_SECTIONS)
TODAY = datetime.date(2026, 11, 26)
FIELDS = [(section, field) for section in SCHEMA.sections for field in section.fields]
CHOICES = [(section, field, choice.code) for section, field in FIELDS for choice in field.choices]


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
@pytest.mark.parametrize(("section", "field"), FIELDS, ids=lambda part: part.key)
def test_a_field_is_asked_for_by_its_label(section: Section, field: Field, language: str) -> None:
    i18n.activate(language)
    target = target_of(f"{plain(section_label(section))}.{plain(field_label(section, field))}", SCHEMA)
    assert target and target.key == f"{section.key}.{field.key}"


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
@pytest.mark.parametrize(("section", "field", "code"), CHOICES, ids=lambda part: getattr(part, "key", part))
def test_a_choice_is_asked_for_by_its_label(section: Section, field: Field, code: str, language: str) -> None:
    i18n.activate(language)
    query = parse(f'{section.key}.{field.key}:"{choice_label(section, field, code)}"', SCHEMA, TODAY)
    assert isinstance(query.root, Condition) and query.root.test == Whole(code), query.problems
