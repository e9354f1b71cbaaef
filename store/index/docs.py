"""Sets of clients: compressed bitmaps of serials (S. Chambi, D. Lemire and others, "Roaring bitmaps", 2016).

They are immutable; `&`, `|` and `-` give new ones, `len` counts, walking over one goes by serial.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence

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


def docs_of_containers(containers: Mapping[int, bytes]) -> Docs:
    """The set of up to 4,096 serials of each stretch of 65,536, by its number: their offsets in it, 16 bits, sorted."""
    return _written([(key, len(containers[key]) // 2, containers[key]) for key in sorted(containers)])


def docs_of_bitmap(raw: bytes) -> Docs:
    """The set of a plain bitmap: serial s is bit s % 8 of byte s // 8."""
    # A container of few would have to be offsets, so such a one goes in inverted and is turned round again.
    containers: list[tuple[int, int, bytes]] = []
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
        containers.append((key, count, chunk.ljust(_BYTES, b"\0")))
    found = _written(containers)
    for key in inverted:
        found = found.flip(key * _CHUNK, (key + 1) * _CHUNK)
    return found


def _written(containers: Sequence[tuple[int, int, bytes]]) -> Docs:
    """A set by its containers: the number of each, how many are in it, and its content."""
    # In the compressed form's own format (github.com/RoaringBitmap/RoaringFormatSpec): there is no quicker way in.
    heads: list[int] = []
    places: list[int] = []
    place = 8 + 8 * len(containers)
    for key, count, content in containers:
        heads += (key, count - 1)
        places.append(place)
        place += len(content)
    head = struct.pack(f"<II{len(heads)}H{len(places)}I", _COOKIE, len(places), *heads, *places)
    return Docs.deserialize(head + b"".join([content for _, _, content in containers]))


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
