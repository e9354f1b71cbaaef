"""Earlier formats of a store's files, and the steps from each to the next.

A step replaces one file after the other, each at once, and leaves alone what bears its format number already: a crash
in the middle is finished by running it once more. `store.json` is last.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store import disk
from store.card import Document
from store.clients.identity import identified, new_uid
from store.errors import Damaged
from store.progress import Progress
from store.segments import SegmentFolder
from store.segments.sealing import FORMAT, Seal, Tables, encode, pack, read_seal

Plain = Mapping[str, Mapping[str, Any]]
"""A TinyDB file as any JSON reader has it: table -> document id -> record."""

SETTINGS = "store.json"


@dataclass(frozen=True, slots=True)
class Step:
    """From one format to the next."""

    name: str
    format: int
    """What it makes."""
    settings: Callable[[Plain], Tables]
    """Makes the tables of `store.json`."""
    segment: Callable[[Plain], Tables]
    """Makes the tables of a segment."""


def format_of(path: Path) -> int:
    """The format that the `store.json` in a folder names. Raises Damaged (`segment-damaged`)."""
    number = _plain(path / SETTINGS).get("store", {}).get("1", {}).get("format")
    if not isinstance(number, int):
        raise Damaged("segment-damaged", file=str(path / SETTINGS))
    return number


def bring_up(path: Path, modes: disk.Modes, progress: Progress | None = None) -> list[str]:
    """Bring the files in a folder to this format; the names of the steps that were run."""
    number = format_of(path)
    due = [step for step in STEPS if step.format > number]
    for step in due:
        _run(step, path, modes, progress)
    return [step.name for step in due]


def segment_content(file: Path, number: int) -> bytes:
    """A segment of that format as a file of this one."""
    content = file.read_bytes()
    for step in STEPS:
        if step.format > number and not _bears(content, step.format):
            content = pack("segment", Seal(1, 0, step.format), step.segment(_parsed(content, file)))
    return content


def _run(step: Step, path: Path, modes: disk.Modes, progress: Progress | None) -> None:
    folder = SegmentFolder(path, modes)
    numbers = folder.numbers()
    for done, number in enumerate(numbers, 1):
        file = folder.file(number)
        content = file.read_bytes()
        if not _bears(content, step.format):
            made = pack("segment", Seal(1, 0, step.format), step.segment(_parsed(content, file)))
            disk.replace(file, made, modes.file)
        if progress:
            progress(done, len(numbers))
    settings = path / SETTINGS
    made = pack("store", Seal(1, 0, step.format), step.settings(_plain(settings)))
    disk.replace(settings, made, modes.file)


def _bears(content: bytes, number: int) -> bool:
    """Whether a file is of that format or a later one, also where another program wrote it since."""
    if seal := read_seal(content[:256]):
        return seal.format >= number
    try:
        heads = [rows.get("1") for rows in json.loads(content).values()]
    except (ValueError, AttributeError, RecursionError):
        return False
    return any(isinstance(head, dict) and "sha256" in head and head.get("format", 0) >= number for head in heads)


def _plain(file: Path) -> Plain:
    return _parsed(file.read_bytes(), file)


def _parsed(content: bytes, file: Path) -> Plain:
    try:
        data: Plain = json.loads(content)
    except ValueError as error:
        raise Damaged("segment-damaged", file=str(file)) from error
    return data


def _sealed_settings(plain: Plain) -> Tables:
    made = {str(key): value for key, value in plain.get("store", {}).get("1", {}).items() if key != "format"}
    return {"settings": {1: encode(made)}, "sections": {}}


def _sealed_segment(plain: Plain) -> Tables:
    """Format 0: the prototype's plain TinyDB files: no seal, no journal, no trash, its own names for things."""
    clients = {int(serial): encode(_document(record)) for serial, record in plain.get("clients", {}).items()}
    others = {
        name: {int(key): encode(record) for key, record in records.items()}
        for name, records in plain.items()
        if name != "clients"
    }
    return {"clients": clients, "changes": {}, "trash": {}, **others}


_PERSON = {"last": "last_name", "first": "first_name", "middle": "patronymic"}
_RENAMED = {"code": "number", "rev": "revision"}
_OF_PERSON = {"birth": "birth_date", "sex": "sex", "lang": "language"}
_SEX = {"m": "male", "f": "female"}


def _document(old: Mapping[str, Any]) -> Document:
    """A document of format 1 from one of format 0; what has no place of its own is kept under its old key."""
    left = {key: value for key, value in old.items() if key != "id"}
    made: Document = {"uid": left.pop("uid", None) or new_uid()}
    made |= {new: left.pop(key) for key, new in _RENAMED.items() if key in left}
    made |= {key: left.pop(key) for key in ("created", "updated") if key in left}
    person = {new: left.get("name", {}).get(key) for key, new in _PERSON.items()}
    left.pop("name", None)
    person |= {new: left.pop(key) for key, new in _OF_PERSON.items() if key in left}
    person["sex"] = _SEX.get(str(person.get("sex")), person.get("sex"))
    person |= left.pop("work", {})
    made["person"] = {key: value for key, value in person.items() if value}
    if address := left.pop("address", None):
        made["addresses"] = [{key: value for key, value in address.items() if value}]
    if tags := left.pop("tags", None):
        made["tags"] = {"tags": tags}
    for row in left.get("identifiers", ()):
        row["since"] = row.pop("from", None)
    for row in left.get("purchases", ()):
        row["quantity"], row["amount"] = str(row.pop("qty", "1")), f"{float(row.get('amount') or 0):.2f}"
    return identified({**made, **left})


STEPS = (Step("sealed-segments", 1, _sealed_settings, _sealed_segment),)
"""Every step there is, in order."""

assert STEPS[-1].format == FORMAT
