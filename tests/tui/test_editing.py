import datetime

import pytest

from store.card import Document
from store.errors import Invalid, Problem
from store.kinds import Reading
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tui.forms.describing import change_lines
from tui.forms.editing import Editing

SCHEMA = Schema.from_data(STANDARD_SECTIONS)
READING = Reading(today=datetime.date(2026, 11, 22))


def shevchenko() -> Document:
    return {
        "uid": "u1",
        "number": "K-4821-7",
        "revision": 3,
        "person": {"last_name": "Шевченко", "first_name": "Олена", "birth_date": "1987-03-09"},
        "contacts": [
            {"id": "aa", "kind": "phone", "value": "+380671234567", "main": True},
            {"id": "bb", "kind": "email", "value": "olena@example.com"},
        ],
        "own": {"kept": [1, 2]},
    }


def opened(document: Document | None = None) -> Editing:
    return Editing(document or shevchenko(), SCHEMA, READING, language="uk")


def changed_paths(editing: Editing) -> list[str]:
    return [change.path for change in editing.changes]


def typed(editing: Editing, section: str, row: int, field: str, text: str) -> None:
    found = SCHEMA.field(section, field)
    assert found is not None
    editing.type(section, row, found, text)


@pytest.mark.parametrize(("birthday", "shown"), [("1987-03-09", "09.03.1987"), ("--03-09", "09.03")])
def test_a_birthday_is_edited_as_it_is_shown(birthday: str, shown: str) -> None:
    document = shevchenko()
    document["person"]["birth_date"] = birthday
    editing = opened(document)
    found = SCHEMA.field("person", "birth_date")
    assert found is not None
    assert editing.text("person", 0, found) == shown
    typed(editing, "person", 0, "birth_date", shown)
    assert not editing.changed


def test_a_card_only_looked_at_has_nothing_to_save() -> None:
    editing = opened()
    assert not editing.changed
    assert editing.after() == shevchenko()


def test_every_value_reads_back_as_itself_when_its_field_is_entered_unchanged() -> None:
    editing = opened()
    for section in SCHEMA.sections:
        for at in range(len(editing.rows(section.key))):
            for field in section.fields:
                editing.row(section.key, at).type(field, editing.text(section.key, at, field), section, READING, "uk")
    assert editing.after() == shevchenko()


def test_a_typed_value_is_stored_as_its_kind_reads_it() -> None:
    editing = opened()
    typed(editing, "person", 0, "birth_date", "12.03.85")
    assert editing.after()["person"]["birth_date"] == "1985-03-12"
    assert changed_paths(editing) == ["person.birth_date"]


def test_what_cannot_be_read_is_kept_as_typed_with_its_problem_at_the_field() -> None:
    editing = opened()
    typed(editing, "person", 0, "birth_date", "32.13.1985")
    assert editing.changed
    assert [problem.path for problem in editing.problems] == ["person.birth_date"]
    with pytest.raises(Invalid):
        editing.after()
    field = SCHEMA.field("person", "birth_date")
    assert field is not None
    assert editing.text("person", 0, field) == "32.13.1985"


def test_a_corrected_value_leaves_no_problem_behind() -> None:
    editing = opened()
    typed(editing, "person", 0, "birth_date", "gestern")
    typed(editing, "person", 0, "birth_date", "9.3.1987")
    assert not editing.problems
    assert not editing.changed


def test_an_emptied_field_loses_its_value() -> None:
    editing = opened()
    typed(editing, "person", 0, "first_name", "")
    assert "first_name" not in editing.after()["person"]


def test_a_form_nobody_filled_is_not_written_as_an_empty_one() -> None:
    editing = opened()
    typed(editing, "preferences", 0, "contact_time", "evening")
    typed(editing, "preferences", 0, "contact_time", "")
    assert "preferences" not in editing.after()


def test_keys_the_schema_does_not_know_are_kept() -> None:
    editing = opened()
    typed(editing, "person", 0, "company", "Ромашка")
    assert editing.after()["own"] == {"kept": [1, 2]}


def test_a_new_row_begins_with_the_defaults_and_today() -> None:
    editing = opened()
    at = editing.add_row("purchases")
    assert editing.row("purchases", at).values["date"] == "2026-11-22"
    assert editing.row("purchases", at).values["currency"] == "UAH"
    typed(editing, "purchases", at, "amount", "1 250,50")
    assert editing.after()["purchases"][0]["amount"] == "1250.50"
    assert changed_paths(editing) == ["purchases[0]"]


def test_a_row_added_and_left_empty_is_dropped() -> None:
    editing = opened()
    assert editing.drop_untouched("contacts", editing.add_row("contacts"))
    assert not editing.changed


def test_a_row_added_and_filled_is_not_dropped() -> None:
    editing = opened()
    at = editing.add_row("contacts")
    typed(editing, "contacts", at, "value", "not a phone")
    assert not editing.drop_untouched("contacts", at)


def test_removing_a_row_marks_it_and_removing_again_takes_the_mark_off() -> None:
    editing = opened()
    editing.remove_row("contacts", 0)
    assert [row["id"] for row in editing.after()["contacts"]] == ["bb"]
    assert changed_paths(editing) == ["contacts#aa"]
    editing.remove_row("contacts", 0)
    assert not editing.changed


def test_writing_into_a_row_marked_for_removal_keeps_it() -> None:
    editing = opened()
    editing.remove_row("contacts", 0)
    typed(editing, "contacts", 0, "note", "все ж таки")
    assert [row["id"] for row in editing.after()["contacts"]] == ["aa", "bb"]


def test_another_kind_of_contact_has_its_value_read_again() -> None:
    editing = opened()
    typed(editing, "contacts", 1, "kind", "phone")
    assert [problem.path for problem in editing.problems] == ["contacts[1].value"]
    typed(editing, "contacts", 1, "kind", "email")
    assert not editing.problems
    assert editing.after() == shevchenko()


def test_a_phone_keeps_what_was_typed_beside_its_international_form() -> None:
    editing = opened()
    typed(editing, "contacts", 0, "value", "050 765-43-21")
    assert editing.after()["contacts"][0]["value"] == "+380507654321"
    assert editing.after()["contacts"][0]["typed"] == "050 765-43-21"


def test_a_phone_typed_back_as_it_was_shown_is_no_change() -> None:
    editing = opened()
    field = SCHEMA.field("contacts", "value")
    assert field is not None
    shown = editing.text("contacts", 0, field)
    typed(editing, "contacts", 0, "value", "05")
    typed(editing, "contacts", 0, "value", shown)
    assert not editing.changed


def test_an_email_typed_into_a_new_contact_makes_it_an_email() -> None:
    editing = opened()
    at = editing.add_row("contacts")
    typed(editing, "contacts", at, "note", "вечорами")
    typed(editing, "contacts", at, "value", "olena@example.com")
    assert not editing.problems
    assert editing.row("contacts", at).values["kind"] == "email"
    assert editing.row("contacts", at).values["note"] == "вечорами"


def test_problems_the_store_found_lie_at_their_fields_past_removed_rows() -> None:
    editing = opened()
    editing.remove_row("contacts", 0)
    assert editing.blame([Problem("contacts[0].value", "value-taken", "x")]) is None
    assert editing.row("contacts", 1).problems["value"].code == "value-taken"
    assert editing.locate("contacts[0].value") == ("contacts", 1, "value")


def test_a_problem_of_no_field_is_given_back_to_be_told() -> None:
    problem = Problem("", "number-taken", "K-1")
    assert opened().blame([problem]) is problem


def test_what_the_store_refused_can_be_saved_again_after_a_change() -> None:
    editing = opened()
    editing.blame([Problem("person.last_name", "too-long")])
    assert editing.problems
    assert editing.after()
    typed(editing, "person", 0, "last_name", "Шевчук")
    assert not editing.problems


def test_a_draft_brings_everything_back() -> None:
    editing = opened()
    typed(editing, "person", 0, "birth_date", "soon")
    typed(editing, "person", 0, "company", "Ромашка")
    editing.remove_row("contacts", 1)
    at = editing.add_row("contacts")
    typed(editing, "contacts", at, "value", "063")
    again = Editing.from_draft(editing.draft(7), SCHEMA, READING, language="uk")
    assert changed_paths(again) == changed_paths(editing)
    assert [problem.path for problem in again.problems] == [problem.path for problem in editing.problems]
    assert again.row("contacts", at).typed == {"value": "063"}
    assert again.name == editing.name


def test_an_added_row_with_something_in_it_is_marked_and_comes_back() -> None:
    editing = opened()
    at = editing.add_row("contacts")
    typed(editing, "contacts", at, "value", "067 765 43 21")
    added, document = changed_paths(editing), editing.after()
    editing.remove_row("contacts", at)
    assert not editing.changed
    assert editing.after() == editing.before
    assert editing.rebased(editing.before, ()) == editing.before
    editing.remove_row("contacts", at)
    assert (changed_paths(editing), editing.after()) == (added, document)


def test_an_added_row_with_nothing_in_it_goes_at_once() -> None:
    editing = opened()
    at = editing.add_row("contacts")
    editing.remove_row("contacts", at)
    assert len(editing.rows("contacts")) == at


def test_a_new_clients_draft_is_a_new_client() -> None:
    editing = Editing({"number": "K-1"}, SCHEMA, READING, new=True)
    typed(editing, "person", 0, "last_name", "Бондар")
    again = Editing.from_draft(editing.draft(7), SCHEMA, READING)
    assert again.new
    assert again.after()["person"] == {"last_name": "Бондар"}


def theirs() -> Document:
    document = shevchenko()
    document["revision"] = 4
    document["person"]["first_name"] = "Лена"
    document["person"]["last_name"] = "Ковальчук"
    document["contacts"][1]["value"] = "other@example.com"
    return document


def test_mine_is_laid_over_what_another_saved_meanwhile() -> None:
    editing = opened()
    typed(editing, "person", 0, "company", "Ромашка")
    typed(editing, "contacts", 0, "note", "після шостої")
    at = editing.add_row("contacts")
    typed(editing, "contacts", at, "value", "0507654321")
    merged = editing.rebased(theirs(), theirs=())
    assert merged["person"] == {
        "last_name": "Ковальчук",
        "first_name": "Лена",
        "birth_date": "1987-03-09",
        "company": "Ромашка",
    }
    assert merged["contacts"][0]["note"] == "після шостої"
    assert merged["contacts"][1]["value"] == "other@example.com"
    assert merged["contacts"][2]["value"] == "+380507654321"


def test_where_theirs_is_chosen_their_value_stays() -> None:
    editing = opened()
    typed(editing, "person", 0, "last_name", "Шевчук")
    typed(editing, "person", 0, "first_name", "Оля")
    merged = editing.rebased(theirs(), theirs={"person.last_name"})
    assert merged["person"]["last_name"] == "Ковальчук"
    assert merged["person"]["first_name"] == "Оля"


def test_a_row_i_changed_and_another_removed_comes_back_only_if_mine_is_chosen() -> None:
    editing = opened()
    typed(editing, "contacts", 1, "note", "не писати")
    gone = theirs()
    del gone["contacts"][1]
    assert [row["id"] for row in editing.rebased(gone, theirs=())["contacts"]] == ["aa", "bb"]
    assert [row["id"] for row in editing.rebased(gone, theirs={"contacts#bb"})["contacts"]] == ["aa"]


def test_what_was_typed_beside_a_phone_is_no_change_to_be_read() -> None:
    editing = opened()
    typed(editing, "contacts", 0, "value", "067 000-11-22")
    assert [path for path in changed_paths(editing) if path.endswith(".typed")]
    assert change_lines(editing.changes, SCHEMA) == ["Contacts: Value: +380 67 123 45 67 → +380 67 000 11 22"]
