from typing import Any

from hypothesis import given

from store.journal import Change, FieldChange, apply, difference, reversed_changes
from store.journal.differences import value_at
from tests.store.journal.documents import documents

Document = dict[str, Any]


@given(documents(), documents())
def test_the_difference_of_two_documents_leads_from_one_to_the_other_and_back(
    before: Document, after: Document
) -> None:
    changes = difference(before, after)
    assert apply(before, changes) == after
    assert apply(after, reversed_changes(changes)) == before


@given(documents(), documents())
def test_a_document_is_never_changed_in_place(before: Document, after: Document) -> None:
    kept = repr(before)
    apply(before, difference(before, after))
    assert repr(before) == kept


@given(documents())
def test_a_document_does_not_differ_from_itself(document: Document) -> None:
    assert difference(document, document) == ()


@given(documents(), documents())
def test_each_change_says_the_value_before_and_after(before: Document, after: Document) -> None:
    for change in difference(before, after):
        if "#" in change.path or "." in change.path:
            assert value_at(before, change.path) == change.before
            assert value_at(after, change.path) == change.after


@given(documents(), documents())
def test_a_change_reads_back_from_the_file_as_it_was_written(before: Document, after: Document) -> None:
    change = Change(7, "k7m2", 65, 2, "2026-11-22T09:14:03Z", "олена", "edit", difference(before, after))
    assert Change.of(7, change.record()) == change


def test_a_difference_names_fields_and_rows_by_lasting_paths() -> None:
    before = {"person": {"first_name": "Ольга"}, "contacts": [{"id": "a", "value": "1"}, {"id": "b", "value": "2"}]}
    after = {"person": {"first_name": "Олена"}, "contacts": [{"id": "b", "value": "3"}, {"id": "c", "value": "4"}]}
    assert difference(before, after) == (
        FieldChange("person.first_name", "Ольга", "Олена"),
        FieldChange("contacts#a", {"id": "a", "value": "1"}, None),
        FieldChange("contacts#b.value", "2", "3"),
        FieldChange("contacts#c", None, {"id": "c", "value": "4"}),
        FieldChange("contacts", ["a", "b"], ["b", "c"]),
    )


def test_what_is_counted_by_the_store_is_no_change_of_an_operator() -> None:
    assert difference({"revision": 1, "updated": "a", "uid": "x"}, {"revision": 2, "updated": "b", "uid": "x"}) == ()
