"""Saving one card: acknowledged on the disk, with its journal and the index; beside plain TinyDB in the same run."""

import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tinydb import TinyDB

from store.door import Edit, Store, open_store
from tests.bench.figures import Figure
from tests.bench.stores import store_of

SAVES = 600
"""Of random clients; taken in turns of both stores, so that what else the machine does weighs on both alike."""

PLAIN_SAVES = 20


def measure() -> Iterable[Figure]:
    """Save cards of a small store, of a large one, and of one plain TinyDB file."""
    with tempfile.TemporaryDirectory(prefix="kartoteka-save-") as folder:
        # Copies: a bench must not change the store that others measure.
        paths = {clients: Path(folder) / str(clients) for clients in (1_000, 100_000)}
        for clients, path in paths.items():
            shutil.copytree(store_of(clients), path)
        # As in `bench_update`: stores in use lie on the disk.
        os.sync()
        plain = plain_tinydb(paths[1_000], Path(folder) / "plain.json")
        times = _take_turns({clients: open_store(path, operator="bench") for clients, path in paths.items()})
    small, large = sorted(times[1_000]), sorted(times[100_000])
    beside = f"plain TinyDB, one file of 1,000: {plain:.0f} ms ({plain / _at(small, 50):.0f} times as long)"
    yield Figure("save one card, p50", "1,000 clients", _at(small, 50), 6, "ms", beside)
    yield Figure("save one card, p95", "1,000 clients", _at(small, 95), 12, "ms")
    yield Figure("save one card, p50", "100,000 clients", _at(large, 50), 6, "ms", beside)
    yield Figure("save one card, p95", "100,000 clients", _at(large, 95), 12, "ms")
    ratio = _at(large, 50) / _at(small, 50)
    yield Figure("save, 100,000 clients against 1,000", "p50", ratio, 1.3, "times")


def _take_turns(stores: dict[int, Store]) -> dict[int, list[float]]:
    dice = random.Random(7)
    times: dict[int, list[float]] = {clients: [] for clients in stores}
    for turn in range(SAVES):
        for clients, store in stores.items():
            times[clients].append(_save(store, dice.randrange(1, clients + 1), turn))
    for store in stores.values():
        store.close()
    return times


def _save(store: Store, serial: int, turn: int) -> float:
    """Milliseconds of one save: the card was read when it was opened, and is saved with a value changed."""
    document = store.card(serial).document
    after = {**document, "person": {**document.get("person", {}), "position": f"посада {turn}"}}
    start = time.perf_counter()
    store.write([Edit(serial, document, after)])
    return (time.perf_counter() - start) * 1000


def plain_tinydb(source: Path, file: Path) -> float:
    """Milliseconds of the same in one plain TinyDB file."""
    with open_store(source, operator="bench") as store:
        documents = [card.document for card in store.cards()]
    with TinyDB(file, encoding="utf-8") as plain:
        plain.table("clients").insert_multiple(documents)
        times = []
        for turn in range(PLAIN_SAVES):
            start = time.perf_counter()
            plain.table("clients").update({"position": f"посада {turn}"}, doc_ids=[turn + 1])
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _at(times: list[float], percent: int) -> float:
    return times[len(times) * percent // 100]
