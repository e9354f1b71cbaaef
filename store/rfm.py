"""Segments of clients by how lately they bought (R) and how often and how much (FM).

R and FM are scores from 1 (worst) to 5. The names and their places on the R-FM plane are those of Putler's RFM
segments (https://www.putler.com/rfm-analysis/), whose areas overlap; here each of the 25 pairs belongs to one
segment, as in the partition in common use. A client without kept purchases has no scores and no segment.
"""

from collections.abc import Iterable, Mapping


def _area(recency: Iterable[int], worth: Iterable[int]) -> frozenset[tuple[int, int]]:
    worths = tuple(worth)
    return frozenset((r, fm) for r in recency for fm in worths)


SEGMENTS: Mapping[str, frozenset[tuple[int, int]]] = {
    "champions": _area((5,), (4, 5)),
    "loyal": _area((3, 4), (4, 5)),
    "potential_loyalists": _area((4, 5), (2, 3)),
    "new": _area((5,), (1,)),
    "promising": _area((4,), (1,)),
    "need_attention": _area((3,), (3,)),
    "about_to_sleep": _area((3,), (1, 2)),
    "at_risk": _area((1, 2), (3, 4)),
    "cant_lose": _area((1, 2), (5,)),
    "hibernating": _area((1, 2), (1, 2)),
}
"""Segment -> its pairs of scores (R, FM)."""
