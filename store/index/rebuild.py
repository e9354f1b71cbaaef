"""Building the index anew: two processes read and fold, this one writes.

A task is the 64 files of a part, so that what a process sends back of a term is a part of its set as it
will lie in the index.
"""

import marshal
import os
import sqlite3
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, redirect_stderr, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import folding
from store.errors import Damaged
from store.index import nodes, tables, vocabulary, writing
from store.index.docs import docs_of
from store.index.gathering import Parcel, Piece, Read, read_parcel, sliced
from store.index.places import FIRST, GAP
from store.index.plan import Plan
from store.index.postings import Postings
from store.index.rows import BLOCK, PART, Row, all_sealed, rows_of, rows_of_docs
from store.index.said import value_of
from store.index.slices import slices_term
from store.index.tables import insertion
from store.index.terms import RANK, SPACES
from store.index.totals import Totals
from store.progress import Progress
from store.segments.segment import SEGMENT_SIZE

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_PROCESSES = 2
_TASKS_AHEAD = 3
"""So many tasks are given out before their results are needed: what is read must not pile up in memory."""

_ROWS_AT_ONCE = 20_000

_FEW_FILES = 48
"""3,000 clients: read here before another process would have started."""

_FINISHING = 20
"""Percent of the time that is left when all files are read."""

_STEPS = 7 + len(SPACES)
"""Steps that it is told in."""


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
    with _helpers(count_of) as pool:
        for rows, failures, count in _parcels(files, read, plan, pool):
            building.add(Piece(*marshal.loads(rows)))
            problems += [Damaged(failure.code, **failure.details) for failure in failures]
            done += count
            if progress:
                progress(done * (100 - _FINISHING) // 100, count_of)
        for step, _ in enumerate(building.finish(path, pool), start=1):
            if progress:
                left = count_of * _FINISHING * (_STEPS - step) // (100 * _STEPS)
                progress(count_of - left, count_of)
    return db, problems


class _Building:
    """An index that is being built: pieces in the order of their parts, block by block."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._salt = tables.salt(db)
        self._block: dict[str, list[tuple[int, bytes]]] = {}
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
                gathered[term] = [(piece.part, content)]
            else:
                parts.append((piece.part, content))
        self._wholes.update(piece.wholes)
        self._words.update(piece.words)

    def finish(self, path: Path, pool: "ProcessPoolExecutor | None") -> Iterator[None]:
        """Do what can be done when all pieces are there, in steps."""
        self._write_block()
        self._db.execute("commit")
        yield
        # All of them only read, so none waits for another.
        tasks = [partial(nodes_made, path, space) for space in SPACES]
        aside = _aside(pool, [tasks[0], partial(vocabulary_made, self._words), *tasks[1:]])
        ranks = self._ranks()
        yield
        placed = self._places()
        yield
        # As marshal has them they take a third of the memory.
        made: list[bytes] = []
        for each in aside:
            made.append(each)
            yield
        self._db.execute("begin")
        marked = ((rank, tables.mark_of(serial, rank) + self._salt, serial) for serial, rank in ranks.items())
        self._db.executemany("update client set rank = ?, mark = ? where serial = ?", marked)
        self._slice(RANK, ranks)
        for code, (rows, values) in placed.items():
            self._db.executemany(insertion("whole", self._salt), rows)
            self._slice(code, values)
        yield
        of_nodes: list[Row] = []
        while made:
            by_table, terms, some = _unpacked(made.pop())
            for table, table_rows in by_table.items():
                self._db.executemany(insertion(table, self._salt), table_rows)
            self._insert(terms)
            of_nodes += some
        self._totals.save(self._db)
        of_nodes.sort()
        nodes.put(self._db, of_nodes)
        yield
        self._db.execute("update meta set value = 1 where key = 'built'")
        self._db.execute("update meta set value = ? where key = 'state'", (int.from_bytes(os.urandom(5)),))
        self._db.execute("commit")
        # In the order of the terms, its pages full: a seventh smaller, and read that much sooner.
        self._db.execute("vacuum")
        yield

    def _write_block(self) -> None:
        rows: list[Row] = []
        for term in sorted(self._block):
            rows += rows_of(term, self._block_number, self._block[term])
            # Not all at once: with their checksums they are there twice.
            if len(rows) >= _ROWS_AT_ONCE:
                self._insert(rows)
                rows = []
        self._insert(rows)
        self._block.clear()

    def _ranks(self) -> dict[int, int]:
        """The place of every client in the order of names."""
        names = self._db.execute("select name, serial from client").fetchall()
        names.sort(key=lambda row: (folding.sort_key(row[0]), row[1]))
        return {serial: FIRST + GAP * number for number, (_, serial) in enumerate(names)}

    def _places(self) -> dict[str, tuple[list[tuple[Any, ...]], dict[int, int]]]:
        """The places of whole values in the order of their fields', by the fields' codes, and those of the clients."""
        fields: dict[str, list[str]] = {}
        for term in self._wholes:
            fields.setdefault(term[1:3], []).append(term)
        self._wholes.clear()
        postings = Postings(self._db)
        placed: dict[str, tuple[list[tuple[Any, ...]], dict[int, int]]] = {}
        for code, terms in fields.items():
            terms.sort(key=lambda term: (folding.sort_key(value_of(term)), term))
            places = {term: FIRST + GAP * number for number, term in enumerate(terms)}
            values: dict[int, int] = {}
            # Who has several is sorted by the first: that one is noted last.
            for term, docs in sorted(postings.each(f"={code}"), key=lambda found: -places[found[0]]):
                values.update(dict.fromkeys(docs, places[term]))
            placed[code] = ([writing.whole_row(term, place) for term, place in places.items()], values)
        return placed

    def _slice(self, code: str, values: Mapping[int, int]) -> None:
        """Write the bits of a field of all clients."""
        by_part: dict[int, dict[int, int]] = {}
        for serial, value in values.items():
            by_part.setdefault(serial // PART, {})[serial % BLOCK] = value
        term = slices_term(code)
        self._insert([(term, part, sliced(inside, part)) for part, inside in sorted(by_part.items())])

    def _insert(self, rows: Sequence[Row]) -> None:
        sealed = all_sealed(rows, self._salt)
        self._db.executemany(insertion("posting"), sealed)
        self._totals.came_all(row[2] for row in sealed)


Made = tuple[dict[str, list[Any]], list[Row], list[Row]]
"""What is worked out when all terms are written: rows by table, rows of terms, nodes."""


def vocabulary_made(words: Iterable[str]) -> bytes:
    """The vocabulary of words: a Made as marshal has it."""
    known = sorted({rough for word in words if vocabulary.is_kept(rough := vocabulary.rough(word))})
    stems = {row for word in known for row in vocabulary.stem_rows(word)}
    grams: dict[str, list[int]] = {}
    for number, word in enumerate(known, start=1):
        for gram in vocabulary.grams_of(word):
            grams.setdefault(f"v{gram}", []).append(number)
    by_table = {
        "word": [vocabulary.word_row(number, word) for number, word in enumerate(known, start=1)],
        "stem": sorted(stems),
    }
    rows = [row for term in sorted(grams) for row in rows_of_docs(term, docs_of(grams[term]))]
    return marshal.dumps((by_table, rows, []))


def nodes_made(path: Path, space: str) -> bytes:
    """The nodes of one space of terms of an unfinished index: a Made as marshal has it."""
    with closing(sqlite3.connect(path)) as db:
        return marshal.dumps(({}, [], nodes.made(db, [space])))


def _unpacked(made: bytes) -> Made:
    by_table, terms, of_nodes = marshal.loads(made)
    return by_table, terms, of_nodes


def _aside(pool: "ProcessPoolExecutor | None", tasks: Iterable[Callable[[], bytes]]) -> Iterator[bytes]:
    """What is made in other processes, where there are such: all begun at once."""
    begun = [(task, _begun(pool, task)) for task in tasks]
    return (wait() if wait else task() for task, wait in begun)


def _begun(pool: "ProcessPoolExecutor | None", task: Callable[[], bytes]) -> Callable[[], bytes] | None:
    """Begin a task in another process; what is returned waits for it. None where there is no other."""
    if pool is None:
        return None
    from concurrent.futures.process import BrokenProcessPool

    try:
        begun = pool.submit(task)
    except BrokenProcessPool:
        return None

    def result() -> bytes:
        try:
            return begun.result()
        except BrokenProcessPool:
            return task()

    return result


@contextmanager
def _helpers(files: int) -> Iterator["ProcessPoolExecutor | None"]:
    """The other processes; None where they cannot be had or are not worth it."""
    if files <= _FEW_FILES or len(os.sched_getaffinity(0)) < 2:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import resource_tracker

    from store.index.processes import CONTEXT

    # While a screen is shown, `sys.stderr` is an object that gives -1 for its file, which no process can be handed on.
    with redirect_stderr(sys.__stderr__):
        resource_tracker.ensure_running()
    # Not forked: the screen's process has threads, and a fork of those may hang.
    with ProcessPoolExecutor(_PROCESSES, CONTEXT, _start_process) as pool:
        yield pool


def _parcels(files: Sequence[Path], read: Read, plan: Plan, pool: "ProcessPoolExecutor | None") -> Iterator[Parcel]:
    """The segments, read in tasks of a part each; in this process where there is no other, or it died."""
    by_part: dict[int, list[Path]] = {}
    for file in sorted(files, key=_number):
        by_part.setdefault(_number(file) * SEGMENT_SIZE // PART, []).append(file)
    tasks = sorted(by_part.items())
    done = 0
    if pool:
        from concurrent.futures.process import BrokenProcessPool

        with suppress(BrokenProcessPool):
            for parcel in _in_processes(tasks, read, plan, pool):
                yield parcel
                done += 1
    for part, task in tasks[done:]:
        yield read_parcel(part, task, read, plan)


def _in_processes(
    tasks: Sequence[tuple[int, Sequence[Path]]], read: Read, plan: Plan, pool: "ProcessPoolExecutor"
) -> Iterator[Parcel]:
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


def _number(file: Path) -> int:
    return int(file.name.partition(".")[0])
