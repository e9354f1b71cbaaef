"""`store.json`: what a store is, the schema's additions, and later what operators set for all of them.

It is a TinyDB file sealed like the segments, its sealing table called `store`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from store import disk
from store.clock import stamp
from store.errors import Damaged
from store.schema import Schema
from store.segments.listed import SEGMENTS
from store.segments.sealing import FORMAT, Seal, decode, encode, pack, unpack
from store.standard import STANDARD_SECTIONS

FILE = "store.json"


def create(store: Path, modes: disk.Modes) -> None:
    """Write the `store.json` of a new store."""
    tables = {"settings": {1: encode({"created": stamp(), SEGMENTS: ""})}, "sections": {}}
    disk.replace(store / FILE, pack("store", Seal(1, 0), tables), modes.file)


def read_schema(store: Path) -> Schema:
    """The standard card with what this store adds to it.

    Raises:
        Damaged: `not-a-store` (with `path`), `store-newer` and `store-older` (with `path`, `format`,
            `known`), `segment-damaged`, `schema-unreadable` (with `path`, `reason`).
    """
    try:
        content = (store / FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise Damaged("not-a-store", path=str(store)) from None
    _refuse_others(store, content)
    tables = unpack(content, str(store / FILE)).tables
    try:
        return Schema.from_data(STANDARD_SECTIONS, [decode(record) for record in tables.get("sections", {}).values()])
    except (KeyError, TypeError, AttributeError) as error:  # fields of its own, added by hand
        raise Damaged("schema-unreadable", path=str(store / FILE), reason=str(error)) from error


def read(store: Path) -> dict[str, Any]:
    """The store's settings. Raises Damaged (`segment-damaged`)."""
    tables = unpack((store / FILE).read_bytes(), str(store / FILE)).tables
    return decode(next(iter(tables.get("settings", {}).values()), b"{}"))


def write(store: Path, values: Mapping[str, Any]) -> None:
    """Set some settings and leave the others. Call only under the lock."""
    sealed = unpack((store / FILE).read_bytes(), str(store / FILE))
    tables = {**sealed.tables, "settings": {1: encode({**read(store), **values})}}
    seal = Seal(sealed.seal.generation + 1, sealed.seal.last_seq)
    disk.replace(store / FILE, pack("store", seal, tables), disk.Modes.of(store).file)


def _refuse_others(store: Path, content: bytes) -> None:
    """Another format may look otherwise than this one but for the place that says its number."""
    try:
        data: Any = json.loads(content)
        number = data["store"]["1"]["format"]
    except (ValueError, KeyError, TypeError):
        return  # damaged: the unpacking says so
    if isinstance(number, int) and number > FORMAT:
        raise Damaged("store-newer", path=str(store), format=number, known=FORMAT)
    if isinstance(number, int) and number < FORMAT:
        raise Damaged("store-older", path=str(store), format=number, known=FORMAT)
