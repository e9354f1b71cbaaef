"""Stores and files of made-up clients to measure on, made once and kept.

`python -m tests.bench.stores 1000000` makes a store beforehand.
"""

import csv
import fcntl
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from store.card import Document, rows
from store.demo import fill
from store.demo.clients import clients as made_up
from store.door import open_store
from store.schema import Schema

SEED = 1


def kept() -> Path:
    """Where stores and files are kept between runs: `$KARTOTEKA_BENCH`, else beside other temporary files."""
    folder = Path(os.environ.get("KARTOTEKA_BENCH") or Path(tempfile.gettempdir()) / "kartoteka-bench")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def store_of(clients: int) -> Path:
    """A store of that many made-up clients, its index built. Not to be written to: copy it first.

    Two processes that ask at once get the same store, made by one of them.
    """
    place = kept() / f"store-{clients}"
    with _alone(place):
        if not place.exists():
            unfinished = place.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            with open_store(unfinished, operator="bench", create=True) as store:
                fill(store, clients, seed=SEED)
                store.index.tidy()
            unfinished.rename(place)
        with open_store(place):
            pass  # builds the index anew where it is an earlier version's
    return place


def lines_of(clients: int) -> Path:
    """The searched text of that store as other programs can read it: a client a line, the number first."""
    place = kept() / f"lines-{clients}.txt"
    store = store_of(clients)
    with _alone(place):
        if not place.exists():
            unfinished = place.with_suffix(".unfinished")
            with open_store(store) as opened, unfinished.open("w", encoding="utf-8") as file:
                for card in opened.cards():
                    words = " ".join(_searched_texts(card.document, opened.schema)).split()
                    file.write(" ".join((card.number, *words)) + "\n")
            unfinished.rename(place)
    return place


def _searched_texts(document: Document, schema: Schema) -> Iterator[str]:
    """Every text that a search without a filter looks into."""
    for section in schema.sections:
        for row in rows(document, section.key):
            for field in section.fields:
                value = row.get(field.key)
                if field.searchable and value:
                    yield from value if isinstance(value, list) else [str(value)]


def spreadsheet_of(rows: int) -> Path:
    """A CSV as a small business has it: `;`, cp1251, a whole name in one cell, two phones in some."""
    place = kept() / f"clients-{rows}.csv"
    with _alone(place):
        if not place.exists():
            unfinished = place.with_suffix(".unfinished")
            _write_spreadsheet(unfinished, rows)
            unfinished.rename(place)
    return place


def _write_spreadsheet(place: Path, rows: int) -> None:
    with place.open("w", encoding="cp1251", errors="replace", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            (
                "ПІБ",
                "Телефон",
                "Дата народження",
                "E-mail",
                "Місто",
                "Адреса",
                "Номер картки",
                "Теги",
                "Примітки",
                "Знижка",
            )
        )
        for count, client in enumerate(itertools.islice(made_up(SEED), rows)):
            person, address = client["person"], client["addresses"][0]
            phones = [row["value"] for row in client["contacts"] if row["kind"] == "phone"]
            birth = str(person.get("birth_date", "")).removeprefix("--").split("-")[::-1]
            writer.writerow(
                (
                    " ".join(person[key] for key in ("last_name", "first_name", "patronymic") if person.get(key)),
                    ", ".join(_as_typed(phone, count) for phone in phones),
                    ".".join(birth),
                    next((row["value"] for row in client["contacts"] if row["kind"] == "email"), ""),
                    address["city"],
                    f"{address['street']}, {address['house']}",
                    next((row["value"] for row in client["identifiers"] if row["kind"] == "loyalty"), ""),
                    ", ".join(client.get("tags", {}).get("tags", ())),
                    client.get("notes", {}).get("text", ""),
                    count % 4 * 5 or "",
                )
            )


def _as_typed(phone: str, count: int) -> str:
    if not phone.startswith("+380"):
        return phone
    local = phone[3:]
    return (f"{local[:3]} {local[3:6]}-{local[6:8]}-{local[8:]}", local, f"8 {local}", phone)[count % 4]


class _alone:
    """Whoever makes a thing others ask for as well."""

    def __init__(self, place: Path) -> None:
        self._lock = place.with_name(place.name + ".lock")

    def __enter__(self) -> None:
        self._file = self._lock.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


if __name__ == "__main__":
    for size in sys.argv[1:]:
        print(store_of(int(size)))
