"""Writers that are killed, run as a program: forks of it write, and it kills them. Prints one JSON value.

    python -m tests.store.faults.killing random STORE TIMES     kill -9 at random moments
    python -m tests.store.faults.killing sweep STORE            die at each system call of one commit in turn

A fork dies without any of Python's clean-up, as by a power switch on the process.
"""

import functools
import json
import os
import random
import select
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from store.card import Document
from store.door import Edit, Store, open_store

CALLS = ("open", "write", "fsync", "rename", "unlink", "pwrite", "fchmod")
CLIENTS = 200
"""Of four segments."""


def writer(path: Path, acknowledged: int, turn: int) -> None:
    """Save for ever: one card, then cards of several segments; say each save that was acknowledged."""
    store = open_store(path, operator=f"writer{turn}")
    dice = random.Random(turn)
    count = 0
    while True:
        count += 1
        serials = [dice.randrange(1, CLIENTS + 1)] if count % 3 else sorted(dice.sample(range(1, CLIENTS + 1), 3))
        value = f"{turn}-{count}"
        store.write([noted(store, serial, value) for serial in serials])
        os.write(acknowledged, (json.dumps([serials, value]) + "\n").encode())


def noted(store: Store, serial: int, value: str) -> Edit:
    """An edit that adds a task to a card: what was once saved there stays there."""
    document = store.card(serial).document
    after: Document = {**document, "tasks": [*document.get("tasks", ()), {"text": value}]}
    return Edit(serial, document, after)


def kill_at_random(path: Path, times: int) -> dict[str, Any]:
    """Kill so many writers; return what they had acknowledged."""
    acknowledged: list[Any] = []
    dice = random.Random(20261122)
    for turn in range(times):
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(reading)
            writer(path, writing, turn)
        os.close(writing)
        wait_a_little(reading, dice)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        with open(reading, encoding="utf-8") as lines:
            acknowledged += [json.loads(line) for line in lines if line.endswith("\n")]
    return {"acknowledged": acknowledged}


def wait_a_little(reading: int, dice: random.Random) -> None:
    """Wait until the writer has said something, and then any part of a save longer."""
    select.select([reading], [], [], 10)
    for _ in range(dice.randrange(4)):
        select.select([], [], [], dice.random() * 0.01)


def die_at(call: int) -> Callable[[], int]:
    """Let this process die when it enters that system call, counted from now; returns how to ask for the count."""
    count = 0

    def counted(real: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        nonlocal count
        count += 1
        if count == call:
            os._exit(9)
        return real(*arguments, **options)

    for name in CALLS:
        setattr(os, name, functools.partial(counted, getattr(os, name)))
    return lambda: count


def sweep(base: Path) -> dict[str, Any]:
    """Commit three segments, dying at the first, second … call; say what the store was after each."""
    outcomes: list[str] = []
    call = 0
    while True:
        call += 1
        path = base.with_name("swept")
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(base, path)
        process = os.fork()
        if process == 0:
            store = open_store(path, operator="olena")
            edits = [noted(store, serial, "new") for serial in (1, 70, 140)]
            die_at(call)
            store.write(edits)
            os._exit(0)
        died = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9
        outcomes.append(state_after(path, acknowledged=not died))
        if not died:
            return {"outcomes": outcomes}


def state_after(path: Path, *, acknowledged: bool) -> str:
    """What the next operator finds: `old`, `new`, or what is wrong."""
    with open_store(path, operator="petro") as store:
        store.write([noted(store, 199, "next")])
        done = [
            any(task["text"] == "new" for task in store.card(serial).document.get("tasks", ()))
            for serial in (1, 70, 140)
        ]
        report = store.check()
        if report.findings:
            return f"findings {[finding.code for finding in report.findings]}"
        if any(done) != all(done):
            return "half"
        if acknowledged and not all(done):
            return "lost"
        return "new" if all(done) else "old"


if __name__ == "__main__":
    if sys.argv[1] == "random":
        print(json.dumps(kill_at_random(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        print(json.dumps(sweep(Path(sys.argv[2]))))
