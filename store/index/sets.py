"""The sets of one state of the index: by term, by beginning, by field, by bit; and what the list shows of clients."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from store.index.cache import Cache
from store.index.docs import NOBODY, Docs
from store.index.listing import Listed, Milestone, Told, by_rank, listed, named_from, told
from store.index.plan import Plan, Planned
from store.index.postings import Postings
from store.index.slices import Slices, least
from store.index.terms import ALL, BITS, RANK, TRASH, rest_of

_EVERYBODY = "\0"
"""The key of all cards that are not in the trash: no term's."""


class Sets:
    """Reads sets inside one transaction."""

    def __init__(self, db: sqlite3.Connection, plan: Plan, cache: Cache, *, in_trash: bool = False) -> None:
        """Begin.

        Args:
            db: The index.
            plan: What is kept of which field.
            cache: Of the same state.
            in_trash: Whether those in the trash are asked for, and nobody else.
        """
        self.db = db
        self.plan = plan
        self.state = cache.state
        self.postings = Postings(db, cache.salt, cache.nodeless)
        self._cache = cache
        trash = self.term(TRASH)
        self.everybody = trash if in_trash else cache.docs(_EVERYBODY, lambda _: self.term(ALL) - trash)
        """Whom the question is about: all cards that are not in the trash, or all that are."""
        self._are_all_meant = not in_trash and not trash

    def meant(self, docs: Docs) -> Docs:
        """Of these, those whom the question is about."""
        return docs if self._are_all_meant else docs & self.everybody

    def term(self, term: str) -> Docs:
        """Who has a term."""
        return self._cache.docs(term, self.postings.docs)

    def beginning(self, text: str) -> Docs:
        """Who has a term with a beginning."""
        return self._cache.docs(f"{text}*", lambda _: self.postings.beginning(text))

    def slices(self, code: str) -> Slices:
        """The bits of an ordered number."""
        return self._cache.slices(code, self.postings.slices)

    def sliced(self, code: str) -> Docs:
        """Who has an ordered number of a field: a value that cannot be read is none, but it is there."""
        return self._cache.docs(f"b{code}*", lambda _: union(self.slices(code).values()))

    def ordered(self, several: Sequence[Planned]) -> list[tuple[Slices, Docs]]:
        """What a list is sorted by that goes by the least value of several fields of one form, the first part first."""
        codes = [[each.code, rest_of(each.code)] if each.code in self.plan.long else [each.code] for each in several]
        if len(several) == 1:
            return [(self.slices(code), self.sliced(code)) for code in codes[0]]
        having = union(self.sliced(each.code) for each in several)
        # Both parts under one key, as they are made together: the bits of the second behind those of the first.
        joined = self._cache.slices("+".join(each[0] for each in codes), partial(self._least, codes))
        return [
            ({bit % BITS: docs for bit, docs in joined.items() if bit // BITS == place}, having)
            for place in range(len(codes[0]))
        ]

    def _least(self, codes: Sequence[Sequence[str]], _: str) -> Slices:
        """The least of several numbers, all its parts as one."""
        numbers, _having = least([([*map(self.slices, each)], self.sliced(each[0])) for each in codes])
        return {place * BITS + bit: docs for place, part in enumerate(numbers) for bit, docs in part.items()}

    def present(self, code: str) -> Docs:
        """Who has any value of a field."""
        return self.term(ALL) if code == RANK else self.term(f"?{code}")

    def having(self, planned: Sequence[Planned]) -> Docs:
        """Who has any value of one of these."""
        return union(self.present(each.code) for each in planned)

    def words(self, word: str, how: str, read: Callable[[str], list[str]]) -> list[str]:
        """The words of the vocabulary that one may have been meant as, remembered by how they are looked for."""
        return self._cache.words(word, how, read)

    def listed(self, serials: Sequence[int]) -> dict[int, Listed]:
        """What the list shows of clients, by their serials; those that are gone are left out."""
        return self._cache.rows(serials, lambda wanted: listed(self.db, self._cache.salt, wanted))

    def by_rank(self, docs: Docs) -> list[int]:
        """Clients in the order of their names."""
        return by_rank(self.db, self._cache.salt, list(docs))

    @property
    def last_rank(self) -> int:
        """The rank of the last in the order of names."""
        return int(self.db.execute("select coalesce(max(rank), 0) from client").fetchone()[0])

    def named_from(self, rank: int) -> Milestone:
        """The first at a place in the order of names, or behind it: their rank, and their name's sort key."""
        return self._cache.milestone(rank, lambda: named_from(self.db, self._cache.salt, rank))

    def told(self, docs: Docs) -> Iterator[Told]:
        """What clients are found by that is in no set: client number, name, phone, their other digits."""
        return told(self.db, self._cache.salt, list(docs))


def union(sets: Iterable[Docs]) -> Docs:
    """Who is in one of them at least."""
    several = list(sets)
    return several[0] if len(several) == 1 else NOBODY.union(*several)


def intersection(sets: Iterable[Docs]) -> Docs:
    """Who is in all of them; of none, nobody. Those after an empty one are not made."""
    found: Docs | None = None
    for docs in sets:
        found = docs if found is None else found & docs
        if not found:
            return NOBODY
    return found if found is not None else NOBODY
