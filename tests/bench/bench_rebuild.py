"""A full rebuild of the index from the segments, on both cores: time, size and memory; beside reading the files alone.

It runs in a process of its own, so that its memory is its own.
"""

import json
import multiprocessing
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from store.door import open_store
from tests.bench.figures import MILLION, Figure
from tests.bench.stores import store_of

_TARGETS: dict[int, tuple[float, float | None]] = {100_000: (15, 1024), MILLION: (160, None)}
"""Most seconds; most bytes a client."""


class Rebuilt(NamedTuple):
    """What a rebuild took."""

    seconds: float
    processor: float
    """Seconds of the processor, of all its processes."""
    size: int
    """Bytes of the index."""
    megabytes: float
    """The greatest memory of the process that writes."""
    reader_megabytes: float
    """The greatest of one that reads segments."""
    told: int
    """How many times its progress was told."""
    longest_silence: float
    """Seconds."""


def measure(clients: int = 100_000) -> Iterator[Figure]:
    at = f"{clients:,} clients"
    with tempfile.TemporaryDirectory(prefix="kartoteka-rebuild-") as folder:
        copy = Path(folder) / "store"
        shutil.copytree(store_of(clients), copy, ignore=shutil.ignore_patterns("index.sqlite3*"))
        rebuilt = _alone(copy)
        beside = f"decoding the same files by the standard library, one core: {_decode(copy):.1f} s"
    most, size = _TARGETS[clients]
    yield Figure("full rebuild of the index", at, rebuilt.seconds, most, "s", beside, processor=rebuilt.processor)
    yield Figure("size of the index, a client with purchases", at, rebuilt.size / clients, size, "bytes")
    silence = f"longest silence {rebuilt.longest_silence:.1f} s"
    yield Figure("times the rebuild's progress was told", at, rebuilt.told, 20, "", silence, more_is_better=True)
    readers = f"of a process that reads {rebuilt.reader_megabytes:.0f} MB"
    yield Figure("memory of the rebuild, at most", at, rebuilt.megabytes, None, "MB", readers)


def measure_million() -> Iterator[Figure]:
    yield from measure(MILLION)


def _alone(store: Path) -> Rebuilt:
    context = multiprocessing.get_context("spawn")
    queue = context.SimpleQueue()
    process = context.Process(target=_answer, args=(store, queue))
    process.start()
    answer: Rebuilt = queue.get()
    process.join()
    return answer


def _answer(place: Path, queue: Any) -> None:
    told = [time.perf_counter()]
    # Opened without an index, a store builds it.
    with open_store(place, progress=lambda done, of: told.append(time.perf_counter())) as store:
        told.append(time.perf_counter())
        processor = _processor()
        store.index.tidy()
        size = store.index.path.stat().st_size
    memory, of_readers = (
        resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    silence = max(after - before for before, after in pairwise(told))
    queue.put(Rebuilt(told[-1] - told[0], processor, size, memory, of_readers, len(told) - 2, silence))


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _decode(store: Path) -> float:
    """Seconds to decode every segment to objects, nothing else done with them."""
    before = time.perf_counter()
    for file in (store / "clients").glob("*[0-9].json"):
        json.loads(file.read_bytes())
    return time.perf_counter() - before
