"""Which clients are in which segment by recency, frequency and money, worked out from the sliced numbers.

A score is one more than the fifths of all buyers that a client is ahead of (strictly): with n buyers and m of them
behind, 1 + floor(5 m / n). Frequency and money make one score, their mean, half up. Nobody is looked at one by one:
a score's bounds are values at places of the sorted list.
"""

from collections.abc import Iterable, Iterator

from store.index.docs import NOBODY, Docs
from store.index.sets import Sets, union
from store.index.slices import Order, window, within
from store.query import Present, Test, Whole
from store.rfm import SEGMENTS

_SCORES = range(1, 6)


def members_of(sets: Sets, test: Test) -> Docs:
    """Who is in the segment that is asked for; for `Present`, in any."""
    match test:
        case Present():
            return _buyers(sets)
        case Whole(text) if text in SEGMENTS:
            return next(docs for _, docs in members(sets, [text]))
        case _:
            return NOBODY


def members(sets: Sets, codes: Iterable[str]) -> Iterator[tuple[str, Docs]]:
    """Who is in each of these segments."""
    buyers = _buyers(sets)
    if not buyers:
        yield from ((code, NOBODY) for code in codes)
        return
    recency, frequency, money = (_scores(sets, buyers, key) for key in ("last_purchase", "bought", "spent"))
    worth = {
        mean: union(frequency[f] & money[m] for f in _SCORES for m in _SCORES if (f + m + 1) // 2 == mean)
        for mean in _SCORES
    }
    for code in codes:
        yield code, union(recency[r] & worth[fm] for r, fm in SEGMENTS[code])


def _buyers(sets: Sets) -> Docs:
    return sets.present(sets.plan.code("last_purchase")) & sets.everybody


def _scores(sets: Sets, buyers: Docs, key: str) -> dict[int, Docs]:
    """Score -> who has it."""
    slices = sets.slices(sets.plan.code(key))
    order = Order(slices, buyers)
    count = len(buyers)
    bounds: list[int] = []
    for fifth in range(1, 5):
        (serial,) = window(buyers, [order], -(-fifth * count // 5) - 1, 1)
        bounds.append(order.numbers([serial])[serial])
    above = [buyers, *(within(slices, buyers, bound + 1, None) for bound in bounds), NOBODY]
    return {score: above[score - 1] - above[score] for score in _SCORES}
