"""Which clients a term is of: the inverted index, as rows of one table.

A term's clients lie in rows by block. A block of 62,464 serials in which few have the term is one row; else each
3,904 serials of it, a part, are a row of their own, so that a save never rewrites more than half a kilobyte of a
term that half the clients share. A row's first four bytes are the CRC-32 of the rest, of its term and its place.

A beginning that very many terms share (`ш`, `пе`) has a row set of its own, a *node*: the union of the terms' sets.
Nodes are closed under beginnings: where `пе` has one, `п` has one too.
"""

import sqlite3
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from store.index.docs import FEW, Docs, marked, members
from store.index.tables import Malformed
from store.index.terms import space_size

PART = 61 * 64
"""Serials a row of a term that many have: the cards of 61 files, and eight bitmaps fill a page."""

BLOCK = 16 * PART
"""Serials a row of a term that few have: their offsets are 16 bits."""

SPARSE = 448
"""More than so many in a block, and it is kept by parts: a row fits into a quarter of a page."""

CROWD = 64
"""A beginning of more words than this has a node."""

_FIELD_CROWD = 256
"""A field's beginning of more terms than this has a node: a filter may take a little longer than a letter typed."""

_BITMAP = PART // 8
_NODE = "\x02"
"""Before a beginning: the key of its node. No term begins with it."""

LAST = "\U0010ffff"

Row = tuple[str, int, bytes]
"""Term, place (a part's number, or -1 - block's number), sealed content."""


def sealed(term: str, place: int, content: bytes) -> bytes:
    """A row's content with its checksum before it."""
    return struct.pack("<I", zlib.crc32(content, _seed(term, place))) + content


def opened(term: str, place: int, blob: bytes) -> bytes:
    """A row's content. Raises Malformed where it is not what was written."""
    try:
        (total,) = struct.unpack_from("<I", blob)
    except (struct.error, TypeError) as error:
        raise Malformed(f"a row of {term!r} is not what was written") from error
    content = blob[4:]
    if zlib.crc32(content, _seed(term, place)) != total:
        raise Malformed(f"a row of {term!r} is not what was written")
    return content


def _seed(term: str, place: int) -> int:
    return zlib.crc32(term.encode("utf-8", "surrogatepass")) ^ (place & 0xFFFFFFFF)


def packed(offsets: "array[int]") -> bytes:
    """A part's content by the offsets in it, sorted: these, or a bitmap where that is shorter."""
    if len(offsets) * 2 < _BITMAP:
        return offsets.tobytes()
    return bytes(marked(offsets.tolist())).ljust(_BITMAP, b"\0")


class Postings:
    """Reads the sets of terms."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def docs(self, term: str) -> Docs:
        """The clients that have a term."""
        return _united(self._db.execute("select term, place, docs from posting where term = ?", (term,)))

    def any_of(self, terms: Iterable[str]) -> Docs:
        """The clients that have at least one of these terms."""
        wanted = list(terms)
        if len(wanted) == 1:
            return self.docs(wanted[0])
        marks = ", ".join("?" * len(wanted))
        return _united(self._db.execute(f"select term, place, docs from posting where term in ({marks})", wanted))

    def beginning(self, text: str) -> Docs:
        """The clients that have a term with this beginning."""
        node = self._db.execute("select term, place, docs from posting where term = ?", (_NODE + text,)).fetchall()
        if node:
            return _united(node)
        return self.between(text, text + LAST)

    def between(self, least: str, beyond: str) -> Docs:
        """The clients that have a term from `least` on and before `beyond`."""
        return _united(
            self._db.execute("select term, place, docs from posting where term >= ? and term < ?", (least, beyond))
        )

    def terms(self, beginning: str, limit: int = -1) -> list[str]:
        """The terms with a beginning, in order."""
        rows = self._db.execute(
            "select distinct term from posting where term >= ? and term < ? limit ?",
            (beginning, beginning + LAST, limit),
        )
        return [term for (term,) in rows]

    def each(self, beginning: str) -> Iterator[tuple[str, Docs]]:
        """Every term with a beginning, and its clients."""
        rows = self._db.execute(
            "select term, place, docs from posting where term >= ? and term < ? order by term, place",
            (beginning, beginning + LAST),
        )
        for term, found in groupby(rows, itemgetter(0)):
            yield term, _united(found)

    def has_node(self, beginning: str) -> bool:
        """Whether a beginning has a node."""
        row = self._db.execute("select 1 from posting where term = ? limit 1", (_NODE + beginning,)).fetchone()
        return row is not None


class PostingsWriter(Postings):
    """Changes the sets of terms: gathers what is to be added and taken out, and writes it in the order of the terms."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__(db)
        self._added: dict[str, list[int]] = {}
        self._taken: dict[str, list[int]] = {}
        self._nodes: dict[str, bool] = {}

    def change(self, serial: int, before: Iterable[str], after: Iterable[str]) -> None:
        """Note that a client has other terms than it had."""
        old, new = set(before), set(after)
        gone, come = old - new, new - old
        if gone:
            gone.update(node for node in self._nodes_of(gone) if not _leads(node[1:], new))
        for term in (*come, *self._nodes_of(come)):
            self.add(term, serial)
        for term in gone:
            self.take(term, serial)

    def add(self, term: str, serial: int) -> None:
        """Note that a client has a term now."""
        self._added.setdefault(term, []).append(serial)

    def take(self, term: str, serial: int) -> None:
        """Note that a client has a term no more."""
        self._taken.setdefault(term, []).append(serial)

    def write(self) -> None:
        """Write what was noted."""
        for term in sorted({*self._added, *self._taken}):
            added, taken = self._added.get(term, ()), self._taken.get(term, ())
            for block, serials in _by_block({*added, *taken}).items():
                self._rewrite(term, block, serials, set(added), set(taken).difference(added))
        self._added.clear()
        self._taken.clear()

    def purge(self, serials: Iterable[int]) -> set[str]:
        """Take clients out of every term, where it is not known which they had. Reads the whole table.

        Returns:
            The terms that nobody has any more.
        """
        gone = set(serials)
        places = {-1 - serial // BLOCK for serial in gone} | {serial // PART for serial in gone}
        marks = ", ".join("?" * len(places))
        changed: list[tuple[bytes, str, int]] = []
        emptied: list[tuple[str, int]] = []
        query = f"select term, place, docs from posting where place in ({marks})"
        for term, place, blob in self._db.execute(query, (*places,)):
            if term[0] == "v":
                continue  # of words, not of clients
            held = _serials(place, opened(term, place, blob))
            left = [serial for serial in held if serial not in gone]
            if not left:
                emptied.append((term, place))
            elif len(left) < len(held):
                changed.append((sealed(term, place, _content(place, left)), term, place))
        self._db.executemany("update posting set docs = ? where term = ? and place = ?", changed)
        self._db.executemany("delete from posting where term = ? and place = ?", emptied)
        return {term for term, _ in emptied if not self.docs(term)}

    def _nodes_of(self, terms: Iterable[str]) -> set[str]:
        """The nodes over terms."""
        found: set[str] = set()
        for term in terms:
            size = space_size(term)
            for length in range(size, len(term) + 1) if size else ():
                beginning = term[:length]
                known = self._nodes.get(beginning)
                if known is None:
                    known = self._nodes[beginning] = self.has_node(beginning)
                if not known:
                    break
                found.add(_NODE + beginning)
        return found

    def _rewrite(self, term: str, block: int, serials: list[int], added: set[int], taken: set[int]) -> None:
        sparse = -1 - block
        row = self._db.execute("select docs from posting where term = ? and place = ?", (term, sparse)).fetchone()
        parts = sorted({serial // PART for serial in serials})
        if row is None:
            first = block * (BLOCK // PART)
            is_parted = self._db.execute(
                "select 1 from posting where term = ? and place between ? and ? limit 1",
                (term, first, first + BLOCK // PART - 1),
            ).fetchone()
            if is_parted:
                for part in parts:
                    self._rewrite_part(term, part, added, taken)
                return
        held = set(_serials(sparse, opened(term, sparse, row[0]))) if row else set()
        held -= taken
        held.update(serial for serial in serials if serial in added)
        if len(held) <= SPARSE:
            self._put(term, sparse, held)
            return
        self._db.execute("delete from posting where term = ? and place = ?", (term, sparse))
        for part, inside in groupby(sorted(held), lambda serial: serial // PART):
            self._put(term, part, set(inside))

    def _rewrite_part(self, term: str, part: int, added: set[int], taken: set[int]) -> None:
        row = self._db.execute("select docs from posting where term = ? and place = ?", (term, part)).fetchone()
        held = set(_serials(part, opened(term, part, row[0]))) if row else set()
        held = (held - taken) | {serial for serial in added if serial // PART == part}
        self._put(term, part, held)

    def _put(self, term: str, place: int, held: set[int]) -> None:
        if not held:
            self._db.execute("delete from posting where term = ? and place = ?", (term, place))
            return
        blob = sealed(term, place, _content(place, sorted(held)))
        self._db.execute("insert or replace into posting values(?, ?, ?)", (term, place, blob))


def rows_of(term: str, block: int, parts: Mapping[int, bytes]) -> list[Row]:
    """The rows of a term in a block, from the packed content of its parts by their numbers."""
    sizes = [len(content) // 2 if len(content) < _BITMAP else SPARSE + 1 for content in parts.values()]
    if sum(sizes) > SPARSE:
        return [(term, part, sealed(term, part, content)) for part, content in parts.items()]
    offsets = array("H")
    for part, content in sorted(parts.items()):
        base = (part * PART) % BLOCK
        offsets.extend([base + offset for offset in array("H", content)])
    place = -1 - block
    return [(term, place, sealed(term, place, offsets.tobytes()))]


def build_nodes(db: sqlite3.Connection) -> None:
    """Make the nodes anew, of every beginning that more than `CROWD` terms of a space share."""
    db.execute("delete from posting where term >= ? and term < ?", (_NODE, _NODE + LAST))
    terms = [term for (term,) in db.execute("select distinct term from posting order by term")]
    postings = Postings(db)
    made: list[Row] = []
    for (size, _space), inside in groupby(terms, lambda term: (space_size(term), term[: space_size(term)])):
        if size:
            group = list(inside)
            _node(postings, group, 0, len(group), size, made, size)
    made.sort()
    db.executemany("insert into posting values(?, ?, ?)", made)


def _node(postings: Postings, terms: list[str], start: int, end: int, depth: int, made: list[Row], size: int) -> Docs:
    """The union of terms[start:end], which share a beginning of `depth` letters; its node is made if they are many."""
    if end - start <= (CROWD if size == 1 else _FIELD_CROWD):
        return postings.between(terms[start], terms[end - 1] + "\0")
    found = Docs()
    place = start
    if len(terms[place]) == depth:
        found = postings.docs(terms[place])
        place += 1
    while place < end:
        letter = terms[place][depth]
        beyond = place
        while beyond < end and terms[beyond][depth] == letter:
            beyond += 1
        found = found | _node(postings, terms, place, beyond, depth + 1, made, size)
        place = beyond
    made.extend(rows_of_docs(_NODE + terms[start][:depth], found))
    return found


def rows_of_docs(term: str, docs: Docs) -> Iterator[Row]:
    """The rows of a term from its whole set."""
    raw = docs.raw
    blocks: dict[int, dict[int, bytes]] = {}
    for part in range((len(raw) + _BITMAP - 1) // _BITMAP):
        bitmap = raw[part * _BITMAP : (part + 1) * _BITMAP]
        count = int.from_bytes(bitmap).bit_count()
        if count:
            short = count * 2 < _BITMAP
            content = array("H", members(bitmap)).tobytes() if short else bitmap.ljust(_BITMAP, b"\0")
            blocks.setdefault(part * PART // BLOCK, {})[part] = content
    for block, parts in blocks.items():
        yield from rows_of(term, block, parts)


def _leads(beginning: str, terms: Iterable[str]) -> bool:
    return any(term.startswith(beginning) for term in terms)


def _by_block(serials: Iterable[int]) -> dict[int, list[int]]:
    return {block: list(inside) for block, inside in groupby(sorted(serials), lambda serial: serial // BLOCK)}


def _content(place: int, serials: list[int]) -> bytes:
    if place < 0:
        base = (-1 - place) * BLOCK
        return array("H", [serial - base for serial in serials]).tobytes()
    return packed(array("H", [serial - place * PART for serial in serials]))


def _serials(place: int, content: bytes) -> list[int]:
    """The serials of a row."""
    if place < 0:
        base = (-1 - place) * BLOCK
        return [base + offset for offset in array("H", content)]
    base = place * PART
    if len(content) == _BITMAP:
        return [base + offset for offset in members(content)]
    return [base + offset for offset in array("H", content)]


def _united(rows: Iterable[Row]) -> Docs:
    """The union of rows."""
    few: list[int] = []
    bitmaps: dict[int, int | bytes] = {}
    for term, place, blob in rows:
        content = opened(term, place, blob)
        if place >= 0 and len(content) == _BITMAP:
            known = bitmaps.get(place)
            if known is None:
                bitmaps[place] = content
            else:
                bitmaps[place] = _number(known) | int.from_bytes(content, "little")
        elif place >= 0:
            base = place * PART
            few += [base + offset for offset in array("H", content)] if base else array("H", content)
        else:
            base = (-1 - place) * BLOCK
            few += [base + offset for offset in array("H", content)] if base else array("H", content)
    if not bitmaps and len(few) <= FEW:
        return Docs(few)
    raw = marked(few)
    if bitmaps:
        size = (max(bitmaps) + 1) * _BITMAP
        raw.extend(bytes(max(0, size - len(raw))))
        for place, held in bitmaps.items():
            start = place * _BITMAP
            there = int.from_bytes(raw[start : start + _BITMAP], "little")
            if there:
                held = _number(held) | there
            raw[start : start + _BITMAP] = held if isinstance(held, bytes) else held.to_bytes(_BITMAP, "little")
    return Docs(raw=bytes(raw))


def _number(held: int | bytes) -> int:
    return held if isinstance(held, int) else int.from_bytes(held, "little")
