"""The access log: who erased personal data, when, of whom and which fields.

One file a month, one JSON object a line, only ever added to. It holds client numbers and names of fields, never a
value. Each line says the SHA-256 of the line before it: a line that was changed or taken out breaks the chain.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store import clock, disk

FOLDER = "access"

_NAME = re.compile(r"\d{4}-\d\d\.jsonl", re.ASCII)
_TAIL = 1 << 16
"""Bytes of a file's end in which its last line is looked for; a line is some hundreds."""


@dataclass(frozen=True, slots=True)
class Access:
    """One line."""

    at: str
    who: str
    act: str
    """`erase`."""
    number: str
    """The client's."""
    uid: str
    fields: tuple[str, ...]
    """`section.field`, without values."""
    changeset: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is not what was written, or whose predecessor is not."""

    file: str
    line: int
    """Counted from 1."""


def add(store: Path, entries: Sequence[Access]) -> None:
    """Add lines, on the disk before this returns. Call only under the lock."""
    modes = disk.Modes.of(store)
    disk.make_folder(store / FOLDER, modes.folder)
    # The chain goes by the names: after a clock that was ahead it goes on in the file of that month.
    file = max([store / FOLDER / f"{clock.stamp()[:7]}.jsonl", *_files(store)])
    last = _last_sum(store)
    content = b""
    for entry in entries:
        line = _line(entry, last)
        last = hashlib.sha256(line).hexdigest()
        content += line + b"\n"
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, modes.file)
    try:
        disk.set_mode(descriptor, modes.file)
        # A line that a crash cut off was never said to be written: the next one takes its place.
        whole = _whole_lines(descriptor)
        os.ftruncate(descriptor, whole)
        rest = memoryview(content)
        while rest:
            written = os.pwrite(descriptor, rest, whole)
            rest, whole = rest[written:], whole + written
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    disk.sync(store / FOLDER)


def entries(store: Path) -> Iterator[Access]:
    """All lines that can be read, the oldest first."""
    for _, _, line in _lines(store):
        data = _data(line)
        if data is not None:
            names = {key: str(data.get(key, "")) for key in ("at", "who", "act", "number", "uid", "changeset")}
            yield Access(**names, fields=tuple(map(str, data.get("fields") or ())))


def broken(store: Path) -> list[Broken]:
    """Where the chain does not hold."""
    found: list[Broken] = []
    last = ""
    for file, place, line in _lines(store):
        data = _data(line)
        if data is None or data.get("previous") != last:
            found.append(Broken(str(file), place))
        last = hashlib.sha256(line).hexdigest()
    return found


def _line(entry: Access, previous: str) -> bytes:
    record = {
        "at": entry.at,
        "who": entry.who,
        "act": entry.act,
        "number": entry.number,
        "uid": entry.uid,
        "fields": list(entry.fields),
        "changeset": entry.changeset,
        "previous": previous,
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _files(store: Path) -> list[Path]:
    try:
        return [store / FOLDER / name for name in sorted(os.listdir(store / FOLDER)) if _NAME.fullmatch(name)]
    except FileNotFoundError:
        return []


def _lines(store: Path) -> Iterator[tuple[Path, int, bytes]]:
    for file in _files(store):
        *lines, _cut_off = file.read_bytes().split(b"\n")
        for place, line in enumerate(lines, 1):
            yield file, place, line


def _last_sum(store: Path) -> str:
    """The sum of the last whole line there is; "" where there is none."""
    for file in reversed(_files(store)):
        with open(file, "rb") as opened:
            opened.seek(max(0, os.fstat(opened.fileno()).st_size - _TAIL))
            lines = opened.read().split(b"\n")[:-1]
        if lines:
            return hashlib.sha256(lines[-1]).hexdigest()
    return ""


def _whole_lines(descriptor: int) -> int:
    """How long a file is up to its last whole line."""
    size = os.fstat(descriptor).st_size
    start = max(0, size - _TAIL)
    return start + os.pread(descriptor, size - start, start).rfind(b"\n") + 1


def _data(line: bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(line)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None
