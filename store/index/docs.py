"""Sets of clients: a few as a frozen set of serials, many as a bitmap, one bit a serial."""

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from itertools import repeat

FEW = 1_000
"""Up to so many are kept as a set: cheaper than a bitmap of a million bits, dearer than one of a thousand."""

_DENSE = 50
"""Where one of so many serials is to be marked it is quicker to mark them all at once."""

_NONZERO = re.compile(rb"[^\0]", re.DOTALL)
_PLACES = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


class Docs:
    """A set of serials. Immutable; `&`, `|` and `-` give new ones."""

    __slots__ = ("_bits", "_count", "_few", "_raw")

    def __init__(self, few: Iterable[int] = (), *, raw: bytes | None = None, bits: int | None = None) -> None:
        """Take serials, or a bitmap as bytes (serial s is bit s % 8 of byte s // 8) or as the integer of these."""
        self._few: frozenset[int] | None = None
        self._raw, self._bits = raw, bits
        self._count = -1
        if raw is None and bits is None:
            self._few = frozenset(few)
            self._count = len(self._few)

    def __len__(self) -> int:
        if self._count < 0:
            self._count = self.bits.bit_count()
        return self._count

    def __bool__(self) -> bool:
        return bool(self._few) if self._few is not None else self.bits != 0

    def __contains__(self, serial: int) -> bool:
        if self._few is not None:
            return serial in self._few
        raw = self.raw
        return serial >> 3 < len(raw) and bool(raw[serial >> 3] >> (serial & 7) & 1)

    def __iter__(self) -> Iterator[int]:
        return iter(sorted(self._few) if self._few is not None else members(self.raw))

    def among(self, serials: Iterable[int]) -> list[int]:
        """Which of these serials it holds."""
        if self._few is not None:
            few = self._few
            return [serial for serial in serials if serial in few]
        return _kept(serials, self.raw)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Docs) and set(self) == set(other)

    def __hash__(self) -> int:
        return hash(frozenset(self))

    def __repr__(self) -> str:
        return f"Docs({len(self)})"

    @property
    def is_few(self) -> bool:
        """Whether it is held as a set, so that walking over it is cheap."""
        return self._few is not None

    @property
    def bits(self) -> int:
        """The set as one integer, bit s set where it holds serial s."""
        if self._bits is None:
            self._bits = int.from_bytes(self.raw, "little")
        return self._bits

    @property
    def raw(self) -> bytes:
        """The set as bytes, the lowest serials first."""
        if self._raw is None:
            if self._few is not None:
                self._raw = bytes(marked(self._few))
            else:
                self._raw = self.bits.to_bytes((self.bits.bit_length() + 7) // 8, "little")
        return self._raw

    def __and__(self, other: "Docs") -> "Docs":
        if self._few is not None:
            return Docs(self._few & other._few if other._few is not None else _kept(self._few, other.raw))
        if other._few is not None:
            return other & self
        return Docs(bits=self.bits & other.bits)

    def __or__(self, other: "Docs") -> "Docs":
        if not self:
            return other
        if not other:
            return self
        if self._few is not None and other._few is not None and len(self) + len(other) <= FEW:
            return Docs(self._few | other._few)
        return Docs(bits=self.bits | other.bits)

    def __sub__(self, other: "Docs") -> "Docs":
        if self._few is not None:
            return Docs(self._few - (other._few if other._few is not None else frozenset(_kept(self._few, other.raw))))
        if not other:
            return self
        return Docs(bits=self.bits & ~other.bits)


NOBODY = Docs()


def members(raw: bytes) -> list[int]:
    """The serials of a bitmap, in order."""
    found: list[int] = []
    for match in _NONZERO.finditer(raw):
        place = match.start()
        base = place << 3
        found.extend([base + bit for bit in _PLACES[raw[place]]])
    return found


def marked(serials: Iterable[int]) -> bytearray:
    """The bitmap of serials."""
    chosen = serials if isinstance(serials, (list, set, frozenset, tuple)) else list(serials)
    raw = bytearray((max(chosen) >> 3) + 1 if chosen else 0)
    mark(raw, 0, chosen)
    return raw


def mark(raw: bytearray, base: int, offsets: Collection[int]) -> None:
    """Mark serials in a bitmap that is long enough.

    Args:
        raw: The bitmap.
        base: The serial the others are counted from: a multiple of eight.
        offsets: Their distances from it.
    """
    first, last = base >> 3, max(offsets, default=0)
    if len(offsets) * _DENSE <= last or not offsets:
        for offset in offsets:
            raw[first + (offset >> 3)] |= 1 << (offset & 7)
        return
    # A byte a serial, and then eight of them into one: twice as quick as a step of Python for each.
    size = (last >> 3) + 1
    planes = bytearray(size << 3)
    deque(map(planes.__setitem__, offsets, repeat(1)), maxlen=0)
    bits = int.from_bytes(raw[first : first + size], "little")
    for bit in range(8):
        bits |= int.from_bytes(planes[bit::8], "little") << bit
    raw[first : first + size] = bits.to_bytes(size, "little")


def _kept(few: Iterable[int], raw: bytes) -> list[int]:
    size = len(raw)
    return [serial for serial in few if serial >> 3 < size and raw[serial >> 3] >> (serial & 7) & 1]
