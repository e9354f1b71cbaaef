"""A script makes, changes, finds and shows cards."""

import pytest

from store import numbers
from tests.tui.cli.conftest import Type


def test_a_new_card_gets_a_free_number_and_is_found(kartoteka: Type) -> None:
    number = kartoteka("new", "person.last_name=Бойко").out.strip()
    found = kartoteka("find", "бойк")
    assert found.code == 0
    assert found.out.split()[:2] == [number, "Бойко"]


def test_making_a_card_tells_number_and_revision(kartoteka: Type) -> None:
    value = kartoteka("new", "person.last_name=Бойко", "--json").value
    assert value["number"].startswith("K-")
    assert value["revision"] == 1
    assert value["changeset"]


def test_the_first_card_makes_the_store_and_says_so(kartoteka: Type, tmp_path: object) -> None:
    assert f"{tmp_path}/store" in kartoteka("new", "person.last_name=Бойко").err
    assert "store" not in kartoteka("new", "person.last_name=Бойко").err


def test_fields_of_one_new_row_come_together_and_a_repeated_one_begins_the_next(kartoteka: Type, olena: str) -> None:
    kartoteka(
        "set",
        olena,
        "contacts[+].kind=email",
        "contacts[+].value=olena@example.com",
        "contacts[+].kind=telegram",
        "contacts[+].value=@olena",
    )
    contacts = kartoteka("show", olena, "--json").value["contacts"]
    assert [(row["kind"], row["value"]) for row in contacts] == [
        ("phone", "+380671234567"),
        ("email", "olena@example.com"),
        ("telegram", "@olena"),
    ]


def test_values_are_read_as_people_write_them(kartoteka: Type, olena: str) -> None:
    kartoteka("set", olena, "person.birth_date=12.03.85", "purchases[+].amount=1 250,00")
    card = kartoteka("show", olena, "--json").value
    assert card["person"]["birth_date"] == "1985-03-12"
    assert card["purchases"][0]["amount"] == "1250.00"


def test_a_standard_choice_is_typed_as_it_is_called_in_any_language(kartoteka: Type, olena: str) -> None:
    kartoteka("set", olena, "purchases[+].item=Чайник", "purchases[+].status=скасовано", "purchases[+].currency=грн")
    kartoteka("set", olena, "person.sex=женский", "contacts[+].kind=почта", "contacts[+].value=olena@example.com")
    card = kartoteka("show", olena, "--json").value
    assert (card["purchases"][0]["status"], card["purchases"][0]["currency"]) == ("cancelled", "UAH")
    assert (card["person"]["sex"], card["contacts"][-1]["kind"]) == ("female", "email")


def test_an_empty_value_removes_what_was_there_and_an_empty_row_the_row(kartoteka: Type, olena: str) -> None:
    assert kartoteka("set", olena, "person.first_name=", "contacts[0]=").code == 0
    card = kartoteka("show", olena, "--json").value
    assert "first_name" not in card["person"]
    assert not card.get("contacts")


def test_all_wrong_values_are_told_at_once_and_nothing_is_saved(kartoteka: Type, olena: str) -> None:
    done = kartoteka(
        "set", olena, "person.birth_date=99.99.99", "contacts[0].value=12", "person.last_name=Нова", "--json"
    )
    assert done.code == 2
    problems = {problem["field"]: problem for problem in done.error["problems"]}
    assert problems["person.birth_date"]["value"] == "99.99.99"
    assert problems["contacts[0].value"]["code"] == "phone-unreadable"
    assert all(problem["message"] for problem in problems.values())
    assert kartoteka("show", olena, "--json").value["person"]["last_name"] == "Шевченко"


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("person.lastname=X", "person.last_name"),
        ("last_name=X", "person.last_name"),
        ("contact[+].value=X", "contacts[+].value"),
        ("contacts[+].valu=X", "contacts[+].value"),
        ("person last_name=X", "person.last_name"),
    ],
)
def test_a_mistyped_field_is_answered_with_the_nearest(kartoteka: Type, olena: str, typed: str, near: str) -> None:
    done = kartoteka("set", olena, typed)
    assert done.code == 2
    assert near in done.err


def test_a_word_without_a_value_is_refused(kartoteka: Type, olena: str) -> None:
    done = kartoteka("set", olena, "Шевченко")
    assert done.code == 2
    assert "FIELD=VALUE" in done.err


def test_a_number_with_a_slip_is_refused(kartoteka: Type) -> None:
    done = kartoteka("new", "number=K-4812-7", "--json")
    assert done.code == 2
    assert done.error["problems"][0]["code"] == "number-check-digit"


def test_a_number_of_another_client_is_a_conflict(kartoteka: Type, olena: str) -> None:
    done = kartoteka("new", f"number={olena}", "person.last_name=Бойко", "--json")
    assert done.code == 5
    assert done.error["code"] == "value-taken"
    assert kartoteka("find", "бойко").code == 1


def test_a_card_that_moved_on_is_not_changed_where_the_revision_was_named(kartoteka: Type, olena: str) -> None:
    assert kartoteka("set", olena, "person.position=швачка", "--revision", "1").code == 0
    late = kartoteka("set", olena, "person.position=кравчиня", "--revision", "1", "--json")
    assert late.code == 5
    assert late.error["code"] == "revision-moved"
    assert late.error["revision"] == 2
    assert kartoteka("show", olena, "--json").value["person"]["position"] == "швачка"


@pytest.mark.parametrize("spelling", ["K-4821-7", "k48217", "К 4821 7", "4821-7", "48217"])
def test_a_client_is_shown_by_any_spelling_of_the_number(kartoteka: Type, olena: str, spelling: str) -> None:
    assert kartoteka("show", spelling, "--json").value["number"] == olena


def test_an_old_number_still_finds_the_card_and_says_so(kartoteka: Type, olena: str) -> None:
    number = numbers.pretty("5093")
    assert kartoteka("set", olena, f"number={number}").out.strip() == number
    shown = kartoteka("show", olena, "--json").value
    assert (shown["number"], shown["old"]) == (number, True)
    assert number in kartoteka("show", olena).err
    assert "old" not in kartoteka("show", number, "--json").value


def test_showing_nobody_is_exit_1_and_says_whom(kartoteka: Type, olena: str) -> None:
    done = kartoteka("show", "K-9999-9")
    assert done.code == 1
    assert "K-9999-9" in done.err
    assert done.out == ""


def test_a_card_is_shown_with_its_labels_in_the_language(kartoteka: Type, olena: str) -> None:
    shown = kartoteka("show", olena, "--lang", "uk").out
    assert "Прізвище" in shown
    assert "Контакти" in shown
    assert "телефон" in shown


def test_what_is_derived_is_not_stored(kartoteka: Type, olena: str) -> None:
    kartoteka("set", olena, "purchases[+].amount=10", "purchases[+].currency=EUR")
    card = kartoteka("show", olena, "--json").value
    assert card["derived"]["total"] == {"EUR": "10.00"} or card["derived"]["total"] == {"EUR": "10"}
    assert kartoteka("set", olena, "derived.age=5").code == 2


def test_hostile_text_is_stored_as_given_and_shown_harmless(kartoteka: Type) -> None:
    name = "[/]\x1b]52;c;ZXZpbA==\x07\u202eШевченко"
    number = kartoteka("new", f"person.last_name={name}").out.strip()
    for question in (("find", number), ("show", number), ("history", number), ("changes",)):
        printed = kartoteka(*question).out
        assert "\x1b" not in printed
        assert "\u202e" not in printed
        assert "\x07" not in printed
    assert kartoteka("show", number, "--json").value["person"]["last_name"] == name


def test_a_relation_names_the_other_client_by_any_number(kartoteka: Type, olena: str) -> None:
    taras = kartoteka("new", "person.last_name=Коваль", "relations[+].client=к 4821 7", "relations[+].kind=friend")
    shown = kartoteka("show", taras.out.strip(), "--lang", "en").out
    assert "Шевченко Олена  K-4821-7 · friend" in shown
    done = kartoteka("new", "person.last_name=Ткач", "relations[+].client=nobody")
    assert (done.code, done.out) == (1, "")


def test_yes_and_no_are_shown_with_what_they_are_about(kartoteka: Type, olena: str) -> None:
    kartoteka("set", olena, "contacts[0].main=так")
    assert "Main: yes" in kartoteka("show", olena, "--lang", "en").out


def test_a_card_that_would_say_nothing_is_not_made(kartoteka: Type, olena: str) -> None:
    assert kartoteka("new", "person.last_name=").code == 2
    assert kartoteka("find", "--json").value["total"] == 1


def test_a_section_without_a_row_is_told_by_the_names_there_are(kartoteka: Type, olena: str) -> None:
    done = kartoteka("set", olena, "contacts=1", "--lang", "en")
    assert done.code == 2
    assert "contacts[+].value" in done.err


def test_a_field_that_is_given_two_values_is_refused(kartoteka: Type, olena: str) -> None:
    done = kartoteka("set", olena, "person.last_name=А", "person.last_name=Б", "--lang", "en")
    assert (done.code, done.err.strip()) == (2, "person.last_name is given twice, with two values.")
    rows = ("contacts[+].value=067 111-22-33", "contacts[+].value=067 111-22-44")
    assert kartoteka("set", olena, "person.first_name=Ія", "person.first_name=Ія", *rows).code == 0


def test_an_empty_name_of_a_store_is_none(kartoteka: Type, olena: str) -> None:
    done = kartoteka("find", "шев", "--store", "")
    assert done.code == 2 and not done.out
