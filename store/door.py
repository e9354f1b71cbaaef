"""The one door to a store of client cards."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import disk, founding, refreshing
from store.card import Document
from store.errors import Damaged, NotAllowed, NotFound, StoreError
from store.lookup import Lookup
from store.schema import Schema
from store.segments.lock import LockState

# One quick question from the shell opens the door and finds: what only writing needs is imported when it writes.
if TYPE_CHECKING:
    from store.checkup import Report
    from store.clients.committing import Committer
    from store.clients.committing import Written as Written
    from store.clients.merging import Revisions
    from store.clients.steps import Edit as Edit
    from store.drafts import Drafts
    from store.kinds import Reading
    from store.notebook import Notebook
    from store.progress import Progress
    from store.searches import Searches
    from store.snapshots.daily import Daily

__all__ = ["Edit", "Progress", "Store", "Written", "open_store"]

UNFINISHED = "erasing.json"  # see `store.erasing`
_LATER = {"Edit": "store.clients.steps", "Progress": "store.clients.committing", "Written": "store.clients.committing"}


def open_store(
    path: str | os.PathLike[str],
    *,
    operator: str | None = None,
    create: bool = False,
    reading: "Reading | None" = None,
    progress: "Progress | None" = None,
    polled: bool = False,
) -> "Store":
    """Open a store, and bring its index up to what other hands did to its files.

    Args:
        path: The store's folder.
        operator: Who works with it; `$KARTOTEKA_OPERATOR`, else the login name.
        create: Make the store where there is none: in a folder that is missing or empty.
        reading: How typed values are read; the day is asked anew where none is given.
        progress: Told while a missing index is built.
        polled: Whether the caller will call `catch_up` every few seconds: then opening need not look at every file.

    Raises:
        NotFound: `store-missing`.
        Damaged: `not-a-store`, `store-newer`, `store-network`, `segment-damaged` (of `store.json`); `store-unusable`
            where a part of it is missing or no file.
        NotAllowed: `store-unreadable`.
    """
    folder = Path(path)
    if filesystem := disk.network_file_system(folder):
        raise Damaged("store-network", path=str(folder), filesystem=filesystem)
    try:
        if create:
            founding.create(folder)
        elif not folder.exists():
            raise NotFound("store-missing", path=str(folder))
        name = operator or founding.login()
        return Store(folder, founding.schema_of(folder, name, progress), name, reading, progress, polled=polled)
    except PermissionError as error:
        raise NotAllowed("store-unreadable", path=str(error.filename or folder)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Damaged("store-unusable", path=str(error.filename or folder), reason=reason) from error


class Store(Lookup):
    """An open store. Several threads may use it; writing is one after another."""

    def __init__(
        self,
        path: Path,
        schema: Schema,
        operator: str,
        reading: "Reading | None",
        progress: "Progress | None",
        *,
        polled: bool = False,
    ) -> None:
        super().__init__(path, schema, operator, reading, polled=polled)
        with ExitStack() as on_failure:
            on_failure.callback(self.close)
            self._upkeep.open(progress)
            if not self.read_only and (path / UNFINISHED).exists():
                from store import erasing

                erasing.finish_if_possible(self)
            on_failure.pop_all()

    @cached_property
    def drafts(self) -> "Drafts":
        """What this operator typed and has not saved."""
        from store.drafts import Drafts

        return Drafts(self.path, self.operator, self._modes)

    @cached_property
    def notebook(self) -> "Notebook":
        """What this operator keeps: marks, clients opened lately, own searches."""
        from store.notebook import Notebook

        return Notebook(self.path, self.operator, self._modes, read_only=self.read_only)

    @cached_property
    def searches(self) -> "Searches":
        """The saved searches: those of the store, and this operator's own."""
        from store.searches import Searches

        return Searches(self, self.notebook)

    @cached_property
    def daily(self) -> "Daily":
        """What takes the snapshot of the day."""
        from store.snapshots.daily import Daily

        return Daily(self)

    def blank(self) -> Document:
        """A new card, to be filled: a uid, a free number and the defaults of its forms."""
        from store.clients import defaults
        from store.clients.identity import new_uid

        document: Document = {"uid": new_uid(), "number": self.free_numbers(1)[0]}
        for section in self.schema.sections:
            if not section.is_table and (form := defaults(section, self.reading)):
                document[section.key] = form
        return document

    def free_numbers(self, count: int = 5) -> list[str]:
        """Client numbers that nobody has or had, the easiest first."""
        from store import erased, numbers

        def taken(asked: Iterable[str]) -> set[str]:
            offered = list(asked)
            return self.index.numbers_taken(offered) | erased.numbers_taken(self.path, offered)

        clients = self._lock.peek().next_serial if self._lock else self.index.count()
        return numbers.free(count, clients, taken)

    def apply_typed(self, document: Document, values: Sequence[tuple[str, str]]) -> Document:
        """The document with typed values in it (see `store.clients.typed`). Raises Invalid with all problems."""
        from store.clients import apply_typed

        return apply_typed(self.schema, document, values, self.reading)

    def write(self, edits: "Sequence[Edit]", *, why: str = "edit", progress: "Progress | None" = None) -> "Written":
        """Save cards, all or nothing: validated, merged by field with what others saved meanwhile, journalled.

        Raises:
            Invalid: Values that can't be taken, among those that differ.
            Conflict: `changed-meanwhile` with the clashes; `value-taken` with `path`, `value` and `number`;
                `client-in-trash`, `client-not-in-trash`.
            Busy: `store-locked` with `operator`, `pid`, `since`.
            NotFound: `client-missing`.
            NotAllowed: `store-read-only`, `disk-refused`.
            Unsure: `disk-failed`.
        """
        from store.clients import editing

        count = len(edits)

        def told(done: int) -> None:
            if progress:
                progress(done, 3 * count)

        # A third for looking at the edits, one for writing them, one for the index.
        steps = editing.steps_of(edits, self.schema, self.reading.today.isoformat(), told)

        return self._committed(
            lambda state: self._committer.commit(state, steps, why, progress=lambda done, of: told(count + done))
        )

    def undo(self, changeset: str | None = None, *, progress: "Progress | None" = None) -> "Written":
        """Take a changeset back: by default the operator's own last that was not undone yet.

        Args:
            changeset: Which; an undo can be undone by its own.
            progress: Told how far it is.

        Raises:
            NotFound: `nothing-to-undo`, `changeset-missing`.
            Conflict: `changed-meanwhile`: a field was changed since.
        """
        from store.clients import undoing

        def commit(state: LockState) -> "Written":
            undone = changeset
            if undone is None:
                undone = undoing.last_changeset(self.index, self.folder, self.operator)
            steps = undoing.steps_of(undone, self.index.changeset(undone), self.folder)
            return self._committer.commit(state, steps, "undo", undoes=undone, progress=progress)

        return self._committed(commit)

    def merge(self, keep: int, other: int, *, revisions: "Revisions | None" = None) -> "Written":
        """Merge two cards of one client (see `store.clients.merging`), all or nothing; undone as a whole.

        Args:
            keep: The serial of the card that stays, the first of those written: its values win.
            other: The serial of the card that goes; its number and identifiers find the kept card from then on.
            revisions: Of both as they were looked at; None: merged as they are now. Raises as `write` and `preview`.
        """
        from store.clients.merging import Merging

        merging = Merging(self.schema, self.folder, self.reading, keep, other)
        return self._committed(lambda state: self._committer.commit(state, merging.steps(revisions), "merge"))

    def check(self, progress: "Progress | None" = None) -> "Report":
        """Read and verify every file, and compare the index with them. Changes nothing."""
        from store.checkup import check

        return check(self, progress)

    def repair(self, progress: "Progress | None" = None) -> "Report":
        """Do what can be done without guessing: leftovers removed, foreign files sealed again, the index rebuilt."""
        from store.checkup import repair

        return repair(self, progress)

    def rebuild_index(self, progress: "Progress | None" = None) -> None:
        """Build the index anew from the segments."""
        with self.writing():
            refreshing.rebuild(self.folder, self.index, progress)

    def writing(self, patience: float | None = None) -> AbstractContextManager[LockState]:
        """Hold the store's lock. Raises Busy (`store-locked`), NotAllowed (`store-read-only`)."""
        return self._upkeep.writing(patience)

    @cached_property
    def _committer(self) -> "Committer":
        from store.clients.committing import Committer

        return Committer(self.folder, self.index, self.schema, self.operator, self._modes, self.note)

    def note(self, state: LockState) -> None:
        """Write into the lock what is going on; for the parts of the store that write, under the lock."""
        if self._lock:
            self._lock.write(state)

    def _committed(self, commit: Callable[[LockState], "Written"]) -> "Written":
        """Commit under the lock, again where the index had to be healed first; then see to what is due once a day."""

        def locked() -> "Written":
            with self.writing() as state:
                return commit(state)

        written = self._upkeep.healed(locked)
        self._keep_house()
        return written

    def _keep_house(self) -> None:
        """Once a day, after a save: the snapshot, then out of the trash goes what has lain there long enough."""
        if self.daily.after_save():
            from store import trash

            # After the snapshot, which has it still. It fails like the snapshot: the save before it is done.
            with suppress(StoreError, OSError):
                trash.empty_by_rule(self)


def __getattr__(name: str) -> Any:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(name)
