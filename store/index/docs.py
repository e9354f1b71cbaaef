"""Sets of clients: compressed bitmaps of serials (S. Chambi, D. Lemire and others, "Roaring bitmaps", 2016).

They are immutable; `&`, `|` and `-` give new ones, `len` counts, walking over one goes by serial.
"""

import struct
from array import array
from collections.abc import Iterable

from pyroaring import BitMap, FrozenBitMap

Docs = FrozenBitMap

NOBODY = Docs()

_CHUNK = 1 << 16
"""Serials of one container of the compressed form; those with few keep the serials, those with more a bitmap."""

_BYTES = _CHUNK >> 3
_FEW = 4_096
_COOKIE = 12_346
_FULL = (1 << _CHUNK) - 1


def docs_of(serials: Iterable[int]) -> Docs:
    """The set of these serials."""
    return Docs(serials, optimize=False)


def docs_of_offsets(offsets: bytes, base: int) -> Docs:
    """The set of serials that lie as offsets of 16 bits, in any order, counted from a base."""
    wide = bytearray(2 * len(offsets))
    wide[0::4], wide[1::4] = offsets[0::2], offsets[1::2]
    found = docs_of(array("I", bytes(wide)))
    return found.shift(base) if base else found


def docs_of_bitmap(raw: bytes) -> Docs:
    """The set of a plain bitmap: serial s is bit s % 8 of byte s // 8."""
    # Written down in the compressed form's own format (github.com/RoaringBitmap/RoaringFormatSpec): there is no quicker
    # way in. A container of few would have to be a list, so such a one goes in inverted and is turned round again.
    heads: list[int] = []
    kept: list[bytes] = []
    inverted: list[int] = []
    for key, start in enumerate(range(0, len(raw), _BYTES)):
        chunk = raw[start : start + _BYTES]
        bits = int.from_bytes(chunk, "little")
        count = bits.bit_count()
        if not count:
            continue
        if count <= _FEW:
            chunk, count = (bits ^ _FULL).to_bytes(_BYTES, "little"), _CHUNK - count
            inverted.append(key)
        heads += (key, count - 1)
        kept.append(chunk.ljust(_BYTES, b"\0"))
    size = len(kept)
    places = range(8 + 8 * size, 8 + 8 * size + _BYTES * size, _BYTES)
    head = struct.pack(f"<II{2 * size}H{size}I", _COOKIE, size, *heads, *places)
    found = Docs.deserialize(head + b"".join(kept))
    for key in inverted:
        found = found.flip(key * _CHUNK, (key + 1) * _CHUNK)
    return found


def bitmap_of(docs: Docs) -> bytes:
    """The plain bitmap of a set, no longer than its last serial needs."""
    if not docs:
        return b""
    # Made of serials it has no containers of runs.
    held = BitMap(docs.to_array(), optimize=False)
    size = (docs.max() >> 3) + 1
    chunks: dict[int, bytes] = {}
    inverted: set[int] = set()
    for key in range((size + _BYTES - 1) // _BYTES):
        count = held.range_cardinality(key * _CHUNK, (key + 1) * _CHUNK)
        if count == _CHUNK:
            chunks[key] = b"\xff" * _BYTES
            held.remove_range(key * _CHUNK, (key + 1) * _CHUNK)
        elif 0 < count <= _FEW:
            inverted.add(key)
            held.flip_inplace(key * _CHUNK, (key + 1) * _CHUNK)
    told = held.serialize()
    (count,) = struct.unpack_from("<I", told, 4)
    keys = struct.unpack_from(f"<{2 * count}H", told, 8)[::2]
    for key, place in zip(keys, range(8 + 8 * count, len(told), _BYTES), strict=True):
        chunk = told[place : place + _BYTES]
        if key in inverted:
            chunk = (int.from_bytes(chunk, "little") ^ _FULL).to_bytes(_BYTES, "little")
        chunks[key] = chunk
    nothing = bytes(_BYTES)
    return b"".join(chunks.get(key, nothing) for key in range(max(chunks) + 1))[:size]
