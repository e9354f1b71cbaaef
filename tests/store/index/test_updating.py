"""What is saved is found at once, and the index never says anything else than the cards do."""

import random
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import folding
from store.card import Card
from store.index import Index, Owner, SegmentUpdate, nodes, vocabulary
from store.index.postings import Postings
from store.index.rows import Row
from store.index.tables import columns
from store.query import Sort, Target
from tests.store.index.conftest import SCHEMA, Client, found, parse, put
from tests.store.index.people import cards


@dataclass(frozen=True)
class Part:
    path: str
    before: Any
    after: Any = None


@dataclass(frozen=True)
class Made:
    """A change as the journal has it."""

    seq: int
    serial: int
    fields: tuple[Part, ...] = field(default_factory=tuple)
    changeset: str = "c1"
    at: str = "2026-11-22T09:00:00Z"
    who: str = "olena"
    why: str = "edit"
    undoes: str = ""


def content(index: Index) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the index tells, without the places, which may differ; their order may not."""
    db = index._connection()
    return {
        "client": db.execute(
            "select serial, number, name, phone, city, tags, trashed, revision, digits, said from client order by 1"
        ).fetchall(),
        "order": db.execute("select serial from client order by rank").fetchall(),
        "named": db.execute(f"select {columns('named')} from named order by 1, 2, 3").fetchall(),
        "former": db.execute(f"select {columns('former')} from former order by 1, 2, 3, 4, 5").fetchall(),
        "change": db.execute(f"select {columns('change')} from change order by seq").fetchall(),
        "segment": db.execute("select * from segment order by number").fetchall(),
        "terms": [(term, sorted(docs)) for term, docs in Postings(db).each("") if term[0] not in "bv\x02"],
        # A spelling may stay that nobody uses any more, while others of the same skeleton are used.
        "word": sorted({folding.forms(word) for (word,) in db.execute("select word from word")}),
    }


def sorts(index: Index) -> list[list[str]]:
    """The list sorted by everything it can be sorted by."""
    keys = [key for key, kind in index.plan.targets if not kind and key not in ("consent", "task")]
    orders = [Sort(Target(key)) for key in keys if index.plan.targets[key, ""].form != "section"]
    return [[row.number for row in index.find(parse(""), 10_000, order).rows(0, 10_000)] for order in orders]


def words_indexed(index: Index) -> list[Any]:
    """Every word of the vocabulary by the letters it is found by."""
    db = index._connection()
    skeletons = {folding.literal(word) for (word,) in db.execute("select word from word")}
    parts = {skeleton[1:5] for skeleton in skeletons}
    return [{*map(folding.literal, vocabulary.containing(db, part, 9_999))} for part in sorted(parts)]


def test_a_saved_name_is_found_and_the_old_one_no_more(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", "Олена", phone="+380671234567")])
    put(index, [client(1, "Бойко", "Олена", phone="+380509998800")])
    assert found(index, "бойко") == ["Бойко Олена"]
    assert found(index, "шевч") == found(index, "067 123") == []


def test_a_removed_card_goes_to_the_trash_and_comes_back(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", "Олена")])
    put(index, [client(1, "Шевченко", "Олена", trashed=True)])
    assert (found(index, "шевч"), found(index, "шевч in:trash")) == ([], ["Шевченко Олена"])
    assert (index.count(), index.count(trashed=True)) == (0, 1)
    put(index, [client(1, "Шевченко", "Олена")])
    assert (found(index, "шевч"), found(index, "шевч in:trash")) == (["Шевченко Олена"], [])


def test_a_segment_given_whole_takes_out_what_it_no_longer_holds(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко"), client(2, "Бойко"), client(64, "Лис")], [Made(1, 2)])
    put(index, [client(1, "Шевченко")], whole=True)
    assert found(index, "") == ["Лис", "Шевченко"]
    assert index.changes() == []
    assert index.owners("K-1002-7") == []


def test_a_segment_whose_file_is_gone_is_forgotten(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко"), client(64, "Лис")])
    index.forget([1])
    assert found(index, "") == ["Шевченко"]
    assert list(index.stamps()) == [0]


def test_the_stamps_are_those_last_told(index: Index, client: Client) -> None:
    index.update([SegmentUpdate(3, (10, 20, 30, 40), [client(200, "Лис")], ())])
    index.update([SegmentUpdate(3, (11, 21, 31, 41), (), ())])
    assert index.stamps() == {3: (11, 21, 31, 41)}


def test_an_update_that_fails_leaves_nothing_behind(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко")])
    with pytest.raises(AttributeError):
        index.update([SegmentUpdate(0, (9, 9, 9, 9), [client(1, "Бойко"), "no card"], ())])  # type: ignore[list-item]
    assert found(index, "") == ["Шевченко"]
    assert index.stamps() == {0: (1, 2, 3, 4)}


def test_old_numbers_and_identifiers_still_find_the_client_and_say_so(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", number="K-4821-7", loyalty="2000 1")])
    changes = [
        Made(1, 1, (Part("number", "K-4821-7", "K-5555-1"),)),
        Made(2, 1, (Part("identifiers#i1.value", "2000 1", "3000 2"),)),
        Made(3, 1, (Part("identifiers#i0", {"id": "i0", "kind": "account", "value": "UA77"}),)),
        Made(4, 1, (Part("identifiers", ["i1", "i0"], ["i0", "i1"]),)),
    ]
    put(index, [client(1, "Шевченко", number="K-5555-1", loyalty="3000 2")], changes)
    assert index.owners("к 4821 7") == [Owner(1, "number", "K-4821-7", True, False)]
    assert index.owners("20001") == [Owner(1, "identifiers#i1.value", "2000 1", True, False)]
    assert index.owners("ua-77") == [Owner(1, "identifiers#i0.value", "UA77", True, False)]
    assert index.owners("K-5555-1") == [Owner(1, "number", "K-5555-1", False, False)]
    for line in ("K-4821-7", "20001", "ua77", "5555"):
        assert found(index, line) == ["Шевченко"], line
    assert {owner.value for owner in index.former(1)} == {"K-4821-7", "2000 1", "UA77"}
    put(index, [client(1, "Бойко", number="K-5555-1")])
    assert found(index, "4821") == ["Бойко"], "a later save does not forget old numbers"


def test_a_number_taken_back_is_old_no_more(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", number="K-4821-7")], [Made(1, 1, (Part("number", "K-4821-7", "K-1-1"),))])
    assert index.owners("48217") == [Owner(1, "number", "K-4821-7", False, False)]
    assert index.former(1) == []


def test_a_number_is_taken_for_ever(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", number="K-1000-1"), client(2, "Лис", number="K-2000-1", trashed=True)])
    put(index, [client(1, "Шевченко", number="K-3000-1")], [Made(1, 1, (Part("number", "K-1000-1"),))])
    asked = ["K-1000-1", "K-2000-1", "k 3000 1", "K-4000-1"]
    assert index.numbers_taken(asked) == {"K-1000-1", "K-2000-1", "k 3000 1"}


def test_the_value_of_a_unique_field_of_ones_own_has_an_owner(place: Path, client: Client) -> None:
    from store.schema import Schema
    from store.standard import STANDARD_SECTIONS

    own = [{"key": "person", "fields": [{"key": "badge", "kind": "text", "unique": True}]}]
    index = Index.open(place, Schema.from_data(STANDARD_SECTIONS, own))
    card = client(1, "Шевченко")
    card.document["person"]["badge"] = "А-17"
    put(index, [card])
    assert index.owners("a17") == [Owner(1, "person.badge", "А-17", False, False)]
    index.close()


def test_changes_are_listed_newest_first_and_by_who_and_when(index: Index, client: Client) -> None:
    changes = [
        Made(1, 1, who="olena", at="2026-11-20T09:00:00Z"),
        Made(3, 1, who="taras", at="2026-11-19T09:00:00Z", changeset="c2"),
        Made(2, 64, who="olena", at="2026-11-22T09:00:00Z", changeset="c2"),
    ]
    put(index, [client(1, "Шевченко"), client(64, "Лис")], changes)
    assert [change.seq for change in index.changes()] == [3, 2, 1]
    assert [change.seq for change in index.changes(who="olena")] == [2, 1]
    assert [change.seq for change in index.changes(since="2026-11-20T00:00:00Z")] == [2, 1]
    assert [change.seq for change in index.changes(limit=1)] == [3]
    assert [change.serial for change in index.changeset("c2")] == [64, 1]


def test_names_saved_one_by_one_between_the_same_two_stand_in_order(index: Index, client: Client) -> None:
    """Each takes the gap between two neighbours, which is full after six: then they must make room."""
    put(index, [client(1, "А"), client(2, "Я")])
    for serial in range(3, 200):
        put(index, [client(serial, f"Б{serial:04}")])
    assert found(index, "") == ["А", *(f"Б{serial:04}" for serial in range(3, 200)), "Я"]
    for serial in range(200, 400):
        put(index, [client(serial, f"Б{900 - serial:04}")])
    names = found(index, "")
    assert names == sorted(names, key=folding.sort_key)
    assert len(names) == 399
    assert found(index, "б0650") == ["Б0650"]


def test_who_has_several_tags_stands_by_the_first_however_places_are_moved(index: Index, client: Client) -> None:
    tags: dict[str, list[str]] = {}
    for serial in range(1, 200):
        # New ones always come between the same two; every third client has an earlier one besides.
        tags[f"К{serial}"] = [f"м{serial:04}", *(["а", "я"][serial % 2 :] if serial % 3 == 0 else [])]
        put(index, [client(serial, f"К{serial}", tags=tags[f"К{serial}"])])
    first = {name: min(map(folding.sort_key, held)) for name, held in tags.items()}
    listed = [first[name] for name in found(index, "", "tags.tags")]
    assert listed == sorted(first.values())


def test_names_saved_before_the_first_stand_in_order_too(index: Index, client: Client) -> None:
    for serial in range(1, 120):
        put(index, [client(serial, f"Б{500 - serial:04}")])
    names = found(index, "")
    assert names == sorted(names, key=folding.sort_key)


def test_many_cards_at_once_give_the_same_as_one_by_one(place: Path, tmp_path: Path) -> None:
    crowd = list(cards(2_200, seed=5))
    at_once, one_by_one = Index.open(place, SCHEMA), Index.open(tmp_path / "other.sqlite3", SCHEMA)
    put(at_once, crowd)
    for start in range(0, len(crowd), 550):
        put(one_by_one, crowd[start : start + 550])
    assert content(at_once) == content(one_by_one)
    assert words_indexed(at_once) == words_indexed(one_by_one)
    at_once.close()
    one_by_one.close()


PEOPLE = list(cards(40, seed=9))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=25
)
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 39), st.booleans()), min_size=1, max_size=25))
def test_saves_in_any_order_leave_what_a_rebuild_would_make(
    tmp_path_factory: pytest.TempPathFactory, saves: list[tuple[int, int, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("saves")
    saved, rebuilt = Index.open(folder / "saved.sqlite3", SCHEMA), Index.open(folder / "rebuilt.sqlite3", SCHEMA)
    latest: dict[int, Card] = {}
    changes: list[Made] = []
    for seq, (serial, person, trashed) in enumerate(saves, start=1):
        before = latest.get(serial)
        latest[serial] = Card(serial, PEOPLE[person].document, trashed)
        parts = (Part("number", before.number),) if before else ()
        changes.append(Made(seq, serial, parts))
        put(saved, [latest[serial]], [changes[-1]])
        if seq % 7 == 0:
            saved.tidy()
    put(rebuilt, sorted(latest.values(), key=lambda card: card.serial), changes, whole=True)
    assert content(saved) == content(rebuilt)
    assert words_indexed(saved) == words_indexed(rebuilt)
    saved.close()
    rebuilt.close()


def test_merging_what_saves_left_changes_nothing_that_is_found(index: Index) -> None:
    crowd = list(cards(260, seed=3))
    random.Random(1).shuffle(crowd)
    for card in crowd:
        put(index, [card])
    before = words_indexed(index)
    index.tidy()
    assert words_indexed(index) == before
    assert index.find(parse("")).total == 260


def test_nodes_that_were_made_before_another_saved_are_not_put_over_what_it_saved(
    index: Index, place: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = "абвгдежзиклмнопрст"
    put(index, [client(n, f"Ш{letters[n // 18]}{letters[n % 18]}енко") for n in range(1, 200)])
    index.tidy()
    other = Index.open(place, SCHEMA)
    made = nodes.made

    def made_meanwhile(db: sqlite3.Connection) -> list[Row]:
        rows = made(db)
        put(other, [client(999, "Шамрай")])
        return rows

    monkeypatch.setattr(nodes, "made", made_meanwhile)
    monkeypatch.setattr(nodes, "are_outgrown", lambda db: True)
    index.tidy()
    assert 999 in index.find(parse("ш")).serials()
    monkeypatch.setattr(nodes, "made", made)
    index.tidy()
    assert 999 in index.find(parse("ш")).serials()
    other.close()
