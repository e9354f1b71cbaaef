"""How often each value of a field is among those found, and which values a field has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from store import folding
from store.index import segments
from store.index.asking import Asking
from store.index.docs import Docs, docs_of
from store.index.phases import PAGE, other_readings
from store.index.plan import PLACED, WHOLE
from store.index.said import value_of
from store.index.sets import union
from store.index.terms import WRITTEN
from store.query import Query, Target
from store.rfm import SEGMENTS

_MANY = 20_000
"""Of a field with more values than this those that come first in the index are counted: to choose from so many is no
help."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of a field, and how many of those found have it."""

    value: str
    """A choice's code, a text as it was first written, `yes` or `no`; of a section or another field `has` or `no`."""
    count: int


def facets_of(
    asking: Asking, query: Query, target: Target, limit: int, among: Sequence[int] | None = None
) -> list[Facet]:
    """The values of a field among those that are listed on a first page and behind it, the most frequent first."""
    found = union(docs for _, _, docs in other_readings(asking, query, PAGE))
    if among is not None:
        found = found & docs_of(among)
    planned = asking.plan.find(target.key, target.kind)
    if target.key == "rfm":
        counts = [Facet(code, len(docs & found)) for code, docs in segments.members(asking, SEGMENTS)]
    elif planned and all(each.form in WHOLE for each in planned):
        counts = [
            Facet(value, len(docs & found)) for each in planned for value, docs in _values(asking, f"={each.code}")
        ]
    else:
        has = len(asking.having(planned) & found)
        counts = [Facet("has", has), Facet("no", len(found) - has)]
    counts = [facet for facet in counts if facet.count]
    return sorted(counts, key=lambda facet: (-facet.count, folding.sort_key(facet.value)))[:limit]


def values_of(asking: Asking, target: Target, beginning: str, limit: int) -> list[tuple[str, int]]:
    """The values of a field that begin so, and how many clients have each; the most frequent first."""
    counts: list[tuple[str, int]] = []
    wanted = folding.fold(beginning)
    for planned in asking.plan.find(target.key, target.kind):
        if planned.form not in PLACED:
            continue
        # A value is found by the beginning of it and not of each of its words: so much is enough to complete it.
        space = f"={planned.code}{wanted}"
        for value, held in _values(asking, space):
            if docs := held & asking.everybody:
                counts.append((value, len(docs)))
    return sorted(counts, key=lambda pair: (-pair[1], folding.sort_key(pair[0])))[:limit]


def _values(asking: Asking, beginning: str) -> Iterator[tuple[str, Docs]]:
    """The whole values whose terms begin so, and who has each.

    Spellings that count as one (`Григорій`, `Григорий`) are one value, as a filter finds all of them: the usual one.
    """
    terms = islice(asking.postings.each(beginning), _MANY)
    for _, spelled in groupby(terms, lambda found: found[0].partition(WRITTEN)[0]):
        several = list(spelled)
        term, _ = max(several, key=lambda found: len(found[1]))
        yield value_of(term), union(docs for _, docs in several)
