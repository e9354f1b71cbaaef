"""What was done is told, and taken back."""

import os
from pathlib import Path

import pytest

from store.door import Edit, open_store
from tests.tui.cli.conftest import Type


def test_history_tells_who_changed_what_and_how(kartoteka: Type, olena: str) -> None:
    kartoteka("set", olena, "person.first_name=Оксана")
    value = kartoteka("history", olena, "--json").value
    assert value["number"] == olena
    latest = value["changes"][0]
    assert latest["who"] == "tester"
    assert latest["fields"] == [{"field": "person.first_name", "before": "Олена", "after": "Оксана"}]
    assert "Олена → Оксана" in kartoteka("history", olena).out


def test_changes_are_told_also_of_who_was_merged_into_another(kartoteka: Type, olena: str) -> None:
    other = kartoteka("new", "person.last_name=Шевченка", "--json").value["number"]
    assert kartoteka("merge", olena, other).code == 0
    done = kartoteka("changes", "--json")
    assert done.code == 0
    assert {each["number"] for each in done.value["changes"]} == {olena, None}
    assert kartoteka("changes").code == 0


@pytest.mark.parametrize("since", [" ", "0001-01-01", "колись"])
def test_a_day_that_is_none_is_refused(kartoteka: Type, olena: str, since: str) -> None:
    done = kartoteka("changes", "--since", since, "--json")
    assert (done.code, done.error["problems"][0]["code"]) == (2, "date-unreadable")


def test_history_speaks_of_choices_as_the_card_does(kartoteka: Type, olena: str) -> None:
    kartoteka("set", olena, "person.sex=female")
    assert "жіноча" in kartoteka("history", olena, "--lang", "uk").out


def test_undo_takes_the_own_latest_change_back(kartoteka: Type, olena: str) -> None:
    kartoteka("set", olena, "person.first_name=Оксана")
    assert kartoteka("undo").code == 0
    assert kartoteka("show", olena, "--json").value["person"]["first_name"] == "Олена"


def test_an_undo_can_be_undone_by_its_name(kartoteka: Type, olena: str) -> None:
    kartoteka("set", olena, "person.first_name=Оксана")
    undone = kartoteka("undo", "--json").value
    assert undone["cards"][0]["number"] == olena
    assert kartoteka("undo", undone["changeset"]).code == 0
    assert kartoteka("show", olena, "--json").value["person"]["first_name"] == "Оксана"


def test_undo_of_a_field_changed_since_is_a_conflict(kartoteka: Type, olena: str) -> None:
    first = kartoteka("set", olena, "person.first_name=Оксана", "--json").value["changeset"]
    kartoteka("set", olena, "person.first_name=Ольга")
    done = kartoteka("undo", first, "--json")
    assert done.code == 5
    assert done.error["clashes"][0]["field"] == "person.first_name"
    assert kartoteka("show", olena, "--json").value["person"]["first_name"] == "Ольга"


def test_where_there_is_nothing_to_undo_nothing_is_done(kartoteka: Type, olena: str) -> None:
    kartoteka("undo")
    kartoteka("undo")
    assert kartoteka("undo").code == 1


def test_an_unknown_changeset_is_told(kartoteka: Type, olena: str) -> None:
    done = kartoteka("undo", "nonesuch")
    assert done.code == 1
    assert "nonesuch" in done.err


def test_changes_of_all_cards_come_newest_first_with_their_clients(kartoteka: Type, olena: str) -> None:
    taras = kartoteka("new", "person.last_name=Бойко").out.strip()
    changes = kartoteka("changes", "--json").value["changes"]
    assert [change["number"] for change in changes] == [taras, olena]
    assert changes[0]["name"] == "Бойко"


def test_changes_since_a_day_leave_the_older_out(kartoteka: Type, olena: str) -> None:
    assert kartoteka("changes", "--since", "today").code == 0
    assert kartoteka("changes", "--since", "tomorrow").code == 1
    assert len(kartoteka("changes", "--since", "-2d", "--json").value["changes"]) == 1


def test_a_day_that_cannot_be_read_is_refused(kartoteka: Type, olena: str) -> None:
    done = kartoteka("changes", "--since", "колись")
    assert done.code == 2
    assert "колись" in done.err


def test_history_says_what_an_undo_did_to_the_whole_card(kartoteka: Type, olena: str) -> None:
    kartoteka("undo")
    assert "change taken back (moved to the trash)" in kartoteka("history", olena, "--lang", "en").out
    assert kartoteka("history", olena, "--json").value["changes"][0]["act"] == "remove"


def test_a_row_that_was_removed_is_no_other_order_and_another_order_is_told_in_words(
    kartoteka: Type, olena: str
) -> None:
    kartoteka("set", olena, "contacts[+].value=050 111 22 33", "contacts[+].value=050 111 22 44")
    document = kartoteka("show", olena, "--json").value
    kept = [row["value"] for row in document["contacts"]]
    with open_store(Path(os.environ["KARTOTEKA_STORE"])) as store:
        card = store.get(olena).card
        rest = card.document["contacts"][1:]
        store.write([Edit(card.serial, card.document, {**card.document, "contacts": rest})])
        card = store.get(olena).card
        store.write([Edit(card.serial, card.document, {**card.document, "contacts": rest[::-1]})])
    told = kartoteka("history", olena).out
    assert told.count("rows in another order") == 1
    assert kept[0].removeprefix("+380") in told.replace(" ", "")
    assert "['" not in told
