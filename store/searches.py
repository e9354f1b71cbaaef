"""Saved searches: a line and an order under a name, shared by all operators of a store or one operator's own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from store import settings
from store.errors import Conflict, Invalid, NotFound, Problem
from store.notebook import Notebook

SETTING = "searches"
LONGEST = 60
"""Letters of a name: it stands in a narrow list."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search line that was given a name."""

    name: str
    line: str
    sort: str = ""
    """The order of its list, as `Store.find` takes it; empty: by name."""
    shared: bool = False
    """True for all operators of the store; else one operator's own."""

    def is_called(self, name: str) -> bool:
        """Whether that is its name, small and capital letters alike."""
        return _key(self.name) == _key(name)


Searched = Sequence[SavedSearch]


class _Place(Protocol):
    """What the shared searches lie in."""

    path: Path

    def writing(self) -> AbstractContextManager[Any]:
        """Hold the store's lock."""


class Searches:
    """The saved searches an operator sees: the own ones first, then the shared, each group in its order.

    So a search that somebody else shares takes the place, and the digit, of none of one's own.
    """

    def __init__(self, store: _Place, notebook: Notebook) -> None:
        self._store = store
        self._notebook = notebook

    def all(self) -> list[SavedSearch]:
        """All of them, in their order. Raises Damaged (`segment-damaged`)."""
        shared = settings.read(self._store.path).get(SETTING)
        return [*_read(self._notebook.searches), *_read(shared if isinstance(shared, list) else (), shared=True)]

    def named(self, name: str) -> SavedSearch:
        """The one of that name, small and capital letters alike. Raises NotFound (`search-missing`, `search-none`)."""
        return _named(name, self.all())

    def save(self, search: SavedSearch) -> None:
        """Keep a search; it takes the place of one of the same name.

        Raises:
            Invalid: `search-nameless`, `search-name-long`.
            NotAllowed: `store-read-only`, `disk-refused`.
            Busy: `store-locked`.
        """
        search = replace(search, name=good_name(search.name))

        def saved(known: Searched) -> Searched:
            at = next((place for place, each in enumerate(known) if each.is_called(search.name)), len(known))
            # One that could not be shared or made one's own to the end is there twice.
            return [*known[:at], search, *(each for each in known[at + 1 :] if not each.is_called(search.name))]

        self._change(saved)

    def rename(self, name: str, other: str) -> None:
        """Give a search another name.

        Raises:
            NotFound: `search-missing`.
            Conflict: `search-exists`: another search has that name.
            Invalid: As `save`.
        """

        def renamed(known: Searched) -> Searched:
            found = _named(name, known)
            called = good_name(other, [each.name for each in known if each != found])
            return [replace(each, name=called) if each == found else each for each in known]

        self._change(renamed)

    def remove(self, name: str) -> None:
        """Forget a search. Raises NotFound (`search-missing`)."""

        def without(known: Searched) -> Searched:
            found = _named(name, known)
            return [each for each in known if each != found]

        self._change(without)

    def move(self, name: str, by: int) -> None:
        """Move a search by so many places among those of its group. Raises NotFound (`search-missing`)."""

        def moved(known: Searched) -> Searched:
            found = _named(name, known)
            group = [each for each in known if each.shared == found.shared]
            place = max(0, min(group.index(found) + by, len(group) - 1))
            group.remove(found)
            group.insert(place, found)
            return [*group, *(each for each in known if each.shared != found.shared)]

        self._change(moved)

    def _change(self, change: Callable[[Searched], Searched]) -> None:
        """Keep what a change makes of the searches as they are while nobody else can change them."""
        if not self._keep(change):
            with self._store.writing():
                self._keep(change, locked=True)

    def _keep(self, change: Callable[[Searched], Searched], *, locked: bool = False) -> bool:
        """Keep what a change makes of the searches; False where it changes shared ones, and the store is not locked."""
        with self._notebook.changing():
            before = self.all()
            after = change(before)
            shared, own = _records(after, shared=True), _records(after, shared=False)
            shared_before = _records(before, shared=True)
            if shared != shared_before and not locked:
                return False
            # Where it goes to is written first: fails the other write, a search is there twice rather than not at all.
            is_given = len(shared) > len(shared_before)
            for is_shared in (is_given, not is_given):
                if is_shared and shared != shared_before:
                    settings.write(self._store.path, {SETTING: shared})
                elif not is_shared and own != _records(before, shared=False):
                    self._notebook.keep_searches(own)
            return True


def good_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name as it is kept, with single blanks.

    Raises:
        Invalid: `search-nameless`, `search-name-long`.
        Conflict: `search-exists`; it is one of those taken.
    """
    name = " ".join(name.split())
    if not name:
        raise Invalid([Problem("", "search-nameless", name)])
    if len(name) > LONGEST:
        raise Invalid([Problem("", "search-name-long", name, details={"most": LONGEST})])
    if _key(name) in map(_key, taken):
        raise Conflict("search-exists", name=name)
    return name


def _named(name: str, known: Searched) -> SavedSearch:
    for search in known:
        if search.is_called(name):
            return search
    if not known:
        raise NotFound("search-none", name=name)
    raise NotFound("search-missing", name=name, known=[search.name for search in known])


def _read(records: Iterable[Any], *, shared: bool = False) -> list[SavedSearch]:
    return [
        SavedSearch(str(each["name"]), str(each.get("line", "")), str(each.get("sort", "")), shared)
        for each in records
        if isinstance(each, dict) and each.get("name")
    ]


def _records(searches: Iterable[SavedSearch], *, shared: bool) -> list[Mapping[str, Any]]:
    return [{"name": each.name, "line": each.line, "sort": each.sort} for each in searches if each.shared == shared]


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
