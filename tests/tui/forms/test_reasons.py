"""Why a client is in a found list."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from store.card import display_name
from store.index import ListRow
from store.query import All, Condition, Digits, Target, Words, parse, words_of
from store.query import Any as Either
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tui.forms.reasons import Reason, card_reason, listed_reason

SCHEMA = Schema.from_data(STANDARD_SECTIONS)
OLENA: dict[str, Any] = {
    "number": "K-4821-7",
    "person": {"last_name": "Шевченко", "first_name": "Олена", "company": "Ромашка"},
    "contacts": [{"kind": "phone", "value": "+380671234567"}, {"kind": "email", "value": "olena@example.com"}],
    "addresses": [{"city": "Київ"}],
    "notes": {"text": "Просила не дзвонити вранці; домовлятися про договір тільки письмово"},
}


def reason(line: str, how: str = "", **changes: Any) -> Reason:
    query = parse(line, SCHEMA, datetime.date(2026, 11, 26))
    card = {**OLENA, **changes}
    row = ListRow(1, card["number"], display_name(card), "+380671234567", "Київ", (), False, how)
    is_told, listed = listed_reason(row, SCHEMA, query, how)
    return listed if is_told else card_reason(card, SCHEMA, query, how, listed)


def test_of_a_long_address_what_was_found_is_seen_behind_its_kind() -> None:
    address = "anastasiia.oleksandrivna.voznesenska@example.org"
    found = {line: reason(line, contacts=[{"kind": "email", "value": address}]) for line in ("anast", "vozn", "org")}
    assert {line: each.text for line, each in found.items()} == {
        "anast": "e-mail anastasiia.oleksandrivna.vozn",
        "vozn": "e-mail …rivna.voznesenska@example.or",
        "org": "e-mail …ample.org",
    }
    assert [each.text[each.first :][: len(line)] for line, each in found.items()] == [*found]


@pytest.mark.parametrize(
    ("line", "hits", "text"),
    [
        ("шев", ["Шев"], ""),
        ("олена шевч", ["Шевч", "Олена"], ""),
        ("К-48", [], ""),
        ("4567", [], "phone …4567"),
        ("example.com", [], "e-mail olena@example.com"),
        ("шев 4567", ["Шев"], "phone …4567"),
        ("договір", [], "notes …домовлятися про договір тіль"),
        ("ромашка", [], "company Ромашка"),
        ("київ", [], "city Київ"),
        ("шев київ example", ["Шев"], "city Київ"),
        ("city:Київ", [], ""),
        ("city:Київ or city:Львів", [], ""),
        ("шев city:Київ", ["Шев"], ""),
        ("-тарас", [], ""),
        ("", [], ""),
    ],
)
def test_letters_of_the_name_and_a_word_where_it_does_not_tell(line: str, hits: list[str], text: str) -> None:
    found = reason(line)
    name = "Шевченко Олена"
    assert [name[start:end] for start, end in found.hits or ()] == hits
    assert found.text == text


def test_the_whole_value_is_told_where_there_is_room() -> None:
    assert reason("4567").where == "Contacts: +380 67 123 45 67"


def test_how_a_part_of_the_list_was_found_is_told_of_the_client_under_the_cursor() -> None:
    assert reason("шевч", "layout").where == "layout: шевч"
    assert reason("шевч", "typo").where == "1 typing error"


@pytest.mark.parametrize("how", ["", "part", "layout", "typo"])
def test_what_the_name_does_not_tell_is_told_however_it_was_found(how: str) -> None:
    found = reason("шевч київ", how)
    assert (found.hits, found.text) == (((0, 4),), "city Київ")


def test_a_company_that_stands_for_the_name_is_underlined() -> None:
    found = reason("ромашка", person={"company": "Ромашка"})
    assert found.hits == ((0, 7),)


def test_hostile_values_are_harmless() -> None:
    found = reason("злий", notes={"text": "злий\x1b]52;c;x\x07\u202e"})
    assert "\x1b" not in found.text and "\u202e" not in found.text


def test_what_was_found_in_a_field_that_nobody_named_is_told_and_not_a_filter_beside_it() -> None:
    schema = Schema.from_data(STANDARD_SECTIONS)
    address = {"city": "Київ", "street": "Морська", "house": "15", "postcode": "01470"}
    document = {"number": "K-1000-1", "person": {"last_name": "Бойко"}, "addresses": [address]}
    for line, told in (("місто:Київ 01470", "postcode 01470"), ("морська 15", "house 15")):
        asked = parse(line, schema, datetime.date(2026, 11, 28))
        nodes = asked.root.nodes if isinstance(asked.root, All) else (asked.root,)
        field = Condition(Target(f"addresses.{told.split()[0]}"), Words(words_of(told.split()[1])))
        meant = replace(asked, root=All(tuple(Either((n, field)) if isinstance(n, Digits) else n for n in nodes)))
        assert card_reason(document, schema, meant, "field", Reason()).text == told
