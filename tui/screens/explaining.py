"""Why the clients in a found list are in it: by what the list shows, or by their cards. Called in threads."""

from collections.abc import Callable, Sequence
from functools import partial

from store.card import Card
from store.door import Store
from store.index import ListRow
from tui.forms.reasons import Reason, listed_reason, reason_of
from tui.sidebar.rows import Clients

LEAST_EXPLAINED = 2
"""Letters typed from which on it is said why clients are found: one letter is in everybody somewhere."""

KEPT = 512
"""Cards kept: who types on sees most of the same clients again."""


class Explainer:
    """Tells why clients were found. It remembers the cards it has read of a state of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cards: tuple[int, dict[int, Card]] = (-1, {})

    def by_name(self, found: Clients, rows: Sequence[ListRow]) -> dict[int, Reason]:
        """The reasons of those clients whose name or number tells it: no card is read for them."""
        if not is_explained(found):
            return {}
        asked = {phase.how: phase.query for phase in found.phases}
        reasons = {}
        for row in rows:
            query = asked.get(row.group, found.query)
            if reason := listed_reason(row.name, row.number, self._store.schema, query, row.group):
                reasons[row.serial] = reason
        return reasons

    def by_card(
        self, found: Clients, rows: Sequence[ListRow], version: int, is_cancelled: Callable[[], bool]
    ) -> dict[int, Reason]:
        """The reasons of clients, by their cards.

        Args:
            found: The list.
            rows: Which of its clients.
            version: Which state of the store this is (`Store.data_version`).
            is_cancelled: Asked before each card: nobody waits for the answer any more.

        Raises:
            StoreError: A card could not be read.
        """
        asked = {phase.how: phase.query for phase in found.phases}
        known = self._known(version)
        unread = [row.serial for row in rows if row.serial not in known]
        reasons: dict[int, Reason] = {}
        for read in self._store.cards(unread):
            if is_cancelled():
                return {}
            known[read.serial] = read
        for row in rows:
            if is_cancelled():
                return {}
            if card := known.get(row.serial):
                query, former = asked.get(row.group, found.query), partial(self._store.index.former, row.serial)
                reasons[row.serial] = reason_of(card.document, self._store.schema, query, row.group, former)
        return reasons

    def _known(self, version: int) -> dict[int, Card]:
        if self._cards[0] != version or len(self._cards[1]) > KEPT:
            self._cards = (version, {})
        return self._cards[1]


def is_explained(found: Clients) -> bool:
    """Whether so much was typed that there is something to be told."""
    return len(found.query.line.strip()) >= LEAST_EXPLAINED
