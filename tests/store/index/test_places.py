"""Whatever comes in between, everything stands in the order of its text."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import folding
from store.index import places
from store.index.places import Id, Line

TABLE = "create table line(place integer primary key, text text not null, id integer not null unique)"


class Held:
    """A line whose places lie in a table, where no two can be the same."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.execute(TABLE)
        self.moved = 0
        self.line = Line(self.db, "select place, text, id from line where id >= ?", ("0",), self._move, column="place")

    def put(self, text: str, what: int) -> None:
        self.db.execute("insert into line values(?, ?, ?)", (self.line.free(text, what), text, what))

    def told(self) -> list[tuple[str, int]]:
        rows = self.db.execute("select text, id from line order by place")
        return [(folding.sort_key(text), what) for text, what in rows]

    def _move(self, what: Id, place: int, target: int) -> None:
        cursor = self.db.execute("update line set place = ? where id = ? and place = ?", (target, what, place))
        assert cursor.rowcount == 1
        self.moved += 1


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """So little room that neighbours must soon be spread."""
    for name, size in (("GAP", 8), ("FIRST", 64), ("_ROOM", 2)):
        monkeypatch.setattr(places, name, size)


@pytest.mark.usefixtures("narrow")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("абвіїєґ ", max_size=4), max_size=60))
def test_any_texts_stand_in_their_order(texts: list[str]) -> None:
    held = Held()
    for what, text in enumerate(texts):
        held.put(text, what)
        assert held.told() == sorted(held.told())
    assert len(held.told()) == len(texts)


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("way", ["last", "first", "between"])
def test_room_is_made_where_many_come_to_one_place(way: str) -> None:
    held = Held()
    held.put("а", 0)
    held.put("я", 1)
    for number in range(300):
        # Names that come before, behind or between all others each time.
        letters = {"last": "яя" + "я" * number, "first": "а" + " " * 0, "between": "м"}[way]
        held.put(letters, 1_000 - number if way != "last" else 2 + number)
    assert held.told() == sorted(held.told()) and len(held.told()) == 302
    assert (held.moved > 0) is (way != "last")


def test_with_room_nobody_is_moved() -> None:
    held = Held()
    for what, text in enumerate("мгубя"):
        held.put(text, what)
    assert held.told() == sorted(held.told()) and not held.moved
