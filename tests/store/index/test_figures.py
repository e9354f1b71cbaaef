"""What is worked out of a card is what a person would work out."""

import datetime
from typing import Any

import pytest

from store.index import figures
from store.index.figures import FOR_EVER, NO_DAY, birth_figures, consent_days, single_figures, task_days


def day(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal()


def test_purchases_that_were_lost_are_neither_counted_nor_added() -> None:
    bought: list[dict[str, Any]] = [
        {"date": "2026-03-01", "amount": "100.50", "currency": "UAH", "status": "paid"},
        {"date": "2026-05-09", "amount": "20", "currency": "UAH", "status": "delivered"},
        {"date": "2026-04-01", "amount": "7.00", "currency": "EUR", "status": "paid"},
        {"date": "2026-09-09", "amount": "900.00", "currency": "UAH", "status": "cancelled"},
        {"amount": "not a sum", "currency": "UAH", "status": "paid"},
    ]
    told = dict(single_figures({"number": "K-4821-7", "purchases": bought}))
    assert (told["number"], told["bought"], told["spent"]) == (48217, 4, 12_050)
    assert (told["first_purchase"], told["last_purchase"]) == (day("2026-03-01"), day("2026-05-09"))


def test_a_card_with_nothing_in_it_has_bought_nothing_and_has_no_days() -> None:
    assert dict(single_figures({})) == {"bought": 0, "spent": 0, "completeness": 0}


def test_the_last_contact_is_the_latest_of_them() -> None:
    talks = [{"date": "2026-02-01T10:30"}, {"date": "2026-10-05T09:00"}, {"date": "yesterday"}, {}]
    assert dict(single_figures({"interactions": talks}))["last_contact"] == day("2026-10-05")


@pytest.mark.parametrize(
    ("birth_date", "told"),
    [
        ("1987-03-09", {"birth": day("1987-03-09"), "birthday": 3 * 31 + 9}),
        ("--03-09", {"birthday": 3 * 31 + 9}),
        ("--02-29", {"birthday": 2 * 31 + 29}),
        ("1990-99-99", {}),
        ("1990-1-" + "9" * 5_000, {}),
        ("1987", {}),
        ("", {}),
        (None, {}),
        (1987, {}),
    ],
)
def test_a_birthday_is_known_without_its_year(birth_date: Any, told: dict[str, int]) -> None:
    assert dict(birth_figures(birth_date)) == told


def test_tasks_that_are_not_done_are_due_on_their_day_or_on_none() -> None:
    tasks = [{"due": "2026-11-26"}, {"due": "2026-11-27", "done": True}, {"text": "call"}, {"due": "soon"}]
    assert list(task_days({"tasks": tasks})) == [day("2026-11-26"), NO_DAY, NO_DAY]


def test_what_was_said_last_of_a_consent_counts() -> None:
    consents = [
        {"kind": "email", "given": True, "date": "2026-01-01"},
        {"kind": "email", "given": False, "date": "2026-02-01"},
        {"kind": "sms", "given": False, "date": "2026-02-01"},
        {"kind": "sms", "given": True, "date": "2026-02-01", "until": "2027-01-01"},
        {"kind": "calls", "given": True},
    ]
    assert dict(consent_days({"consents": consents})) == {"sms": day("2027-01-01"), "calls": FOR_EVER}


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        ("2026-11-22T09:14:03Z", day("2026-11-22") * 86_400 + (9 * 60 + 14) * 60 + 3),
        ("2026-11-22T09:14", day("2026-11-22") * 86_400 + (9 * 60 + 14) * 60),
        ("2026-11-22", day("2026-11-22") * 86_400),
        ("2026-11-22T", day("2026-11-22") * 86_400),
        ("2026-11-22Tab:cd", day("2026-11-22") * 86_400),
        ("2026-13-22", None),
        (None, None),
        (["2026-11-22"], None),
    ],
)
def test_a_moment_is_seconds_and_anything_else_is_none(moment: Any, seconds: int | None) -> None:
    assert figures.second_number(moment) == seconds
