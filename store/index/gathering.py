"""What the index keeps of the cards of one part, gathered value by value: what a process of a rebuild does."""

import marshal
import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from store.errors import StoreError
from store.index import writing
from store.index.columns import Columns, Places
from store.index.extract import Named, Shown, former, shown_of
from store.index.plan import Plan
from store.index.rows import BLOCK, PART, bundled, packed, packed_bits
from store.index.slices import slices_term
from store.index.tables import SegmentUpdate
from store.index.terms import BITS, OFFSET

Read = Callable[[Path], SegmentUpdate]
"""Reads a segment file whole."""


class Piece(NamedTuple):
    """What the index keeps of the cards of one part: rows by table, and what each term has."""

    part: int
    client: list[tuple[Any, ...]]
    named: list[tuple[Any, ...]]
    former: list[tuple[Any, ...]]
    change: list[tuple[Any, ...]]
    segment: list[tuple[int, int, int, int, int]]
    terms: dict[str, bytes]
    wholes: list[str]
    words: list[str]


class Failure(NamedTuple):
    """Why a file could not be read: an error's code and details, which go between processes as they are."""

    code: str
    details: dict[str, Any]


Parcel = tuple[bytes, list[Failure], int]
"""A Piece as marshal has it (a third of pickle's time), the files not read, and how many files there were."""


def read_parcel(part: int, files: Sequence[Path], read: Read, plan: Plan) -> Parcel:
    """Read some segment files of one part and keep what the index keeps of them."""
    gathering = _Gathering(part, plan)
    failures: list[Failure] = []
    for path in files:
        try:
            segment = read(path)
        except StoreError as error:
            failures.append(Failure(error.code, dict(error.details)))
        else:
            gathering.add(segment)
    return marshal.dumps(tuple(gathering.piece())), failures, len(files)


class _Gathering:
    """What is kept of the cards of one part."""

    def __init__(self, part: int, plan: Plan) -> None:
        self._plan = plan
        self._piece = Piece(part, [], [], [], [], [], {}, [], [])
        self._columns = Columns(plan)
        self._shown: dict[int, Shown] = {}

    def add(self, segment: SegmentUpdate) -> None:
        """Take in a segment."""
        piece = self._piece
        old: dict[int, dict[Named, None]] = {}
        for change in segment.changes:
            piece.change.append(writing.change_row(change))
            if taken := former(change):
                old.setdefault(change.serial, {}).update(dict.fromkeys(taken))
        for card in sorted(segment.cards, key=lambda card: card.serial):
            place = card.serial % BLOCK
            shown = self._shown[place] = shown_of(card, self._plan)
            self._columns.add(card, shown.name, place, old.get(card.serial, ()))
        for serial, had in old.items():
            piece.former.extend(writing.former_row(serial, named) for named in had)
        piece.segment.append((segment.number, *segment.stamp))

    def piece(self) -> Piece:
        """All of it, packed."""
        saids, numbers, digits, sums = self._columns.told()
        piece = self._piece
        for place, shown in self._shown.items():
            others = shown.others(digits.get(place, ()))
            piece.client.append(writing.client_row(0, shown, others, sums[place]))
            piece.named.extend(writing.named_rows(shown.serial, shown.named))
        held: dict[str, list[Places]] = {}
        for said, places in saids:
            once = [*dict.fromkeys(places)] if len(places) > 1 else places
            for term in said.terms:
                known = held.get(term)
                if known is None:
                    held[term] = [once]
                else:
                    known.append(once)
        terms = {term: packed(lists, piece.part) for term, lists in held.items()}
        terms |= {slices_term(code): sliced(values, piece.part) for code, values in numbers.items() if values}
        wholes = [said.whole for said, _ in saids if said.whole]
        words = {word for said, _ in saids for word in said.words}
        return piece._replace(terms=terms, wholes=wholes, words=list(words))


def sliced(values: Mapping[int, int], part: int) -> bytes:
    """The bundle of a field in one part, from offset in the block -> number; not empty."""
    words = array("Q", bytes(8 * PART))
    last = part * PART % BLOCK + PART - 1
    for offset, value in values.items():
        words[last - offset] = value + OFFSET
    if sys.byteorder == "big":
        words.byteswap()
    raw = words.tobytes()
    found: dict[int, bytes] = {}
    for start in range(0, BITS, 8):
        octets = raw[start // 8 :: 8]
        for bit in range(start, min(start + 8, BITS)):
            marks = octets.translate(_MARKS[bit - start])
            if b"1" in marks:
                found[bit] = packed_bits(marks, part)
    return bundled(found)


_MARKS = [bytes(b"01"[octet >> bit & 1] for octet in range(256)) for bit in range(8)]
"""Of an octet, whether each bit is set, as text: all of a column are then looked up at once."""
