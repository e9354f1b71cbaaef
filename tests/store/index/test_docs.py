"""Sets of clients behave as sets, however they are held."""

from array import array
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from store.index.docs import FEW, Docs, mark, marked, members

serials = st.sets(st.integers(0, 3_000)) | st.tuples(st.integers(0, 2_000), st.integers(1, 3)).map(
    lambda pair: set(range(pair[0], pair[0] + 2 * FEW, pair[1]))
)


def held(found: set[int], how: int) -> Docs:
    """The same set as a few, as bytes (some of them empty at the end), or as an integer."""
    match how:
        case 0:
            return Docs(found)
        case 1:
            return Docs(raw=bytes(marked(found)) + b"\0\0")
        case _:
            return Docs(bits=sum(1 << serial for serial in found))


ways = st.integers(0, 2)


@given(serials, serials, ways, ways)
def test_joining_is_that_of_sets(first: set[int], second: set[int], how: int, other: int) -> None:
    one, two = held(first, how), held(second, other)
    assert list(one & two) == sorted(first & second)
    assert list(one | two) == sorted(first | second)
    assert list(one - two) == sorted(first - second)
    assert (one == two) is (first == second)


@given(serials, st.lists(st.integers(0, 5_000)), ways)
def test_asking_is_that_of_sets(found: set[int], asked: list[int], how: int) -> None:
    docs = held(found, how)
    assert len(docs) == len(found) and bool(docs) is bool(found)
    assert [serial in docs for serial in asked] == [serial in found for serial in asked]
    assert docs.among(asked) == [serial for serial in asked if serial in found]
    assert hash(docs) == hash(Docs(found))


@given(serials, ways)
def test_a_set_is_the_same_as_bytes_and_as_an_integer(found: set[int], how: int) -> None:
    docs = held(found, how)
    assert set(members(docs.raw)) == found
    assert docs.bits == sum(1 << serial for serial in found)


@given(st.sampled_from((1, 50, 1_199, 1_200, 3_000)), st.integers(0, 99), st.sets(st.integers(0, 5_000), max_size=40))
def test_many_serials_are_marked_at_once_as_one_by_one(many: int, seed: int, there: set[int]) -> None:
    offsets = Random(seed).choices(range(4_000), k=many)
    raw = marked(there).ljust(1_300, b"\0")
    mark(raw, 8 * 61, array("H", offsets))
    assert members(bytes(raw)) == sorted(there | {8 * 61 + offset for offset in offsets})
