"""By what numbers and identifiers are looked up exactly."""

import json
import sqlite3
from collections.abc import Iterable, Iterator

from store.index.tables import ROWS, Malformed, columns, of_meta

_KINDS = ("uid", "number", "identifier")
"""The kinds of what is a client's own, in the order of their codes in the table `named`."""


def named_key(key: str) -> int:
    """A key as 61 bits: two of a store hardly ever meet, and the card is asked anyway."""
    return int.from_bytes(b"\1" + key.encode("utf-8", "surrogatepass")) % ((1 << 61) - 1)


def kind_code(key: int, serial: int, kind: str) -> int:
    """The kind as the table has it: its code, and what tells a row that is not what was written."""
    code = _KINDS.index(kind)
    return (key * 31 + serial * 7 + code) % 65521 << 2 | code


def holders(db: sqlite3.Connection, key: int) -> Iterator[tuple[int, str]]:
    """Who has a key, and of what kind it is there.

    The neighbours are looked at as well: a row whose key is damaged stands where it stood.
    """
    is_alone = True
    for row in db.execute(f"select {columns('named')} from named where key < ? order by key desc limit 1", (key,)):
        _kind_of(*row)
        is_alone = False
    for row in db.execute(f"select {columns('named')} from named where key >= ? order by key", (key,)):
        kind = _kind_of(*row)
        is_alone = False
        if row[0] != key:
            break
        yield row[1], kind
    if is_alone and of_meta(db, ROWS):
        raise Malformed("there are no numbers and identifiers")


def holders_of(db: sqlite3.Connection, keys: Iterable[int], kind: str) -> Iterator[tuple[int, int]]:
    """Who has any of many keys of a kind: the key and the client."""
    chosen = f"select {columns('named')} from named where key in (select value from json_each(?))"
    for row in db.execute(chosen, (json.dumps(list(keys)),)):
        if _kind_of(*row) == kind:
            yield row[0], row[1]


def _kind_of(key: int, serial: int, code: int) -> str:
    if all(isinstance(value, int) for value in (key, serial, code)) and code & 3 < len(_KINDS):
        kind = _KINDS[code & 3]
        if kind_code(key, serial, kind) == code:
            return kind
    raise Malformed(f"a number or identifier of {serial!r} is not what was written")
