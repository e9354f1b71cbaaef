"""What separates the cells of a CSV file: its own guess, since `csv.Sniffer` misses every Russian `;` file."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

CANDIDATES = (";", ",", "\t", "|")
_BARE = 2.0
_NOWHERE = "\x1f"
"""The unit separator: for a file of one column, whose cells may hold any of the candidates."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file's rows are cut."""

    delimiter: str
    announced: bool = False
    """True where the first line says so (`sep=;`, as Excel writes and reads): that line is no row."""


def layout_of(sample: Sequence[str], known: Callable[[str], bool]) -> Layout:
    """Guess the delimiter from the first lines of a file.

    The first row decides how many cells a row has; a delimiter is as likely as the rows agree with it.

    Args:
        sample: the first lines, with their ends.
        known: whether a cell is the name of a column: a delimiter that shows more of them wins.
    """
    if sample and sample[0].lower().startswith("sep=") and len(sample[0].strip("\r\n")) == 5:
        return Layout(sample[0][4], announced=True)
    with cells_up_to(sum(map(len, sample)) + 1):
        scores = {delimiter: _score(sample, delimiter, known) for delimiter in CANDIDATES}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return Layout(best if scores[best] > 1.0 else _NOWHERE)


@contextmanager
def cells_up_to(length: int) -> Iterator[None]:
    """Let the csv module, whose limit is one for the whole process, take cells of that many characters."""
    before = csv.field_size_limit(length)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _score(sample: Sequence[str], delimiter: str, known: Callable[[str], bool]) -> float:
    rows = [row for row in csv.reader(sample, delimiter=delimiter) if any(cell.strip() for cell in row)]
    if not rows:
        # Nothing but delimiters: cut by the right one these are empty rows.
        return _BARE
    # A title above the header ("Clients, November") is narrower than the header: the commonest width counts as well.
    widths = [len(row) for row in rows]
    width = max(set(widths), key=lambda candidate: (widths.count(candidate), candidate == widths[0]))
    if width == 1 or (widths[0] == 1 and known(rows[0][0])):
        return 0.0
    agreeing = widths.count(width) / len(widths)
    if widths[0] != width:
        agreeing *= 0.7
    names = sum(known(cell) for row in rows[:3] for cell in row)
    return (width + 3 * names) * agreeing**2
