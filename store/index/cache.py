"""Sets that were read from one state of the index, kept from search to search while nothing changes."""

from collections.abc import Callable, Iterable, Sequence

from store.index.docs import Docs
from store.index.listing import Listed, Milestone
from store.index.slices import Slices

_MOST_BYTES = 12 << 20
"""Of the younger sets, and as many of the older ones: with a million clients the bits of what lists are sorted by take
3 MB a field; with all, a screen takes 90."""

_MOST_ROWS = 4_000
"""Rows of the list: half a kilobyte each."""

_MOST_WORDS = 1_000

_OF_ANY = 400
"""Bytes of a set that holds nobody, and of its key."""

_OF_SERIAL = 2
"""Bytes that one of few takes in a set; many take a bit each."""


class Cache:
    """Sets of one state. Threads may share it: whoever sees another state makes another one."""

    def __init__(self, state: int, salt: int) -> None:
        self.state = state
        self.salt = salt
        self._sets: dict[str, Docs] = {}
        self._older_sets: dict[str, Docs] = {}
        self._slices: dict[str, Slices] = {}
        self._older_slices: dict[str, Slices] = {}
        self.nodeless: set[str] = set()
        """Beginnings that are known to have no node."""
        self._words: dict[tuple[str, str], list[str]] = {}
        self._rows: dict[int, Listed] = {}
        self._milestones: dict[int, Milestone] = {}
        self._size = 0

    def docs(self, key: str, read: Callable[[str], Docs]) -> Docs:
        """A set by its key: kept, or read and kept where that is worth it."""
        known = self._sets.get(key)
        if known is None:
            known = self._older_sets.get(key)
            if known is None:
                known = read(key)
            self._make_room([known])
            self._sets[key] = known
        return known

    def slices(self, code: str, read: Callable[[str], Slices]) -> Slices:
        """The bits of a field."""
        known = self._slices.get(code)
        if known is None:
            known = self._older_slices.get(code)
            if known is None:
                known = read(code)
            self._make_room(known.values())
            self._slices[code] = known
        return known

    def rows(self, serials: Sequence[int], read: Callable[[Sequence[int]], dict[int, Listed]]) -> dict[int, Listed]:
        """What is shown of clients: while a word is typed, much the same are shown again and again."""
        known = self._rows
        wanted = [serial for serial in serials if serial not in known]
        if wanted:
            if len(known) > _MOST_ROWS:
                known = self._rows = {}
                wanted = list(serials)
            known.update(read(wanted))
        return {serial: known[serial] for serial in serials if serial in known}

    def milestone(self, rank: int, read: Callable[[], Milestone]) -> Milestone:
        """Who stands at a place in the order of names: a search for any name passes the same ones first."""
        if rank not in self._milestones:
            if len(self._milestones) > _MOST_ROWS:
                self._milestones = {}
            self._milestones[rank] = read()
        return self._milestones[rank]

    def words(self, word: str, how: str, read: Callable[[str], list[str]]) -> list[str]:
        """The words of the vocabulary that one may have been meant as: while a second is typed, the first stays."""
        known = self._words.get((word, how))
        if known is None:
            if len(self._words) > _MOST_WORDS:
                self._words = {}
            known = self._words[word, how] = read(word)
        return known

    def _make_room(self, more: Iterable[Docs]) -> None:
        """Where they become too many, let go of what was not asked for since that was so before."""
        # To let go of all would make one letter of hundreds take ten times as long as the others.
        self._size += sum(map(_size, more))
        if self._size > _MOST_BYTES:
            self._older_sets, self._older_slices = self._sets, self._slices
            self._sets, self._slices, self._size = {}, {}, 0
            self.nodeless.clear()


def _size(docs: Docs) -> int:
    """The bytes a set takes, about."""
    return _OF_ANY + (min(_OF_SERIAL * len(docs), docs.max() >> 3) if docs else 0)
