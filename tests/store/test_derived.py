"""What follows from one card."""

import datetime

import pytest

from store.card import Document
from store.derived import age, completeness, derive

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("born", "years"),
    [("1987-03-09", 39), ("1987-11-22", 39), ("1987-11-23", 38), ("2026-11-22", 0), ("2027-01-01", None)],
)
def test_age_is_counted_in_full_years(born: str, years: int | None) -> None:
    assert age(born, TODAY) == years


@pytest.mark.parametrize("born", ["--03-09", None, "", "весна 1987"])
def test_without_a_year_of_birth_there_is_no_age(born: str | None) -> None:
    assert age(born, TODAY) is None


def test_who_was_born_on_a_leap_day_is_older_from_the_first_of_march() -> None:
    assert age("2004-02-29", datetime.date(2026, 2, 28)) == 21
    assert age("2004-02-29", datetime.date(2026, 3, 1)) == 22


def test_money_is_summed_exactly_by_currency_and_without_what_came_back() -> None:
    document: Document = {
        "purchases": [
            {"date": "2026-10-30", "amount": "0.10", "currency": "UAH", "status": "delivered"},
            {"date": "2026-09-01", "amount": "0.20", "currency": "UAH"},
            {"date": "2026-08-01", "amount": "5.00", "currency": "EUR", "status": "paid"},
            {"date": "2026-11-01", "amount": "99.00", "currency": "UAH", "status": "returned"},
            {"date": "2026-11-02", "amount": "99.00", "currency": "UAH", "status": "cancelled"},
        ]
    }
    derived = derive(document, TODAY)
    assert derived["total"] == {"EUR": "5.00", "UAH": "0.30"}
    assert derived["purchases"] == 3
    assert derived["last_purchase"] == "2026-10-30"


ODD = ("дорого", "sNaN", "NaN", "Infinity", "-Infinity")


def test_an_amount_that_a_foreign_hand_spoilt_does_not_hide_the_others() -> None:
    document: Document = {"purchases": [{"amount": odd, "currency": "UAH"} for odd in ODD]}
    document["purchases"].append({"amount": "2.50", "currency": "UAH"})
    assert derive(document, TODAY)["total"] == {"UAH": "2.50"}


def test_an_empty_card_has_nothing_to_say() -> None:
    assert derive({}, TODAY) == {"age": None, "purchases": 0, "total": {}, "last_purchase": None, "completeness": 0}


def test_a_card_gets_more_complete_with_each_thing_a_business_needs() -> None:
    document: Document = {"person": {"last_name": "Шевченко", "first_name": "Олена"}, "contacts": []}
    two_of_nine = completeness(document)
    document["contacts"] = [{"kind": "email", "value": "o@example.com"}]
    assert two_of_nine < completeness(document) < 100


def test_a_complete_card_is_complete() -> None:
    document: Document = {
        "person": {"last_name": "Шевченко", "first_name": "Олена", "birth_date": "1987-03-09", "language": "uk"},
        "contacts": [{"kind": "phone", "value": "+380671234567"}, {"kind": "email", "value": "o@example.com"}],
        "addresses": [{"city": "Київ"}],
        "consents": [{"kind": "processing", "given": True}],
        "preferences": {"channel": "phone"},
    }
    assert completeness(document) == 100
