"""Whose names begin with just these letters: in the order of names they stand side by side, and nobody else there.

A skeleton takes letters together that people tell apart: who types `ще` means Shcherbak before the Shevchenkos, who
types `ів` not those who are written with `и`.
"""

from store import folding
from store.index.docs import NOBODY, Docs
from store.index.places import GAP
from store.index.sets import Sets
from store.index.slices import within
from store.index.terms import RANK

_LAST = "\U0010ffff"
"""Behind every letter of a sort key."""


def begun_with(sets: Sets, docs: Docs, letters: str) -> Docs:
    """Of these, whose listed names begin with the letters as they are written, large or small."""
    if not (key := folding.sort_key(letters)):
        return NOBODY
    end = sets.last_rank + 1
    first, behind = _place_of(sets, key, end), _place_of(sets, key + _LAST, end)
    return within(sets.slices(RANK), docs, first, behind - 1) if first < behind else NOBODY


def _place_of(sets: Sets, key: str, end: int) -> int:
    """A rank behind which nobody stands whose sort key is less, and before which everybody's is."""
    low, high = 0, end
    # Always of the same whole: the first steps are then always the same, and their rows are known.
    while high - low > GAP:
        middle = (low + high) // 2
        found = sets.named_from(middle)
        if found is None or found[1] >= key:
            high = middle
        else:
            low = found[0] + 1
    # Between the two are hardly ever more than a few.
    while (found := sets.named_from(low)) is not None and found[1] < key:
        low = found[0] + 1
    return low
