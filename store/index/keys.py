"""By what numbers and identifiers are looked up exactly."""

import sqlite3
from collections.abc import Iterator

from store.index.tables import Malformed

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
    for row in db.execute("select key, serial, kind from named where key < ? order by key desc limit 1", (key,)):
        _kind_of(*row)
    for row in db.execute("select key, serial, kind from named where key >= ? order by key", (key,)):
        kind = _kind_of(*row)
        if row[0] != key:
            break
        yield row[1], kind


def _kind_of(key: int, serial: int, code: int) -> str:
    if all(isinstance(value, int) for value in (key, serial, code)) and code & 3 < len(_KINDS):
        kind = _KINDS[code & 3]
        if kind_code(key, serial, kind) == code:
            return kind
    raise Malformed(f"a number or identifier of {serial!r} is not what was written")
