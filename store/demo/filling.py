"""A store filled with made-up clients."""

import itertools
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING

from store import numbers
from store.card import Document
from store.demo.clients import clients as made_up
from store.demo.planting import plant

if TYPE_CHECKING:
    from store.door import Store
    from store.progress import Progress

BATCH = 3200
"""Clients written together into a store that holds others: all at once would take 1 GB of memory at 100,000."""


def fill(store: "Store", clients: int, *, seed: int = 1, progress: "Progress | None" = None) -> None:
    """Put made-up clients into a store; the same seed, count and day put the same ones into an empty one.

    Args:
        store: Where to.
        clients: How many.
        seed: Another seed, other clients.
        progress: Called with how many are written, of how many.
    """
    from store.door import Edit

    def told(done: int, of: int) -> None:
        if progress:
            progress(clients * done // max(of, 1), clients)

    documents = _numbered(store, clients, seed)
    if clients <= 0 or plant(store, documents, clients, told):
        return
    done = 0
    while batch := list(itertools.islice(documents, BATCH)):
        batch = [_unclaimed(store, document) for document in batch]
        before = done

        def further(part: int, of: int, before: int = before, size: int = len(batch)) -> None:
            told(before * of + size * part, clients * of)

        store.write([Edit(None, None, document) for document in batch], why="demo", progress=further)
        done += len(batch)


def _numbered(store: "Store", clients: int, seed: int) -> Iterator[Document]:
    """The clients with their numbers: of the length the store will need, none twice."""
    random = Random(seed)
    held = sum(1 for _ in store.cards())
    low = 10 ** (numbers.length(held + clients) - 1)
    used: set[str] = set()
    for document in itertools.islice(made_up(seed, store.reading.today), clients):
        while True:
            number = numbers.pretty(str(random.randrange(low, 10 * low)))
            fits = number not in used and not numbers.offends(number)
            if fits and not (held and store.index.numbers_taken([number])):
                break
        used.add(number)
        yield {"uid": document["uid"], "number": number, **document}


def _unclaimed(store: "Store", document: Document) -> Document:
    """Without the identifiers that clients already in the store have."""
    free = [row for row in document["identifiers"] if not store.index.owners(row["value"])]
    return {**document, "identifiers": free}
