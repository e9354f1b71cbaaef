"""Which clients a term is of: the inverted index, as rows of one table.

How the clients of a term lie in rows is told in `store.index.rows`.

A beginning that many terms share (`ш`, `пе`) has a row set of its own, a *node*: the union of the terms' sets.
Nodes are closed under beginnings: where `пе` has one, `п` has one too.
"""

import json
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from store.index.docs import Docs
from store.index.rows import (
    BLOCK,
    BUNDLE,
    PART,
    SPARSE,
    Row,
    all_opened,
    changed_bundle,
    changed_offsets,
    changed_part,
    content_of,
    docs_by_bit,
    opened,
    sealed,
    serials_of,
    united,
)
from store.index.slices import slices_term
from store.index.tables import ROWS, Malformed, of_meta, salt
from store.index.terms import BITS, space_size, unsigned
from store.index.totals import Totals

NODE = "\x02"
"""Before a beginning: the key of its node. No term begins with it."""

LAST = "\U0010ffff"

_FEW = 64
"""Clients that SQLite looks for itself."""


class Postings:
    """Reads the sets of terms."""

    def __init__(self, db: sqlite3.Connection, known_salt: int | None = None, nodeless: set[str] | None = None) -> None:
        """Begin.

        Args:
            db: The index.
            known_salt: Its salt, where that was read already.
            nodeless: Beginnings known to have no node in this state; those that turn out to have none are added.
        """
        self._db = db
        self._salt = salt(db) if known_salt is None else known_salt
        self._nodeless = set() if nodeless is None else nodeless
        self._expects_rows = True

    def docs(self, term: str) -> Docs:
        """The clients that have a term."""
        return united(self._rows(term, term + "\0"))

    def any_of(self, terms: Iterable[str]) -> Docs:
        """The clients that have at least one of these terms."""
        return united(row for term in terms for row in self._rows(term, term + "\0"))

    def beginning(self, text: str) -> Docs:
        """The clients that have a term with this beginning."""
        # Nodes are closed under beginnings: where `ше` has none, `шев` has none.
        if text[:-1] not in self._nodeless and (node := list(self._rows(NODE + text, NODE + text + "\0"))):
            return united(node)
        self._nodeless.add(text)
        return self.between(text, text + LAST)

    def between(self, least: str, beyond: str) -> Docs:
        """The clients that have a term from `least` on and before `beyond`."""
        return united(self._rows(least, beyond))

    def terms(self, beginning: str, limit: int = -1) -> list[str]:
        """The terms with a beginning, in order."""
        beyond = beginning + LAST
        self._look_before(beginning)
        after = "select term, place, docs from posting where term >= ? order by term, place limit 1"
        for _ in all_opened(self._db.execute(after, (beyond,)), self._salt):
            pass
        rows = self._db.execute(
            "select distinct term from posting where term >= ? and term < ? limit ?", (beginning, beyond, limit)
        )
        return [term for (term,) in rows]

    def each(self, beginning: str) -> Iterator[tuple[str, Docs]]:
        """Every term with a beginning, and its clients; bundles are no sets and left out."""
        for term, found in groupby(self._rows(beginning, beginning + LAST), itemgetter(0)):
            if term[0] != BUNDLE:
                yield term, united(found)

    def slices(self, code: str) -> dict[int, Docs]:
        """The clients that have a bit of a field's ordered number, by the bit."""
        term = slices_term(code)
        return docs_by_bit((part, bundle) for _, part, bundle in self._rows(term, term + "\0"))

    def _rows(self, least: str, beyond: str) -> Iterator[Row]:
        """The rows of terms from `least` on and before `beyond`.

        Both neighbours are looked at as well: a row whose term is damaged stands where it stood, but is not found
        any more, so that nobody would seem to have the term.
        """
        is_alone = not self._look_before(least)
        after = "select term, place, docs from posting where term >= ? order by term, place"
        for term, place, content in all_opened(self._db.execute(after, (least,)), self._salt):
            is_alone = False
            if term >= beyond:
                break
            yield term, place, content
        if is_alone and self._expects_rows and of_meta(self._db, ROWS):
            raise Malformed("there are no rows of terms")

    def _look_before(self, beyond: str) -> bool:
        """Look at the last row before a term; whether there is any."""
        before = "select term, place, docs from posting where term < ? order by term desc, place desc limit 1"
        for term, place, blob in self._db.execute(before, (beyond,)):
            opened(term, place, blob, self._salt)
            return True
        return False


class PostingsWriter(Postings):
    """Changes the sets of terms: gathers what is to be added and taken out, and writes it in the order of the terms."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__(db)
        # The totals are behind until `finish`.
        self._expects_rows = False
        self._added: dict[str, list[int]] = {}
        self._taken: dict[str, list[int]] = {}
        self._bits: dict[tuple[str, int], dict[int, tuple[int, int]]] = {}
        """By term and part, of each serial: the bits that are to be taken out, and those to be put in."""
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

    def slice(self, code: str, serial: int, had: int | None, has: int | None) -> None:
        """Note that a client has another ordered number of a field than it had; None for none."""
        before = 0 if had is None else unsigned(had)
        after = 0 if has is None else unsigned(has)
        if before == after:
            return
        noted = self._bits.setdefault((slices_term(code), serial // PART), {})
        gone, come = noted.get(serial, (0, 0))
        noted[serial] = ((gone | before) & ~after, (come | ~before) & after)

    def write(self) -> None:
        """Write what was noted."""
        self._write_bits()
        wanted = [
            (term, block, serials)
            for term in sorted({*self._added, *self._taken})
            for block, serials in _by_block({*self._added.get(term, ()), *self._taken.get(term, ())}).items()
        ]
        if not wanted:
            return
        known = self._rows_at(wanted)
        changed: list[Row] = []
        for term, block, serials in wanted:
            added = set(self._added.get(term, ()))
            taken = set(self._taken.get(term, ())) - added
            for place, content in self._rewritten(term, block, serials, added, taken, known):
                changed.append((term, place, content))
        self._put(changed, known)
        self._added.clear()
        self._taken.clear()

    def _write_bits(self) -> None:
        terms: dict[int, list[str]] = {}
        for term, part in self._bits:
            terms.setdefault(part, []).append(term)
        known: dict[tuple[str, int], bytes] = {}
        for part, some in terms.items():
            known.update(self._found_at((part,), some))
        self._put(
            [
                (term, part, changed_bundle(part, self._content_at(known, term, part), changes))
                for (term, part), changes in sorted(self._bits.items())
            ],
            known,
        )
        self._bits.clear()

    def _put(self, rows: Iterable[Row], known: Mapping[tuple[str, int], bytes]) -> None:
        """Write rows in the place of those known; b"" for none."""
        changed: list[Row] = []
        emptied: list[tuple[str, int]] = []
        for term, place, content in rows:
            if (term, place) in known:
                self._totals.went(known[term, place])
            if content:
                changed.append((term, place, sealed(term, place, content, self._salt)))
                self._totals.came(changed[-1][2])
            else:
                emptied.append((term, place))
        self._db.executemany("delete from posting where term = ? and place = ?", emptied)
        self._db.executemany("insert or replace into posting values(?, ?, ?)", changed)

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
        if not gone:
            return set()
        places = {-1 - serial // BLOCK for serial in gone} | {serial // PART for serial in gone}
        marks = ", ".join("?" * len(places))
        changed: list[Row] = []
        known: dict[tuple[str, int], bytes] = {}
        query = f"select term, place, docs from posting where place in ({marks})"
        offsets = [struct.pack("<H", serial % BLOCK) for serial in gone]
        if len(offsets) <= _FEW:
            # Of a block only rows that may hold them: Python need not look at two hundred thousand for one client.
            query += f" and (place >= 0 or {' or '.join(['instr(docs, ?)'] * len(offsets))})"
        else:
            offsets = []
        for term, place, blob in self._db.execute(query, (*places, *offsets)):
            if term[0] == "v":
                continue  # of words, not of clients
            content = opened(term, place, blob, self._salt)
            left = _without(term, place, content, gone)
            if left != content:
                known[term, place] = blob
                changed.append((term, place, left))
        self._put(changed, known)
        return {term for term, _, content in changed if not content and term[0] != BUNDLE and not self.docs(term)}

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
        """The rows that may have to be written anew: of all that may lie at the same places in one question."""
        terms: dict[tuple[int, ...], list[str]] = {}
        for term, block, serials in wanted:
            terms.setdefault((-1 - block, *sorted({serial // PART for serial in serials})), []).append(term)
        found: dict[tuple[str, int], bytes] = {}
        for places, some in terms.items():
            found.update(self._found_at(places, some))
        return found

    def _found_at(self, places: Sequence[int], terms: Sequence[str]) -> Iterator[tuple[tuple[str, int], bytes]]:
        """The rows of terms at some places, as they lie in the table."""
        rows = self._db.execute(
            "select posting.term, place, docs from json_each(?) as wanted cross join posting"
            " on posting.term = wanted.value and place in (select value from json_each(?))",
            (json.dumps(terms), json.dumps(places)),
        )
        return (((term, place), blob) for term, place, blob in rows)

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
                yield part, changed_part(part, self._content_at(known, term, part), added, taken)
            return
        base = block * BLOCK
        come = [serial for serial in serials if serial in added]
        gone = [serial for serial in serials if serial in taken]
        offsets = changed_offsets(self._content_at(known, term, sparse), base, come, gone)
        if len(offsets) <= SPARSE:
            yield sparse, offsets.tobytes()
            return
        if (term, sparse) in known:
            yield sparse, b""
        for part, inside in groupby(offsets, lambda offset: (base + offset) // PART):
            yield part, content_of(part, [base + offset for offset in inside])

    def _content_at(self, known: Mapping[tuple[str, int], bytes], term: str, place: int) -> bytes:
        """The content of a row; b"" where there is none."""
        blob = known.get((term, place))
        return b"" if blob is None else opened(term, place, blob, self._salt)

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


def _without(term: str, place: int, content: bytes, gone: set[int]) -> bytes:
    """The content of a row without some serials; as it is, where none of them is in it."""
    if term[0] == BUNDLE:
        all_bits = (1 << BITS) - 1
        return changed_bundle(place, content, {serial: (all_bits, 0) for serial in gone if serial // PART == place})
    held = serials_of(place, content)
    left = [serial for serial in held if serial not in gone]
    return content_of(place, left) if len(left) < len(held) else content


def _leads(beginning: str, terms: Iterable[str]) -> bool:
    return any(term.startswith(beginning) for term in terms)


def _by_block(serials: Iterable[int]) -> dict[int, list[int]]:
    return {block: list(inside) for block, inside in groupby(sorted(serials), lambda serial: serial // BLOCK)}
