"""Why the clients in a found list are in it: by what the list shows, or by their cards. Called in threads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from store.card import Card
from store.door import Store
from store.index import ListRow
from store.query import Query
from tui.forms.reasons import Reason, card_reason, listed_reason
from tui.sidebar.rows import Clients

LEAST_EXPLAINED = 2
"""Letters typed from which on it is said why clients are found: one letter is in everybody somewhere."""

KEPT = 512
"""Cards kept: who types on sees most of the same clients again."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A client of whom what the list shows does not tell why it is there."""

    serial: int
    group: str
    """How it was found."""
    query: Query
    """What was looked for."""
    listed: Reason
    """As much as is told."""


class Explainer:
    """Tells why clients were found. It remembers the cards it has read of a state of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cards: tuple[int, dict[int, Card]] = (-1, {})

    def at_once(self, found: Clients, rows: Sequence[ListRow]) -> tuple[dict[int, Reason], list[Unsure]]:
        """The reasons of those of whom what the list knows tells it, and the others with as much as that tells."""
        reasons: dict[int, Reason] = {}
        others: list[Unsure] = []
        if is_explained(found):
            asked = {phase.how: phase.query for phase in found.phases}
            for row in rows:
                query = asked.get(row.group, found.query)
                is_told, reason = listed_reason(row, self._store.schema, query, row.group)
                if is_told:
                    reasons[row.serial] = reason
                else:
                    others.append(Unsure(row.serial, row.group, query, reason))
        return reasons, others

    def by_card(self, clients: Sequence[Unsure], version: int, is_over: Callable[[], bool]) -> dict[int, Reason]:
        """The reasons of the others, by their cards.

        Args:
            clients: Those of whom the list does not tell it.
            version: Which state of the store this is (`Store.data_version`).
            is_over: Asked before each card: nobody waits any longer. The others are left out then.

        Raises:
            StoreError: A card could not be read.
        """
        known = self._known(version)
        unread = self._store.cards([each.serial for each in clients if each.serial not in known])
        reasons: dict[int, Reason] = {}
        for each in sorted(clients, key=lambda each: each.serial):
            if is_over():
                break
            # Cards come in the order of their serials; one that is gone is passed over.
            while each.serial not in known and (card := next(unread, None)):
                known[card.serial] = card
            if each.serial in known:
                former = partial(self._store.index.former, each.serial)
                document = known[each.serial].document
                reasons[each.serial] = card_reason(
                    document, self._store.schema, each.query, each.group, each.listed, former
                )
        return reasons

    def _known(self, version: int) -> dict[int, Card]:
        if self._cards[0] != version or len(self._cards[1]) > KEPT:
            self._cards = (version, {})
        return self._cards[1]


def is_explained(found: Clients) -> bool:
    """Whether so much was typed that there is something to be told."""
    return len(found.query.line.strip()) >= LEAST_EXPLAINED
