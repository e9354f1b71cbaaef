"""Import of a CSV file, no questions asked where the answer is in the file."""

import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from store.errors import Invalid, Problem
from store.exchange.csv_file import CsvFile, RawRow, open_file
from store.exchange.guessing import arrange
from store.exchange.headers import Column, Headers, is_known, plain
from store.exchange.importing import Importer, ImportReport, run
from store.exchange.incoming import Incoming, RowReader
from store.exchange.mapping import by_plain_name

if TYPE_CHECKING:
    from store.door import Store
    from store.progress import Progress

_SAMPLE = 200
_BY_WHOLE: Mapping[str, Sequence[str]] = {
    "person": ("name",),
    "addresses": ("address",),
    "identifiers": ("number",),
    "contacts": ("number",),
}
"""Section -> columns of another name that may fill its fields."""


def import_csv(
    store: "Store",
    file: str | os.PathLike[str],
    *,
    mapping: Mapping[str, str] | None = None,
    update_by: str | None = None,
    dry_run: bool = False,
    progress: "Progress | None" = None,
) -> ImportReport:
    """Import the clients of a CSV file as one changeset; all or nothing is written.

    Args:
        store: Where to.
        file: The file; a pipe will do.
        mapping: Header -> path or `-`, for what the names do not tell (see `store.exchange.mapping`).
        update_by: The path by which a row is known to be a client of the store; without it a row with the `uid` of
            a client (our own export) updates it, and all others are new.
        dry_run: Write nothing, report the same.
        progress: Called with how much is done, of how much.

    Raises:
        NotFound: `file-missing`.
        Invalid: What is wrong with the file as a whole, the mapping or `update_by` (`update-by-unknown`,
            `update-by-absent` where no column says it).
    """
    wanted = by_plain_name(mapping or {})
    headers = Headers(store.schema)
    aimed = {name: headers.aim(path) for name, path in wanted.items()}
    with open_file(file) as opened:
        source = CsvFile(opened, os.fspath(file), lambda cell: is_known(cell) or plain(cell) in aimed)
        rows = source.rows()
        sample = list(itertools.islice(rows, _SAMPLE))
        filled = [row for row in sample if any(cell.strip() for cell in row.cells)]
        if not filled:
            raise Invalid([Problem("", "file-empty", os.fspath(file))])
        above, columns = arrange(filled, headers, store.reading, lambda cell: plain(cell) in aimed)
        columns = [Column(column.header, aimed.get(plain(column.header), column.target)) for column in columns]
        header_row = filled[above - 1].number if above else 0
        if above and len(filled) == above and len(sample) < _SAMPLE:
            raise Invalid([Problem("", "file-header-only", os.fspath(file), header_row)])
        report = ImportReport(encoding=source.encoding, delimiter=source.layout.delimiter)
        _describe(report, columns, filled[above:], header_row, store)
        _check_map(report, mapping or {}, columns, header_row)
        if update_by and not _says(columns, update_by):
            raise Invalid([Problem("", "update-by-absent", update_by)])
        own = any(column.target and column.target.section == "uid" for column in columns)
        importer = Importer(store, update_by or ("uid" if own else None))
        reader = RowReader(store.schema, columns, store.reading)
        titles = {row.number for row in filled[: max(above - 1, 0)]}
        return run(
            importer,
            _incoming(itertools.chain(sample, rows), reader, header_row, titles),
            report,
            dry_run=dry_run,
            position=lambda: (source.position(), source.size),
            progress=progress,
        )


def _incoming(
    rows: Iterator[RawRow], reader: RowReader, header_row: int, titles: set[int]
) -> Iterator[Incoming | None]:
    for row in rows:
        if row.number == header_row:
            continue
        if row.number in titles:
            yield Incoming(row.number, problems=[Problem("", "row-above-header", _shown(row), row.number)])
        elif any(row.cells):
            yield reader.read(row.number, row.cells)
        else:
            yield None


def _check_map(report: ImportReport, mapping: Mapping[str, str], columns: Sequence[Column], header_row: int) -> None:
    """Tell of names in the map that no column has: one of the two is mistyped."""
    names = {plain(column.header) for column in columns}
    for header in mapping:
        if plain(header) not in names:
            report.problems.append(Problem("", "mapped-column-missing", header, header_row or 1))


def _says(columns: Sequence[Column], path: str) -> bool:
    """Whether any column may say the value of that path: where none does, every row would be a new client."""
    section, _, field = path.partition(".")
    wanted = {f"{section.partition('[')[0]}.{field}" if field else path, *_BY_WHOLE.get(section.partition("[")[0], ())}
    return any(column.target and (column.target.path in wanted or column.target.is_own) for column in columns)


def _shown(row: RawRow) -> str:
    return " ".join(cell.strip() for cell in row.cells if cell.strip())[:200]


def _describe(
    report: ImportReport, columns: Sequence[Column], below: Sequence[RawRow], header_row: int, store: "Store"
) -> None:
    """Say what each column was taken for, and which nobody knows."""
    paths = set()
    for place, column in enumerate(columns):
        path = column.target.path if column.target else ""
        paths.add(path)
        report.columns.append((column.header, path))
        has_values = any(place < len(row.cells) and row.cells[place].strip() for row in below)
        if column.target is None and has_values:
            details = {"column": place + 1, "header": column.header}
            report.problems.append(Problem("", "header-unknown", column.header, header_row or 1, details))
    if "purchases.amount" in paths and "purchases.date" not in paths and header_row:
        today = store.reading.today.isoformat()
        report.problems.append(Problem("purchases.date", "date-assumed", today, header_row))
