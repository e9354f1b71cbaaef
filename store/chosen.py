"""A list of clients named one by one, those marked or opened lately: it answers like what a search found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store import folding, pending
from store.index import ListRow
from store.notebook import Clients

if TYPE_CHECKING:
    from store.door import Store
    from store.index import Found


class Chosen:
    """Clients of a notebook, all of them or those among them that a search finds."""

    capped = False
    """All of them are counted."""

    def __init__(self, found: "Found", rows: Sequence[ListRow]) -> None:
        self.query = found.query
        self.phases = ()
        """None: nobody is here because of a slip of the finger."""
        self._rows = list(rows)
        self._places = {row.serial: place for place, row in enumerate(self._rows)}

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self._rows)

    def rows(self, start: int, count: int) -> list[ListRow]:
        """The clients from place `start` on, counted from 0."""
        return self._rows[start : start + count]

    def exact(self) -> int:
        """How many there are."""
        return self.total

    def position(self, serial: int) -> int | None:
        """Where a client stands in the list; None where it is not in it."""
        return self._places.get(serial)

    def serials(self) -> list[int]:
        """All of them, in order."""
        return [row.serial for row in self._rows]


def choose(
    store: "Store", clients: Clients, line: str = "", *, sort: str | None = None, by_name: bool = True
) -> Chosen:
    """The clients of a notebook as a list.

    Args:
        store: where they are.
        clients: who they are; those whose uid is another's by now are left out.
        line: a search line they must be found by.
        sort: the order, as `Store.find` takes it.
        by_name: without an order: by name; else as they are noted.
    """
    found = store.find(line, limit=1, sort=sort)
    uids = pending.uids(store, list(clients))
    wanted = [serial for serial, uid in clients.items() if uids.get(serial) == uid]
    if not found.query.is_empty or sort:
        known, hits = set(wanted), found.serials()
        if by_name or sort:
            wanted = [serial for serial in hits if serial in known]
        else:
            meant = set(hits)
            wanted = [serial for serial in wanted if serial in meant]
    rows = pending.list_rows(store, wanted)
    if found.query.is_empty and not sort and by_name:
        rows.sort(key=lambda row: (folding.sort_key(row.name), row.serial))
    return Chosen(found, [row for row in rows if row.trashed == found.query.in_trash])
