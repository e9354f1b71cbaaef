"""Ordered numbers of all clients, one bitmap a bit: spans and sorted windows without looking at a single client.

Bit-sliced index: P. O'Neil and D. Quass, "Improved Query Performance with Variant Indexes", SIGMOD 1997. A number
(`terms.unsigned`) is kept as its bits, each a set of clients. A span is a walk from the highest bit to the lowest
that keeps who is still equal; a window of a sorted list is a walk that parts the clients by each bit and leaves out
whole parts that lie before or behind the window.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.index.docs import NOBODY, Docs, docs_of
from store.index.rows import BUNDLE, bits_in
from store.index.terms import BITS, OFFSET, unsigned

Slices = Mapping[int, Docs]
"""Bit -> who has it; a bit that nobody has is left out."""

_SMALL = 16
"""So few clients are put in order by their values instead of being parted further."""


def slices_term(code: str) -> str:
    """The term of the bundles of a field's bits (`store.index.rows`)."""
    return f"{BUNDLE}{code}"


def bits_of(code: str, number: int) -> list[str]:
    """What tells a number, bit by bit: for the prints of a check."""
    return [bit_name(slices_term(code), bit) for bit in bits_in(unsigned(number))]


def bit_name(term: str, bit: int) -> str:
    """What tells a bit of a field."""
    return f"{term}{bit:02}"


def within(slices: Slices, everybody: Docs, least: int | None, most: int | None) -> Docs:
    """Who of everybody, all of whom have a value, has one in the span."""
    found = everybody
    if most is not None:
        found = found - _above(slices, everybody, unsigned(most))
    if least is not None:
        found = found & _above(slices, everybody, unsigned(least) - 1)
    return found


def _above(slices: Slices, everybody: Docs, limit: int) -> Docs:
    """Who of everybody has a value greater than the limit."""
    if limit < 0:
        return everybody
    above: list[Docs] = []
    equal = everybody
    for bit in range(BITS - 1, -1, -1):
        held = slices.get(bit)
        if limit >> bit & 1:
            equal = equal & held if held else NOBODY
        elif held:
            above.append(equal & held)
            equal = equal - held
        if not equal:
            break
    return NOBODY.union(*above)


@dataclass(frozen=True)
class Order:
    """One thing a list is sorted by."""

    slices: Slices
    present: Docs
    """Who has a value; the others come last, whichever way it is turned."""
    descending: bool = False

    def numbers(self, serials: Iterable[int]) -> dict[int, int]:
        """The ordered numbers of clients, 0 for none."""
        held = dict.fromkeys(serials, 0)
        asked = docs_of(held)
        for bit, docs in self.slices.items():
            size = 1 << bit
            for serial in docs & asked:
                held[serial] += size
        return {serial: value - OFFSET if value else 0 for serial, value in held.items()}

    def values(self, serials: Iterable[int]) -> dict[int, int]:
        """The values of clients as they sort, smaller first."""
        held = self.numbers(serials)
        last = 1 << BITS
        return {
            serial: last if serial not in self.present else -value if self.descending else value
            for serial, value in held.items()
        }


def least(several: Sequence[tuple[Sequence[Slices], Docs]]) -> tuple[list[Slices], Docs]:
    """Of several ordered numbers that a client may have, the least.

    Args:
        several: Each as its slices, those of its highest bits first, and who has it; all of as many slices.

    Returns:
        The least of each, likewise, and who has any.
    """
    (first, having), *others = several
    chosen = list(first)
    for numbers, present in others:
        # From the highest bit on: where the two differ first, the one without the bit is the lesser.
        taken = present - having
        equal = present & having
        for mine, theirs in zip(chosen, numbers, strict=True):
            for bit in sorted({*mine, *theirs}, reverse=True):
                held, other = mine.get(bit, NOBODY), theirs.get(bit, NOBODY)
                taken = taken | equal & (held - other)
                equal = equal - (held ^ other)
        having = having | present
        kept = having - taken
        chosen = [
            {bit: mine.get(bit, NOBODY) & kept | theirs.get(bit, NOBODY) & taken for bit in {*mine, *theirs}}
            for mine, theirs in zip(chosen, numbers, strict=True)
        ]
    return chosen, having


def sort_keys(serials: Sequence[int], orders: Sequence[Order]) -> dict[int, tuple[int, ...]]:
    """What a few clients are sorted by."""
    keys = [order.values(serials) for order in orders]
    return {serial: tuple([key[serial] for key in keys]) for serial in serials}


def arranged(serials: Sequence[int], orders: Sequence[Order]) -> list[int]:
    """A few clients, sorted."""
    return sorted(serials, key=sort_keys(serials, orders).__getitem__)


def window(
    docs: Docs,
    orders: Sequence[Order],
    start: int,
    count: int,
    arrange: Callable[[Sequence[int], Sequence[Order]], list[int]] = arranged,
) -> list[int]:
    """The clients at places `start` to `start + count` of a list sorted by the orders, the first deciding first.

    Args:
        docs: Who is in the list.
        orders: What it is sorted by.
        start: The first place, from 0.
        count: How many places.
        arrange: What sorts a few clients by the orders.
    """
    if len(docs) <= _SMALL:
        return arrange(list(docs), orders)[start : start + count]
    # Those with a value come first; then a lesser bit is before a greater one, unless turned round.
    steps = [
        (order.present if bit < 0 else order.slices[bit], bit < 0 or order.descending)
        for order in orders
        for bit in (-1, *sorted(order.slices, reverse=True))
    ]
    # What is yet to be looked at, the nearest part last: its clients, how many, and the step that parts it next.
    waiting = [(docs, len(docs), 0)]
    # The parts that are not parted further, each wholly before the next, and how many are in them.
    parted: list[Docs] = []
    gathered, skip = 0, start
    while waiting and gathered < skip + count:
        held, size, step = waiting.pop()
        if not parted and size <= skip:
            skip -= size
            continue
        while size > _SMALL and step < len(steps):
            mask, is_first = steps[step]
            step += 1
            ones = held.intersection_cardinality(mask)
            if not 0 < ones < size:
                continue
            nearer = ones if is_first else size - ones
            # Of a part nothing is made that lies wholly before the window, or behind it.
            if not parted and nearer <= skip:
                skip -= nearer
                held, size = (held - mask if is_first else held & mask), size - nearer
                continue
            if gathered + nearer < skip + count:
                waiting.append((held - mask if is_first else held & mask, size - nearer, step))
            held, size = (held & mask if is_first else held - mask), nearer
        parted.append(held)
        gathered += size
    return arrange(list(NOBODY.union(*parted)), orders)[skip : skip + count]


def place_of(serial: int, docs: Docs, orders: Sequence[Order]) -> int | None:
    """Where a client stands in the sorted list, from 0; None where it is not in it."""
    if serial not in docs:
        return None
    before, equal = standing(serial, docs, orders)
    return before + equal.rank(serial) - 1


def standing(serial: int, docs: Docs, orders: Sequence[Order]) -> tuple[int, Docs]:
    """How many of the list, which it is in, stand before a client, and who stands where it does."""
    before = 0
    equal = docs
    for order in orders:
        if serial not in order.present:
            before += equal.intersection_cardinality(order.present)
            equal = equal - order.present
            continue
        equal = equal & order.present
        for bit in sorted(order.slices, reverse=True):
            mask = order.slices[bit]
            held = equal & mask
            if serial in mask:
                if not order.descending:
                    before += len(equal) - len(held)
                equal = held
            else:
                if order.descending:
                    before += len(held)
                equal = equal - mask
    return before, equal
