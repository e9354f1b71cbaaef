"""The standard card is called by its names, and what an operator added by the operator's."""

import pytest

from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tui import i18n
from tui.i18n.labels import choice_label, field_label, path_label, section_label

STANDARD = Schema.from_data(STANDARD_SECTIONS)
OWN = Schema.from_data(
    STANDARD_SECTIONS,
    [
        {"key": "person", "fields": [{"key": "shoe", "labels": {"uk": "Взуття"}}]},
        {
            "key": "pets",
            "shape": "table",
            "labels": {"uk": "Тварини"},
            "fields": [{"key": "kind", "kind": "choice", "choices": [{"code": "cat", "labels": {"uk": "кіт"}}, "dog"]}],
        },
    ],
)


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_every_section_field_and_choice_of_the_standard_card_has_a_name(language: str) -> None:
    i18n.activate(language)
    bare = []
    for section in STANDARD.sections:
        bare += [section.key] if section_label(section) == section.key else []
        for field in section.fields:
            bare += [f"{section.key}.{field.key}"] if field_label(section, field) == field.key else []
            bare += [
                f"{section.key}.{field.key}={choice.code}"
                for choice in field.choices
                if choice_label(section, field, choice.code) == choice.code
            ]
    assert bare == []


def test_an_added_field_is_called_as_its_author_called_it_else_by_its_key() -> None:
    section = OWN.section("person")
    assert section
    shoe = section.field("shoe")
    assert shoe
    i18n.activate("uk")
    assert field_label(section, shoe) == "Взуття"
    i18n.activate("ru")
    assert field_label(section, shoe) == "shoe"


def test_an_added_section_does_not_borrow_the_names_of_standard_fields() -> None:
    pets = OWN.section("pets")
    assert pets
    kind = pets.field("kind")
    assert kind
    i18n.activate("uk")
    assert section_label(pets) == "Тварини"
    assert field_label(pets, kind) == "kind"
    assert choice_label(pets, kind, "cat") == "кіт"
    assert choice_label(pets, kind, "dog") == "dog"


def test_a_path_is_said_in_words() -> None:
    i18n.activate("uk")
    assert path_label(STANDARD, "person.last_name") == "Особисте: Прізвище"
    assert path_label(STANDARD, "contacts[0].value") == "Контакти 1: Значення"
    assert path_label(STANDARD, "contacts#k3f9.value") == "Контакти: Значення"
    assert path_label(STANDARD, "number") == "Номер клієнта"
    assert path_label(STANDARD, "what is this") == "what is this"
