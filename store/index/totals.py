"""How many rows the sets of terms have, and a sum over them: so a row that is missing or there twice is seen.

A row that is there and not what was written is known by its own checksum (`store.index.postings.opened`).
"""

import sqlite3
from array import array
from collections.abc import Iterable

from store.index.tables import ROWS, SUM

_SEAL = 4
"""Bytes of a row's checksum, before its content."""


class Totals:
    """What is to be added to the totals, gathered until the transaction ends."""

    def __init__(self) -> None:
        self._rows = 0
        self._sum = 0

    def came(self, blob: bytes) -> None:
        """Count a row that was written."""
        self._rows += 1
        self._sum += int.from_bytes(blob[:_SEAL], "little")

    def went(self, blob: bytes) -> None:
        """Count a row that is no more, or that another takes the place of."""
        self._rows -= 1
        self._sum -= int.from_bytes(blob[:_SEAL], "little")

    def came_all(self, blobs: Iterable[bytes]) -> None:
        """Count many rows that were written."""
        seals = array("I", b"".join([blob[:_SEAL] for blob in blobs]))
        self._rows += len(seals)
        self._sum += sum(seals)

    def save(self, db: sqlite3.Connection) -> None:
        """Add what was gathered to what the index holds."""
        for key, more in ((ROWS, self._rows), (SUM, self._sum)):
            if more:
                db.execute("update meta set value = value + ? where key = ?", (more, key))
        self._rows = self._sum = 0
