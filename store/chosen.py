"""Lists of clients named one by one, those marked or opened lately: they answer like what a search found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.notebook import Clients

if TYPE_CHECKING:
    from store.door import Store
    from store.index import Found


class Chooser:
    """Makes lists of a notebook's clients. It remembers who of them is who was meant, until something is saved."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._known: tuple[int, list[tuple[int, str]], list[int]] | None = None

    def choose(self, clients: Clients, line: str = "", *, sort: str | None = None, by_name: bool = True) -> "Found":
        """The clients as a list.

        Args:
            clients: who they are; those whose uid is another's by now are left out.
            line: a search line they must be found by.
            sort: the order, as `Store.find` takes it.
            by_name: without an order: by name, the nearest first; else as they are noted.
        """
        return self._store.find(line, sort=sort, among=self.meant(clients), as_given=not (by_name or sort))

    def meant(self, clients: Clients) -> list[int]:
        """Those who still are who was noted, in that order."""
        version, noted = self._store.data_version(), list(clients.items())  # their order counts, too
        if self._known is None or self._known[:2] != (version, noted):
            now = uids(self._store, list(clients))
            meant = [serial for serial, uid in noted if now.get(serial) == uid]
            self._known = version, noted, meant
            return meant  # another thread may ask about others
        return self._known[2]


def uids(store: "Store", serials: Sequence[int]) -> dict[int, str]:
    """The uids of clients by their serials, read off their cards."""
    return {card.serial: str(card.document.get("uid", "")) for card in store.cards(serials)}
