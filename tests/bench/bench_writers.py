"""Eight operators save at once, each the next card as soon as the last one is on the disk; beside one alone."""

import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from store.door import Edit, Store, open_store
from store.errors import Busy, Conflict
from tests.bench.figures import Figure
from tests.bench.stores import store_of

WRITERS = 8

SAVES = 150
"""Of random clients, by each of them."""

CLIENTS = 100_000


def measure() -> Iterable[Figure]:
    """What one writer waits for a save, and what each of eight does."""
    with tempfile.TemporaryDirectory(prefix="kartoteka-writers-") as folder:
        # A copy: a bench must not change the store that others measure.
        path = Path(shutil.copytree(store_of(CLIENTS), Path(folder) / "store"))
        alone = sorted(_saved(path, 1))
        times = sorted(_saved(path, WRITERS))
    at = f"{CLIENTS:,} clients, {WRITERS} writers without a pause"
    yield Figure("save one card, p50", at, _at(times, 50), None, "ms", f"one writer: {_at(alone, 50):.1f} ms")
    yield Figure("save one card, p99", at, _at(times, 99), 250, "ms", f"one writer: {_at(alone, 99):.1f} ms")
    yield Figure("save one card, longest", at, times[-1], None, "ms", f"one writer: {alone[-1]:.1f} ms")


def _saved(path: Path, writers: int) -> list[float]:
    """Milliseconds of every save by so many processes at once."""
    reading, writing = os.pipe()
    children: list[int] = []
    for name in range(writers):
        if (process := os.fork()) == 0:
            os.close(reading)
            try:
                with open(writing, "w", encoding="ascii") as said:
                    said.writelines(f"{taken}\n" for taken in _work(path, f"w{name}"))
            finally:
                os._exit(0)
        children.append(process)
    os.close(writing)
    with open(reading, encoding="ascii") as said:
        times = [float(line) for line in said]
    for process in children:
        os.waitpid(process, 0)
    assert len(times) == writers * SAVES, "a writer gave up"
    return times


def _work(path: Path, name: str) -> list[float]:
    dice = random.Random(name)
    with open_store(path, operator=name) as store:
        return [_save(store, dice.randrange(1, CLIENTS + 1), turn) for turn in range(SAVES)]


def _save(store: Store, serial: int, turn: int) -> float:
    """Milliseconds from the key that saves until it is saved, tries that were refused included."""
    start = time.perf_counter()
    while True:
        document = store.card(serial).document
        after = {**document, "person": {**document.get("person", {}), "position": f"посада {turn}"}}
        try:
            store.write([Edit(serial, document, after)])
        except (Busy, Conflict):
            continue
        return (time.perf_counter() - start) * 1000


def _at(times: list[float], percent: int) -> float:
    return times[len(times) * percent // 100]
