"""What clients can be filtered and ordered by."""

from store.query import parse_sort
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tui import i18n
from tui.forms.askable import filterable, orderable

OWN = {
    "key": "pets",
    "shape": "table",
    "labels": {"en": "Pets", "uk": "Тварини"},
    "fields": [
        {"key": "animal", "kind": "choice", "labels": {"en": "Animal", "uk": "Тварина"}, "choices": ["cat", "dog"]},
        {"key": "weight", "kind": "number", "labels": {"en": "Weight"}},
    ],
}
SCHEMA = Schema.from_data(STANDARD_SECTIONS, [OWN])


def test_a_field_that_an_operator_added_is_there_under_its_own_name() -> None:
    i18n.activate("uk")
    found = {each.key.name: (each.group, each.label) for each in filterable(SCHEMA)}
    assert found["animal"] == ("Тварини", "Тварина")
    assert found["weight"] == ("Тварини", "weight")
    assert found["pets"][1] == "Тварини: будь-який рядок"


def test_every_field_that_people_see_is_there_once() -> None:
    names = [each.key.name for each in filterable(SCHEMA)]
    assert len(names) == len(set(names))
    for section in SCHEMA.sections:
        for field in section.fields:
            known = any(
                each.key.target is not None and each.key.target.key == f"{section.key}.{field.key}"
                for each in filterable(SCHEMA)
            )
            assert known == (not field.hidden and field.kind != "client"), field.key


def test_every_order_that_is_offered_is_one() -> None:
    for each in orderable(SCHEMA):
        parse_sort(f"-{each.key.name}", SCHEMA)
