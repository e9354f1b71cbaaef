"""Which clients are in which segment by recency, frequency and money, worked out from the sliced numbers.

A score is one more than the fifths of all buyers that a client is ahead of (strictly): with n buyers and m of them
behind, 1 + floor(5 m / n). Frequency and money make one score, their mean, half up. Nobody is looked at one by one:
a score's bounds are values at places of the sorted list.
"""

from typing import TYPE_CHECKING

from store.index.docs import NOBODY, Docs
from store.index.slices import Order, window, within
from store.query import Present, Spans, Test, Whole, Words
from store.rfm import SEGMENTS

if TYPE_CHECKING:
    from store.index.asking import Asking

_SCORES = range(1, 6)


def members_of(asking: "Asking", test: Test) -> Docs:
    """Who is in the segment that is asked for; for `Present`, in any."""
    buyers = _buyers(asking)
    match test:
        case Present():
            return buyers
        case Whole(text) if text in SEGMENTS:
            return segment(asking, text)
        case Whole() | Words() | Spans():
            return NOBODY


def segment(asking: "Asking", code: str) -> Docs:
    """Who is in a segment."""
    buyers = _buyers(asking)
    if not buyers:
        return NOBODY
    recency, frequency, money = (_scores(asking, buyers, key) for key in ("last_purchase", "bought", "spent"))
    found = NOBODY
    for r, fm in SEGMENTS[code]:
        for f in _SCORES:
            for m in _SCORES:
                if (f + m + 1) // 2 == fm:
                    found = found | (recency[r] & frequency[f] & money[m])
    return found


def _buyers(asking: "Asking") -> Docs:
    return asking.present(asking.plan.code("last_purchase")) & asking.everybody


def _scores(asking: "Asking", buyers: Docs, key: str) -> dict[int, Docs]:
    """Score -> who has it."""
    code = asking.plan.code(key)
    slices = asking.slices(code)
    order = Order(slices, buyers)
    count = len(buyers)
    bounds: list[int] = []
    for fifth in range(1, 5):
        (serial,) = window(buyers, [order], -(-fifth * count // 5) - 1, 1)
        bounds.append(order.numbers([serial])[serial])
    above = [buyers, *(within(slices, buyers, bound + 1, None) for bound in bounds), NOBODY]
    return {score: above[score - 1] - above[score] for score in _SCORES}
