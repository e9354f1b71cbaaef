"""Stores of earlier formats become stores of this one, step by step, when they are opened.

A step is run under the lock, after a snapshot. It replaces one file after the other, each at once, and leaves alone
what bears its format number already: a crash in the middle is finished by the next opening. `store.json` is last.
"""

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from store import disk, settings
from store.card import Document
from store.clients.identity import identified, new_uid
from store.errors import Damaged, NotAllowed
from store.segments import SegmentFolder
from store.segments.lock import LockState, StoreLock
from store.segments.sealing import Seal, Tables, encode, pack, read_seal
from store.snapshots import take

Progress = Callable[[int, int], None]
Plain = Mapping[str, Mapping[str, Any]]
"""A TinyDB file as any JSON reader has it: table -> document id -> record."""


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


def upgrade(path: Path, operator: str, progress: Progress | None = None) -> list[str]:
    """Bring a store to this format; the names of the steps that were run.

    Raises:
        NotAllowed: `store-needs-upgrade`, without the right to write.
        Damaged: `segment-damaged`: a file cannot be read; those before it are of the new format, none is lost.
        Busy: `store-locked`.
    """
    if not os.access(path, os.W_OK | os.X_OK):
        raise NotAllowed("store-needs-upgrade", path=str(path))
    modes = disk.Modes.of(path)
    lock = StoreLock(path, operator, modes.file)
    run: list[str] = []
    try:
        bare = _Bare(path, lock)
        with bare.writing():
            if (number := _format_of(path)) < STEPS[-1].format:
                take(bare, "upgrade")
            for step in STEPS:
                if step.format > number:
                    _run(step, path, modes, progress)
                    run.append(step.name)
    finally:
        lock.close()
    return run


@dataclass(frozen=True, slots=True)
class _Bare:
    """A store that cannot be opened yet."""

    path: Path
    lock: StoreLock

    @contextlib.contextmanager
    def writing(self) -> Iterator[LockState]:
        """Hold the lock."""
        with self.lock.held(lambda state: state) as state:
            yield state
            # As after a restart: whoever opens the store looks for what there is.
            self.lock.write(replace(self.lock.state, boot=""))


def _format_of(path: Path) -> int:
    data = _plain(path / settings.FILE)
    number = data.get("store", {}).get("1", {}).get("format")
    if not isinstance(number, int):
        raise Damaged("segment-damaged", file=str(path / settings.FILE))
    return number


def _run(step: Step, path: Path, modes: disk.Modes, progress: Progress | None) -> None:
    folder = SegmentFolder(path, modes)
    numbers = folder.numbers()
    for done, number in enumerate(numbers, 1):
        file = folder.file(number)
        if not _is_done(file, step):
            _write(file, "segment", step.format, step.segment(_plain(file)), modes)
        if progress:
            progress(done, len(numbers))
    _write(path / settings.FILE, "store", step.format, step.settings(_plain(path / settings.FILE)), modes)


def _is_done(file: Path, step: Step) -> bool:
    with open(file, "rb") as opened:
        seal = read_seal(opened.read(256))
    return seal is not None and seal.format >= step.format


def _plain(file: Path) -> Plain:
    try:
        data: Plain = json.loads(file.read_bytes())
    except ValueError as error:
        raise Damaged("segment-damaged", file=str(file)) from error
    return data


def _write(file: Path, name: str, number: int, tables: Tables, modes: disk.Modes) -> None:
    disk.replace(file, pack(name, Seal(1, 0, number), tables), modes.file)


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
