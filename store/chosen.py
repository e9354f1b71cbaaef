"""Lists of clients named one by one, those marked or opened lately: they answer like what a search found."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store import folding
from store.index import ListRow
from store.notebook import Clients

if TYPE_CHECKING:
    from store.door import Store
    from store.index import Found, Phase


class Chosen:
    """Clients of a notebook, all of them or those among them that a search finds."""

    def __init__(self, found: "Found", rows: Sequence[ListRow]) -> None:
        """Make a list.

        Args:
            found: What a search found.
            rows: Those of them who are in the list, in its order.
        """
        self.query = found.query
        self._rows: list[ListRow] = []
        phases: list[Phase] = []
        hows = [found.how(row.serial) for row in rows]
        for phase in found.phases:
            among = [row._replace(group=phase.how) for row, how in zip(rows, hows, strict=True) if how == phase.how]
            if among:
                phases.append(replace(phase, count=len(among), start=len(self._rows)))
                self._rows += among
        self.phases = tuple(phases)
        self._places = {row.serial: place for place, row in enumerate(self._rows)}

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self._rows)

    def rows(self, start: int, count: int) -> list[ListRow]:
        """The clients from place `start` on, counted from 0."""
        return self._rows[start : start + count]

    def position(self, serial: int) -> int | None:
        """Where a client stands in the list; None where it is not in it."""
        return self._places.get(serial)

    def serials(self) -> list[int]:
        """All of them, in order."""
        return [row.serial for row in self._rows]


class Chooser:
    """Makes lists of a notebook's clients. It remembers who of them is who was meant, until something is saved."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._known: tuple[int, Clients, list[int]] | None = None

    def choose(self, clients: Clients, line: str = "", *, sort: str | None = None, by_name: bool = True) -> Chosen:
        """The clients as a list.

        Args:
            clients: who they are; those whose uid is another's by now are left out.
            line: a search line they must be found by.
            sort: the order, as `Store.find` takes it.
            by_name: without an order: by name; else as they are noted.
        """
        found = self._store.find(line, limit=1, sort=sort)
        wanted = self._meant(clients)
        if sort or not found.query.is_empty:
            hits = found.serials()
            if by_name or sort:
                known = set(wanted)
                wanted = [serial for serial in hits if serial in known]
            else:
                among = set(hits)
                wanted = [serial for serial in wanted if serial in among]
        rows = self._store.index.rows(wanted)
        if by_name and not sort and found.query.is_empty:
            rows.sort(key=lambda row: (folding.sort_key(row.name), row.serial))
        return Chosen(found, [row for row in rows if row.trashed == found.query.in_trash])

    def _meant(self, clients: Clients) -> list[int]:
        version = self._store.data_version()
        if self._known is None or self._known[:2] != (version, clients):
            now = uids(self._store, list(clients))
            meant = [serial for serial, uid in clients.items() if now.get(serial) == uid]
            self._known = version, dict(clients), meant
        return self._known[2]


def uids(store: "Store", serials: Sequence[int]) -> dict[int, str]:
    """The uids of clients by their serials, read off their cards."""
    return {card.serial: str(card.document.get("uid", "")) for card in store.cards(serials)}
