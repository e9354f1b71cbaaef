"""Whose name begins with the letters that were typed comes before whose letters are only taken for the same."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import folding
from store.card import Card
from store.index import Index
from store.index.docs import docs_of
from store.index.initials import begun_with
from store.index.places import GAP
from tests.store.index.conftest import SCHEMA, Client, found, parse, put

LETTERS = "гґхиіїйеєэёшщцяюГІЩsh"
NAMES = [first + second for first in LETTERS for second in ("", *LETTERS.lower())]


@pytest.fixture(scope="module")
def all_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = Index.open(tmp_path_factory.mktemp("initials") / "index.sqlite3", SCHEMA)
    put(index, [card(serial, name) for serial, name in enumerate(NAMES, 1)])
    yield index
    index.close()


def card(serial: int, name: str) -> Card:
    return Card(serial, {"number": f"K-{serial}-7", "uid": f"u{serial}", "person": {"last_name": name}})


def test_those_whose_letters_are_the_typed_ones_come_first(index: Index, client: Client) -> None:
    names = [*(f"Гарбуз{n:02}" for n in range(30)), *(f"Харитенко{n:02}" for n in range(5))]
    put(index, [client(serial, name) for serial, name in enumerate(names, 1)])
    assert found(index, "хар")[:6] == [f"Харитенко{n:02}" for n in range(5)] + ["Гарбуз00"]
    assert found(index, "гар")[:6] == [f"Гарбуз{n:02}" for n in range(6)]
    assert len(found(index, "хар")) == 35
    assert found(index, "-юрій хар")[0] == "Харитенко00"


@given(st.text(LETTERS, min_size=1, max_size=3))
def test_it_is_them_whose_names_begin_so_and_nobody_else(all_names: Index, letters: str) -> None:
    with all_names._asking(parse("")) as asking:
        begun = begun_with(asking, asking.everybody, letters)
        named = {row.name for _, row in asking.listed(list(begun)).values()}
    assert named == {name for name in NAMES if folding.sort_key(name).startswith(folding.sort_key(letters))}


def test_where_names_stand_close_together_nobody_is_passed_over(index: Index, client: Client) -> None:
    for serial in range(1, 60):
        put(index, [client(serial, f"Гук{serial * 37 % 60:02}", "Ян")])
    with index._asking(parse("")) as asking:
        for number in range(60):
            begun = begun_with(asking, asking.everybody, f"гук{number:02}")
            assert len(begun) == (number != 0)
        assert begun_with(asking, asking.everybody, "гу") == asking.everybody
        assert not begun_with(asking, asking.everybody, "хук") and not begun_with(asking, docs_of([]), "гук")
        assert not begun_with(asking, asking.everybody, "-") and GAP > 60
