from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import trash
from store.card import Card, Document
from store.clients.identity import identified, tidy
from store.clients.merging import pointed, preview
from store.clients.uniting import unite
from store.door import Edit, Store
from store.errors import Conflict, Invalid, NotAllowed
from tests.store.stores import add, change, opened, person, remove

LOYALTY = (("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "2000000012345"))
PHONE = (("contacts[+].kind", "phone"), ("contacts[+].value", "067 123-45-67"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path / "store")


def related(store: Store, card: Card, other: Card, kind: str = "friend") -> Card:
    return change(store, card, ("relations[+].client", str(other.document["uid"])), ("relations[+].kind", kind)).cards[
        0
    ]


def filled(store: Store, count: int) -> None:
    """Clients enough that the next ones are in another segment."""
    store.write([Edit(None, None, {"person": {"last_name": f"Клієнт {n}"}}) for n in range(count)])


def test_the_kept_values_stand_and_empty_ones_are_filled(store: Store) -> None:
    kept = add(store, last_name="Шевченко", position="лікарка")
    other = add(store, *PHONE, last_name="Шевченко", first_name="Олена", position="хірургиня")
    written = store.merge(kept.serial, other.serial)
    (merged,) = written.cards
    assert person(merged) == {"last_name": "Шевченко", "first_name": "Олена", "position": "лікарка"}
    assert [row["value"] for row in merged.document["contacts"]] == ["+380671234567"]
    assert merged.document["uid"] == kept.document["uid"] and merged.revision == kept.revision + 1
    assert store.find("шевченко").total == 1 and store.check().findings == ()


def test_a_value_that_lost_is_told_in_the_notes_and_kept_whole_in_the_journal(store: Store) -> None:
    kept = add(store, ("notes.text", "Постійна"), last_name="Шевченко", birth_date="9.3.1987", sex="female")
    other = add(store, ("notes.text", "Любить каву"), last_name="Коваль", birth_date="10.3.1987", sex="male")
    (merged,) = store.merge(kept.serial, other.serial).cards
    assert merged.document["notes"]["text"] == f"Постійна\nЛюбить каву\n{other.number}: Коваль · 10.03.1987"
    gone = {field.path: field.before for field in store.history(other.serial)[0].fields}
    assert gone["person.last_name"] == "Коваль" and gone["person.sex"] == "male"


def test_rows_stand_together_and_the_same_ones_only_once(store: Store) -> None:
    purchase = (("purchases[+].date", "2026-10-01"), ("purchases[+].item", "Сукня"), ("purchases[+].amount", "100"))
    kept = add(store, *PHONE, *purchase, *purchase, ("tags.tags", "vip, Київ"), last_name="Шевченко")
    mail = (("contacts[+].kind", "email"), ("contacts[+].value", "a@example.com"))
    other = add(
        store,
        *(("contacts[+].kind", "phone"), ("contacts[+].value", "+380 67 123 45 67"), ("contacts[+].note", "вдень")),
        *(mail + purchase),
        *(("tags.tags", "vip, оптом"),),
    )
    (merged,) = store.merge(kept.serial, other.serial).cards
    assert [(row["value"], row.get("note")) for row in merged.document["contacts"]] == [
        ("+380671234567", "вдень"),
        ("a@example.com", None),
    ]
    assert len(merged.document["purchases"]) == 2, "two alike of one card are two; the other's is one of them"
    assert merged.document["tags"]["tags"] == ["vip", "Київ", "оптом"]


def test_of_consents_all_are_kept_and_the_newest_and_strictest_is_the_last_word(store: Store) -> None:
    def consent(given_: str, date: str) -> tuple[tuple[str, str], ...]:
        return (
            ("consents[+].kind", "marketing"),
            ("consents[+].given", given_),
            ("consents[+].date", date),
        )

    kept = add(store, *consent("no", "2026-03-01"), *consent("yes", "2026-01-01"), last_name="Шевченко")
    other = add(store, *consent("yes", "2026-03-01"), *consent("no", "2026-02-01"))
    (merged,) = store.merge(kept.serial, other.serial).cards
    assert [(row["date"], row["given"]) for row in merged.document["consents"]] == [
        ("2026-01-01", True),
        ("2026-02-01", False),
        ("2026-03-01", True),
        ("2026-03-01", False),
    ]


def test_the_other_number_and_identifiers_find_the_kept_card_as_old_and_are_nobodys_again(store: Store) -> None:
    kept = add(store, ("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "777"), last_name="Шевченко")
    other = add(store, *LOYALTY, last_name="Шевченко")
    store.merge(kept.serial, other.serial)
    for _ in range(2):
        for reference in (other.number, "2000000012345"):
            located = store.get(reference)
            assert (located.card.serial, located.old) == (kept.serial, True)
            with pytest.raises(Conflict):
                place = "number" if reference == other.number else "identifiers[+].value"
                kind = () if reference == other.number else (("identifiers[+].kind", "loyalty"),)
                add(store, *kind, (place, reference), last_name="Коваль")
        assert not store.get("777").old
        store.rebuild_index()
    assert store.index.numbers_taken([other.number]) == {other.number}
    with pytest.raises(Conflict):
        store.card(other.serial)
    assert trash.cards(store) == []


def test_an_identifier_of_a_kind_the_kept_card_lacks_is_still_good(store: Store) -> None:
    kept, other = add(store, last_name="Шевченко"), add(store, *LOYALTY)
    store.merge(kept.serial, other.serial)
    located = store.get("2000000012345")
    assert (located.card.serial, located.old) == (kept.serial, False)


def test_who_pointed_to_the_other_points_to_the_kept_card_across_files_and_in_the_trash(store: Store) -> None:
    kept, other = add(store, last_name="Шевченко"), add(store, last_name="Шевченко")
    filled(store, 70)
    third, both, removed = (add(store, last_name=name) for name in ("Коваль", "Бондар", "Ткач"))
    related(store, third, other)
    both = related(store, related(store, both, kept), other)
    removed = related(store, removed, other)
    remove(store, removed)
    related(store, related(store, store.card(other.serial), kept), third, "colleague")
    related(store, store.card(kept.serial), other)
    written = store.merge(kept.serial, other.serial)
    uid = kept.document["uid"]
    for serial in (third.serial, both.serial, removed.serial):
        assert [row["client"] for row in store.card(serial).document["relations"]] == [uid]
    assert store.card(removed.serial).trashed
    assert [row["client"] for row in store.card(kept.serial).document["relations"]] == [third.document["uid"]]
    assert {each.changeset for each in store.changes(limit=5)} == {written.changeset}
    assert store.check().findings == ()
    store.undo(written.changeset)
    assert store.card(third.serial).document["relations"][0]["client"] == other.document["uid"]
    assert store.card(removed.serial).trashed
    assert len(store.card(both.serial).document["relations"]) == 2
    assert store.get(other.number).card.serial == other.serial and not store.get(other.number).old
    assert store.check().findings == ()


def test_a_merge_is_undone_done_again_and_undone_again(store: Store) -> None:
    kept, other = add(store, last_name="Шевченко"), add(store, *LOYALTY, first_name="Олена")
    store.merge(kept.serial, other.serial)
    undone = store.undo()
    assert same(store.card(other.serial), other) and same(store.card(kept.serial), kept)
    assert store.card(other.serial).revision == other.revision + 2
    again = store.undo(undone.changeset)
    assert store.get(other.number).card.serial == kept.serial
    assert store.history(other.serial)[0].fields[0].after == kept.number
    store.undo(again.changeset)
    assert same(store.card(other.serial), other) and same(store.card(kept.serial), kept)
    assert store.check().findings == ()


def test_who_came_back_by_an_undo_can_go_through_the_trash_with_what_was_its_own(store: Store) -> None:
    kept, other = add(store, last_name="Шевченко"), add(store, *LOYALTY, first_name="Олена")
    store.merge(kept.serial, other.serial)
    store.undo()
    remove(store, store.card(other.serial))
    assert trash.restore(store, [other.serial]).given_up == ()
    assert not store.get("2000000012345").old


def test_an_undo_is_refused_where_what_was_taken_was_changed_since(store: Store) -> None:
    kept, other = add(store, last_name="Шевченко"), add(store, *LOYALTY, first_name="Олена")
    written = store.merge(kept.serial, other.serial)
    change(store, written.cards[0], ("person.first_name", "Оксана"))
    with pytest.raises(Conflict) as refusal:
        store.undo(written.changeset)
    assert refusal.value.code == "changed-meanwhile" and store.get(other.number).card.serial == kept.serial


def test_who_edits_a_card_that_went_is_told_where_to(store: Store) -> None:
    kept, other = add(store, last_name="Шевченко"), add(store, first_name="Олена")
    store.merge(kept.serial, other.serial)
    with pytest.raises(Conflict) as refusal:
        change(store, other, ("person.first_name", "Оксана"))
    assert refusal.value.code == "client-merged"
    assert refusal.value.details == {"number": other.number, "into": kept.number}


def test_a_merge_into_a_card_that_went_on_itself_is_undone_last(store: Store) -> None:
    first, second, third = (add(store, last_name=f"Шевченко {n}") for n in range(3))
    inner = store.merge(second.serial, first.serial)
    store.merge(third.serial, second.serial)
    for number in (first.number, second.number):
        assert store.get(number).card.serial == third.serial
    with pytest.raises(Conflict) as refusal:
        store.undo(inner.changeset)
    assert refusal.value.code == "client-merged"
    store.undo()
    store.undo(inner.changeset)
    assert all(same(store.card(card.serial), card) for card in (first, second, third))


def test_what_cannot_be_merged_is_refused_and_nothing_is_written(store: Store) -> None:
    kept, other = add(store, last_name="Шевченко"), add(store, first_name="Олена")
    restricted = store.write([Edit(None, None, {**store.blank(), "restricted": {"since": "2026-11-01"}})]).cards[0]
    with pytest.raises(Invalid) as itself:
        store.merge(kept.serial, kept.serial)
    assert itself.value.code == "merge-with-itself"
    with pytest.raises(NotAllowed) as refused:
        store.merge(restricted.serial, other.serial)
    assert (refused.value.code, refused.value.details) == ("client-restricted", {"number": restricted.number})
    remove(store, other)
    for pair in ((kept, other), (other, kept)):
        with pytest.raises(Conflict) as trashed:
            store.merge(pair[0].serial, pair[1].serial)
        assert trashed.value.code == "client-in-trash"
    assert [change_.why for change_ in store.changes()] == ["remove", "new", "new", "new"]


def test_cards_changed_since_they_were_looked_at_are_not_merged(store: Store) -> None:
    kept, other = add(store, last_name="Шевченко"), add(store, first_name="Олена")
    change(store, other, ("person.first_name", "Оксана"))
    with pytest.raises(Conflict) as refusal:
        store.merge(kept.serial, other.serial, revisions=(1, 1))
    assert refusal.value.code == "changed-meanwhile"
    store.merge(kept.serial, other.serial, revisions=(1, 2))


def test_the_preview_says_what_is_taken_and_what_stays(store: Store) -> None:
    kept = add(store, last_name="Шевченко", position="лікарка")
    other = add(store, *PHONE, first_name="Олена", last_name="Коваль")
    pieces = preview(store.schema, kept, other, store.reading).pieces
    assert [(piece.how, piece.path) for piece in pieces] == [
        ("left", "person.last_name"),
        ("filled", "person.first_name"),
        ("added", "contacts"),
    ]


TEXTS = st.sampled_from(["Шевченко", "шевченко", "O’Neil", "[/]", "Коваль", "a\u202eb"])
PHONES = st.sampled_from(["067 123-45-67", "+380671234567", "050 999 88 00"])
VALUE = st.one_of(
    st.tuples(st.sampled_from(["person.last_name", "person.first_name", "person.company", "notes.text"]), TEXTS),
    st.tuples(st.just("tags.tags"), st.sampled_from(["vip", "vip, оптом", "Оптом"])),
    st.tuples(st.just("person.birth_date"), st.sampled_from(["9.3.1987", "09.03"])),
)
ROW = st.one_of(
    st.tuples(st.just("contacts[+].kind"), st.just("phone"), st.just("contacts[+].value"), PHONES),
    st.tuples(st.just("tasks[+].text"), TEXTS, st.just("tasks[+].due"), st.sampled_from(["1.12.2026", "+3d"])),
    st.tuples(st.just("purchases[+].item"), TEXTS, st.just("purchases[+].amount"), st.sampled_from(["10", "20"])),
    st.tuples(st.just("consents[+].date"), st.just("1.2.2026"), st.just("consents[+].given"), st.just("no")),
)
CARD = st.tuples(st.lists(VALUE, max_size=5), st.lists(ROW, max_size=5))


def same(one: Card, other: Card) -> bool:
    return apart(one) == apart(other) and one.trashed == other.trashed


def apart(card: Card) -> Document:
    """The document without what every save changes."""
    return {key: value for key, value in card.document.items() if key not in ("revision", "updated")}


def typed(drawn: tuple[list[tuple[str, str]], list[tuple[str, str, str, str]]]) -> list[tuple[str, str]]:
    values, rows = drawn
    return [*values, *(pair for row in rows for pair in ((row[0], row[1]), (row[2], row[3])))]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(CARD, CARD, st.sampled_from(["", "kept", "other"]))
def test_merged_and_undone_both_cards_are_what_they_were(
    tmp_path_factory: pytest.TempPathFactory, mine: Any, theirs: Any, relation: str
) -> None:
    with opened(tmp_path_factory.mktemp("law") / "store") as store:
        kept, other, third = add(store, *typed(mine)), add(store, *typed(theirs)), add(store, last_name="Бондар")
        if relation:
            third = related(store, third, kept if relation == "kept" else other)
        before = [store.card(card.serial) for card in (kept, other, third)]
        store.merge(kept.serial, other.serial)
        assert store.check().findings == ()
        assert store.get(other.number).card.serial == kept.serial
        store.undo()
        assert all(same(store.card(card.serial), card) for card in before)
        assert store.check().findings == ()


@given(CARD, CARD)
def test_a_card_united_with_what_it_took_already_takes_only_a_number(mine: Any, theirs: Any) -> None:
    """Uniting again adds nothing: no row is doubled, no note said twice but the one of what was left."""
    from store.schema import Schema
    from store.standard import STANDARD_SECTIONS
    from tests.store.stores import TODAY

    schema = Schema.from_data(STANDARD_SECTIONS)
    kept, other = (
        {"number": number, **document_of(schema, drawn)} for number, drawn in (("K-1", mine), ("K-2", theirs))
    )
    once = unite(schema, kept, other, TODAY.isoformat()).document
    pieces = unite(schema, once, {**other, "notes": {}}, TODAY.isoformat()).pieces
    assert {piece.how for piece in pieces} <= {"left"}


def document_of(schema: Any, drawn: Any) -> Document:
    from store.clients import apply_typed
    from store.kinds import Reading
    from tests.store.stores import TODAY

    return apply_typed(schema, {}, typed(drawn), Reading(TODAY))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "kind", "value", "x"]), inner),
    max_leaves=6,
)
FOREIGN = st.dictionaries(
    st.sampled_from(["person", "contacts", "identifiers", "relations", "consents", "tags", "notes", "unknown"]),
    ANYTHING,
)


@given(FOREIGN, FOREIGN)
def test_whatever_another_hand_wrote_is_united_without_losing_what_the_kept_card_had(mine: Any, theirs: Any) -> None:
    from store.journal import apply, difference, reversed_changes
    from store.schema import Schema
    from store.standard import STANDARD_SECTIONS

    schema = Schema.from_data(STANDARD_SECTIONS)
    kept, other = identified({"uid": "A", "number": "K-1", **mine}), identified({"uid": "B", "number": "K-2", **theirs})
    made = unite(schema, kept, other, "2026-11-22").document
    for key, value in kept.items():
        if value and isinstance(value, str | int):
            assert made[key] == value
    back = apply(made, reversed_changes(difference(kept, made)))
    assert difference(tidy(back, schema), tidy(kept, schema)) == ()
    pointed(schema, made, "B", "A")


@pytest.mark.parametrize("is_trash_empty", [True, False])
def test_both_numbers_find_the_card_that_was_kept(store: Store, is_trash_empty: bool) -> None:
    kept, other = add(store, last_name="Шевченко"), add(store, last_name="Бойко")
    if not is_trash_empty:
        remove(store, add(store, last_name="Коваль"))
    store.merge(kept.serial, other.serial)
    for number in (kept.number, other.number):
        for line in (number, number[:5], number.replace("-", " "), f"number:{number}"):
            assert [row.serial for row in store.find(line).rows(0, 5)] == [kept.serial], line


def test_the_number_of_a_client_who_is_gone_finds_nobody(store: Store) -> None:
    gone = add(store, last_name="Бойко")
    changed = change(store, gone, ("number", store.free_numbers(1)[0])).cards[0]
    kept = add(store, last_name="Шевченко")
    remove(store, changed)
    trash.empty(store, older_than=0)
    for number in (gone.number, changed.number):
        assert store.find(number).total == 0
    assert store.find("шевч").rows(0, 5)[0].serial == kept.serial
