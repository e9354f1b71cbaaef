"""Sets are remembered while there is room; what is asked for again and again stays when others are let go of."""

from collections.abc import Sequence

from store.index.cache import Cache
from store.index.docs import Docs, docs_of
from store.index.listing import Listed
from store.index.tables import ListRow

EVEN = docs_of(range(0, 2_000_000, 2))
"""Of a quarter of a megabyte."""


def test_what_is_asked_for_again_is_not_read_again_however_many_others_are() -> None:
    cache = Cache(1, 0)
    read: list[str] = []

    def reading(key: str) -> Docs:
        read.append(key)
        return EVEN

    for number in range(200):
        cache.docs("again", reading)
        cache.docs(f"once {number}", reading)
    assert read.count("again") == 1
    cache.docs("once 199", reading)
    assert read.count("once 199") == 1
    cache.docs("once 0", reading)
    assert read.count("once 0") == 2


def test_so_are_the_bits_of_a_field() -> None:
    cache = Cache(1, 0)
    read: list[str] = []

    def reading(code: str) -> dict[int, Docs]:
        read.append(code)
        return {0: EVEN, 1: EVEN}

    for number in range(100):
        cache.slices("rk", reading)
        cache.slices(f"{number}", reading)
    assert read.count("rk") == 1
    cache.slices("0", reading)
    assert read.count("0") == 2


def test_rows_are_let_go_of_when_they_are_many_and_none_is_missing_then() -> None:
    cache = Cache(1, 0)
    read: list[int] = []

    def reading(serials: Sequence[int]) -> dict[int, Listed]:
        read.extend(serials)
        return {serial: (serial, ListRow(serial, "", "", "", "", (), False, "")) for serial in serials}

    cache.rows(range(5_000), reading)
    assert [*cache.rows([1, 6_000], reading)] == [1, 6_000]
    assert read[5_000:] == [1, 6_000]
    cache.rows([1, 2], reading)
    assert read[5_002:] == [2]
