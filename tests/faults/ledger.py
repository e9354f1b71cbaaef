"""What the harness reached, to be told as a table: promise, what was tried, what came of it."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

VARIABLE = "KARTOTEKA_FAULTS_LEDGER"
"""Names the file that figures are added to, a line each; without it they are not kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table, or a part of it: figures of the same promise and result are added up."""

    promise: str
    tried: int
    unit: str
    bad: int
    of_bad: str
    """What is counted as bad, such as `saves lost`."""


def note(promise: str, tried: int, unit: str, bad: int, of_bad: str) -> None:
    """Add a figure."""
    if path := os.environ.get(VARIABLE):
        line = json.dumps(asdict(Entry(promise, tried, unit, bad, of_bad)), ensure_ascii=False) + "\n"
        with open(path, "a", encoding="utf-8") as ledger:
            ledger.write(line)


def table(path: Path) -> str:
    """The ledger as a table of Markdown."""
    rows: dict[tuple[str, str, str], list[int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = Entry(**json.loads(line))
        row = rows.setdefault((entry.promise, entry.unit, entry.of_bad), [0, 0])
        row[0] += entry.tried
        row[1] += entry.bad
    lines = [f"| {what} | {tried:,} {unit} | {bad:,} {of} |" for (what, unit, of), (tried, bad) in rows.items()]
    return "\n".join(["| promise | tried | result |", "|---|---|---|", *lines])
