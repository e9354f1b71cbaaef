"""TinyDB over files of ours: `TinyDB(path, storage=SealedStorage)` reads and writes them sealed and whole.

Plain TinyDB reads them as well and may write them, but in place and without a seal: a crash then destroys the file.
The store itself goes past TinyDB's tables (`store.segments.segment`), which would parse 64 cards to save one.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from store import disk
from store.segments.sealing import Seal, decode, encode, pack, unpack


class SealedStorage(Storage):
    """Verifies the seal when it reads; writes aside, to the disk, and renames. Takes no lock."""

    def __init__(self, path: str | Path, name: str = "segment", mode: int = disk.PRIVATE.file) -> None:
        """Remember the file.

        Args:
            path: The file; it need not be there yet.
            name: What the sealing table is called: `segment`, or `store` for `store.json`.
            mode: Permissions of a file that is written.
        """
        self.path = Path(path)
        self._name = name
        self._mode = mode

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables but the seal; None where there is no file. Raises Damaged."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        tables = unpack(content, str(self.path)).tables
        return {name: {str(key): decode(row) for key, row in rows.items()} for name, rows in tables.items()}

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Put these tables in the place of the file's, with the next generation."""
        try:
            seal = unpack(self.path.read_bytes(), str(self.path)).seal
        except FileNotFoundError:
            seal = Seal(0, 0)
        tables = {name: {int(key): encode(row) for key, row in rows.items()} for name, rows in data.items()}
        disk.replace(self.path, pack(self._name, Seal(seal.generation + 1, seal.last_seq), tables), self._mode)
