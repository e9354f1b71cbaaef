"""The queries of the benchmarks are drawn alike every time, and what they could mean is counted by brute force."""

from collections import Counter
from collections.abc import Iterator

import pytest

from store.demo import fill
from store.door import Store, open_store
from tests.bench.bench_filters import EACH, ORDERS, combinations
from tests.bench.bench_found import alternatives
from tests.bench.queries import SEEDS, Asked, contact, person, prefixes, queries
from tests.bench.timing import percentile

CLIENTS = 400


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("bench") / "store", operator="bench", create=True) as opened:
        fill(opened, CLIENTS)
        yield opened


@pytest.fixture(scope="module")
def asked(store: Store) -> list[Asked]:
    return queries(store, CLIENTS, SEEDS[0])


def test_the_same_seed_asks_the_same_and_another_asks_otherwise(store: Store, asked: list[Asked]) -> None:
    assert queries(store, CLIENTS, SEEDS[0]) == asked
    assert queries(store, CLIENTS, SEEDS[1]) != asked


def test_there_are_as_many_queries_of_each_kind_as_is_said(asked: list[Asked]) -> None:
    assert len(asked) == 235
    counts = Counter(each.kind for each in asked)
    assert (counts["typo"], counts["phone"], counts["layout"], counts["account"]) == (60, 28, 15, 4)
    assert sum(1 for _ in prefixes(asked)) == sum(len(each.line) - each.line.startswith(" ") for each in asked)


def test_what_is_typed_in_another_layout_or_with_a_slip_is_not_what_was_meant(asked: list[Asked]) -> None:
    for each in asked:
        if each.kind in ("layout", "typo"):
            last = dict(each.meant.names)["last_name"]
            assert not each.line.startswith(f"{last} "), each


def test_a_romanised_name_is_latin(asked: list[Asked]) -> None:
    assert all(each.line.replace(" ", "").isascii() for each in asked if each.kind == "romanised")


def test_whom_a_query_could_mean_is_counted_over_all_cards(store: Store, asked: list[Asked]) -> None:
    counts = alternatives(store, [each.meant for each in asked])
    assert min(counts) >= 1, "everyone who was meant fits what was meant"
    documents = [card.document for card in store.cards()]
    for each, count in zip(asked, counts, strict=True):
        if each.meant.names:
            fits = [d for d in documents if all(person(d, field).startswith(text) for field, text in each.meant.names)]
            assert count == len(fits), each
        elif each.meant.email and "@" in each.meant.email[1:]:
            assert count >= sum(contact(d, "email").startswith(each.meant.email) for d in documents), each


def test_every_combination_of_filters_is_understood_and_every_order_is_asked_both_ways(store: Store) -> None:
    drawn = combinations(store, CLIENTS)
    assert drawn == combinations(store, CLIENTS)
    assert Counter(each.sort for each in drawn) == {f"{way}{order}": EACH for order in ORDERS for way in ("", "-")}
    for each in drawn:
        assert store.find(each.line, sort=each.sort).query.problems == ()


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert (percentile(values, 50), percentile(values, 95), percentile(values, 100)) == (51, 96, 100)
