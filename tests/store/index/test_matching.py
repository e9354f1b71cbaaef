"""The operator is told where the search found something, how, and which letters."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.card import Document
from store.index import Owner
from store.index.letters import merged, of_digit_words, of_word
from store.index.matching import matched
from store.query import Any, Digits, Word, rewrite, words_of
from tests.store.index.conftest import SCHEMA, Client, parse

CARD: Document = {
    "number": "K-4821-7",
    "person": {"last_name": "Шевченко", "first_name": "Олена", "patronymic": "Григоріївна", "company": "Kharkiv Soft"},
    "contacts": [{"kind": "phone", "value": "+380671234567"}, {"kind": "email", "value": "shev.o@gmail.com"}],
    "identifiers": [{"kind": "loyalty", "value": "2000 0000 1234"}],
    "tags": {"tags": ["опт", "vip"]},
    "purchases": [{"date": "2026-10-30", "item": "чайник", "amount": "100.00", "currency": "UAH", "status": "sent"}],
    "consents": [{"kind": "sms", "given": True, "date": "2026-01-01"}],
    "tasks": [{"text": "рахунок", "due": "2026-11-20"}],
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
        ("К-48", "number", "exact", ["48"]),
        ("4821", "number", "exact", ["4821"]),
        ("20000000", "identifiers[0].value", "folded", ["2000 0000"]),
        ("tag:vip", "tags.tags", "exact", ["vip"]),
        ("city:ки", "addresses[0].city", "exact", ["Ки"]),
        ("їжа", "notes.text", "exact", ["Їжа"]),
        ("amount:>50", "purchases[0].amount", "exact", ["100.00"]),
        ("last_purchase:<60d", "purchases[0].date", "exact", ["2026-10-30"]),
        ("status:відправлено", "purchases[0].status", "exact", ["sent"]),
        ("consent:sms", "consents[0].kind", "exact", ["sms"]),
        ("task:overdue", "tasks[0].due", "exact", ["2026-11-20"]),
        ("has:email", "contacts[1].value", "exact", ["shev.o@gmail.com"]),
        ("email:gmail", "contacts[1].value", "exact", ["gmail"]),
        ("phone:067123", "contacts[0].value", "exact", ["067123"]),
        ("бойко or шевч", "person.last_name", "exact", ["Шевч"]),
        ('"шевченко олена"', "person.last_name", "exact", ["Шевченко"]),
        ('"у тумані"', "notes.text", "exact", ["у", "тумані"]),
        ('note:"їжак у"', "notes.text", "exact", ["Їжак", "у"]),
    ],
)
def test_where_and_how_a_card_was_found(line: str, path: str, how: str, letters: list[str]) -> None:
    query = parse(line)
    if how == "layout":
        query = query.other_layouts()[0]
    best = matched(CARD, SCHEMA, query, how="layout" if how == "layout" else "")[0]
    assert (best.path, best.how, [best.value[start:end] for start, end in best.spans]) == (path, how, letters)


@pytest.mark.parametrize("line", ["К-5119", "5119-4", "k 5119 4", "511"])
def test_the_number_of_a_merged_client_is_an_old_one(line: str) -> None:
    card = {**CARD, "identifiers": [{"kind": "number", "value": "K-5119-4"}, {"kind": "loyalty", "value": "51190000"}]}
    told = {match.path: match.how for match in matched(card, SCHEMA, parse(line))}
    assert told["identifiers[0].value"] == "old"
    assert told.get("identifiers[1].value", "exact") == "exact"


def test_the_alphabet_of_each_word_tells_how_it_was_found() -> None:
    told = {match.path: match.how for match in matched(CARD, SCHEMA, parse("olena київ 4821"))}
    assert told == {"person.first_name": "transliterated", "addresses[0].city": "exact", "number": "exact"}
    told = {match.path: match.how for match in matched(CARD, SCHEMA, parse("Київ olena ґригор"))}
    assert (told["person.first_name"], told["person.patronymic"]) == ("transliterated", "folded")


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        ("consent:sms", ["consents[1].kind"]),
        ("has:consent", ["consents[1].kind"]),
        ("consent:email", []),
        ("last_purchase:2026", ["purchases[1].date"]),
        ("last_purchase:>10d", ["purchases[1].date"]),
        ("first_purchase:2025", ["purchases[0].date"]),
        ("last_contact:2026", ["interactions[1].date"]),
    ],
)
def test_of_rows_the_one_is_shown_that_a_figure_is_made_of(line: str, paths: list[str]) -> None:
    card: Document = {
        "consents": [
            {"kind": "sms", "given": False, "date": "2026-01-01"},
            {"kind": "sms", "given": True, "date": "2026-02-01"},
            {"kind": "email", "given": True, "date": "2026-02-01", "until": "2026-03-01"},
        ],
        "purchases": [
            {"date": "2025-10-30", "status": "sent"},
            {"date": "2026-10-30", "status": "sent"},
            {"date": "2026-11-01", "status": "cancelled"},
        ],
        "interactions": [{"date": "2026-01-30"}, {"date": "2026-02-01T10:00"}],
    }
    assert [match.path for match in matched(card, SCHEMA, parse(line))] == paths


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


def test_pieces_of_digits_are_told_each_where_it_is() -> None:
    card: Document = {"contacts": [{"kind": "phone", "value": "+380670080272"}], "notes": {"text": "квартира 123"}}
    told = [
        (match.path, [match.value[start:end] for start, end in match.spans])
        for match in matched(card, SCHEMA, parse("067-123"))
    ]
    assert sorted(told) == [("contacts[0].value", ["067"]), ("notes.text", ["123"])]


def test_a_card_that_was_not_found_has_nothing_to_show() -> None:
    assert matched(CARD, SCHEMA, parse("бойко")) == []


def found_by(how: str, typed: str, *instead: str) -> tuple[str, str, list[str]]:
    """The best match of a phase that looked for other words instead of the typed one."""
    query = parse(typed)
    others = tuple(word for text in instead for word in words_of(text, whole=True))
    changed = replace(query, root=rewrite(query.root, lambda word: Any((word, *others))))
    best = matched(CARD, SCHEMA, changed, how=how)[0]
    return best.path, best.how, [best.value[start:end] for start, end in best.spans]


def test_a_part_of_a_word_is_shown_by_the_letters_typed() -> None:
    assert found_by("part", "вчен", "шевченко") == ("person.last_name", "part", ["вчен"])
    assert found_by("part", "evchen") == ("person.last_name", "part", ["евчен"])


def test_a_typing_error_is_shown_by_the_word_that_was_meant() -> None:
    assert found_by("typo", "шевчинко", "шевченко") == ("person.last_name", "typo", ["Шевченко"])


def test_a_name_in_another_language_is_shown_whole() -> None:
    assert found_by("language", "Elena", "олена") == ("person.first_name", "language", ["Олена"])


def test_what_was_typed_without_an_error_stays_exact_beside_the_one_with_it() -> None:
    query = parse("олена шевчинко")
    meant = words_of("шевченко", whole=True)[0]
    changed = replace(query, root=rewrite(query.root, lambda word: meant if word.text == "шевчинко" else word))
    assert [(match.path, match.how) for match in matched(CARD, SCHEMA, changed, how="typo")] == [
        ("person.first_name", "exact"),
        ("person.last_name", "typo"),
    ]


def test_what_is_excluded_is_never_shown() -> None:
    assert [match.path for match in matched(CARD, SCHEMA, parse("олена -бойко -city:львів no:purchases"))] == [
        "person.first_name"
    ]


@given(
    st.lists(
        st.sampled_from(("Шевченко", "шв", "Khark", "O'Brien", "67 123", "0671", "ї", "Ґанок", "дім-2")), max_size=4
    ),
    st.sampled_from(("ше", "шев", "kh", "obr", "123", "067", "г", "дім", "Shev")),
)
def test_what_is_passed_over_holds_nothing_that_is_asked_for(texts: list[str], line: str) -> None:
    document = {
        "person": {"last_name": " ".join(texts), "company": "".join(texts)},
        "addresses": [{"street": text} for text in texts],
        "notes": {"text": ", ".join(texts)},
    }
    asked = parse(line).root
    spans = {match.path: match.spans for match in matched(document, SCHEMA, parse(line))}
    values = {"person.last_name": " ".join(texts), "person.company": "".join(texts), "notes.text": ", ".join(texts)}
    values |= {f"addresses[{place}].street": text for place, text in enumerate(texts)}
    for path, text in values.items():
        match asked:
            case Word():
                found = of_word(asked, text)
            case Digits():
                found = of_digit_words(asked, text)
            case _:
                raise AssertionError(asked)
        assert spans.get(path, ()) == merged(found)
