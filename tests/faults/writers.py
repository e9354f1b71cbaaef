"""Many processes that save while random ones of them are killed, run as a program. Prints one JSON value.

    python -m tests.faults.writers PLACE PROCESSES EDITS [MUTANT]

A killed writer is followed by another until each place has had so many edits acknowledged.
"""

import json
import os
import random
import select
import signal
import sys
from pathlib import Path
from typing import Any

from store.door import Edit, open_store
from store.errors import Busy, Conflict, StoreError
from tests.faults.mutants import MUTANTS
from tests.faults.operations import SERIALS, make_base
from tests.faults.truth import what_is_wrong


def write(path: Path, saying: int, name: str, edits: int) -> None:
    """Add a task to a random card, over and over; say each that was acknowledged. One in five touches two segments."""
    dice = random.Random(name)
    with open_store(path, operator=name) as store:
        done = 0
        while done < edits:
            token = f"{name}-{done}"
            chosen = sorted(dice.sample(SERIALS, 2 if dice.random() < 0.2 else 1))
            documents = {serial: store.card(serial).document for serial in chosen}
            edits_ = [
                Edit(serial, before, {**before, "tasks": [*before.get("tasks", ()), {"text": token}]})
                for serial, before in documents.items()
            ]
            try:
                store.write(edits_)
            except (Busy, Conflict):
                continue  # nothing was saved, and it was said: once more
            os.write(saying, json.dumps([chosen, token]).encode() + b"\n")
            done += 1


def start(path: Path, name: str, edits: int) -> tuple[int, int]:
    """A writer in a process of its own: its id, and where it says what was acknowledged."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            write(path, writing, name, edits)
        except StoreError as error:
            os.write(writing, json.dumps(["error", repr(error)]).encode() + b"\n")
        finally:
            os._exit(0)
    os.close(writing)
    return process, reading


def run(path: Path, processes: int, edits: int) -> tuple[list[Any], int]:
    """Let them write, killing one every now and then; what was acknowledged, and how many were killed."""
    dice = random.Random(20261122)
    said: list[Any] = []
    running = {
        reading: (process, b"", edits) for process, reading in (start(path, f"w{n}", edits) for n in range(processes))
    }
    killed = 0
    until_kill = edits // 2
    while running:
        for reading in select.select(list(running), [], [])[0]:
            process, text, left = running[reading]
            data = os.read(reading, 1 << 16)
            *lines, text = (text + data).split(b"\n")
            said += map(json.loads, lines)
            left -= len(lines)
            until_kill -= len(lines)
            running[reading] = (process, text, left)
            if not data:
                os.close(reading)
                os.waitpid(process, 0)
                del running[reading]
                if left > 0:
                    process, fresh = start(path, f"w{killed}again{len(said)}-{process}", left)
                    running[fresh] = (process, b"", left)
        if until_kill <= 0 and running:
            until_kill = edits // 2
            os.kill(dice.choice(sorted(running.values()))[0], signal.SIGKILL)
            killed += 1
    return said, killed


def main(place: Path, processes: int, edits: int, mutant: str = "") -> dict[str, Any]:
    """Lost, doubled and wrong."""
    make_base(place / "store")
    if mutant:
        MUTANTS[mutant]()
    said, killed = run(place / "store", processes, edits)
    errors = [line for line in said if line[0] == "error"]
    acknowledged = [(serial, token) for serials, token in said if serials != "error" for serial in serials]
    found: list[tuple[int, str]] = []
    try:
        with open_store(place / "store", operator="petro") as store:
            for card in store.cards():
                found += [(card.serial, task["text"]) for task in card.document.get("tasks", ())]
    except StoreError as error:
        errors.append(repr(error))
    return {
        "acknowledged": len(said) - len([line for line in said if line[0] == "error"]),
        "killed": killed,
        "lost": len(set(acknowledged) - set(found)),
        "doubled": len(found) - len(set(found)),
        "errors": errors[:5],
        "wrong": what_is_wrong(place / "store"),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])))
