"""A line is read as the tree it was written from, and finds whoever a walk over all documents finds."""

import datetime
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store.door import Store
from store.query import Target, parse
from tests.store.query import brute, trees
from tests.store.query.crowd import SCHEMA, TODAY, documents, store_of

DOCUMENTS = documents(120)
SAID = trees.said_on(DOCUMENTS, SCHEMA, TODAY)

queries = trees.queries(SAID, SCHEMA)
conditions = trees.conditions(SAID, SCHEMA)


@given(queries)
def test_a_line_is_read_as_it_was_meant(asked: trees.Asked) -> None:
    query = parse(asked.line, SCHEMA, TODAY)
    assert not query.problems
    assert query.root == asked.node, asked.line


@given(conditions)
def test_every_filter_is_read_as_it_was_meant(asked: trees.Asked) -> None:
    query = parse(asked.line, SCHEMA, TODAY)
    assert not query.problems, asked.line
    assert query.root == asked.node, asked.line


numbers = st.integers(-(10**30), 10**30) | st.integers(-10_000, 10_000)
filters = st.builds(
    "{}:{}{}{}".format,
    st.sampled_from(["age", "birthday", "spent", "created", "last_purchase", "task", "number", "phone", "номер"]),
    st.sampled_from(["", "<", ">=", "..", "5..", "2026-02-30.."]),
    numbers,
    st.sampled_from(["", "d", "м", "w", "y", "..", "..7d", "..-1", ".02"]),
)


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from('абІ:"-. ><=orабо0123456789cityagspentв'), max_size=40).map("".join)
    | filters
)
@example("age:-9000")
@example("age:..-9000")
def test_no_line_is_ever_refused(line: str) -> None:
    query = parse(line, SCHEMA, TODAY)
    query.other_layouts()
    assert all(form for word in query.words for form in word.forms)
    assert all(0 <= mistake.start <= mistake.end <= len(query.line) for mistake in query.problems)


class Crowd:
    """A store and its cards as read from its files."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.cards = list(store.cards(range(1, len(DOCUMENTS) + 1)))

    def walked(self, line: str) -> set[int]:
        query = parse(line, SCHEMA, TODAY)
        return {card.serial for card in self.cards if brute.finds(query, card, SCHEMA, TODAY)}

    def found(self, line: str) -> set[int]:
        return {row.serial for row in self.store.find(line, limit=200).rows(0, 200) if not row.group}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    store = store_of(tmp_path_factory.mktemp("crowd") / "store", DOCUMENTS)
    yield Crowd(store)
    store.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much])
@given(queries, st.sampled_from(["", "", " in:trash"]))
def test_whoever_is_found_is_whoever_a_walk_over_all_documents_finds(
    crowd: Crowd, asked: trees.Asked, place: str
) -> None:
    line = asked.line + place
    assert crowd.found(line) == crowd.walked(line)


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles", "Europe/Kyiv"])
def test_moments_are_asked_by_the_days_of_the_operator(
    crowd: Crowd, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Cards are made at half past nine in the evening of UTC: that is another day in the east.
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        days = {brute.figure(Target("created"), card.document, TODAY)[0] for card in crowd.cards if not card.trashed}
        for day in sorted(days)[:5]:
            line = f"created:{datetime.date.fromordinal(day)}"
            assert crowd.found(line) == crowd.walked(line) != set(), line
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_walk_finds_somebody_by_every_kind_of_filter(crowd: Crowd) -> None:
    """A law over queries that find nobody would hold of anything."""
    for line in LINES:
        assert 0 < len(crowd.walked(line)) < len(crowd.cards), line


def test_every_kind_of_filter_finds_whoever_a_walk_finds(crowd: Crowd) -> None:
    for line in LINES:
        assert crowd.found(line) == crowd.walked(line), line


LINES = (
    *("age:30..50", "birthday:липень", "spent:>10000", "bought:0", "bought:>3", "last_purchase:>90d"),
    *("last_purchase:<30d", "first_purchase:2026", "last_contact:<60d", "created:<90d", "task:overdue"),
    *("task:open", "task:<14d", "task:today", "has:consent", "no:consent", "consent:marketing", "completeness:>60"),
    *("no:email", "has:viber", "-has:purchases", "city:київ", 'city:"Кривий"', "tag:vip", 'tag:"дніпро-схід"'),
    *("status:delivered", "currency:USD", "sex:ж", "done:yes", "pets.calm:no", "pets.weight:>4", "pets.price:<100"),
    *("pets.born:2020", "pets.chipped:2026", "nick:мурчик", 'nick:"Мурчик Другий"', "кличка:рекс or nick:rex"),
    *("colours:чорний", 'colours:"чорно-білий"', 'habits:"кличе гав"', "vet_email:klinika", "page:murchyk"),
    *("vet_phone:380", "chip:8040981", "species:собака", "email:gmail", "loyalty:2", "due:<30d"),
    *("identifiers.until:>today", "rating:4..5", "feedback.kind:скарга", "шевч or бойк", "-київ", "no:birth_date"),
    *("has:birth_date", "likes:чай", "has:pets", "телефон:380 -телефон:38067"),
)
