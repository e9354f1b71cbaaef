"""Clients in and out: import of CSV and JSONL, export to them."""

from store.exchange.csv_import import import_csv
from store.exchange.exporting import export
from store.exchange.importing import ImportReport
from store.exchange.jsonl_import import import_jsonl
from store.exchange.mapping import load_mapping

__all__ = ["ImportReport", "export", "import_csv", "import_jsonl", "load_mapping"]
