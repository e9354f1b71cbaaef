"""A full rebuild of the index from the segments, on both cores; and its size. Beside it: reading the files alone."""

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from store.door import open_store
from tests.bench.figures import Figure
from tests.bench.stores import store_of

CLIENTS = 100_000


def measure() -> Iterator[Figure]:
    at = f"{CLIENTS:,} clients"
    kept = store_of(CLIENTS)
    with tempfile.TemporaryDirectory(prefix="kartoteka-rebuild-") as folder:
        copy = Path(folder) / "store"
        shutil.copytree(kept, copy, ignore=shutil.ignore_patterns("index.sqlite3*"))
        before = time.perf_counter()
        with open_store(copy) as store:
            first = time.perf_counter() - before
            before = time.perf_counter()
            store.rebuild_index()
            again = time.perf_counter() - before
            size = store.index.path.stat().st_size
            beside = f"decoding the same files by the standard library, one core: {_decode(copy):.1f} s"
        yield Figure("full rebuild of the index", at, again, 20, "s", beside)
        yield Figure("opening a store without an index", at, first, None, "s")
        yield Figure("size of the index, a client", at, size / CLIENTS, None, "bytes")


def _decode(store: Path) -> float:
    """Seconds to decode every segment to objects, nothing else done with them."""
    before = time.perf_counter()
    for file in (store / "clients").glob("*[0-9].json"):
        json.loads(file.read_bytes())
    return time.perf_counter() - before
