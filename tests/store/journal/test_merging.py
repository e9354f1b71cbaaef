from typing import Any

from hypothesis import given

from store.errors import Clash
from store.journal import Change, FieldChange, merge
from store.journal.merging import authors
from tests.store.journal.documents import documents

Document = dict[str, Any]


@given(documents(), documents())
def test_where_only_one_changed_the_card_it_is_as_they_made_it(base: Document, changed: Document) -> None:
    mine = merge(base, changed, base)
    assert (mine.document, mine.clashes) == (changed, ())
    theirs = merge(base, base, changed)
    assert (theirs.document, theirs.clashes) == (changed, ())


@given(documents(), documents())
def test_where_both_made_the_same_of_it_nothing_clashes(base: Document, changed: Document) -> None:
    merged = merge(base, changed, changed)
    assert (merged.document, merged.clashes) == (changed, ())


@given(documents(), documents(), documents())
def test_a_clash_is_one_whoever_saves_first(base: Document, mine: Document, theirs: Document) -> None:
    assert bool(merge(base, mine, theirs).clashes) == bool(merge(base, theirs, mine).clashes)


def test_different_fields_of_a_card_merge() -> None:
    base = {"person": {"first_name": "Ольга", "last_name": "Коваль"}, "contacts": [{"id": "a", "value": "1"}]}
    mine = {
        "person": {"first_name": "Олена", "last_name": "Коваль"},
        "contacts": [{"id": "a", "value": "1", "label": "work"}],
    }
    theirs = {
        "person": {"first_name": "Ольга", "last_name": "Шевченко"},
        "contacts": [{"id": "a", "value": "2"}, {"id": "b"}],
    }
    merged = merge(base, mine, theirs)
    assert merged.clashes == ()
    assert merged.document == {
        "person": {"first_name": "Олена", "last_name": "Шевченко"},
        "contacts": [{"id": "a", "value": "2", "label": "work"}, {"id": "b"}],
    }
    assert merged.theirs == ("person.last_name", "contacts#a.value", "contacts#b")


def test_the_same_field_clashes_and_all_three_values_are_told() -> None:
    merged = merge({"person": {"sex": "a"}}, {"person": {"sex": "b"}}, {"person": {"sex": "c"}})
    assert merged.clashes == (Clash("person.sex", "a", "b", "c"),)


def test_a_row_that_one_edits_and_the_other_removes_clashes() -> None:
    base = {"tasks": [{"id": "a", "text": "call"}]}
    edited = {"tasks": [{"id": "a", "text": "write"}]}
    assert merge(base, edited, {}).clashes and merge(base, {}, edited).clashes


def test_rows_that_both_add_are_both_kept() -> None:
    merged = merge({}, {"tasks": [{"id": "a", "text": "mine"}]}, {"tasks": [{"id": "b", "text": "theirs"}]})
    assert not merged.clashes
    assert [row["text"] for row in merged.document["tasks"]] == ["theirs", "mine"]


def test_tags_that_two_operators_add_and_take_away_merge_word_by_word() -> None:
    base = {"tags": {"tags": ["new", "cold"]}}
    mine = {"tags": {"tags": ["new", "cold", "vip"]}}
    theirs = {"tags": {"tags": ["new", "tea"]}}
    merged = merge(base, mine, theirs)
    assert not merged.clashes
    assert merged.document["tags"]["tags"] == ["new", "tea", "vip"]


def test_of_each_field_that_clashes_it_is_told_who_changed_it_last() -> None:
    company = FieldChange("person.company", None, "Ромашка")
    row = FieldChange("contacts#a", {"id": "a", "value": "1"}, None)
    changes = [
        change("petro", FieldChange("person.position", None, "слюсар")),
        change("ira", company),
        change("oleh", row),
        change("petro", company),
    ]
    clashes = [Clash("contacts#a.value", "1", "2", None), Clash("person.company", None, "Роза", "Ромашка")]
    assert authors(changes, clashes) == ["oleh", "ira"]
    assert authors(changes, [Clash("person.note", None, "a", "b")]) == []


def change(who: str, *fields: FieldChange) -> Change:
    return Change(1, "c", 1, 1, "2026-11-28T10:00:00Z", who, "edit", fields)
