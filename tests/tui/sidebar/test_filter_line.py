"""Filters in a search line, put in and taken out by the panel."""

import datetime

import pytest

from store.query import Target
from store.query.completing import quoted
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tui.sidebar.filter_line import FilterLine

SCHEMA = Schema.from_data(STANDARD_SECTIONS)
KYIV, LVIV = 'city:"Київ"', 'city:"Львів"'


def line(text: str) -> FilterLine:
    return FilterLine(text, SCHEMA, datetime.date(2026, 11, 26))


@pytest.mark.parametrize(
    ("before", "token", "after"),
    [
        ("", KYIV, KYIV),
        ("шевч", KYIV, f"шевч {KYIV}"),
        (f"шевч {KYIV} олена", LVIV, f"шевч {KYIV} or {LVIV} олена"),
        (f"шевч {KYIV} or {LVIV}", KYIV, f"шевч {LVIV}"),
        (f"{KYIV} or {LVIV} or city:Одеса", LVIV, f"{KYIV} or city:Одеса"),
        ('місто:"Київ" тарас', KYIV, "тарас"),
        (f"-{KYIV} тарас", KYIV, f"тарас {KYIV}"),
        ("age:20..30 тарас", "age:40..50", "age:20..30 or age:40..50 тарас"),
        ("age:20..30", "age:20..30", ""),
        ("has:email", "no:email", "no:email"),
        ("no:email", "no:email", ""),
        ("tag:vip", "has:tag", "tag:vip has:tag"),
        ("sex:female", "sex:male", "sex:female or sex:male"),
        ("shoe:42", KYIV, f"shoe:42 {KYIV}"),
        (f"шевч or бойко {KYIV}", KYIV, "шевч or бойко"),
        (f"шевч or бойко {KYIV} оле", KYIV, "шевч or бойко оле"),
        (f"шевч or {KYIV} оле", KYIV, "шевч оле"),
        ("spent:>1000 067 123", "spent:>=500", "spent:>1000 or spent:>=500  067 123"),
    ],
)
def test_a_filter_is_put_in_or_taken_out(before: str, token: str, after: str) -> None:
    assert line(before).toggle(token) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"-{KYIV}"),
        (f"тарас {KYIV}", f"тарас -{KYIV}"),
        (f"тарас -{KYIV}", "тарас"),
        (f"{KYIV} or {LVIV}", f"{LVIV} -{KYIV}"),
    ],
)
def test_a_filter_is_excluded_or_no_more(before: str, after: str) -> None:
    assert line(before).exclude(KYIV) == after


def test_the_line_says_what_is_chosen() -> None:
    asked = line(f"{KYIV} -{LVIV} age:30..40")
    assert [asked.state(token) for token in (KYIV, LVIV, "age:30..40", "city:Одеса")] == [True, False, True, None]
    assert asked.asked_of(Target("addresses.city")) == [KYIV, f"-{LVIV}"]
    assert asked.without(Target("addresses.city")) == "age:30..40"


def test_only_what_is_a_filter_can_be_typed_as_one() -> None:
    asked = line("")
    assert asked.is_understood("age:30..40") and asked.is_understood('city:"Кривий Ріг"')
    assert not asked.is_understood("age:колись")
    assert not asked.is_understood("age:30 тарас")


def test_a_value_is_quoted_harmlessly() -> None:
    assert quoted('ТОВ "Ромашка"  плюс') == '"ТОВ Ромашка плюс"'


def test_digits_do_not_become_the_thousands_of_an_amount_before_them() -> None:
    assert line("spent:>10 city:Київ 067").toggle("city:Київ") == "spent:>10  067"


def test_places_are_those_of_the_line_as_it_is_seen() -> None:
    assert line("\u200bшевч city:Київ vip").toggle('city:"Львів"') == 'шевч city:Київ or city:"Львів" vip'


def test_one_more_range_stands_beside_the_others() -> None:
    assert line("age:18..25 or age:36..45").toggle("age:..17") == "age:18..25 or age:36..45 or age:..17"
    assert line("age:18..25").toggle("age:..17") == "age:18..25 or age:..17"


def test_without_a_field_alternatives_of_words_stay() -> None:
    city = Target("addresses.city")
    assert line(f"шевч or бойко {KYIV}").without(city) == "шевч or бойко"
    assert line(f"{KYIV} or {LVIV} or бойко").without(city) == "бойко"
    assert line(f"бойко or {KYIV} or {LVIV}").without(city) == "бойко"
    assert line(f"{KYIV} or бойко or {LVIV} тарас").without(city) == "бойко тарас"
