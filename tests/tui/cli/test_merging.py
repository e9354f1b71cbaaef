"""Two cards made one by the command line."""

from tests.tui.cli.conftest import Type


def other(kartoteka: Type) -> str:
    done = kartoteka("new", "number=K-5555-1", "person.last_name=Шевченка", "contacts[+].value=044 111-22-33")
    assert done.code == 0, done.err
    return done.out.strip()


def test_two_cards_become_one_and_undo_parts_them(kartoteka: Type, olena: str) -> None:
    gone = other(kartoteka)
    shown = kartoteka("merge", olena, gone, "--dry-run")
    assert shown.code == 0 and "Last name: Шевченко stays, not Шевченка" in shown.err
    assert kartoteka("show", gone, "--json").value["number"] == gone
    merged = kartoteka("merge", olena, gone, "--json").value
    assert (merged["number"], merged["revision"], merged["merged"]) == (olena, 2, gone)
    assert {"how": "left", "field": "person.last_name", "kept": "Шевченко", "other": "Шевченка"} in merged["pieces"]
    found = kartoteka("show", gone, "--json").value
    assert found["number"] == olena and found["old"] is True
    assert kartoteka("history", olena, "--json").value["changes"][0]["why"] == "merge"
    assert kartoteka("undo", merged["changeset"]).code == 0
    assert kartoteka("show", gone, "--json").value["number"] == gone


def test_the_merge_tells_what_it_did_and_how_to_take_it_back(kartoteka: Type, olena: str) -> None:
    gone = other(kartoteka)
    done = kartoteka("merge", olena, gone)
    assert done.out == f"{olena}  Шевченко Олена\n"
    assert gone in done.err and "kartoteka undo" in done.err and "+380 44 111 22 33" in done.err


def test_what_cannot_be_merged_says_why_by_its_exit_code(kartoteka: Type, olena: str) -> None:
    gone = other(kartoteka)
    assert kartoteka("merge", olena, olena).code == 2
    assert kartoteka("merge", olena, "K-0000-0").code == 1
    kartoteka("remove", gone)
    assert kartoteka("merge", olena, gone).code == 5
    assert kartoteka("merge", gone, olena).code == 5


def test_who_sets_a_field_of_a_card_that_went_reaches_the_kept_one(kartoteka: Type, olena: str) -> None:
    gone = other(kartoteka)
    kartoteka("merge", olena, gone)
    assert kartoteka("set", gone, "person.position=лікарка", "--json").value["number"] == olena
