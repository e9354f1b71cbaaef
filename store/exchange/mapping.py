"""A mapping written by the operator: header -> path of the card, or `-` to leave the column out."""

import csv
import json
import os
from collections.abc import Mapping

from store.errors import Invalid, Problem
from store.exchange.csv_file import open_file
from store.exchange.encoding import encoding_of
from store.exchange.headers import plain


def load_mapping(path: str | os.PathLike[str]) -> dict[str, str]:
    """Read a mapping file: a JSON object, or a CSV of two columns (header, path).

    Raises:
        NotFound: `file-missing`.
        Invalid: `mapping-unreadable` (details: reason), and what `open_file` raises.
    """
    place = os.fspath(path)
    with open_file(place) as file:
        encoding = encoding_of(file)
        text = file.read().decode(encoding, "replace")
    if text.lstrip("\ufeff \r\n\t").startswith("{"):
        try:
            data = json.loads(text.lstrip("\ufeff"))
        except (ValueError, RecursionError) as error:
            raise Invalid([Problem("", "mapping-unreadable", place, details={"reason": str(error)})]) from error
        if not all(isinstance(value, str) for value in data.values()):
            raise Invalid([Problem("", "mapping-unreadable", place, details={"reason": ""})])
        return dict(data)
    try:
        return _of_rows(text, place)
    except csv.Error as error:
        raise Invalid([Problem("", "mapping-unreadable", place, details={"reason": str(error)})]) from error


def _of_rows(text: str, place: str) -> dict[str, str]:
    found: dict[str, str] = {}
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = next((sign for sign in "\t;," if sign in first), ",")
    for number, row in enumerate(csv.reader(lines, delimiter=delimiter), 1):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != 2:
            raise Invalid([Problem("", "mapping-unreadable", place, row=number, details={"reason": ""})])
        found[row[0].strip()] = row[1].strip()
    return found


def by_plain_name(mapping: Mapping[str, str]) -> dict[str, str]:
    """The mapping by headers as they are compared: case, signs and spaces aside."""
    return {plain(header): path.strip() for header, path in mapping.items()}
