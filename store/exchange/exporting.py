"""Export: all cards, or those a search finds, as CSV or as one JSON document a line."""

import csv
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from store.card import Card, Document, Path
from store.errors import Invalid, Problem
from store.exchange.lossless import ENVELOPE_CELLS, EXTRA, flatten
from store.exchange.writing_aside import written_aside
from store.kinds import kind_of
from store.schema import Schema

if TYPE_CHECKING:
    from store.door import Store
    from store.progress import Progress

FORMATS: Sequence[str] = ("csv", "jsonl")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
"""How a cell begins that a spreadsheet may take for a formula (OWASP, CSV injection)."""
_HARMLESS = re.compile(r"[+-][\d \u00a0.,]+", re.ASCII)
_PAGE = 500


def export(
    store: "Store",
    out: str | os.PathLike[str],
    *,
    query: str | None = None,
    serials: Sequence[int] | None = None,
    format: str = "csv",
    for_spreadsheet: bool = False,
    language: str = "uk",
    progress: "Progress | None" = None,
) -> int:
    """Write cards to a file, whole or not at all.

    Args:
        store: Where from.
        out: The file, or `-` for stdout.
        query: A search line; None for all cards.
        serials: Without a search line: these clients, in this order.
        format: `csv` or `jsonl`. A CSV is RFC 4180: commas, CRLF between rows, line breaks inside cells as they are.
        for_spreadsheet: A CSV for people to look at: values as they read them, formulas made harmless, no `extra`.
            It does not come back as it went.
        language: Whose words `for_spreadsheet` uses for choices, and yes and no.
        progress: Called with how many cards are done, of how many.

    Returns:
        How many cards were written.

    Raises:
        Invalid: `format-unknown`, `file-unwritable`, or what is wrong with the query.
    """
    if format not in FORMATS:
        raise Invalid([Problem("", "format-unknown", format, details={"formats": list(FORMATS)})])
    serials = _serials(store, query) if serials is None else serials
    total = _count(store) if serials is None else len(serials)

    def cards() -> Iterator[Card]:
        return store.cards() if serials is None else _in_order(store, serials)

    if format == "jsonl":
        with written_aside(out) as file:
            return _write_jsonl(cards(), file, _telling(progress, 0, total, total))
    encoding = "utf-8-sig" if for_spreadsheet else "utf-8"

    def cells(document: Document) -> dict[str, str]:
        return _readable(document, store.schema, language) if for_spreadsheet else flatten(document, store.schema)

    with written_aside(out, encoding) as file:
        columns = _columns(cards(), store.schema, cells, _telling(progress, 0, total, 2 * total))
        if for_spreadsheet:
            columns.remove(EXTRA)
        return _write_csv(cards(), file, columns, cells, _telling(progress, total, total, 2 * total))


def _serials(store: "Store", query: str | None) -> list[int] | None:
    if query is None or not query.strip():
        return None
    # As it is typed, and no slips: nobody looks through what is written to a file.
    found = store.find(query, limit=0)
    if wrong := found.query.wrong:
        # What was not understood would let out more cards than were asked for.
        raise Invalid(wrong)
    return sorted(found.serials())


def _in_order(store: "Store", serials: Sequence[int]) -> Iterator[Card]:
    """Cards in the order of a list. Of many at once each segment is read once."""
    for start in range(0, len(serials), _PAGE):
        wanted = serials[start : start + _PAGE]
        found = {card.serial: card for card in store.cards(wanted)}
        yield from (found[serial] for serial in wanted if serial in found)


def _count(store: "Store") -> int:
    return store.index.count()


def _telling(progress: "Progress | None", before: int, total: int, of: int) -> Callable[[int], None]:
    def tell(done: int) -> None:
        if progress and (done % 500 == 0 or done >= total):
            progress(min(before + done, of), of)

    return tell


def _write_jsonl(cards: Iterator[Card], file: TextIO, tell: Callable[[int], None]) -> int:
    done = 0
    for done, card in enumerate(cards, 1):
        line = json.dumps(card.document, ensure_ascii=False, separators=(",", ":"))
        try:
            file.write(line + "\n")
        except UnicodeEncodeError:
            file.write(json.dumps(card.document, separators=(",", ":")) + "\n")
        tell(done)
    return done


def _columns(
    cards: Iterator[Card], schema: Schema, cells: Callable[[Document], dict[str, str]], tell: Callable[[int], None]
) -> list[str]:
    """All columns the cards need, in the schema's order, rows of tables one after another.

    The cards are gone through once for this and once more to write them: kept, they would not fit in memory.
    """
    needed: set[str] = set()
    for done, card in enumerate(cards, 1):
        needed.update(cells(card.document))
        tell(done)
    places = {
        (section.key, field.key): (place, rank)
        for place, section in enumerate(schema.sections)
        for rank, field in enumerate(section.fields)
    }

    def order(column: str) -> tuple[int, int, int]:
        path = Path.parse(column)
        place, rank = places[path.section, path.field]
        return place, path.row or 0, rank

    fixed = ("uid", "number", "created", EXTRA)
    return [*fixed[:-1], *sorted(needed.difference(fixed), key=order), EXTRA]


def _write_csv(
    cards: Iterator[Card],
    file: TextIO,
    columns: Sequence[str],
    cells: Callable[[Document], dict[str, str]],
    tell: Callable[[int], None],
) -> int:
    writer = csv.writer(file)
    writer.writerow(columns)
    known = set(columns)
    done = 0
    for done, card in enumerate(cards, 1):
        made = cells(card.document)
        if EXTRA in known and not known.issuperset(made):
            # Saved by somebody between the two passes, with more rows than any card had: the surplus goes to `extra`.
            made = _fitted(made, known)
        writer.writerow([made.get(column, "") for column in columns])
        tell(done)
    return done


def _fitted(cells: dict[str, str], known: set[str]) -> dict[str, str]:
    extra = json.loads(cells.get(EXTRA) or "{}")
    for column in cells.keys() - known:
        path = Path.parse(column)
        row = "" if path.row is None else f"/{path.row}"
        extra[f"/{path.section}{row}/{path.field}"] = cells[column]
    return {**{key: cell for key, cell in cells.items() if key in known}, EXTRA: json.dumps(extra, ensure_ascii=False)}


def _readable(document: Document, schema: Schema, language: str) -> dict[str, str]:
    """The cells of a document for people: as values are shown, formulas made harmless."""
    made = {key: str(document[key]) for key in ENVELOPE_CELLS if document.get(key)}
    for section in schema.sections:
        value = document.get(section.key)
        rows = value if isinstance(value, list) else [value]
        for place, row in enumerate(row for row in rows if isinstance(row, dict)):
            path = f"{section.key}[{place}]" if section.is_table else section.key
            for field in section.fields:
                if row.get(field.key) not in (None, "") and not field.hidden:
                    shown = kind_of(field, row).show(row[field.key], field, language)
                    made[f"{path}.{field.key}"] = shown.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    return {column: guarded(cell) for column, cell in made.items()}


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet takes it for a formula; phones and sums are none."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _HARMLESS.fullmatch(cell) else cell
