import datetime

import pytest

from store.card import Document
from store.clients import apply_typed, read_row
from store.clients.typed import read_value
from store.errors import Invalid
from store.kinds import Reading
from store.schema import Choice, Field, Schema, Section
from store.standard import STANDARD_SECTIONS

SCHEMA = Schema.from_data(STANDARD_SECTIONS)
READING = Reading(datetime.date(2026, 11, 22))


def typed(document: Document, *values: tuple[str, str]) -> Document:
    return apply_typed(SCHEMA, document, values, READING)


def test_values_of_one_new_row_stay_together_until_a_field_repeats() -> None:
    made = typed(
        {},
        ("contacts[+].value", "067 123 45 67"),
        ("contacts[+].label", "work"),
        ("contacts[+].value", "a@b.ua"),
        ("tasks[+].text", "call"),
        ("tasks[+].due", "завтра"),
    )
    assert made["contacts"] == [
        {"kind": "phone", "value": "+380671234567", "typed": "067 123 45 67", "label": "work"},
        {"kind": "email", "value": "a@b.ua"},
    ]
    assert made["tasks"] == [{"done": False, "text": "call", "due": "2026-11-23"}]


def test_the_kind_of_a_contact_decides_how_it_is_read_wherever_it_is_typed() -> None:
    made = typed({}, ("contacts[+].value", "067"), ("contacts[+].kind", "telegram"))
    assert made["contacts"] == [{"kind": "telegram", "value": "067"}]


def test_an_old_row_is_changed_by_its_place_or_its_id_and_removed_by_an_empty_text() -> None:
    document = {"tasks": [{"id": "aa", "text": "one"}, {"id": "bb", "text": "two"}]}
    made = typed(document, ("tasks[0].text", "ONE"), ("tasks#bb.text", "TWO"))
    assert [row["text"] for row in made["tasks"]] == ["ONE", "TWO"]
    assert typed(document, ("tasks[0]", ""))["tasks"] == [{"id": "bb", "text": "two"}]
    assert document["tasks"][0] == {"id": "aa", "text": "one"}


def test_an_empty_text_removes_a_value_and_what_was_typed_for_it() -> None:
    document = {"contacts": [{"id": "a", "kind": "phone", "value": "+380671234567", "typed": "067…"}]}
    assert typed(document, ("contacts[0].value", ""))["contacts"] == [{"id": "a", "kind": "phone"}]


def test_all_problems_are_told_with_the_paths_as_they_were_typed() -> None:
    with pytest.raises(Invalid) as refusal:
        typed(
            {},
            ("person.birth_date", "колись"),
            ("person.nose", "1"),
            ("nowhere.x", "1"),
            ("tasks[3].text", "1"),
            ("contacts[+].value", "ні"),
            ("bad path", "1"),
            ("tasks.text", "1"),
            ("number", "12"),
        )
    assert {(problem.path, problem.code, problem.value) for problem in refusal.value.problems} == {
        ("person.birth_date", "date-unreadable", "колись"),
        ("person.nose", "field-unknown", "1"),
        ("nowhere.x", "section-unknown", "1"),
        ("tasks[3].text", "row-missing", "1"),
        ("contacts[+].value", "phone-unreadable", "ні"),
        ("bad path", "path-unreadable", "1"),
        ("tasks.text", "path-unreadable", "1"),
        ("number", "client-number-unreadable", "12"),
    }


def test_a_phone_typed_as_it_is_stored_needs_no_second_memory_of_it() -> None:
    contacts = SCHEMA.section("contacts")
    assert contacts
    assert "typed" not in read_row(contacts, {"value": "+380671234567"}, READING)
    assert read_row(contacts, {"value": "067 123 45 67"}, READING)["typed"] == "067 123 45 67"


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        ("12,50 €", "EUR"),
        ("12,50 EUR", "EUR"),
        ("$12.50", "USD"),
        ("12,50 zł", "PLN"),
        ("12,50 грн", "UAH"),
        ("12,50", "PLN"),
    ],
)
def test_an_amount_with_its_currency_says_both(typed: str, currency: str) -> None:
    purchases = SCHEMA.section("purchases")
    assert purchases
    row = read_row(purchases, {"amount": typed}, READING, {"currency": "PLN"})
    assert (row["amount"], row["currency"]) == ("12.50", currency)


@pytest.mark.parametrize("texts", [{"amount": "12 EUR", "currency": "грн"}, {"amount": "50 коп"}, {"amount": "12 кг"}])
def test_an_amount_in_another_unit_than_is_told_is_refused(texts: dict[str, str]) -> None:
    purchases = SCHEMA.section("purchases")
    assert purchases
    with pytest.raises(Invalid):
        read_row(purchases, texts, READING)


def test_money_with_no_field_for_its_currency_is_in_hryvnias() -> None:
    budget = Section("plans", "form", (Field("budget", "money", {}),), {})
    assert read_row(budget, {"budget": "12 грн"}, READING, {})["budget"] == "12.00"
    with pytest.raises(Invalid):
        read_row(budget, {"budget": "12 EUR"}, READING, {})


def test_a_word_for_a_choice_that_a_store_has_not_is_none_of_its_values() -> None:
    paid = Field("status", "choice", {}, choices=(Choice("paid", {}),))
    purchases = Section("purchases", "table", (paid,), {})
    assert read_value(purchases, paid, {}, "Оплачено", READING) == "paid"
    with pytest.raises(Invalid):
        read_value(purchases, paid, {}, "скасовано", READING)
