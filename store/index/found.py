"""A found list: its first page and count at once, any window of it when asked, in name order or another.

Those whose names hold what was asked come first: who types `шевч` means Shevchenko, not who lives in his street
(`store.index.nearness`).
Who is found only otherwise than as typed comes behind, in phases (`store.index.phases`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from store.index.asking import Asking
from store.index.docs import Docs, docs_of
from store.index.listing import Listed
from store.index.nearness import groups
from store.index.phases import other_readings
from store.index.plan import Planned
from store.index.sets import union
from store.index.slices import Order, place_of, sort_keys, standing, window
from store.index.tables import ListRow, Malformed
from store.index.terms import RANK
from store.query import Query, Sort, Target

_MOST_ALIKE = 500
"""So many cards are read at most to put in order whose texts begin alike; of more their names decide."""

Ask = Callable[[Query], AbstractContextManager[Asking]]
"""Opens the index for one question, and makes of SQLite's errors those of the store."""


@dataclass(frozen=True, slots=True)
class Phase:
    """Those who were found in one way."""

    how: str
    """"" as typed, `part` inside of words, `layout`, `typo`, `language`, `both` of these, `field` that nobody named."""
    query: Query
    """What was really looked for."""
    count: int
    start: int
    """The place of the first of them in the list."""

    @property
    def is_told(self) -> bool:
        """Whether it is told how they were found: not of those who come first as they were typed."""
        return bool(self.count and (self.how or self.start))


class _Stretch(NamedTuple):
    """A stretch of the list that is sorted for itself."""

    docs: Docs
    how: str
    start: int
    by_text: "Sequence[Planned]" = ()
    """The fields whose texts put in order who has the same first letters."""


class Found:
    """The clients a query finds; may be read by several threads.

    What it found stays; a row shows a client as it is when the row is read.
    """

    total: int
    """How many."""

    def __init__(
        self,
        ask: Ask,
        query: Query,
        limit: int,
        sort: Sort,
        among: Sequence[int] | None = None,
        *,
        as_given: bool = False,
    ) -> None:
        """Find.

        Args:
            ask: Opens the index for one question.
            query: What is asked.
            limit: Clients of the first page, which is read at once.
            sort: What the list goes by.
            among: Those of whom it is a list; how the line was meant is told by what it finds among all.
            as_given: Whether those found in one way stand as in `among`.
        """
        self.query = query
        self._ask = ask
        self._sort = sort
        phases: list[Phase] = []
        self._stretches: list[_Stretch] = []
        with ask(query) as asking:
            self.total = 0
            self._state = asking.state
            asked = None if among is None else docs_of(among)
            for how, reading, everybody in other_readings(asking, query, limit):
                docs = everybody if asked is None else everybody & asked
                if not docs and (phases or asked is not None):
                    continue
                phases.append(Phase(how, reading, len(docs), self.total))
                if as_given and among is not None:
                    nearer: Iterable[Docs] = (docs_of([serial]) for serial in among if serial in docs)
                elif sort.target:
                    nearer = (docs,)
                else:
                    nearer = groups(asking, reading, docs, as_typed=how in ("", "layout"))
                for part, by_text in self._parted(asking, filter(None, nearer)):
                    self._stretches.append(_Stretch(part, how, self.total, by_text))
                    self.total += len(part)
            self._page = self._listed(asking, 0, limit)
        self.phases = tuple(phases)

    def rows(self, start: int, count: int) -> list[ListRow]:
        """The clients from place `start` on, counted from 0."""
        if start + count <= len(self._page) or len(self._page) == self.total:
            return self._page[start : start + count]
        with self._ask(self.query) as asking:
            return self._listed(asking, start, count)

    def serials(self) -> list[int]:
        """All of them, in their order."""
        with self._ask(self.query) as asking:
            if self._sort.target:
                return self._ordered(asking, 0, self.total)
            found: list[int] = []
            for stretch in self._stretches:
                # Not by the rows that are shown: those of a million would be remembered.
                named = asking.by_rank(stretch.docs)
                self._expect_all(asking, len(named), len(stretch.docs))
                found += named[::-1] if self._sort.descending else named
            return found

    def position(self, serial: int) -> int | None:
        """Where a client stands in the list, from 0; None where it is not in it."""
        for stretch in self._stretches:
            if serial in stretch.docs:
                with self._ask(self.query) as asking:
                    orders = self._orders(asking)
                    if not stretch.by_text:
                        place = place_of(serial, stretch.docs, orders)
                        return None if place is None else stretch.start + place
                    before, equal = standing(serial, stretch.docs, orders[:-1])
                    alike = self._by_text(asking, stretch.by_text, list(equal), orders[:-1])
                    # Who is gone since has no row any more.
                    return stretch.start + before + alike.index(serial) if serial in alike else None
        return None

    def _listed(self, asking: Asking, start: int, count: int) -> list[ListRow]:
        """The rows from place `start` on."""
        serials = self._ordered(asking, start, count)
        found = self._read(asking, serials)
        return [
            found[serial][1]._replace(group=how) if how else found[serial][1]
            for serial, how in zip(serials, self._hows(start), strict=False)
            if serial in found
        ]

    def _read(self, asking: Asking, serials: Sequence[int]) -> dict[int, Listed]:
        found = asking.listed(serials)
        self._expect_all(asking, len(found), len(serials))
        return found

    def _expect_all(self, asking: Asking, there: int, wanted: int) -> None:
        """Raise Malformed where clients are missing though nothing was saved since they were found."""
        if there < wanted and asking.state == self._state:
            raise Malformed("there is no row of clients that were found")

    def _hows(self, start: int) -> Iterator[str]:
        for stretch in self._stretches:
            for _ in range(max(0, stretch.start + len(stretch.docs) - max(start, stretch.start))):
                yield stretch.how

    def _ordered(self, asking: Asking, start: int, count: int) -> list[int]:
        found: list[int] = []
        for stretch in self._stretches:
            first = max(0, start - stretch.start)
            wanted = min(len(stretch.docs) - first, start + count - stretch.start - first)
            if wanted > 0:
                found += self._window(asking, stretch, first, wanted)
        return found

    def _window(self, asking: Asking, stretch: _Stretch, start: int, count: int) -> list[int]:
        orders = self._orders(asking)
        if stretch.by_text:
            arrange = partial(self._by_text, asking, stretch.by_text)
            return window(stretch.docs, orders[:-1], start, count, arrange)
        if self._sort.target:
            return window(stretch.docs, orders, start, count)
        return window(stretch.docs, orders, start, count, lambda serials, _: self._by_rank(asking, serials))

    def _parted(self, asking: Asking, parts: Iterable[Docs]) -> Iterator[tuple[Docs, Sequence[Planned]]]:
        """Where texts go on behind their numbers: who has one, and apart from them who has none, by their names."""
        target = self._sort.target
        planned = asking.plan.find(target.key, target.kind) if target else []
        by_text = [each for each in planned if asking.slices(each.code)]
        if not by_text or any(each.code not in asking.plan.long for each in by_text):
            yield from ((part, ()) for part in parts)
            return
        having = union(asking.sliced(each.code) for each in by_text)
        for part in parts:
            if named := part & having:
                yield named, by_text
            if rest := part - named:
                yield rest, ()

    def _by_text(
        self, asking: Asking, fields: Sequence[Planned], serials: Sequence[int], orders: Sequence[Order]
    ) -> list[int]:
        """A few clients, sorted; those with the same numbers by their texts, and those of one text by their names."""
        keys = sort_keys(serials, orders)
        held: dict[tuple[int, ...], list[int]] = {}
        for serial in serials:
            held.setdefault(keys[serial], []).append(serial)
        alike = [serial for several in held.values() if 1 < len(several) <= _MOST_ALIKE for serial in several]
        texts = asking.least_texts(fields, alike) if alike else {}
        # As in `serials`: of those who are shown the rows are read by `_listed`.
        found = asking.by_rank(docs_of(serials)) if len(held) < len(serials) else list(serials)
        self._expect_all(asking, len(found), len(serials))
        found.sort(key=lambda serial: texts.get(serial, ""), reverse=self._sort.descending)
        return sorted(found, key=keys.__getitem__)

    def _by_rank(self, asking: Asking, serials: Sequence[int]) -> list[int]:
        found = self._read(asking, serials)
        is_reverse = self._sort.descending and not self._sort.target
        return sorted(found, key=lambda serial: found[serial][0], reverse=is_reverse)

    def _orders(self, asking: Asking) -> Sequence[Order]:
        by_name = Order(asking.slices(RANK), asking.present(RANK), self._sort.descending and not self._sort.target)
        if self._sort.target is None:
            return (by_name,)
        return (*orders_by(asking, self._sort.target, self._sort.descending), by_name)


def orders_by(asking: Asking, target: Target, descending: bool) -> list[Order]:
    """What a list is sorted by that goes by a target."""
    by_form: dict[str, list[Planned]] = {}
    for planned in asking.plan.find(target.key, target.kind):
        # Of the kinds that a value may be of, only those that somebody has.
        if asking.slices(planned.code):
            by_form.setdefault(planned.form, []).append(planned)
    return [
        Order(slices, present, descending)
        for several in by_form.values()
        for slices, present in asking.ordered(several)
    ]
