"""`kartoteka find` as a process, beside Python that does nothing, plain TinyDB and ripgrep over the same files."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from tests.bench import beside
from tests.bench.figures import Figure
from tests.bench.stores import store_of

CLIENTS = 100_000
RUNS = 21
QUERIES = ("шевч", "oleksandr", "067", "олена київ", "itdxtyrj")
TARGET_MS = 100

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As users have it: Python keeps what it compiled. Without that each start would compile the program again."""


def measure() -> Iterator[Figure]:
    store = store_of(CLIENTS)
    at = f"{CLIENTS:,} clients"
    find = [sys.executable, "-m", "tui", "--store", str(store), "find"]
    bare = _milliseconds([[sys.executable, "-c", "pass"]])
    plain = (beside.tinydb(store, QUERIES[0]), beside.ripgrep(store / "clients", [QUERIES[0]] * RUNS))
    others = "; ".join((f"`python -c pass` {bare:.0f} ms", *plain))
    text = [[*find, *query.split()] for query in QUERIES]
    yield Figure("`kartoteka find`, a process", at, _milliseconds(text), TARGET_MS, "ms", others)
    as_json = [[*command, "--json"] for command in text]
    yield Figure("`kartoteka find --json`, a process", at, _milliseconds(as_json), TARGET_MS, "ms")


def _milliseconds(commands: Sequence[Sequence[str]]) -> float:
    """The median time of the commands as processes, run in turn until there are enough."""
    times = []
    for turn in range(RUNS + len(commands)):
        command = commands[turn % len(commands)]
        before = time.perf_counter()
        # 1: nothing found, which is an answer too.
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"failed: {' '.join(command)}")
        times.append((time.perf_counter() - before) * 1000)
    return statistics.median(times[len(commands) :])
