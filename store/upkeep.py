"""What keeps the index of a store true: catching up with other hands, finishing for killed writers, healing."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import TypeVar

from store import refreshing
from store.errors import Busy, Damaged, NotAllowed
from store.index import Index
from store.progress import Progress
from store.segments import SegmentFolder
from store.segments.lock import ALL, LockState, StoreLock, boot_id

Answer = TypeVar("Answer")

REBUILD_PATIENCE = 120.0
"""Seconds to wait for another process that builds the index."""


class Upkeep:
    """The index of a store, the files it is of, and the lock under which the one follows the other."""

    def __init__(self, folder: SegmentFolder, index: Index, lock: StoreLock | None, *, polled: bool = False) -> None:
        """Take charge of an index.

        Args:
            folder: The files.
            index: What is kept true.
            lock: None where the store may only be read.
            polled: Whether `catch_up` is called every few seconds (see `open`).
        """
        self.folder = folder
        self.index = index
        self.lock = lock
        self.polled = polled

    def writing(self, patience: float | None = None) -> AbstractContextManager[LockState]:
        """Hold the lock. Raises Busy (`store-locked`), NotAllowed (`store-read-only`)."""
        if self.lock is None:
            raise NotAllowed("store-read-only", path=str(self.folder.store))
        return self.lock.held(self._recover, patience)

    def open(self, progress: Progress | None) -> None:
        """Catch up, for the first time.

        With a million clients that is looking at 16,000 files. Where somebody polls, a folder that is as it was when
        all were looked at is enough: a file that another hand wrote to where it lies is noticed by the first poll.
        """
        if not (self.polled and self._is_as_seen()):
            self.catch_up(progress)

    def catch_up(self, progress: Progress | None = None) -> None:
        """Index what other hands changed since, or everything where there is no index, or a damaged one."""
        try:
            self._catch_up(progress)
        except Damaged as error:
            if error.code != "index-damaged":
                raise
            self._catch_up(progress)  # it was emptied

    def _catch_up(self, progress: Progress | None) -> None:
        if self.index.needs_rebuild:
            if self.lock is None:
                refreshing.rebuild(self.folder, self.index, progress)
                return
            with self.writing(REBUILD_PATIENCE):
                if self.index.needs_rebuild:
                    refreshing.rebuild(self.folder, self.index, progress)
            return
        if self.lock and (self.lock.peek().pid or self.lock.peek().pending):
            self.finish_for_the_dead()
        seen = self.folder.seen() if self.polled else 0
        changed, gone = refreshing.stale(self.folder, self.index)
        if not changed and not gone:
            self._note_seen(seen)
            return
        if self.lock is None:
            refreshing.catch_up(self.folder, self.index, progress)
            return
        try:
            with self.writing():
                refreshing.catch_up(self.folder, self.index, progress)
        except Busy:
            return  # whoever saves so long is indexing what it saves; the rest is caught up with at the next opening

    def _is_as_seen(self) -> bool:
        with suppress(Damaged):
            state = self.lock.peek() if self.lock else LockState()
            is_at_rest = not self.index.needs_rebuild and not state.pid and not state.pending
            return is_at_rest and self.index.seen() == self.folder.seen() != 0
        return False

    def _note_seen(self, seen: int) -> None:
        if not seen or self.index.read_only or seen == self.index.seen():
            return
        try:
            self.index.note_seen(seen)
        except (Busy, Damaged) as error:
            # It only saves time: a full disk keeps nobody from reading.
            if error.code == "index-damaged":
                raise

    def finish_for_the_dead(self) -> None:
        """Do what a killed writer left undone; one that is alive and just writing holds the lock and is let be."""
        try:
            with self.writing(patience=0):
                pass
        except Busy:
            pass

    def healed(self, ask: Callable[[], Answer]) -> Answer:
        """Ask the index, which is built anew where it turns out to be damaged or was emptied for that."""
        try:
            if not self.index.needs_rebuild:
                return ask()
        except Damaged as error:
            if error.code != "index-damaged":
                raise
        self.catch_up()
        return ask()

    def _recover(self, state: LockState) -> LockState:
        """Do what the last holder of the lock left undone (killed, or the machine was restarted)."""
        self.folder.finish()
        self.folder.sweep()
        with suppress(OSError, Damaged):  # a list that is behind only misses a file less
            if not self.folder.listed().issuperset(self.folder.numbers()):
                self.folder.list_segments()
        if state.boot != boot_id() or not state.boot:
            state = replace(
                state,
                seq=max(state.seq, self.folder.last_seq()),
                next_serial=max(state.next_serial, self.folder.next_serial()),
                pending=(ALL,),
            )
        pending: Iterable[int] = state.pending
        if ALL in pending:
            pending, gone = refreshing.stale(self.folder, self.index)
            if gone:
                self.index.forget(gone)
        if self.index.needs_rebuild:
            refreshing.rebuild(self.folder, self.index)
        else:
            refreshing.refresh(self.folder, self.index, pending)
        return replace(state, pending=())
