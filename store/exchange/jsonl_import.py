"""Import of our own JSONL export: one document a line, taken over as it stands where the schema lets it."""

import json
import os
from collections.abc import Iterator
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, BinaryIO

from store.errors import Invalid, Problem
from store.exchange.csv_file import kind_of_file, open_file
from store.exchange.importing import Importer, ImportReport, run
from store.exchange.incoming import Incoming

if TYPE_CHECKING:
    from store.door import Store
    from store.progress import Progress

_LEFT_OUT = ("revision", "updated")


def import_jsonl(
    store: "Store",
    file: str | os.PathLike[str],
    *,
    update_by: str | None = None,
    dry_run: bool = False,
    progress: "Progress | None" = None,
) -> ImportReport:
    """Import documents, one a line, as one changeset; a client the store has (by `uid`) is updated.

    Args:
        store: Where to.
        file: The file.
        update_by: The path by which a document is known to be a client of the store; `uid` by default.
        dry_run: Write nothing, report the same.
        progress: Called with how much is done, of how much.

    Raises:
        NotFound: `file-missing`.
        Invalid: What is wrong with the file as a whole, or with `update_by`.
    """
    with open_file(file) as opened:
        kind = kind_of_file(opened)
        if kind not in ("text", "jsonl"):
            raise Invalid([Problem("", "file-of-other-kind", os.fspath(file), details={"kind": kind})])
        size = opened.seek(0, os.SEEK_END)
        opened.seek(0)
        report = ImportReport(encoding="utf-8")
        if not any(line.strip() for line in opened):
            raise Invalid([Problem("", "file-empty", os.fspath(file))])
        opened.seek(0)
        return run(
            Importer(store, update_by or "uid"),
            _incoming(opened),
            report,
            dry_run=dry_run,
            position=lambda: (opened.tell(), size),
            progress=progress,
        )


def _incoming(file: BinaryIO) -> Iterator[Incoming | None]:
    text = TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="\n")
    try:
        for number, line in enumerate(text, 1):
            if not line.strip():
                yield None
                continue
            document = _document(line)
            if document is None:
                yield Incoming(number, unreadable=Problem("", "line-unreadable", line[:80].strip(), number))
            else:
                yield Incoming(number, document, read=False)
    finally:
        # Ctrl+C, or an error, may close the file before this generator.
        if not file.closed:
            text.detach()


def _document(line: str) -> dict[str, Any] | None:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    return {key: value for key, value in document.items() if key not in _LEFT_OUT}
