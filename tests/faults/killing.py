"""Kill an operation on entry of each of its system calls, run as a program. Prints one JSON value.

python -m tests.faults.killing OPERATION PLACE DICE [EACH [EVERY]]

EACH: only each so-manieth call. EVERY: 0, where of calls between which nothing is changed the first will do.
"""

import datetime
import gc
import hashlib
import json
import os
import random
import re
import sys
from collections.abc import Callable
from itertools import filterfalse
from pathlib import Path

from store import clock
from store.door import Store, open_store
from store.errors import StoreError
from tests.faults.operations import OPERATIONS, Operation, copy_of, make_base
from tests.faults.tracing import Say, Traced, killed_at, missing, points
from tests.faults.truth import digest, unreadable, what_is_wrong

STORE = "store"
"""The name of the store in the folder."""


class Victim:
    """An operation that is run over and over on a fresh store, in a folder with all that it has to do with."""

    def __init__(self, operation: Operation, place: Path, dice: int = 0) -> None:
        self.operation = operation
        self.base, self.root = place / "base", place / "work"
        _set_clock(10)
        self.path = self.root / STORE
        (operation.base or make_base)(self.base / STORE, dice)
        if not operation.base:
            with open_store(self.base / STORE, operator="olena") as store:
                operation.prepare(store)
        self.old = digest(self.base / STORE)
        self._unreadable = unreadable(self.base / STORE)
        self._store: Store | None = None
        # Not in the same second: what is called differently then makes other calls each time.
        _set_clock(11)
        self.begin()
        self.act()
        self.new = digest(self.path)
        if self._store:
            self._store.close()
            self._store = None
        # Whatever is thrown away only when a fork happens to is thrown away now: it would close files in the middle.
        gc.collect()
        # Whatever is imported only when first needed is imported now: all forks then make the same calls.
        if wrong := self.wrong():
            raise AssertionError(f"{operation.name} leaves a store that is wrong: {wrong}")
        if (self.old != self.new) != operation.in_files:
            raise AssertionError(f"{operation.name} changes nothing, or too much")

    def begin(self) -> None:
        """Open a fresh copy of the store."""
        copy_of(self.base, self.root)
        self._open()

    def act(self) -> None:
        """Do it, once more where it was done."""
        if self.operation.act and self._store:
            self.operation.act(self._store)
        else:
            self.opened("olena").close()

    def opened(self, operator: str) -> Store:
        """The store as it is now."""
        return open_store(self.path, operator=operator, create=self.operation.creates)

    def traced(self, act: Callable[[Say], None] | None = None, after: Callable[[Say], None] | None = None) -> Traced:
        """The operation on a fresh copy, ready to be traced; says `done` when it is acknowledged."""
        copy_of(self.base, self.root)

        def acknowledged(say: Say) -> None:
            self.act()
            say("done")

        def opened() -> None:
            # Every fork is given the same numbers by chance: by others it makes other calls in the index.
            os.urandom = random.Random(11).randbytes
            self._open()

        return Traced(act or acknowledged, opened, after)

    def _open(self) -> None:
        self._store = self.opened("olena") if self.operation.act else None

    def state(self) -> str:
        """What the segments hold now: `old`, `new`, `half`; `unchanged` where old and new are one."""
        found = digest(self.path)
        if self.old == self.new == found:
            return "unchanged"
        return "new" if found == self.new else "old" if found == self.old else "half"

    def unreadable(self) -> list[str]:
        """Files that plain TinyDB cannot read now, and could before."""
        return [file for file in unreadable(self.path) if file not in self._unreadable]

    def wrong(self) -> str:
        """What the next operator finds wrong; "" where all is well."""
        try:
            return self.operation.outside(self.root) or what_is_wrong(self.path)
        except StoreError as error:
            return f"{error!r}"


def _set_clock(hour: int) -> None:
    moment = datetime.datetime(2026, 11, 22, hour, 14, 3, tzinfo=datetime.UTC)
    clock.now = lambda: moment


def judge(victim: Victim, *, acknowledged: bool) -> str:
    """What a killed operation left: `old` or `new`, or what is wrong."""
    if files := victim.unreadable():
        return f"unreadable {files}"
    try:
        victim.opened("petro").close()
        state = victim.state()
        if victim.operation.after:
            with victim.opened("petro") as store:
                victim.operation.after(store)
            if victim.state() != "new":
                return f"{state}, and then not mended: {victim.state()}"
    except (StoreError, OSError) as error:
        return f"{error!r}"
    if acknowledged and state not in ("new", "unchanged"):
        return f"acknowledged, but {state}"
    return victim.wrong() or state


def kill_everywhere(
    name: str, place: Path, dice: int = 0, each: int = 1, every: int = 1
) -> list[dict[str, str]] | dict[str, str]:
    """Kill the operation at each of its calls; what came of it, call by call."""
    if reason := missing():
        return {"missing": reason}
    victim = Victim(OPERATIONS[name], place, dice)
    found: list[dict[str, str]] = []
    judged: dict[tuple[bytes, bool], str] = {}
    before = -1
    for point in points(victim.traced(), victim.root, place / "trace")[::each]:
        if point.before == before and not every:
            found.append({"at": point.text, "left": found[-1]["left"]})
            continue
        before = point.before
        traced = victim.traced()
        if not killed_at(traced, point):
            traced = victim.traced()
            assert killed_at(traced, point), f"not killed at {point}"
        acknowledged = "done" in traced.said
        # Most calls change nothing that stays: what is left to the byte as before was looked at.
        state = (left(victim.root, traced.pid), acknowledged)
        if state not in judged:
            judged[state] = judge(victim, acknowledged=acknowledged)
        found.append({"at": point.text, "left": judged[state]})
    return found


def left(root: Path, pid: int, but: Callable[[Path], bool] = lambda file: False) -> bytes:
    """All names and contents, but for the number of the process that was killed: the lock's file has it, and a sum.

    Args:
        root: The folder.
        pid: The process.
        but: Says which files are left out.
    """
    content = hashlib.sha256()
    for file in filterfalse(but, sorted(root.rglob("*"))):
        content.update(f"{file.relative_to(root)}\0{file.lstat().st_mode}\0".encode())
        if file.is_file():
            held = file.read_bytes()
            if file.name == "lock" and (named := b'"pid": %d,' % pid) in held:
                held = re.sub(rb'"sum": \d+', b"", held.replace(named, b"")).rstrip()
            content.update(hashlib.sha256(held).digest())
    return content.digest()


if __name__ == "__main__":
    print(json.dumps(kill_everywhere(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:]))))
