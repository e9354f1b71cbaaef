"""The layout of a TinyDB file of ours: one record a line, its first line a seal over all the others.

    {"segment":{"1":{"format":1,"generation":7,"last_seq":120,"sha256":"…"}},
    "clients":{
    "65":{"uid":…},
    "66":{…}
    },
    "changes":{},
    "trash":{}
    }

Any JSON reader and plain TinyDB read it, `grep` and `diff` too. As a sealed file is known to be what we wrote,
it is taken apart by its lines, without a JSON parser: a save touches 64 cards' bytes and parses one card.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from store.errors import Damaged

FORMAT = 1
"""The format number of the files this program writes; those of a higher number are left alone."""

SERIALS = 1 << 32
"""From here on no client has a serial."""

_CHANGES = 1 << 62
"""From here on no record has an id; sequence numbers are the greatest."""

Tables = dict[str, dict[int, bytes]]
"""Table name -> document id -> the record as JSON."""

_SEAL = re.compile(
    rb'\{"(segment|store)":\{"1":\{"format":(\d+),"generation":(\d+),"last_seq":(\d+),"sha256":"([0-9a-f]{64})"\}\},'
)
_LAID_OUT = re.compile(rb'\{"[^"]+":\{"1":\{"format":\d+,')
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False)


class Seal(NamedTuple):
    """The first line of a file."""

    generation: int
    """How many times the file was written."""
    last_seq: int
    """The highest sequence number of a change written with the file."""
    format: int = FORMAT


class Sealed(NamedTuple):
    """A file taken apart."""

    seal: Seal
    tables: Tables
    foreign: bool = False
    """True where another hand rewrote the file (plain TinyDB): its seal no longer speaks for its content."""


def encode(record: Mapping[str, Any]) -> bytes:
    """A record as one line of JSON. Raises ValueError for what JSON or UTF-8 cannot hold."""
    return _COMPACT.encode(record).encode()


def decode(record: bytes) -> dict[str, Any]:
    """The record of a line."""
    value = json.loads(record)
    return value if isinstance(value, dict) else {"value": value}


def pack(name: str, seal: Seal, tables: Mapping[str, Mapping[int, bytes]]) -> bytes:
    """The content of a file whose sealing table is called `name`: `segment` or `store`."""
    parts: list[bytes] = []
    for table, records in (tables or {"_default": {}}).items():
        # A name may be any text in a file that another hand wrote tables into.
        head = json.dumps(table, ensure_ascii=False).encode()
        if records:
            lines = b",\n".join([b'"%d":%b' % item for item in records.items()])
            parts.append(b"%b:{\n%b\n}" % (head, lines))
        else:
            parts.append(b"%b:{}" % head)
    body = b",\n".join(parts) + b"\n}\n"
    return b'{"%b":{"1":{"format":%d,"generation":%d,"last_seq":%d,"sha256":"%b"}},\n%b' % (
        name.encode(),
        seal.format,
        seal.generation,
        seal.last_seq,
        _digest(seal, body),
        body,
    )


def unpack(content: bytes, file: str) -> Sealed:
    """Take a file apart.

    Raises:
        Damaged: `segment-damaged` (it is not what was written), `segment-newer` (written by a later version).
    """
    seal, body = _opened(content, file)
    return Sealed(seal, _tables_of_lines(body)) if seal else _foreign(content, file)


def first_records(content: bytes, file: str, table: str, before: str, keys: Iterable[int]) -> dict[int, bytes] | None:
    """Some records of the first table, without taking the file apart: a third of the time for one.

    Args:
        content: The file's content, verified as `unpack` does.
        file: Its name.
        table: The table.
        before: The table that stands behind it.
        keys: The records' ids; those that are not there are left out.

    Returns:
        None where the file is another hand's or has other tables there: it must be unpacked.
    """
    seal, body = _opened(content, file)
    if not seal or not body.startswith(b'"%b":{\n' % table.encode()):
        return None
    found: dict[int, bytes] = {}
    for key in keys:
        head = b'\n"%d":' % key
        # Where it is not in the table a later one may hold that id, of another record.
        if (start := body.find(head)) >= 0 and body.find(b'\n},\n"%b":{' % before.encode(), 0, start) < 0:
            start += len(head)
            record = body[start : body.index(b"\n", start)]
            found[key] = record.removesuffix(b",")
    return found


def _opened(content: bytes, file: str) -> tuple[Seal | None, bytes]:
    """The seal and what it is over; None where the file is another hand's. Raises Damaged."""
    end = content.find(b"\n")
    match = _SEAL.fullmatch(content, 0, max(end, 0))
    if not match:
        return None, content
    seal = Seal(generation=int(match[3]), last_seq=int(match[4]), format=int(match[2]))
    if seal.format > FORMAT:
        raise Damaged("segment-newer", file=file, format=seal.format, known=FORMAT)
    body = content[end + 1 :]
    if _digest(seal, body) != match[5]:
        raise Damaged("segment-damaged", file=file)
    return seal, body


def read_seal(first_line: bytes) -> Seal | None:
    """The seal in the first bytes of a file (unverified), or None where they are not ours."""
    match = _SEAL.match(first_line)
    return Seal(int(match[3]), int(match[4]), int(match[2])) if match else None


def sealed_digest(first_line: bytes) -> str:
    """The sum in the seal that a content begins with (unverified); "" where it is not ours."""
    match = _SEAL.match(first_line)
    return match[5].decode() if match else ""


def _digest(seal: Seal, body: bytes) -> bytes:
    digest = hashlib.sha256(b"%d %d %d\n" % (seal.format, seal.generation, seal.last_seq))
    digest.update(body)
    return digest.hexdigest().encode()


def _tables_of_lines(body: bytes) -> Tables:
    tables: Tables = {}
    records: dict[int, bytes] | None = None
    for line in body.split(b"\n"):
        if records is None:
            name, brace, _ = line.rpartition(b":{")
            if brace:
                table = tables[json.loads(name)] = {}
                records = table if line == name + brace else None
        elif line[:1] == b"}":
            records = None
        else:
            key, _, record = line.partition(b":")
            records[int(key[1:-1])] = record[:-1] if record.endswith(b",") else record
    return tables


def _foreign(content: bytes, file: str) -> Sealed:
    """A file that plain TinyDB wrote: whole JSON that says itself again to the byte; anything else is damage."""
    try:
        text = content.decode()
        data = json.loads(text)
        known = not _LAID_OUT.match(content) and _says_itself(text, data)
        tables = {
            str(table): {_id(key): encode(record) for key, record in records.items()} for table, records in data.items()
        }
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise Damaged("segment-damaged", file=file) from error
    if not known:
        raise Damaged("segment-damaged", file=file)
    seal = next((record for table, record in _heads(data) if isinstance(record.get("generation"), int)), {})
    for table, _ in list(_heads(data)):
        del tables[table]
    return Sealed(Seal(seal.get("generation", 0), seal.get("last_seq", 0)), tables, foreign=True)


def _id(key: str) -> int:
    """The id of a record. Raises ValueError for what is none."""
    number = int(key)
    if not 0 <= number < _CHANGES:
        raise ValueError(key)
    return number


def _heads(data: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (table, rows["1"]) for table, rows in data.items() if isinstance(rows.get("1"), dict) and "sha256" in rows["1"]
    ]


def _says_itself(text: str, data: Any) -> bool:
    for indent in (None, 4, 2):
        for ascii_only in (True, False):
            if json.dumps(data, ensure_ascii=ascii_only, indent=indent) == text.rstrip("\n"):
                return True
    return False
