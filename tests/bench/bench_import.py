"""Import of a spreadsheet of 100,000 clients, index built, beside plain TinyDB taking in the same rows."""

import csv
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure
from tests.bench.stores import kept, spreadsheet_of

ROWS = 100_000
TINYDB_ROWS = 2_000
"""Plain TinyDB rewrites its file at each insert: more rows one by one would take hours."""


def measure() -> Iterator[Figure]:
    """Import into an empty store in a process of its own, so that its memory is its own."""
    file = spreadsheet_of(ROWS)
    seconds, megabytes, told = _alone(_import, file)
    one_by_one, at_once = _alone(_plain, file)
    yield Figure(
        "import of a CSV, index built",
        f"{ROWS:,} rows",
        seconds,
        60,
        "s",
        f"plain TinyDB, no index: all at once {at_once:.1f} s; first {TINYDB_ROWS:,} one by one {one_by_one:.0f} s",
    )
    yield Figure("memory of the import", f"{ROWS:,} rows", megabytes, 400, "MB")
    yield Figure("times the import's progress was told", f"{ROWS:,} rows", told, 100, "", more_is_better=True)


def _alone(errand: Any, file: Path) -> tuple[float, ...]:
    context = multiprocessing.get_context("spawn")
    queue = context.SimpleQueue()
    process = context.Process(target=_answer, args=(errand, file, queue))
    process.start()
    answer: tuple[float, ...] = queue.get()
    process.join()
    return answer


def _answer(errand: Any, file: Path, queue: Any) -> None:
    queue.put(errand(file))


def _import(file: Path) -> tuple[float, ...]:
    from store.door import open_store
    from store.exchange import import_csv

    told: list[int] = []
    with tempfile.TemporaryDirectory(dir=kept()) as folder:
        began = time.perf_counter()
        with open_store(Path(folder) / "store", operator="bench", create=True) as store:
            report = import_csv(store, file, progress=lambda done, of: told.append(done))
        seconds = time.perf_counter() - began
    if report.created != ROWS:
        raise SystemExit(f"imported {report.created:,} of {ROWS:,} rows")
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, float(len(told))


def _plain(file: Path) -> tuple[float, ...]:
    from tinydb import TinyDB

    with file.open(encoding="cp1251", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter=";"))
    with tempfile.TemporaryDirectory(dir=kept()) as folder:
        began = time.perf_counter()
        with TinyDB(Path(folder) / "one.json", encoding="utf-8") as database:
            for row in rows[:TINYDB_ROWS]:
                database.insert(row)
        one_by_one = time.perf_counter() - began
        began = time.perf_counter()
        with TinyDB(Path(folder) / "all.json", encoding="utf-8") as database:
            database.insert_multiple(rows)
        at_once = time.perf_counter() - began
    return one_by_one, at_once
