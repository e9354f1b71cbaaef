"""How a store is, at a glance: what can be told without reading its files (`checkup` reads them all)."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store import disk, refreshing
from store.door import open_store
from store.errors import StoreError
from store.segments.sealing import FORMAT
from store.snapshots import snapshots

LITTLE_ROOM = 100_000_000
"""Bytes below which a disk has little room: a snapshot, an import and the index need some."""


@dataclass(frozen=True, slots=True)
class Health:
    """What was found."""

    facts: dict[str, Any]
    """`path`, `format`, `clients`, `segments`, `snapshots`, `last_snapshot`, `index`, `drafts`, `filesystem`, `free`,
    `mode`, `writable`, `lock`; those that could not be found out are missing."""
    problems: tuple[tuple[str, dict[str, Any]], ...]
    """Codes of what is wrong, with their details."""


def look(path: Path) -> Health:
    """Look at a store, also at one that cannot be opened."""
    facts: dict[str, Any] = {"path": str(path)}
    problems: list[tuple[str, dict[str, Any]]] = []
    if path.is_dir():
        problems += _of_the_disk(path, facts)
    try:
        with open_store(path) as store:
            changed, gone = refreshing.stale(store.folder, store.index)
            stale = store.index.needs_rebuild or bool(changed or gone)
            facts |= {
                "format": FORMAT,
                "clients": store.index.count(),
                "trash": store.index.count(trashed=True),
                "segments": len(store.folder.numbers()),
                "index": "stale" if stale else "current",
                "drafts": sum(1 for _ in (path / "drafts").glob("*/*.json")),
                "lock": None,
            }
            state = store.lock_state()
            if state.pid:
                facts["lock"] = {"operator": state.operator, "pid": state.pid, "since": state.since}
            if stale:
                problems.append(("index-behind", {}))
    except StoreError as error:
        problems.append((error.code, dict(error.details)))
    try:
        known = snapshots(path) if path.is_dir() else ()
        facts |= {"snapshots": len(known), "last_snapshot": known[-1].contents.at if known else None}
        if facts.get("clients") and not known:
            problems.append(("snapshot-none", {}))
    except StoreError as error:
        problems.append((error.code, dict(error.details)))
    damaged = sorted(file.name for file in path.glob("**/*.damaged-*") if "backups" not in file.parts)
    facts["quarantined"] = damaged
    return Health(facts, tuple(problems))


def _of_the_disk(path: Path, facts: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    room = os.statvfs(path)
    mode = stat.S_IMODE(os.stat(path).st_mode)
    facts |= {
        "filesystem": disk.file_system(path),
        "free": room.f_bavail * room.f_frsize,
        "mode": f"{mode:o}",
        "writable": os.access(path, os.W_OK | os.X_OK),
    }
    problems: list[tuple[str, dict[str, Any]]] = []
    if facts["free"] < LITTLE_ROOM:
        problems.append(("disk-little-room", {"free": facts["free"]}))
    if mode & stat.S_IRWXO:
        problems.append(("store-open-to-all", {"path": str(path), "mode": facts["mode"]}))
    return problems
