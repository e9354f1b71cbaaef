"""The operator is told where the search found something, how, and which letters."""

import unicodedata

import pytest

from store.card import Document
from store.index import Owner, matched
from tests.store.index.conftest import SCHEMA, Client, parse

CARD: Document = {
    "number": "K-4821-7",
    "person": {"last_name": "Шевченко", "first_name": "Олена", "patronymic": "Григоріївна", "company": "Kharkiv Soft"},
    "contacts": [{"kind": "phone", "value": "+380671234567"}, {"kind": "email", "value": "shev.o@gmail.com"}],
    "identifiers": [{"kind": "loyalty", "value": "2000 0000 1234"}],
    "tags": {"tags": ["опт", "vip"]},
    "addresses": [{"city": "Київ"}],
    "notes": {"text": "Їжак у тумані"},
}


@pytest.mark.parametrize(
    ("line", "path", "how", "letters"),
    [
        ("шевч", "person.last_name", "exact", ["Шевч"]),
        ("ШЕВЧ", "person.last_name", "exact", ["Шевч"]),
        ("ґригориівна", "person.patronymic", "folded", ["Григоріївна"]),
        ("hryhor", "person.patronymic", "transliterated", ["Григор"]),
        ("харк", "person.company", "transliterated", ["Khark"]),
        ("itdx", "person.last_name", "layout", ["Шевч"]),
        ("ырум", "contacts[1].value", "layout", ["shev"]),
        ("067 123-45", "contacts[0].value", "folded", ["06712345"]),
        ("380671", "contacts[0].value", "exact", ["380671"]),
        ("К-48", "number", "transliterated", ["K-4821-7"]),
        ("4821", "number", "exact", ["4821"]),
        ("20000000", "identifiers[0].value", "folded", ["2000 0000"]),
        ("tag:vip", "tags.tags", "exact", ["vip"]),
        ("city:ки", "addresses[0].city", "folded", ["Київ"]),
        ("їжа", "notes.text", "exact", ["Їжа"]),
        ('"у тумані"', "notes.text", "exact", ["у", "тумані"]),
    ],
)
def test_where_and_how_a_card_was_found(line: str, path: str, how: str, letters: list[str]) -> None:
    best = matched(CARD, SCHEMA, parse(line))[0]
    assert (best.path, best.how, [best.value[start:end] for start, end in best.spans]) == (path, how, letters)


def test_all_places_are_told_the_nearest_to_what_was_typed_first() -> None:
    matches = matched(CARD, SCHEMA, parse("shev"))
    assert [(match.path, match.how) for match in matches] == [
        ("contacts[1].value", "exact"),
        ("person.last_name", "transliterated"),
    ]


def test_an_old_number_is_called_old() -> None:
    former = [Owner(1, "number", "K-9999-1", True, False)]
    assert [(m.value, m.how) for m in matched(CARD, SCHEMA, parse("9999"), former)] == [("K-9999-1", "old")]


def test_every_word_asked_for_is_shown_where_it_was_found() -> None:
    paths = {match.path for match in matched(CARD, SCHEMA, parse("оле шевч 067"))}
    assert {"person.first_name", "person.last_name", "contacts[0].value"} <= paths


def test_spans_in_a_decomposed_name_hold_whole_letters(client: Client) -> None:
    decomposed = unicodedata.normalize("NFD", "Йосипенко")
    (match, *_) = matched(client(1, decomposed).document, SCHEMA, parse("й"))
    assert [match.value[start:end] for start, end in match.spans] == [decomposed[:2]]


def test_a_card_that_was_not_found_has_nothing_to_show() -> None:
    assert matched(CARD, SCHEMA, parse("бойко")) == []
