"""The trash by the command line."""

from pathlib import Path

import pytest

from store import trash
from store.door import open_store
from tests.tui.cli.conftest import Type

CARD = ("identifiers[+].kind=loyalty", "identifiers[+].value=2000000012345")


def test_a_client_goes_into_the_trash_and_comes_back(kartoteka: Type, olena: str) -> None:
    assert kartoteka("trash").code == 1
    assert kartoteka("remove", olena, "--json").value["numbers"] == [olena]
    assert kartoteka("find", "шевч").code == 1
    assert kartoteka("find", "in:trash").code == 0
    listed = kartoteka("trash", "--json").value
    assert listed["days"] == 90 and [client["number"] for client in listed["clients"]] == [olena]
    assert olena in kartoteka("trash").out
    assert kartoteka("trash", "restore", olena).code == 0
    assert kartoteka("find", "шевч").code == 0
    assert kartoteka("trash", "restore", olena).code == 5


def test_several_are_removed_or_none(kartoteka: Type, olena: str) -> None:
    assert kartoteka("remove", olena, "K-0000-0").code == 1
    assert kartoteka("find", "шевч").code == 0


def test_it_is_told_whose_an_identifier_was_and_whose_it_is_now(kartoteka: Type, olena: str) -> None:
    kartoteka("set", olena, *CARD)
    kartoteka("remove", olena)
    new = kartoteka("new", "person.last_name=Коваль", *CARD, "--json").value
    assert [(each["value"], each["number"]) for each in new["freed"]] == [("2000000012345", olena)]
    back = kartoteka("trash", "restore", olena)
    assert back.code == 0 and "2000000012345" in back.err and new["number"] in back.err


@pytest.mark.parametrize("days", ["36501", "9" * 30, "1.5", "-1", "²"])
def test_days_that_no_calendar_has_are_refused(kartoteka: Type, olena: str, days: str) -> None:
    done = kartoteka("trash", "keep", "--", days)
    assert done.code == 2 and "36,500" in done.err
    assert kartoteka("trash", "--json").value["days"] == 90


def test_days_that_were_set_beyond_a_calendar_are_a_hundred_years(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        trash.keep(store, 10**9)
    kartoteka("remove", olena)
    assert kartoteka("trash", "empty", "--json").value == {"numbers": []}
    assert kartoteka("trash", "--json").value["days"] == 36_500


def test_the_trash_is_emptied_by_rule_or_wholly(kartoteka: Type, olena: str) -> None:
    kartoteka("remove", olena)
    assert kartoteka("trash", "empty", "--json").value == {"numbers": []}
    assert kartoteka("trash", "keep", "0", "--json").value == {"days": 0}
    assert kartoteka("trash", "empty", "--json").value == {"numbers": []}
    assert kartoteka("trash", "empty", "--all", "--json").value == {"numbers": [olena]}
    assert kartoteka("show", olena).code == 1
    assert kartoteka("new", f"number={olena}", "person.last_name=Інша").code == 5


def test_words_that_make_no_sense_are_wrong_usage(kartoteka: Type, olena: str) -> None:
    for words in (("restore",), ("keep",), ("keep", "many"), ("empty", olena), ("burn",)):
        assert kartoteka("trash", *words).code == 2
