"""What belongs to a state of a store, and by what each file of it is proven.

A snapshot, a backup folder and a backup archive look alike: `store.json`, `clients/…`, `access/…`, and beside them
`snapshot.json`, which names every file with its print. A file that is missing, damaged or another one is noticed.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.errors import Damaged
from store.segments.sealing import FORMAT, sealed_digest, unpack

MANIFEST = "snapshot.json"

SEALED = re.compile(r"store\.json|clients/\d{5,}(\.history-\d{4,})?\.json", re.ASCII)
"""Files that are replaced, never written into: a hard link keeps their state."""

GROWING = re.compile(r"access/[\w-]+\.jsonl", re.ASCII)
"""Files that are added to where they lie: copied."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The manifest of a state."""

    at: str
    """When the state was that of the store, as stored moments are."""
    why: str
    """`daily`, `asked`, `backup`, `restored`, or taken before it: `restore`, `upgrade`, `repair`."""
    last_seq: int
    """The highest sequence number of a change in it."""
    files: Mapping[str, str]
    """Each file's print by its name within the store."""

    def record(self) -> bytes:
        """The manifest as the file `snapshot.json`."""
        record = {"format": FORMAT, "at": self.at, "why": self.why, "last_seq": self.last_seq, "files": self.files}
        return json.dumps(record, ensure_ascii=False, indent=0).encode() + b"\n"

    @classmethod
    def of(cls, record: bytes, path: str) -> "Contents":
        """Read a manifest. Raises Damaged (`backup-damaged`, `store-newer`)."""
        try:
            data: dict[str, Any] = json.loads(record)
            found = cls(str(data["at"]), str(data["why"]), int(data["last_seq"]), dict(data["files"]))
            number = int(data["format"])
        except (ValueError, KeyError, TypeError) as error:
            raise Damaged("backup-damaged", path=path, files=[MANIFEST]) from error
        if number > FORMAT:
            raise Damaged("store-newer", path=path, format=number, known=FORMAT)
        if not all(belongs(name) and isinstance(seen, str) for name, seen in found.files.items()):
            raise Damaged("backup-damaged", path=path, files=[MANIFEST])
        return found


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state kept in the store's folder `backups`."""

    path: Path
    contents: Contents

    @property
    def name(self) -> str:
        """What it is called: its moment in UTC, `2026-11-22T09-14-03Z`."""
        return self.path.name


def belongs(name: str) -> bool:
    """Whether a file of that name, relative to the store, is part of its state."""
    return bool(SEALED.fullmatch(name) or GROWING.fullmatch(name))


def files_of(store: Path) -> Iterator[str]:
    """The names of all files that make up the state of a store, in order."""
    yield "store.json"
    for folder in ("clients", "access"):
        try:
            names = sorted(os.listdir(store / folder))
        except FileNotFoundError:
            continue
        yield from (name for each in names if belongs(name := f"{folder}/{each}"))


def print_of(content: bytes) -> str:
    """By what a file is known again: the sum in its seal, or the SHA-256 of one that is not sealed."""
    return sealed_digest(content[:256]) or hashlib.sha256(content).hexdigest()


def proven(name: str, content: bytes, expected: str) -> bool:
    """Whether a file is the one that the manifest means, and undamaged."""
    if print_of(content) != expected:
        return False
    return not name.endswith(".json") or is_sound(name, content)


def is_sound(name: str, content: bytes) -> bool:
    """Whether a sealed file is what was written."""
    try:
        unpack(content, name)
    except Damaged:
        return False
    return True
