import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store.card import Document
from store.door import Store, open_store
from store.exchange import ImportReport, import_csv
from store.kinds import Reading

TODAY = datetime.date(2026, 11, 22)

Import = Callable[..., ImportReport]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", create=True, reading=Reading(TODAY)) as opened:
        yield opened


@pytest.fixture
def take_in(store: Store, tmp_path: Path) -> Import:
    """Import a text as a file of it would be imported."""

    def take_in(text: str | bytes, encoding: str = "utf-8", **options: Any) -> ImportReport:
        file = tmp_path / "clients.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return import_csv(store, file, **options)

    return take_in


def documents(store: Store) -> list[Document]:
    return [card.document for card in store.cards()]


def content(document: Document) -> Document:
    """A document without what every store sets itself."""
    return {key: value for key, value in document.items() if key not in ("revision", "created", "updated")}


def plain_rows(document: Document, section: str) -> list[Document]:
    """The rows of a table without their ids."""
    return [{key: value for key, value in row.items() if key != "id"} for row in document.get(section, ())]


def balanced(report: ImportReport) -> bool:
    parts = report.created + report.updated + report.unchanged + report.skipped + report.failed
    return report.rows == parts
