"""Building the index anew: two processes read and fold, this one writes."""

import marshal
import os
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from store.errors import Damaged, StoreError
from store.index import places, tables, writing
from store.index.extract import Named, Plan, extract, former, plan
from store.index.tables import SegmentUpdate
from store.index.writing import ChangeRow, ClientRow, IdentifierRow, SaidRow
from store.schema import Schema

Progress = Callable[[int, int], None]
"""Called with how many are done, of how many."""

Read = Callable[[Path], SegmentUpdate]
"""Reads a segment file whole."""

_PROCESSES = 2
_FILES_A_TASK = 8
_TASKS_AHEAD = 6
"""So many tasks are given out before their results are needed: what is read must not pile up in memory."""

_FEW_FILES = 48
"""3,000 clients: read here before another process would have started."""


class Piece(NamedTuple):
    """The rows of some segments, by table."""

    client: list[ClientRow]
    said: list[SaidRow]
    identifier: list[IdentifierRow]
    change: list[ChangeRow]
    segment: list[tuple[int, int, int, int, int]]


class Failure(NamedTuple):
    """Why a file could not be read: an error's code and details, which go between processes as they are."""

    code: str
    details: dict[str, Any]


Parcel = tuple[bytes, list[Failure], int]
"""A Piece as marshal has it (a third of pickle's time), the files not read, and how many files there were."""


def build(
    path: Path, schema: Schema, files: Sequence[Path], read: Read, progress: Progress | None
) -> tuple[sqlite3.Connection, list[Damaged]]:
    """Make an index in a file of its own, nobody else's: nothing of it is safe until it was copied.

    Returns:
        The new index, open, and the errors of the files that could not be read.
    """
    db = sqlite3.connect(path, isolation_level=None)
    for setting in (f"page_size = {tables.PAGE_BYTES}", "journal_mode = off", "synchronous = off"):
        db.execute(f"pragma {setting}").fetchall()
    db.execute("pragma cache_size = -65536")
    tables.create(db, schema)
    problems: list[Damaged] = []
    done = 0
    db.execute("begin")
    for rows, failures, count in _parcels(files, read, plan(schema)):
        for table, values in zip(Piece._fields, marshal.loads(rows), strict=True):
            if values:
                db.executemany(f"insert or replace into {table} values({', '.join('?' * len(values[0]))})", values)
        problems += [Damaged(failure.code, **failure.details) for failure in failures]
        done += count
        if progress:
            progress(done, len(files))
    places.rank_all(db)
    db.execute("update meta set value = 1 where key = 'built'")
    db.execute("commit")
    return db, problems


def _parcels(files: Sequence[Path], read: Read, fields: Plan) -> Iterator[Parcel]:
    """The segments, read in tasks of several; in this process where others cannot be had or are not worth it."""
    tasks = [files[start : start + _FILES_A_TASK] for start in range(0, len(files), _FILES_A_TASK)]
    done = 0
    if len(files) > _FEW_FILES and len(os.sched_getaffinity(0)) > 1:
        from concurrent.futures.process import BrokenProcessPool

        try:
            for parcel in _in_processes(tasks, read, fields):
                yield parcel
                done += 1
        except BrokenProcessPool:
            pass
    for task in tasks[done:]:
        yield read_parcel(task, read, fields)


def _in_processes(tasks: Sequence[Sequence[Path]], read: Read, fields: Plan) -> Iterator[Parcel]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    # Not forked: the screen's process has threads, and a fork of those may hang.
    with ProcessPoolExecutor(_PROCESSES, get_context("spawn"), _start_process) as pool:
        ahead: deque[Future[Parcel]] = deque()
        for task in tasks:
            ahead.append(pool.submit(read_parcel, task, read, fields))
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


def read_parcel(files: Sequence[Path], read: Read, fields: Plan) -> Parcel:
    """Read some segment files and keep what the index keeps of them."""
    piece = Piece([], [], [], [], [])
    failures: list[Failure] = []
    for path in files:
        try:
            segment = read(path)
        except StoreError as error:
            failures.append(Failure(error.code, dict(error.details)))
        else:
            _add_segment(piece, segment, fields)
    return marshal.dumps(tuple(piece)), failures, len(files)


def _add_segment(piece: Piece, segment: SegmentUpdate, fields: Plan) -> None:
    old: dict[int, dict[Named, None]] = {}
    for change in segment.changes:
        piece.change.append(writing.change_row(change))
        if taken := former(change):
            old.setdefault(change.serial, {}).update(dict.fromkeys(taken))
    for card in segment.cards:
        found = extract(card, fields)
        had = old.pop(card.serial, {})
        piece.client.append(writing.client_row(card.serial, found))
        piece.said.append((card.serial, *writing.said_of(found, had)))
        piece.identifier.extend(writing.identifier_row(card.serial, named) for named in found.named)
        piece.identifier.extend(writing.identifier_row(card.serial, named, old=True) for named in had)
    for serial, had in old.items():
        # Erased: what is left of the client are numbers that nobody may be given.
        piece.identifier.extend(writing.identifier_row(serial, named, old=True) for named in had)
    piece.segment.append((segment.number, *segment.stamp))
