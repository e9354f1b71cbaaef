"""A list sorted by bits is the list sorted by numbers."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.index import slices
from store.index.docs import Docs
from store.index.slices import Order, bits_of, place_of, window, within
from store.index.terms import BITS, OFFSET

Values = dict[int, int]

numbers = st.integers(-20, 20) | st.integers(-OFFSET + 1, OFFSET - 1)
values = st.dictionaries(st.integers(0, 300), numbers, max_size=80)
lists = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def parting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let also short lists be parted by bits."""
    monkeypatch.setattr(slices, "_SMALL", 2)


def sliced(held: Values) -> dict[int, Docs]:
    found: dict[int, set[int]] = {}
    for serial, number in held.items():
        for term in bits_of("01", number):
            found.setdefault(int(term[3:]), set()).add(serial)
    return {bit: Docs(serials) for bit, serials in found.items()}


def order(held: Values, descending: bool = False) -> Order:
    return Order(sliced(held), Docs(held), descending)


def key(held: Values, descending: bool) -> Callable[[int], Any]:
    """Those without a value come last, whichever way it is turned."""
    return lambda serial: (serial not in held, (-held[serial] if descending else held[serial]) if serial in held else 0)


@given(values, st.none() | numbers, st.none() | numbers)
def test_a_span_holds_who_has_a_value_in_it(held: Values, least: int | None, most: int | None) -> None:
    inside = {
        serial
        for serial, number in held.items()
        if (least is None or number >= least) and (most is None or number <= most)
    }
    assert set(within(sliced(held), Docs(held), least, most)) == inside


@lists
@given(values, values, st.sets(st.integers(0, 300)), st.booleans(), st.booleans(), st.data())
def test_a_window_is_what_sorting_all_would_show(
    first: Values, second: Values, more: set[int], down: bool, up: bool, data: st.DataObject
) -> None:
    everybody = sorted({*first, *more})
    wanted = sorted(everybody, key=lambda serial: (key(first, down)(serial), key(second, up)(serial), serial))
    orders = [order(first, down), order(second, up)]
    start, count = data.draw(st.integers(0, len(everybody))), data.draw(st.integers(0, 40))
    assert window(Docs(everybody), orders, start, count) == wanted[start : start + count]
    assert [place_of(serial, Docs(everybody), orders) for serial in wanted] == list(range(len(wanted)))


@given(values)
def test_numbers_come_back_as_they_were(held: Values) -> None:
    assert order(held).numbers(held) == held


def test_who_is_not_in_a_list_has_no_place() -> None:
    assert place_of(3, Docs([1, 2]), [order({1: 5, 2: 4, 3: 1})]) is None


def test_greater_numbers_count_as_the_greatest() -> None:
    assert bits_of("01", 1 << 60) == bits_of("01", OFFSET - 1)
    # Whoever has no bit has no number.
    assert bits_of("01", -(1 << 60)) == bits_of("01", 1 - OFFSET) != []
    assert len(bits_of("01", OFFSET - 1)) == BITS
