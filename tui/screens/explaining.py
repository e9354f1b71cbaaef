"""Why the clients in a found list are in it: by what the list shows, or by their cards. Called in threads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from store.card import Card, Document
from store.door import Store
from store.index import ListRow
from store.query import Query
from store.query.keys import Key, keys_of
from tui.forms.order_value import order_value
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
    is_told: bool
    """Whether that is all: then only what the list goes by is asked of the card."""
    order: Key | None
    """What the list goes by; None for names."""


class Explainer:
    """Tells why clients were found. It remembers the cards it has read of a state of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cards: tuple[int, dict[int, Card]] = (-1, {})

    def at_once(self, found: Clients, rows: Sequence[ListRow], sort: str) -> tuple[dict[int, Reason], list[Unsure]]:
        """The reasons of those of whom what the list knows tells it, and the others with as much as that tells.

        Args:
            found: The list.
            rows: Those of it who are asked about.
            sort: What it goes by, as `Store.find` takes it.
        """
        reasons: dict[int, Reason] = {}
        others: list[Unsure] = []
        order = keys_of(self._store.schema).find(sort.removeprefix("-")) if sort else None
        asked = {phase.how: phase.query for phase in found.phases}
        for row in rows if is_explained(found, sort) else ():
            query = asked.get(row.group, found.query)
            is_told, reason = True, Reason()
            if is_explained(found):
                is_told, reason = listed_reason(row, self._store.schema, query, row.group)
            if is_told and order is None:
                reasons[row.serial] = reason
            else:
                others.append(Unsure(row.serial, row.group, query, reason, is_told, order))
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
                reasons[each.serial] = self._reason(each, known[each.serial].document)
        return reasons

    def _reason(self, unsure: Unsure, document: Document) -> Reason:
        reason = unsure.listed
        if not unsure.is_told:
            former = partial(self._store.index.former, unsure.serial)
            reason = card_reason(document, self._store.schema, unsure.query, unsure.group, reason, former)
        if unsure.order is None:
            return reason
        return replace(reason, value=order_value(document, unsure.order, self._store.reading.today))

    def _known(self, version: int) -> dict[int, Card]:
        if self._cards[0] != version or len(self._cards[1]) > KEPT:
            self._cards = (version, {})
        return self._cards[1]


def is_explained(found: Clients, sort: str = "") -> bool:
    """Whether so much was typed that there is something to be told, or the list goes by something to be told."""
    return bool(sort) or len(found.query.line.strip()) >= LEAST_EXPLAINED
