"""Values are counted as one would by hand, and suggested by their beginnings."""

from collections import Counter

import pytest

from store.card import Card, rows
from store.index import Index
from store.index.facets import Facet
from store.query import Target
from tests.store.index.conftest import Client, parse, put
from tests.store.index.people import cards

CROWD = list(cards(250, seed=5))


@pytest.fixture
def crowd(index: Index) -> Index:
    put(index, CROWD)
    return index


def values(card: Card, key: str) -> set[str]:
    section, _, field = key.partition(".")
    found: set[str] = set()
    for row in rows(card.document, section):
        value = row.get(field)
        found.update(value if isinstance(value, list) else [value] if value else [])
    return found


@pytest.mark.parametrize("line", ["", "город:київ", "бой", "-tag:vip", "шевч"])
@pytest.mark.parametrize("key", ["addresses.city", "tags.tags", "person.sex", "purchases.status", "person.company"])
def test_values_among_those_found_are_counted(crowd: Index, line: str, key: str) -> None:
    found = crowd.find(parse(line))
    among = set(found.serials())
    counted = Counter(value for card in CROWD if card.serial in among for value in values(card, key))
    told = crowd.facets(parse(line), Target(key), 100)
    assert {facet.value: facet.count for facet in told} == counted
    assert [facet.count for facet in told] == sorted(counted.values(), reverse=True)
    assert crowd.facets(parse(line), Target(key), 2) == told[:2]


@pytest.mark.parametrize("line", ["олен", "бой", "шевчнко", "іва оле", "067", "олен -vip", '"олена"'])
@pytest.mark.parametrize(("key", "name"), [("addresses.city", "city"), ("person.sex", "sex"), ("tags.tags", "tag")])
def test_a_value_that_is_chosen_lists_as_many_as_were_counted(crowd: Index, line: str, key: str, name: str) -> None:
    listed = set(crowd.find(parse(line)).serials())
    for facet in crowd.facets(parse(line), Target(key), 100):
        chosen = crowd.find(parse(f'{line} {name}:"{facet.value}"'))
        assert chosen.total == facet.count, facet
        assert set(chosen.serials()) <= listed


def test_a_filter_never_adds_to_a_list(index: Index, client: Client) -> None:
    olenas = [client(n, "Бойко", "Олена", city="Київ" if n % 2 else "Львів") for n in range(1, 56)]
    put(index, [*olenas, client(60, "Зеленоленко", "Ян", city="Київ"), client(61, "Приолена", "Яна", city="Суми")])
    assert index.find(parse("олена")).total == 55
    assert index.find(parse("олена city:Київ")).total == 28
    assert index.find(parse("олена -city:Київ")).total == 27
    assert [phase.how for phase in index.find(parse("олена city:Суми")).phases] == ["", "part"]


@pytest.mark.parametrize("key", ["interactions.text", "purchases", "contacts.value", "identifiers.value"])
def test_of_other_fields_it_is_counted_who_has_any(crowd: Index, key: str) -> None:
    section, _, field = key.partition(".")
    has = sum(any(row.get(field) if field else row for row in rows(card.document, section)) for card in CROWD)
    told = {facet.value: facet.count for facet in crowd.facets(parse(""), Target(key))}
    assert told == {value: count for value, count in (("has", has), ("no", len(CROWD) - has)) if count}


@pytest.mark.parametrize("beginning", ["", "к", "кри", "Крив", "вин"])
def test_values_are_suggested_by_their_beginnings(crowd: Index, beginning: str) -> None:
    counted = Counter(value for card in CROWD for value in values(card, "addresses.city"))
    wanted = {
        value: count
        for value, count in counted.items()
        if value.casefold().replace("і", "и").startswith(beginning.casefold())
    }
    assert dict(crowd.values(Target("addresses.city"), beginning, 100)) == wanted


def test_values_of_clients_in_the_trash_are_not_suggested(index: Index, client: Client) -> None:
    put(index, [client(1, "Бойко", city="Київ"), client(2, "Коваль", city="Суми", trashed=True)])
    assert index.values(Target("addresses.city"), "") == [("Київ", 1)]
    assert index.facets(parse("in:trash"), Target("addresses.city")) == [Facet("Суми", 1)]
