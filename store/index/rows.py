"""A row of the sets of terms: one term's clients of a part or of a block, sealed by a checksum.

A block of 65,536 serials in which few have the term is one row; else each 4,096 serials of it, a part, are a row of
their own, so that a save never rewrites more than half a kilobyte of a term that half the clients share. A row holds
offsets from the first serial of its block, sorted, or a part's bitmap where that is shorter. Its first four bytes are
the CRC-32 of the rest, of its term, its place and the index's salt.

The bits of an ordered number (`store.index.slices`) are changed together and read together, so all of one part are in
one row, a *bundle*: which bits there are, how long the content of each is, then the contents.
"""

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from store.index.docs import NOBODY, Docs, bitmap_of, docs_of, docs_of_bitmap, docs_of_containers
from store.index.tables import Malformed

PART = 64 * 64
"""Serials a row of a term that many have: the cards of 64 files."""

BLOCK = 16 * PART
"""Serials a row of a term that few have: their offsets are 16 bits, and lie as those of a container of `Docs` do."""

SPARSE = 448
"""More than so many in a block, and it is kept by parts: a row fits into a quarter of a page."""

BITMAP = PART // 8
"""Bytes of a part's content that is a bitmap; one of offsets is shorter."""

BUNDLE = "b"
"""The first letter of the terms whose rows are bundles."""

_MASK = 8
"""Bytes that tell which bits a bundle has."""

_ONE = ord("1")

Row = tuple[str, int, bytes]
"""Term, place (a part's number, or -1 - block's number), content: sealed where it lies in the table."""


def sealed(term: str, place: int, content: bytes, salt: int) -> bytes:
    """A row's content with its checksum before it."""
    return struct.pack("<I", crc32(content, _seed(term, place, salt))) + content


def all_sealed(rows: Iterable[Row], salt: int) -> list[Row]:
    """Rows as they lie in the table."""
    return [(term, place, sealed(term, place, content, salt)) for term, place, content in rows]


def opened(term: str, place: int, blob: bytes, salt: int) -> bytes:
    """A row's content. Raises Malformed where it is not what was written."""
    try:
        content = blob[4:]
        if crc32(content, _seed(term, place, salt)) == int.from_bytes(blob[:4], "little"):
            return content
    except (TypeError, AttributeError) as error:
        # Damage makes also values of other types.
        raise Malformed(f"a row of {term!r} is not what was written") from error
    raise Malformed(f"a row of {term!r} is not what was written")


def all_opened(sealed_rows: Iterable[Row], salt: int) -> Iterator[Row]:
    """Rows as they lie in the table, ordered by their terms, opened one by one. Raises Malformed as `opened` does."""
    # What `opened` does, with one sum for each term: of a term that many have at a million clients there are 250 rows.
    last, seed = None, 0
    try:
        for term, place, blob in sealed_rows:
            if term != last:
                last, seed = term, _seed(term, 0, salt)
            content = blob[4:]
            if crc32(content, seed ^ (place & 0xFFFFFFFF)) != int.from_bytes(blob[:4], "little"):
                raise Malformed(f"a row of {term!r} is not what was written")
            yield term, place, content
    except (TypeError, AttributeError) as error:
        raise Malformed(f"a row behind {last!r} is not what was written") from error


def _seed(term: str, place: int, salt: int) -> int:
    return crc32(term.encode("utf-8", "surrogatepass"), salt & 0xFFFFFFFF) ^ (place & 0xFFFFFFFF)


def packed(lists: Sequence[list[int]], part: int) -> bytes:
    """The content of a part: offsets in the block, or a bitmap of the part where that is shorter.

    Args:
        lists: Offsets in the block, not empty, none twice in one list; but the same may be in several.
        part: Number of the part.
    """
    if sum(map(len, lists)) * 2 < BITMAP:
        if len(lists) == 1:
            return array("H", sorted(lists[0])).tobytes()
        return array("H", sorted(set().union(*lists))).tobytes()
    base = part * PART % BLOCK
    # As text of a base of two, the last one first: Python reads that at once.
    last = base + PART - 1
    marks = bytearray(b"0" * PART)
    for offsets in lists:
        for offset in offsets:
            marks[last - offset] = _ONE
    return packed_bits(marks, part)


def packed_bits(marks: bytes | bytearray, part: int) -> bytes:
    """The content of a part by its bits as text, `0` or `1` for each serial, the last one first."""
    bits = int(marks, 2)
    if bits.bit_count() * 2 < BITMAP:
        base = part * PART % BLOCK
        return array("H", [base + offset for offset in docs_of_bitmap(bits.to_bytes(BITMAP, "little"))]).tobytes()
    return bits.to_bytes(BITMAP, "little")


def rows_of(term: str, block: int, parts: Sequence[tuple[int, bytes]]) -> list[Row]:
    """The rows of a term in a block, not sealed yet.

    Args:
        term: The term.
        block: Number of the block.
        parts: What is in its parts, by number, ascending: content as `packed` gives it.
    """
    if term[0] == BUNDLE:
        return [(term, part, content) for part, content in parts]
    if sum([len(content) if len(content) < BITMAP else 2 * SPARSE + 1 for _, content in parts]) <= 2 * SPARSE:
        return [(term, -1 - block, b"".join([content for _, content in parts]))]
    return [(term, part, content) for part, content in parts]


def base_of(place: int) -> int:
    """The serial that the offsets of a row are counted from: the first one of its block."""
    return (-1 - place) * BLOCK if place < 0 else place * PART // BLOCK * BLOCK


def rows_of_docs(term: str, docs: Docs) -> Iterator[Row]:
    """The rows of a term from its whole set, not sealed yet."""
    raw = bitmap_of(docs)
    blocks: dict[int, list[tuple[int, bytes]]] = {}
    for part in range((len(raw) + BITMAP - 1) // BITMAP):
        bitmap = raw[part * BITMAP : (part + 1) * BITMAP]
        count = int.from_bytes(bitmap).bit_count()
        if count:
            base = part * PART % BLOCK
            short = count * 2 < BITMAP
            offsets = [base + offset for offset in docs_of_bitmap(bitmap)] if short else []
            content = array("H", offsets).tobytes() if short else bitmap.ljust(BITMAP, b"\0")
            blocks.setdefault(part * PART // BLOCK, []).append((part, content))
    for block, parts in blocks.items():
        yield from rows_of(term, block, parts)


def content_of(place: int, serials: list[int]) -> bytes:
    """The content of a row by its serials, sorted."""
    if place < 0 or len(serials) * 2 < BITMAP:
        base = base_of(place)
        return array("H", [serial - base for serial in serials]).tobytes()
    return bitmap_of(docs_of([serial - place * PART for serial in serials])).ljust(BITMAP, b"\0")


def changed_offsets(content: bytes, base: int, added: Iterable[int], taken: Iterable[int]) -> "array[int]":
    """The offsets of a row that is no bitmap, with serials added and taken out."""
    offsets = array("H", content)
    for serial in taken:
        place = bisect_left(offsets, serial - base)
        if offsets[place : place + 1] == array("H", (serial - base,)):
            del offsets[place]
    for serial in added:
        place = bisect_left(offsets, serial - base)
        if offsets[place : place + 1] != array("H", (serial - base,)):
            offsets.insert(place, serial - base)
    return offsets


def changed_part(part: int, content: bytes, added: Iterable[int], taken: Iterable[int]) -> bytes:
    """A part's content with serials added and taken out; b"" where none is left."""
    if len(content) < BITMAP:
        base = base_of(part)
        here = [serial for serial in added if serial // PART == part]
        gone = [serial for serial in taken if serial // PART == part]
        return content_of(part, [base + offset for offset in changed_offsets(content, base, here, gone)])
    base = part * PART
    changed = bytearray(content)
    for serial in taken:
        if 0 <= serial - base < PART:
            changed[serial - base >> 3] &= ~(1 << (serial - base & 7))
    for serial in added:
        if 0 <= serial - base < PART:
            changed[serial - base >> 3] |= 1 << (serial - base & 7)
    return bytes(changed) if any(changed) else b""


def bundled(contents: Mapping[int, bytes]) -> bytes:
    """The content of a bundle by that of its bits, none of them empty."""
    bits = sorted(contents)
    held = [contents[bit] for bit in bits]
    return struct.pack(f"<Q{len(held)}H", sum([1 << bit for bit in bits]), *map(len, held)) + b"".join(held)


def unbundled(bundle: bytes) -> dict[int, bytes]:
    """The content of every bit that is in a bundle; b"" has none."""
    if not bundle:
        return {}
    contents: dict[int, bytes] = {}
    bits, lengths, place = _directory(bundle)
    for bit, length in zip(bits, lengths, strict=True):
        contents[bit] = bundle[place : place + length]
        place += length
    return contents


def _directory(bundle: bytes) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """Which bits a bundle has, how long the content of each is, and where the first begins."""
    bits = bits_in(int.from_bytes(bundle[:_MASK], "little"))
    return bits, struct.unpack_from(f"<{len(bits)}H", bundle, _MASK), _MASK + 2 * len(bits)


@lru_cache(1 << 10)
def bits_in(number: int) -> tuple[int, ...]:
    """The places of the bits that are set."""
    return tuple([bit for bit in range(number.bit_length()) if number >> bit & 1])


def changed_bundle(part: int, bundle: bytes, changes: Mapping[int, tuple[int, int]]) -> bytes:
    """A bundle with other bits of some serials; b"" where none is left.

    Args:
        part: Number of the part.
        bundle: As it is.
        changes: By serial, the bits that are taken out and those that are put in, as numbers.
    """
    contents = unbundled(bundle)
    taken: dict[int, list[int]] = {}
    added: dict[int, list[int]] = {}
    for serial, (gone, come) in changes.items():
        for bit in bits_in(gone):
            taken.setdefault(bit, []).append(serial)
        for bit in bits_in(come):
            added.setdefault(bit, []).append(serial)
    for bit in {*taken, *added}:
        content = changed_part(part, contents.pop(bit, b""), added.get(bit, ()), taken.get(bit, ()))
        if content:
            contents[bit] = content
    return bundled(contents) if contents else b""


def serials_of(place: int, content: bytes) -> list[int]:
    """The serials of a row."""
    if place >= 0 and len(content) == BITMAP:
        return [place * PART + offset for offset in docs_of_bitmap(content)]
    base = base_of(place)
    return [base + offset for offset in array("H", content)]


def united(rows: Iterable[Row]) -> Docs:
    """The union of opened rows, those of a term in their order."""
    runs: list[dict[int, list[bytes]]] = []
    """Of each term, by block, what is no bitmap: sorted offsets, and sorted on from row to row."""
    bitmaps: dict[int, list[bytes]] = {}
    last = None
    for term, place, content in rows:
        if place >= 0 and len(content) == BITMAP:
            bitmaps.setdefault(place, []).append(content)
            continue
        if term != last:
            runs.append({})
            last = term
        runs[-1].setdefault(-1 - place if place < 0 else place * PART // BLOCK, []).append(content)
    found = [docs_of_containers({block: b"".join(contents) for block, contents in run.items()}) for run in runs]
    if bitmaps:
        raw = bytearray((max(bitmaps) + 1) * BITMAP)
        for place, held in bitmaps.items():
            raw[place * BITMAP : (place + 1) * BITMAP] = held[0] if len(held) == 1 else _joined(held)
        found.append(docs_of_bitmap(bytes(raw)))
    return found[0] if len(found) == 1 else NOBODY.union(*found)


def docs_by_bit(bundles: Iterable[tuple[int, bytes]]) -> dict[int, Docs]:
    """The clients that have each bit, of all bundles of a field by their parts, in order."""
    # Not by way of `united`: with a million clients these are six thousand pieces, and lists of them take as long.
    bitmaps: dict[int, bytearray] = {}
    runs: dict[int, dict[int, bytes]] = {}
    for part, bundle in bundles:
        bits, lengths, place = _directory(bundle)
        at = part * BITMAP
        for bit, length in zip(bits, lengths, strict=True):
            if length == BITMAP:
                raw = bitmaps.get(bit)
                if raw is None:
                    raw = bitmaps[bit] = bytearray()
                if len(raw) < at:
                    raw.extend(bytes(at - len(raw)))
                raw += bundle[place : place + BITMAP]
            else:
                run = runs.setdefault(bit, {})
                block = part * PART // BLOCK
                run[block] = run.get(block, b"") + bundle[place : place + length]
            place += length
    # What is made into sets is let go of at once: with a million clients it is as much again as they are.
    found = {bit: docs_of_bitmap(bytes(bitmaps.pop(bit))) for bit in [*bitmaps]}
    for bit, run in runs.items():
        found[bit] = found.get(bit, NOBODY) | docs_of_containers(run)
    return found


def _joined(bitmaps: Sequence[bytes]) -> bytes:
    bits = 0
    for bitmap in bitmaps:
        bits |= int.from_bytes(bitmap, "little")
    return bits.to_bytes(BITMAP, "little")
