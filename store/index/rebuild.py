"""Building the index anew: two processes read and fold, this one writes."""

import os
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from store.errors import StoreError
from store.index import places, tables, writing
from store.index.extract import Extract, Named, Plan, extract, former, plan
from store.index.tables import SegmentUpdate
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
    """What the index keeps of one segment file."""

    number: int
    stamp: tuple[int, int, int, int]
    cards: list[Extract]
    changes: list[tuple[int, str, int, str, str, str]]
    former: list[tuple[int, Named]]
    """Old numbers and identifiers, each with its client's serial."""


Pieces = tuple[list[Piece], list[StoreError]]


def build(
    path: Path, schema: Schema, files: Sequence[Path], read: Read, progress: Progress | None
) -> tuple[sqlite3.Connection, list[StoreError]]:
    """Make an index in a file of its own, nobody else's: nothing of it is safe until it was copied.

    Returns:
        The new index, open, and the errors of the files that could not be read.
    """
    db = sqlite3.connect(path, isolation_level=None)
    for setting in (f"page_size = {tables.PAGE_BYTES}", "journal_mode = off", "synchronous = off"):
        db.execute(f"pragma {setting}").fetchall()
    db.execute("pragma cache_size = -65536")
    tables.create(db, schema)
    problems: list[StoreError] = []
    done = 0
    db.execute("begin")
    for pieces, errors in _pieces(files, read, plan(schema)):
        for piece in pieces:
            _put_piece(db, piece)
        problems += errors
        done += len(pieces) + len(errors)
        if progress:
            progress(done, len(files))
    places.rank_all(db)
    db.execute("update meta set value = 1 where key = 'built'")
    db.execute("commit")
    return db, problems


def _put_piece(db: sqlite3.Connection, piece: Piece) -> None:
    old: dict[int, list[Named]] = {}
    for serial, named in piece.former:
        old.setdefault(serial, []).append(named)
    db.executemany(
        "insert or replace into client values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [writing.client_row(card.serial, card) for card in piece.cards],
    )
    db.executemany(
        "insert or replace into said values(?, ?, ?, ?)",
        [(card.serial, *writing.said_of(card, old.get(card.serial, ()))) for card in piece.cards],
    )
    db.executemany(
        "insert or ignore into identifier values(?, ?, ?, ?, ?, ?)",
        [(n.key, card.serial, n.kind, n.path, n.value, 0) for card in piece.cards for n in card.named]
        + [(n.key, serial, n.kind, n.path, n.value, 1) for serial, n in piece.former],
    )
    db.executemany("insert or replace into change values(?, ?, ?, ?, ?, ?)", piece.changes)
    db.execute("insert or replace into segment values(?, ?, ?, ?, ?)", (piece.number, *piece.stamp))


def _pieces(files: Sequence[Path], read: Read, fields: Plan) -> Iterator[Pieces]:
    """The segments, read in tasks of several; in this process where others cannot be had or are not worth it."""
    tasks = [files[start : start + _FILES_A_TASK] for start in range(0, len(files), _FILES_A_TASK)]
    done = 0
    if len(files) > _FEW_FILES and len(os.sched_getaffinity(0)) > 1:
        from concurrent.futures.process import BrokenProcessPool

        try:
            for pieces in _in_processes(tasks, read, fields):
                yield pieces
                done += 1
        except BrokenProcessPool:
            pass
    for task in tasks[done:]:
        yield read_pieces(task, read, fields)


def _in_processes(tasks: Sequence[Sequence[Path]], read: Read, fields: Plan) -> Iterator[Pieces]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    # Not forked: the screen's process has threads, and a fork of those may hang.
    with ProcessPoolExecutor(_PROCESSES, get_context("spawn"), _ignore_interrupts) as pool:
        ahead: deque[Future[Pieces]] = deque()
        for task in tasks:
            ahead.append(pool.submit(read_pieces, task, read, fields))
            if len(ahead) >= _TASKS_AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _ignore_interrupts() -> None:
    """Ctrl+C reaches every process of the terminal; the one that gives out the tasks answers for all."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def read_pieces(files: Sequence[Path], read: Read, fields: Plan) -> Pieces:
    """Read some segment files and keep what the index keeps of them."""
    pieces: list[Piece] = []
    errors: list[StoreError] = []
    for path in files:
        try:
            segment = read(path)
        except StoreError as error:
            errors.append(error)
            continue
        pieces.append(
            Piece(
                number=segment.number,
                stamp=segment.stamp,
                cards=[extract(card, fields) for card in segment.cards],
                changes=[(c.seq, c.changeset, c.serial, c.at, c.who, c.why) for c in segment.changes],
                former=[(change.serial, named) for change in segment.changes for named in former(change)],
            )
        )
    return pieces, errors
