"""What is typed into the search bar is read as it was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.layouts import other_layouts
from store.query import parse


def asked(line: str) -> list[str]:
    return [word.forms[0] for word in parse(line).words]


def test_words_are_folded_and_their_order_is_kept() -> None:
    assert asked("Шевч  ОЛЕ") == ["shevch", "ole"]


@pytest.mark.parametrize("line", ["067 123-45 67", "(067)1234567", "067.123.45.67", "067-123-45-67"])
def test_a_phone_is_one_run_of_digits_however_it_is_parted(line: str) -> None:
    (digits,) = parse(line).digits
    assert digits.run == "0671234567"
    assert digits.in_phone == "671234567"


@pytest.mark.parametrize(
    ("line", "in_phone"),
    [
        ("+38 (067) 123-45-67", "380671234567"),
        ("00380671234567", "380671234567"),
        ("8 067 123 45 67", "0671234567"),
        ("8 (916) 123-45-67", "9161234567"),
        ("067 123", "067123"),
        ("4567", "4567"),
    ],
)
def test_the_prefixes_of_a_call_at_home_and_abroad_are_left_off(line: str, in_phone: str) -> None:
    assert parse(line).digits[0].in_phone == in_phone


@pytest.mark.parametrize("line", ["К-4821-7", "K-4821-7", "k48217", "к 4821 7", "К-4821"])
def test_a_client_number_is_asked_for_as_a_number_only(line: str) -> None:
    query = parse(line)
    assert not query.digits
    assert query.words[0].forms[0] in ("§n48217", "§n4821")


def test_what_must_not_be_there_and_what_must_stand_together() -> None:
    query = parse('"олена петрівна" -київ -"стара адреса"')
    assert [[word.text for word in phrase] for phrase in query.phrases] == [["олена", "петрівна"]]
    assert [[word.text for word in group] for group in query.excluded] == [["киів"], ["стара", "адреса"]]


def test_a_digit_after_a_dash_is_not_an_exclusion() -> None:
    query = parse("067 -123")
    assert query.digits[0].run == "067123"
    assert not query.excluded


def test_simple_filters_are_read() -> None:
    query = parse('шевч tag:vip -city:"Київ" in:trash')
    assert [(f.key, f.value, f.whole, f.excluded) for f in query.filters] == [
        ("tag", "vip", False, False),
        ("city", "Київ", True, True),
        ("in", "trash", False, False),
    ]
    assert query.in_trash


@pytest.mark.parametrize(
    ("line", "code"), [("age:30", "filter-unknown"), ("city:", "filter-value"), ("in:attic", "filter-value")]
)
def test_a_mistake_in_a_filter_is_told_and_the_rest_still_asks(line: str, code: str) -> None:
    query = parse(f"шевч {line}")
    assert [(problem.code, problem.value) for problem in query.problems] == [(code, line)]
    assert len(query.words) == 1


def test_an_address_of_the_web_is_no_filter() -> None:
    assert not parse("https://firma.com.ua").problems


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("itdxtyrj", "шевченко"),
        ("];fr", "їжак"),
        ("]:FR", "ЇЖАК"),
        ("'pf", "єза"),
        ("'lefhl", "эдуард"),
        ("ыьшер", "smith"),
        ("ішьзіщт", "simpson"),
        ("ъжак", "їжак"),
        ("ыван", "іван"),
        ("@", None),
    ],
)
def test_the_wrong_keyboard_layout_is_read_as_it_was_meant(typed: str, meant: str | None) -> None:
    readings = [reading.casefold() for reading in other_layouts(typed)]
    assert readings == [] if meant is None else meant.casefold() in readings


def test_filters_are_not_garbled_by_a_wrong_layout() -> None:
    (reading, *_) = parse("itdx city:Київ").other_layouts()
    assert [word.text for word in reading.words] == ["шевч"]
    assert reading.filters == parse("city:Київ").filters


@given(st.text(max_size=60))
def test_no_line_is_ever_refused(line: str) -> None:
    query = parse(line)
    query.other_layouts()
    assert all(form for word in query.words for form in word.forms)
