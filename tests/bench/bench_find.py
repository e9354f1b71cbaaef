"""`kartoteka find` as a process, beside Python that does nothing, plain TinyDB and ripgrep over the same files."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.stores import store_of

CLIENTS = 100_000
RUNS = 21
QUERIES = ("шевч", "oleksandr", "067", "олена київ", "itdxtyrj")
TARGET_MS = 100

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As users have it: Python keeps what it compiled. Without that each start would compile the program again."""

_PLAIN_TINYDB = """
import sys
from pathlib import Path
from tinydb import TinyDB, where
found = []
for file in sorted(Path(sys.argv[1]).glob("*.json")):
    with TinyDB(file, access_mode="r", encoding="utf-8") as database:
        begins = lambda person: any(str(value).lower().startswith(sys.argv[2]) for value in person.values())
        found += database.table("clients").search(where("person").test(begins))
print(len(found))
"""


def measure() -> Iterator[Figure]:
    store = store_of(CLIENTS)
    at = f"{CLIENTS:,} clients"
    find = [sys.executable, "-m", "tui", "--store", str(store), "find"]
    bare = _milliseconds([[sys.executable, "-c", "pass"]])
    beside = f"`python -c pass` {bare:.0f} ms; {_plain_tinydb(store)}{_ripgrep(store)}"
    text = [[*find, *query.split()] for query in QUERIES]
    yield Figure("`kartoteka find`, a process", at, _milliseconds(text), TARGET_MS, "ms", beside)
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


def _plain_tinydb(store: Path) -> str:
    """One search by plain TinyDB over the same segment files: once, it takes long enough."""
    before = time.perf_counter()
    command = [sys.executable, "-c", _PLAIN_TINYDB, str(store / "clients"), QUERIES[0]]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return f"plain TinyDB {(time.perf_counter() - before) * 1000:,.0f} ms"


def _ripgrep(store: Path) -> str:
    """A plain text search of the files by ripgrep, where it is installed; it knows no spellings, fields or clients."""
    program = shutil.which("rg")
    if program is None:
        return ""
    command = [program, "--count", "--ignore-case", QUERIES[0], os.fspath(store / "clients")]
    return f"; ripgrep {_milliseconds([command]):,.0f} ms"
