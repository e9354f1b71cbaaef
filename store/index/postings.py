"""Which clients a term is of: the inverted index, as rows of one table.

A term's clients lie in rows by block. A block of 62,464 serials in which few have the term is one row; else each
3,904 serials of it, a part, are a row of their own, so that a save never rewrites more than half a kilobyte of a
term that half the clients share. A row's first four bytes are the CRC-32 of the rest, of its term and its place.

A beginning that very many terms share (`ш`, `пе`) has a row set of its own, a *node*: the union of the terms' sets.
Nodes are closed under beginnings: where `пе` has one, `п` has one too.
"""

import json
import sqlite3
import struct
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from store.index.docs import FEW, Docs, marked, members
from store.index.tables import Malformed
from store.index.terms import space_size
from store.index.totals import Totals

PART = 61 * 64
"""Serials a row of a term that many have: the cards of 61 files, and eight bitmaps fill a page."""

BLOCK = 16 * PART
"""Serials a row of a term that few have: their offsets are 16 bits."""

SPARSE = 448
"""More than so many in a block, and it is kept by parts: a row fits into a quarter of a page."""

BITMAP = PART // 8
"""Bytes of a part's content that is a bitmap; one of offsets is shorter."""

NODE = "\x02"
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
        content = blob[4:]
        is_whole = zlib.crc32(content, _seed(term, place)) == total
    except (struct.error, TypeError, AttributeError) as error:
        # Damage makes also values of other types.
        raise Malformed(f"a row of {term!r} is not what was written") from error
    if not is_whole:
        raise Malformed(f"a row of {term!r} is not what was written")
    return content


def _seed(term: str, place: int) -> int:
    return zlib.crc32(term.encode("utf-8", "surrogatepass")) ^ (place & 0xFFFFFFFF)


def packed(offsets: "array[int]") -> bytes:
    """A part's content by the offsets in it, sorted: these, or a bitmap where that is shorter."""
    if len(offsets) * 2 < BITMAP:
        return offsets.tobytes()
    return bytes(marked(offsets.tolist())).ljust(BITMAP, b"\0")


class Postings:
    """Reads the sets of terms."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def docs(self, term: str) -> Docs:
        """The clients that have a term."""
        return _united(self._rows(term, term + "\0"))

    def any_of(self, terms: Iterable[str]) -> Docs:
        """The clients that have at least one of these terms."""
        return _united(row for term in terms for row in self._rows(term, term + "\0"))

    def beginning(self, text: str) -> Docs:
        """The clients that have a term with this beginning."""
        node = list(self._rows(NODE + text, NODE + text + "\0"))
        return _united(node) if node else self.between(text, text + LAST)

    def between(self, least: str, beyond: str) -> Docs:
        """The clients that have a term from `least` on and before `beyond`."""
        return _united(self._rows(least, beyond))

    def terms(self, beginning: str, limit: int = -1) -> list[str]:
        """The terms with a beginning, in order."""
        beyond = beginning + LAST
        self._look_before(beginning)
        after = "select term, place, docs from posting where term >= ? order by term, place limit 1"
        for row in self._db.execute(after, (beyond,)):
            opened(*row)
        rows = self._db.execute(
            "select distinct term from posting where term >= ? and term < ? limit ?", (beginning, beyond, limit)
        )
        return [term for (term,) in rows]

    def each(self, beginning: str) -> Iterator[tuple[str, Docs]]:
        """Every term with a beginning, and its clients."""
        for term, found in groupby(self._rows(beginning, beginning + LAST), itemgetter(0)):
            yield term, _united(found)

    def has_node(self, beginning: str) -> bool:
        """Whether a beginning has a node."""
        row = self._db.execute("select 1 from posting where term = ? limit 1", (NODE + beginning,)).fetchone()
        return row is not None

    def _rows(self, least: str, beyond: str) -> Iterator[Row]:
        """The rows of terms from `least` on and before `beyond`.

        Both neighbours are looked at as well: a row whose term is damaged stands where it stood, but is not found
        any more, so that nobody would seem to have the term.
        """
        self._look_before(least)
        after = "select term, place, docs from posting where term >= ? order by term, place"
        for row in self._db.execute(after, (least,)):
            if not isinstance(row[0], str) or row[0] >= beyond:
                opened(*row)
                break
            yield row

    def _look_before(self, term: str) -> None:
        before = "select term, place, docs from posting where term < ? order by term desc, place desc limit 1"
        for row in self._db.execute(before, (term,)):
            opened(*row)


class PostingsWriter(Postings):
    """Changes the sets of terms: gathers what is to be added and taken out, and writes it in the order of the terms."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__(db)
        self._added: dict[str, list[int]] = {}
        self._taken: dict[str, list[int]] = {}
        self._nodes: dict[str, bool] = {}
        self._totals = Totals()

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
        wanted = [
            (term, block, serials)
            for term in sorted({*self._added, *self._taken})
            for block, serials in _by_block({*self._added.get(term, ()), *self._taken.get(term, ())}).items()
        ]
        if not wanted:
            return
        known = self._rows_at(wanted)
        changed: list[Row] = []
        emptied: list[tuple[str, int]] = []
        for term, block, serials in wanted:
            added = set(self._added.get(term, ()))
            taken = set(self._taken.get(term, ())) - added
            for place, content in self._rewritten(term, block, serials, added, taken, known):
                if (term, place) in known:
                    self._totals.went(known[term, place])
                if content:
                    changed.append((term, place, sealed(term, place, content)))
                    self._totals.came(changed[-1][2])
                else:
                    emptied.append((term, place))
        self._db.executemany("delete from posting where term = ? and place = ?", emptied)
        self._db.executemany("insert or replace into posting values(?, ?, ?)", changed)
        self._added.clear()
        self._taken.clear()

    def finish(self) -> None:
        """Write what was noted, and the totals, once before the transaction ends."""
        self.write()
        self._totals.save(self._db)

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
                self._totals.went(blob)
                emptied.append((term, place))
            elif len(left) < len(held):
                self._totals.went(blob)
                changed.append((sealed(term, place, _content(place, left)), term, place))
                self._totals.came(changed[-1][0])
        self._db.executemany("update posting set docs = ? where term = ? and place = ?", changed)
        self._db.executemany("delete from posting where term = ? and place = ?", emptied)
        return {term for term, _ in emptied if not self.docs(term)}

    def _nodes_of(self, terms: Iterable[str]) -> set[str]:
        """The keys of the nodes over terms; asked for all at once."""
        beginnings = {
            term[:length] for term in terms if (size := space_size(term)) for length in range(size, len(term) + 1)
        }
        asked = [NODE + beginning for beginning in beginnings if beginning not in self._nodes]
        if asked:
            rows = self._db.execute(
                "select wanted.value from json_each(?) as wanted"
                " where exists (select 1 from posting where term = wanted.value)",
                (json.dumps(asked),),
            )
            found = {key for (key,) in rows}
            self._nodes.update((key[1:], key in found) for key in asked)
        return nodes_over(terms, lambda beginning: self._nodes[beginning])

    def _rows_at(self, wanted: Iterable[tuple[str, int, list[int]]]) -> dict[tuple[str, int], bytes]:
        """The rows that may have to be written anew, all in one question."""
        places = [
            (term, place)
            for term, block, serials in wanted
            for place in (-1 - block, *sorted({serial // PART for serial in serials}))
        ]
        rows = self._db.execute(
            "select posting.term, posting.place, docs from json_each(?) as wanted join posting"
            " on posting.term = wanted.value ->> 0 and posting.place = wanted.value ->> 1",
            (json.dumps(places),),
        )
        return {(term, place): blob for term, place, blob in rows}

    def _rewritten(
        self,
        term: str,
        block: int,
        serials: list[int],
        added: set[int],
        taken: set[int],
        known: Mapping[tuple[str, int], bytes],
    ) -> Iterator[tuple[int, bytes]]:
        """The rows of a term in a block that are others now: place and content, b"" for none."""
        sparse = -1 - block
        parts = sorted({serial // PART for serial in serials})
        if (term, sparse) not in known and (
            any((term, part) in known for part in parts) or self._is_parted(term, block)
        ):
            for part in parts:
                yield part, _changed_part(part, _content_at(known, term, part), added, taken)
            return
        held = set(_serials(sparse, _content_at(known, term, sparse))) - taken
        held.update(serial for serial in serials if serial in added)
        if len(held) <= SPARSE:
            yield sparse, _content(sparse, sorted(held)) if held else b""
            return
        if (term, sparse) in known:
            yield sparse, b""
        for part, inside in groupby(sorted(held), lambda serial: serial // PART):
            yield part, _content(part, list(inside))

    def _is_parted(self, term: str, block: int) -> bool:
        first = block * (BLOCK // PART)
        row = self._db.execute(
            "select 1 from posting where term = ? and place between ? and ? limit 1",
            (term, first, first + BLOCK // PART - 1),
        )
        return row.fetchone() is not None


def nodes_over(terms: Iterable[str], is_node: Callable[[str], bool]) -> set[str]:
    """The keys of the nodes that terms belong to."""
    found: set[str] = set()
    for term in terms:
        size = space_size(term)
        for length in range(size, len(term) + 1) if size else ():
            if not is_node(term[:length]):
                break
            found.add(NODE + term[:length])
    return found


def rows_of(term: str, block: int, parts: Mapping[int, bytes]) -> list[Row]:
    """The rows of a term in a block, from the packed content of its parts by their numbers."""
    sizes = [len(content) // 2 if len(content) < BITMAP else SPARSE + 1 for content in parts.values()]
    if sum(sizes) > SPARSE:
        return [(term, part, sealed(term, part, content)) for part, content in parts.items()]
    offsets = array("H")
    for part, content in sorted(parts.items()):
        base = (part * PART) % BLOCK
        offsets.extend([base + offset for offset in array("H", content)])
    place = -1 - block
    return [(term, place, sealed(term, place, offsets.tobytes()))]


def rows_of_docs(term: str, docs: Docs) -> Iterator[Row]:
    """The rows of a term from its whole set."""
    raw = docs.raw
    blocks: dict[int, dict[int, bytes]] = {}
    for part in range((len(raw) + BITMAP - 1) // BITMAP):
        bitmap = raw[part * BITMAP : (part + 1) * BITMAP]
        count = int.from_bytes(bitmap).bit_count()
        if count:
            short = count * 2 < BITMAP
            content = array("H", members(bitmap)).tobytes() if short else bitmap.ljust(BITMAP, b"\0")
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


def _content_at(known: Mapping[tuple[str, int], bytes], term: str, place: int) -> bytes:
    """The content of a row; b"" where there is none."""
    blob = known.get((term, place))
    return b"" if blob is None else opened(term, place, blob)


def _changed_part(part: int, content: bytes, added: Iterable[int], taken: Iterable[int]) -> bytes:
    """A part's content with serials added and taken out; b"" where none is left."""
    base = part * PART
    if len(content) < BITMAP:
        held = set(_serials(part, content)) - set(taken)
        held.update(serial for serial in added if serial // PART == part)
        return _content(part, sorted(held)) if held else b""
    changed = bytearray(content)
    for serial in taken:
        if 0 <= serial - base < PART:
            changed[serial - base >> 3] &= ~(1 << (serial - base & 7))
    for serial in added:
        if 0 <= serial - base < PART:
            changed[serial - base >> 3] |= 1 << (serial - base & 7)
    return bytes(changed) if any(changed) else b""


def _serials(place: int, content: bytes) -> list[int]:
    """The serials of a row."""
    if place < 0:
        base = (-1 - place) * BLOCK
        return [base + offset for offset in array("H", content)]
    base = place * PART
    if len(content) == BITMAP:
        return [base + offset for offset in members(content)]
    return [base + offset for offset in array("H", content)]


def _united(rows: Iterable[Row]) -> Docs:
    """The union of rows."""
    few: list[int] = []
    bitmaps: dict[int, int | bytes] = {}
    for term, place, blob in rows:
        content = opened(term, place, blob)
        if place >= 0 and len(content) == BITMAP:
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
        size = (max(bitmaps) + 1) * BITMAP
        raw.extend(bytes(max(0, size - len(raw))))
        for place, held in bitmaps.items():
            start = place * BITMAP
            there = int.from_bytes(raw[start : start + BITMAP], "little")
            if there:
                held = _number(held) | there
            raw[start : start + BITMAP] = held if isinstance(held, bytes) else held.to_bytes(BITMAP, "little")
    return Docs(raw=bytes(raw))


def _number(held: int | bytes) -> int:
    return held if isinstance(held, int) else int.from_bytes(held, "little")
