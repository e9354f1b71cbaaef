"""Which segment files there should be: `store.json` lists them, so that one that somebody deletes is missed.

It names also the line of history the store is of: bringing a backup back begins another one, and snapshots of the line
before say nothing of what there should be now.
"""

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from store import disk
from store.segments.sealing import Seal, decode, encode, pack, unpack

FILE = "store.json"
SEGMENTS = "segments"
LINE = "line"
BOOKKEEPING = frozenset({SEGMENTS, LINE})
"""The settings that are none of the operators'."""


class Listed(NamedTuple):
    """What `store.json` says of the files beside it."""

    segments: frozenset[int] | None = None
    """Their numbers; None in a store that does not list them yet."""
    line: str = ""
    """Where the state before lies, relative to the store, where an earlier one was brought back; "" where none was."""


def listed(store: Path) -> Listed:
    """What is listed; nothing where it cannot be read. Raises Damaged (`segment-damaged`)."""
    try:
        content = (store / FILE).read_bytes()
    except FileNotFoundError:
        return Listed()
    found = _settings(unpack(content, str(store / FILE)).tables)
    text = found.get(SEGMENTS)
    return Listed(numbers_in(text) if isinstance(text, str) else None, str(found.get(LINE, "")))


def write(store: Path, segments: Iterable[int], mode: int, *, line: str | None = None) -> None:
    """List these segments, and name another line. Call only under the lock."""
    sealed = unpack((store / FILE).read_bytes(), str(store / FILE))
    values = {**_settings(sealed.tables), SEGMENTS: text_of(segments)}
    if line is not None:
        values[LINE] = line
    tables = {**sealed.tables, "settings": {1: encode(values)}}
    seal = Seal(sealed.seal.generation + 1, sealed.seal.last_seq)
    disk.replace(store / FILE, pack("store", seal, tables), mode)


def text_of(numbers: Iterable[int]) -> str:
    """Numbers as `0-2,5`."""
    runs = [list(run) for _, run in groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0])]
    return ",".join(f"{run[0][1]}-{run[-1][1]}" if len(run) > 1 else f"{run[0][1]}" for run in runs)


def numbers_in(text: str) -> frozenset[int]:
    """The numbers of such a text; of a part that says none, none."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        if first.isdecimal() and (last.isdecimal() or not last):
            found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def _settings(tables: dict[str, dict[int, bytes]]) -> dict[str, Any]:
    try:
        return decode(next(iter(tables.get("settings", {}).values()), b"{}"))
    except json.JSONDecodeError:
        return {}
