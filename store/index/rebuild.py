"""Building the index anew: two processes read and fold, this one writes.

A task is the 61 files of a part, so that what a process sends back of a term is a part of its set as it
will lie in the index.
"""

import marshal
import os
import sqlite3
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from store import folding
from store.errors import Damaged, StoreError
from store.index import nodes, tables, vocabulary, writing
from store.index.docs import Docs
from store.index.extract import Extract, Named, extract, former
from store.index.places import FIRST, GAP
from store.index.plan import Plan
from store.index.postings import Postings
from store.index.rows import BLOCK, PART, Row, all_sealed, packed, rows_of, rows_of_docs
from store.index.said import Said, value_of
from store.index.slices import slice_term
from store.index.tables import SEGMENT_SIZE, SegmentUpdate, insertion
from store.index.terms import BITS, OFFSET, RANK
from store.index.totals import Totals

Progress = Callable[[int, int], None]
"""Called with how many are done, of how many."""

Read = Callable[[Path], SegmentUpdate]
"""Reads a segment file whole."""

_PROCESSES = 2
_TASKS_AHEAD = 5
"""So many tasks are given out before their results are needed: what is read must not pile up in memory."""

_FEW_FILES = 48
"""3,000 clients: read here before another process would have started."""

_FINISHING = 20
"""Percent of the time that is left when all files are read."""


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


def build(
    path: Path, plan: Plan, files: Sequence[Path], read: Read, progress: Progress | None
) -> tuple[sqlite3.Connection, list[Damaged]]:
    """Make an index in a file of its own, nobody else's: nothing of it is safe until it was copied.

    Returns:
        The new index, open, and the errors of the files that could not be read.
    """
    db = sqlite3.connect(path, isolation_level=None)
    for setting in (f"page_size = {tables.PAGE_BYTES}", "journal_mode = off", "synchronous = off"):
        db.execute(f"pragma {setting}").fetchall()
    db.execute("pragma cache_size = -65536")
    tables.create(db, plan.schema)
    building = _Building(db)
    problems: list[Damaged] = []
    done = 0
    count_of = len(files)
    db.execute("begin")
    for rows, failures, count in _parcels(files, read, plan):
        building.add(Piece(*marshal.loads(rows)))
        problems += [Damaged(failure.code, **failure.details) for failure in failures]
        done += count
        if progress:
            progress(done * (100 - _FINISHING) // 100, count_of)
    steps = building.finishing()
    for step, finish in enumerate(steps, start=1):
        finish()
        if progress:
            left = count_of * _FINISHING * (len(steps) - step) // (100 * len(steps))
            progress(count_of - left, count_of)
    db.execute("update meta set value = 1 where key = 'built'")
    db.execute("update meta set value = ? where key = 'state'", (int.from_bytes(os.urandom(5)),))
    db.execute("commit")
    # In the order of the terms, its pages full: a seventh smaller, and read that much sooner.
    db.execute("vacuum")
    return db, problems


class _Building:
    """An index that is being built: pieces in the order of their parts, block by block."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._salt = tables.salt(db)
        self._block: dict[str, dict[int, bytes]] = {}
        self._block_number = 0
        self._wholes: set[str] = set()
        self._words: set[str] = set()
        self._totals = Totals()

    def add(self, piece: Piece) -> None:
        """Take in the next piece."""
        block = piece.part * PART // BLOCK
        if block != self._block_number:
            self._write_block()
            self._block_number = block
        for table in ("client", "named", "former", "change", "segment"):
            if values := getattr(piece, table):
                self._db.executemany(insertion(table, self._salt), values)
        gathered = self._block
        for term, content in piece.terms.items():
            parts = gathered.get(term)
            if parts is None:
                gathered[term] = {piece.part: content}
            else:
                parts[piece.part] = content
        self._wholes.update(piece.wholes)
        self._words.update(piece.words)

    def finishing(self) -> Sequence[Callable[[], None]]:
        """What is to be done when all pieces are there, in this order."""
        return (self._write_block, self._rank, self._place_wholes, self._write_words, self._write_nodes)

    def _write_block(self) -> None:
        rows: list[Row] = []
        for term in sorted(self._block):
            rows += rows_of(term, self._block_number, self._block[term])
        self._insert(rows)
        self._block.clear()

    def _rank(self) -> None:
        names = self._db.execute("select name, serial from client").fetchall()
        names.sort(key=lambda row: (folding.sort_key(row[0]), row[1]))
        placed = [(FIRST + GAP * number, serial) for number, (_, serial) in enumerate(names)]
        marked = ((rank, tables.mark_of(serial, rank) + self._salt, serial) for rank, serial in placed)
        self._db.executemany("update client set rank = ?, mark = ? where serial = ?", marked)
        self._slice(RANK, {serial: rank for rank, serial in placed})

    def _place_wholes(self) -> None:
        fields: dict[str, list[str]] = {}
        for term in self._wholes:
            fields.setdefault(term[1:3], []).append(term)
        postings = Postings(self._db)
        for code, terms in fields.items():
            terms.sort(key=lambda term: (folding.sort_key(value_of(term)), term))
            places = {term: FIRST + GAP * number for number, term in enumerate(terms)}
            rows = [writing.whole_row(term, place) for term, place in places.items()]
            self._db.executemany(insertion("whole", self._salt), rows)
            values: dict[int, int] = {}
            for term, docs in postings.each(f"={code}"):
                place = places[term]
                for serial in docs:
                    values[serial] = min(place, values.get(serial, place))
            self._slice(code, values)

    def _write_words(self) -> None:
        words = sorted(filter(vocabulary.is_kept, map(vocabulary.rough, self._words)))
        words = list(dict.fromkeys(words))
        rows = [vocabulary.word_row(number, word) for number, word in enumerate(words, start=1)]
        self._db.executemany(insertion("word", self._salt), rows)
        stems = {row for word in words for row in vocabulary.stem_rows(word)}
        self._db.executemany(insertion("stem", self._salt), sorted(stems))
        grams: dict[str, list[int]] = {}
        for number, word in enumerate(words, start=1):
            for gram in vocabulary.grams_of(word):
                grams.setdefault(f"v{gram}", []).append(number)
        self._insert([row for term in sorted(grams) for row in rows_of_docs(term, Docs(grams[term]))])
        self._words.clear()

    def _write_nodes(self) -> None:
        self._totals.save(self._db)
        nodes.put(self._db, nodes.made(self._db))

    def _slice(self, code: str, values: Mapping[int, int]) -> None:
        """Write the bits of a field of all clients."""
        by_part: dict[int, dict[int, int]] = {}
        for serial, value in values.items():
            by_part.setdefault(serial // PART, {})[serial % PART] = value
        blocks: dict[tuple[str, int], dict[int, bytes]] = {}
        for part, inside in sorted(by_part.items()):
            for term, content in sliced(code, inside).items():
                blocks.setdefault((term, part * PART // BLOCK), {})[part] = content
        self._insert([row for (term, block), parts in sorted(blocks.items()) for row in rows_of(term, block, parts)])

    def _insert(self, rows: Sequence[Row]) -> None:
        sealed = all_sealed(rows, self._salt)
        self._db.executemany(insertion("posting"), sealed)
        self._totals.came_all(row[2] for row in sealed)


def sliced(code: str, values: Mapping[int, int]) -> dict[str, bytes]:
    """The bits of a field in one part: term -> content, from offset in the part -> ordered number."""
    # As text: a column of bits is then every 41st letter, which Python takes out and reads at once.
    empty = "0" * BITS
    rows = [empty] * PART
    for offset, value in values.items():
        rows[PART - 1 - offset] = f"{value + OFFSET:041b}"
    text = "".join(rows)
    found: dict[str, bytes] = {}
    for bit in range(BITS):
        if number := int(text[BITS - 1 - bit :: BITS], 2):
            found[slice_term(code, bit)] = _packed_bits(number)
    return found


def _packed_bits(number: int) -> bytes:
    if number.bit_count() * 2 < PART // 8:
        return packed(array("H", Docs(bits=number)))
    return number.to_bytes(PART // 8, "little")


def _parcels(files: Sequence[Path], read: Read, plan: Plan) -> Iterator[Parcel]:
    """The segments, read in tasks of a part each; in this process where others cannot be had or are not worth it."""
    by_part: dict[int, list[Path]] = {}
    for file in sorted(files, key=_number):
        by_part.setdefault(_number(file) * SEGMENT_SIZE // PART, []).append(file)
    tasks = sorted(by_part.items())
    done = 0
    if len(files) > _FEW_FILES and len(os.sched_getaffinity(0)) > 1:
        from concurrent.futures.process import BrokenProcessPool

        try:
            for parcel in _in_processes(tasks, read, plan):
                yield parcel
                done += 1
        except BrokenProcessPool:
            pass
    for part, task in tasks[done:]:
        yield read_parcel(part, task, read, plan)


def _in_processes(tasks: Sequence[tuple[int, Sequence[Path]]], read: Read, plan: Plan) -> Iterator[Parcel]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    # Not forked: the screen's process has threads, and a fork of those may hang.
    with ProcessPoolExecutor(_PROCESSES, get_context("spawn"), _start_process) as pool:
        ahead: deque[Future[Parcel]] = deque()
        for part, task in tasks:
            ahead.append(pool.submit(read_parcel, part, task, read, plan))
            if len(ahead) >= _TASKS_AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _start_process() -> None:
    """Ctrl+C reaches every process of the terminal; the one that gives out the tasks answers for all.

    Documents have no cycles: looking for them takes half as long again as reading.
    """
    import gc
    import signal

    gc.disable()

    signal.signal(signal.SIGINT, signal.SIG_IGN)


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
        self._said: list[Said] = []
        """The values that were in it, each with the cards that have it."""
        self._numbers: dict[str, dict[int, int]] = {}

    def add(self, segment: SegmentUpdate) -> None:
        """Take in a segment."""
        piece = self._piece
        old: dict[int, dict[Named, None]] = {}
        for change in segment.changes:
            piece.change.append(writing.change_row(change))
            if taken := former(change):
                old.setdefault(change.serial, {}).update(dict.fromkeys(taken))
        for card in sorted(segment.cards, key=lambda card: card.serial):
            self._add(extract(card, self._plan, old.get(card.serial, ())))
        for serial, had in old.items():
            piece.former.extend(writing.former_row(serial, named) for named in had)
        piece.segment.append((segment.number, *segment.stamp))

    def piece(self) -> Piece:
        """All of it, packed; what was gathered is let go of, as the values are remembered for the next part."""
        held: dict[str, list[list[int]]] = {}
        for said in self._said:
            for term in said.terms:
                known = held.get(term)
                if known is None:
                    held[term] = [said.offsets]
                else:
                    known.append(said.offsets)
            said.offsets = []
        terms = {term: packed(array("H", _merged(lists))) for term, lists in held.items()}
        for code, values in self._numbers.items():
            terms.update(sliced(code, values))
        wholes = [said.whole for said in self._said if said.whole]
        words = {word for said in self._said for word in said.words}
        return self._piece._replace(terms=terms, wholes=wholes, words=list(words))

    def _add(self, found: Extract) -> None:
        offset = found.serial % PART
        self._piece.client.append(writing.client_row(0, found))
        self._piece.named.extend(writing.named_rows(found.serial, found.named))
        for said in found.told.saids:
            offsets = said.offsets
            if not offsets:
                self._said.append(said)
                offsets.append(offset)
            elif offsets[-1] != offset:
                offsets.append(offset)
        for code, number in found.told.numbers.items():
            values = self._numbers.get(code)
            if values is None:
                values = self._numbers[code] = {}
            values[offset] = number


def _merged(lists: Sequence[list[int]]) -> list[int]:
    """Offsets of several values, sorted."""
    return lists[0] if len(lists) == 1 else sorted(set().union(*lists))


def _number(file: Path) -> int:
    return int(file.name.partition(".")[0])
