"""Sets of clients are the same as serials, as offsets and as plain bitmaps."""

from array import array
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from store.index.docs import Docs, bitmap_of, docs_of, docs_of_bitmap, docs_of_containers

CHUNK = 1 << 16


def drawn(chunks: dict[int, int], seed: int) -> set[int]:
    """Of each of these stretches of 65,536 serials so many, drawn by chance."""
    draw = Random(seed)
    return {key * CHUNK + each for key, count in chunks.items() for each in draw.sample(range(CHUNK), count)}


several = st.sets(st.integers(0, 3_000)) | st.builds(
    drawn,
    st.dictionaries(st.integers(0, 3), st.sampled_from((1, 4_095, 4_096, 4_097, 61_439, 61_440, CHUNK)), max_size=2),
    st.integers(0, 9),
)


@given(several)
@example({0})
@example(set(range(CHUNK)))
@example({*range(CHUNK), 3 * CHUNK})
def test_a_set_is_the_same_as_a_bitmap_and_as_serials(serials: set[int]) -> None:
    bits = bytearray(max(serials, default=-1) // 8 + 1)
    for serial in serials:
        bits[serial >> 3] |= 1 << (serial & 7)
    assert bitmap_of(docs_of(serials)) == bytes(bits)
    assert docs_of_bitmap(bytes(bits)) == docs_of(serials) == Docs(serials)
    assert list(docs_of_bitmap(bytes(bits) + b"\0\0")) == sorted(serials)


@given(several, several)
def test_what_was_a_bitmap_joins_as_sets_do(first: set[int], second: set[int]) -> None:
    one, two = docs_of_bitmap(bitmap_of(docs_of(first))), docs_of(second)
    assert set(one & two) == first & second
    assert set(one | two) == first | second
    assert set(one - two) == first - second
    assert bitmap_of(one | two) == bitmap_of(docs_of(first | second))


@given(st.dictionaries(st.integers(0, 40), st.sets(st.integers(0, CHUNK - 1), min_size=1, max_size=60), max_size=6))
def test_offsets_lie_as_those_of_containers_do(held: dict[int, set[int]]) -> None:
    found = docs_of_containers({key: array("H", sorted(offsets)).tobytes() for key, offsets in held.items()})
    wanted = {key * CHUNK + offset for key, offsets in held.items() for offset in offsets}
    assert found == docs_of(wanted) and list(found) == sorted(wanted)
    assert list(found | docs_of([7])) == sorted(wanted | {7})


def test_a_container_holds_as_many_offsets_as_it_may() -> None:
    offsets = array("H", range(3, 3 + 16 * 4_096, 16)).tobytes()
    assert list(docs_of_containers({2: offsets})) == [2 * CHUNK + offset for offset in range(3, 3 + 16 * 4_096, 16)]
