"""Let each system call of an operation fail once, run as a program. Prints one JSON value.

    python -m tests.faults.failing OPERATION PLACE every|one [MOST]

The operator who is told that it failed tries again at once, and it succeeds.
"""

import errno
import hashlib
import itertools
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from store.errors import Conflict, Invalid, NotAllowed, NotFound, StoreError, Unsure
from store.lookup import INDEX
from store.segments.folder import MANIFEST
from tests.faults.killing import Victim, left
from tests.faults.operations import OPERATIONS
from tests.faults.tracing import Point, Say, Traced, failed_at, missing, points

ERRORS = {
    "openat": ("ENOSPC", "EMFILE", "EIO", "EROFS", "EDQUOT"),
    "mkdir": ("ENOSPC", "EDQUOT", "EIO", "EROFS"),
    "write": ("ENOSPC", "EIO", "EDQUOT", "EINTR"),
    "pwrite64": ("EIO", "ENOSPC", "EDQUOT", "EINTR"),
    "fsync": ("EIO", "ENOSPC", "EDQUOT", "EINTR"),
    "fdatasync": ("EIO", "ENOSPC", "EDQUOT", "EINTR"),
    "ftruncate": ("EIO", "ENOSPC", "EINTR"),
    "fallocate": ("ENOSPC", "EIO", "EDQUOT"),
    "rename": ("ENOSPC", "EIO", "EROFS", "EDQUOT"),
    "linkat": ("ENOSPC", "EIO", "EROFS", "EDQUOT"),
    "unlink": ("EIO", "EROFS"),
    "fchmod": ("EIO", "EROFS"),
    "chmod": ("EIO", "EROFS"),
    "read": ("EIO", "EINTR"),
    "pread64": ("EIO", "EINTR"),
    "newfstatat": ("EIO",),
    "getdents64": ("EIO",),
    "flock": ("EINTR",),
}
"""What can happen at a call."""


def told(error: StoreError) -> str:
    """What the operator is told, in short."""
    details = error.problems[0].details if isinstance(error, Invalid) else error.details
    return f"{type(error).__name__} {error.code} {details.get('reason', '')}".strip()


def fail_everywhere(
    name: str, place: Path, *, every: bool, most: int = 100_000
) -> list[dict[str, str]] | dict[str, str]:
    """Let each call fail: what was said, what was the case then, and after another try."""
    if reason := missing():
        return {"missing": reason}
    victim = Victim(OPERATIONS[name], place)
    trace = place / "trace"
    cases = list(_cases(points(victim.traced(), victim.root, trace), every=every))
    chosen = cases[:: -(-len(cases) // most)]
    judged: dict[bytes, str] = {}
    return [
        {"at": point.text, "error": error, **_failed(victim, point, error, trace, judged)} for point, error in chosen
    ]


def _cases(found: list[Point], *, every: bool) -> Iterator[tuple[Point, str]]:
    turns = {call: itertools.cycle(errors) for call, errors in ERRORS.items()}
    for point in found:
        if point.call in ERRORS:
            for error in ERRORS[point.call] if every else [next(turns[point.call])]:
                yield point, error


def _failed(victim: Victim, point: Point, error: str, trace: Path, judged: dict[bytes, str]) -> dict[str, str]:
    traced = _twice(victim)
    if not failed_at(traced, point, error, trace):
        traced = _twice(victim)
        if not failed_at(traced, point, error, trace):
            return {"said": "", "state": "", "wrong": f"never failed: {point}"}
    if traced.status or len(traced.said) != 2:
        return {"said": "", "state": "", "wrong": f"died: {traced.said} {traced.complaint}"}
    (said, state), (again, after) = traced.said
    wrong = _wrong(said, state, os.strerror(getattr(errno, error)), opening=victim.operation.act is None)
    if not wrong and (again != "done" or after not in ("new", "newer", "unchanged")):
        wrong = f"a second try: {again}, {after}"
    if not wrong:
        # After the second try much is as after another call that failed.
        told = _told(victim, traced.pid)
        if told not in judged:
            judged[told] = victim.wrong()
        wrong = judged[told]
    return {"said": said, "state": state, "wrong": wrong}


def _told(victim: Victim, pid: int) -> bytes:
    """All that the store and what lies beside it say; of the index its rows, as where they lie in it is chance."""
    index = victim.path / INDEX
    files = [file for file in victim.path.glob(f"{INDEX}*") if file.is_file()]
    told = hashlib.sha256(left(victim.root, pid, but=files.__contains__))
    with tempfile.TemporaryDirectory() as place:
        # Not where it lies: who looks at a log that nobody has open changes it.
        for file in files:
            shutil.copy(file, place)
        if index in files:
            with closing(sqlite3.connect(Path(place) / INDEX)) as db:
                tables = db.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
                for (name,) in tables:
                    rows = db.execute(f"select * from {name}").fetchall()
                    told.update(repr((name, list(map(partial(_lasting, victim.path, name), rows)))).encode())
    return told.digest()


def _lasting(store: Path, table: str, row: tuple[Any, ...]) -> object:
    """A row without when its file was written, but with whether that is known."""
    if table == "segment":
        file = store / "clients" / f"{row[0]:05}.json"
        status = file.stat() if file.exists() else None
        is_known = status is not None and (status.st_size, status.st_mtime_ns, status.st_ino) == row[1:4]
        return row[0], row[4], is_known
    return row[0] if table == "meta" and row[0] == "seen" else row


def _wrong(said: str, state: str, reason: str, *, opening: bool) -> str:
    if said == "done":
        return "" if state in ("new", "unchanged") else f"acknowledged, but {state}"
    if said.startswith((Unsure.__name__, "NotAllowed erase-unfinished")) or opening:
        # Half of it is finished by whoever takes the lock next: the second try.
        wrong = "" if state in ("old", "new", "unchanged", "half, to be finished") or opening else state
    elif said.startswith((NotAllowed.__name__, "Damaged segment-unreadable", "Damaged index-", "Invalid file-un")):
        wrong = "" if state in ("old", "unchanged") else f"not saved, it is said, but {state}"
    else:
        wrong = f"not true: {said}"
    # SQLite has words of its own for why the index could not be written.
    if said.startswith("raw") or not any(each in said for each in (reason, "index-", "erase-unfinished")):
        return f"the reason is not told: {said}"
    return wrong


def _twice(victim: Victim) -> Traced:
    told_first = ""

    def first(say: Say) -> None:
        nonlocal told_first
        told_first = _tried(victim)

    def then(say: Say) -> None:
        state = victim.state()
        if (victim.path / MANIFEST).exists():
            state = "half, to be finished"
        say((told_first, state))
        if told_first == "done":
            say(("done", "new"))
        else:
            again = _tried(victim)
            if victim.state() == "new" and again.startswith((Conflict.__name__, NotFound.__name__)):
                again = "done"  # it is done already, and that is what was said
            say((again, "newer" if state not in ("old", "half") and again == "done" else victim.state()))

    return victim.traced(first, then)


def _tried(victim: Victim) -> str:
    try:
        victim.act()
    except StoreError as error:
        return told(error)
    except Exception as error:  # noqa: BLE001 - that is what must not be
        return f"raw {error!r}"
    return "done"


if __name__ == "__main__":
    every, *most = sys.argv[3:]
    tried = fail_everywhere(sys.argv[1], Path(sys.argv[2]), every=every == "every", most=int((most or ["100000"])[0]))
    print(json.dumps(tried))
