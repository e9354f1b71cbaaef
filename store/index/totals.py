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
        self.rows = 0
        """How many more than before."""
        self.sum = 0
        """How much more their checksums come to."""

    def came(self, blob: bytes) -> None:
        """Count a row that was written."""
        self.rows += 1
        self.sum += int.from_bytes(blob[:_SEAL], "little")

    def went(self, blob: bytes) -> None:
        """Count a row that is no more, or that another takes the place of."""
        self.rows -= 1
        self.sum -= int.from_bytes(blob[:_SEAL], "little")

    def came_all(self, blobs: Iterable[bytes]) -> None:
        """Count many rows that were written."""
        seals = array("I", b"".join([blob[:_SEAL] for blob in blobs]))
        self.rows += len(seals)
        self.sum += sum(seals)

    def save(self, db: sqlite3.Connection) -> None:
        """Add what was gathered to what the index holds."""
        for key, more in ((ROWS, self.rows), (SUM, self.sum)):
            if more:
                db.execute("update meta set value = value + ? where key = ?", (more, key))
        self.rows = self.sum = 0
