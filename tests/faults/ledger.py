"""What the harness reached, to be told as a table: promise, what was tried, what came of it, how long it took."""

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

VARIABLE = "KARTOTEKA_FAULTS_LEDGER"
"""Names the file that figures are added to, a line each; without it they are not kept."""

DONE = "KARTOTEKA_FAULTS_DONE"
"""Names the ledger as it was before this run: what stands in it without a fault is not tried again."""

_started = time.monotonic()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table, or a part of it: figures of the same promise and result are added up."""

    test: str
    """What noted it; a later entry of the same test and promise replaces it."""
    promise: str
    tried: int
    unit: str
    bad: int
    of_bad: str
    """What is counted as bad, such as `saves lost`."""
    seconds: float = 0.0


def begin() -> None:
    """A test begins."""
    global _started
    _started = time.monotonic()


def note(promise: str, tried: int, unit: str, bad: int, of_bad: str) -> None:
    """Add a figure."""
    if path := os.environ.get(VARIABLE):
        # `name[operation of words-0] (call)`
        test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
        entry = Entry(test, promise, tried, unit, bad, of_bad, round(time.monotonic() - _started, 1))
        with open(path, "a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")


def entries(path: Path) -> list[Entry]:
    """All entries that no later one replaces."""
    found: dict[tuple[str, str, str], Entry] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = Entry(**json.loads(line))
        found[entry.test, entry.promise, entry.of_bad] = entry
    return list(found.values())


def done() -> set[str]:
    """The tests that need not be tried again."""
    path = os.environ.get(DONE)
    known = entries(Path(path)) if path else []
    return {entry.test for entry in known} - {entry.test for entry in known if entry.bad}


def table(path: Path) -> str:
    """The ledger as a table of Markdown."""
    rows: dict[tuple[str, str, str], list[float]] = {}
    for entry in entries(path):
        row = rows.setdefault((entry.promise, entry.unit, entry.of_bad), [0, 0, 0])
        for place, value in enumerate((entry.tried, entry.bad, entry.seconds)):
            row[place] += value
    lines = [
        f"| {what} | {tried:,.0f} {unit} | {bad:,.0f} {of} | {seconds / 60:.1f} min |"
        for (what, unit, of), (tried, bad, seconds) in rows.items()
    ]
    return "\n".join(["| promise | tried | result | took |", "|---|---|---|---|", *lines])
