"""The search index of a store: one SQLite file that all processes share, derived and never the truth."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import folding
from store.card import Card
from store.clock import seconds_of, stamp_of
from store.errors import Busy, Damaged
from store.index import tables
from store.index.asking import Asking, Read
from store.index.cache import Cache
from store.index.files import MUCH_LOG, log_size, reading
from store.index.found import Found
from store.index.homing import Homing
from store.index.phases import PAGE
from store.index.plan import Plan
from store.index.sharing import SharedFile
from store.index.tables import ChangeRef, Owner, SegmentUpdate, verified
from store.query import Query, Sort, Target
from store.schema import Schema
from store.segments.folder import UNFINISHED_INDEX
from store.segments.segment import Stamp

if TYPE_CHECKING:
    from store.index.facets import Facet
    from store.index.gathering import Read as ReadFile
    from store.progress import Progress

BY_NAME = Sort(None)


_BADLY_STAMPED = "select 1 from segment where typeof(number) <> 'integer' or typeof(generation) <> 'integer' limit 1"

_CHANGE = f"sum - {tables.OF_SALT}, seq, changeset, serial, at, who, why"


class Index(SharedFile):
    """Search, exact look-up and the list of changes."""

    def __init__(self, path: Path, schema: Schema, *, read_only: bool) -> None:
        super().__init__(path, schema, read_only=read_only)
        self.plan = Plan(schema)
        self.read: Read = _no_cards
        """Gives the cards of serials, where only a card knows the answer. Whoever opens the index sets it."""
        self._cache = Cache(-1, 0)
        self._homing = Homing(self._bring_home, lambda: log_size(self._file) > MUCH_LOG)

    def close(self) -> None:
        """Close the connections of all threads, and remove the private copy."""
        self._homing.finish()
        super().close()

    def stamps(self) -> dict[int, Stamp]:
        """The segments as they were when indexed, by number."""
        with self._reading() as db:
            rows = db.execute("select number, size, mtime_ns, inode, generation from segment").fetchall()
            if db.execute(_BADLY_STAMPED).fetchone():
                raise tables.Malformed("the stamp of a segment is not what was written")
            return {row[0]: Stamp._make(row[1:]) for row in rows}

    def update(self, segments: Sequence[SegmentUpdate]) -> None:
        """Take in what became of some segments, all or nothing.

        Raises:
            Busy: `index-busy`; another process has been writing to it for five seconds.
        """
        from store.index.writing import Update  # as in `files`: a search imports nothing that only writing needs

        if self.read_only and self._private is None:
            self._go_private()
        with self._writing() as db:
            update = Update(db, self.plan)
            for segment in segments:
                update.put(segment)
            update.finish()
        self._homing.updated()

    def rebuild(self, files: Sequence[Path], read: "ReadFile", progress: "Progress | None" = None) -> list[Damaged]:
        """Build the index anew from segment files; what others see changes at once, when it is done.

        What was saved meanwhile is missing: compare `stamps()` with the files afterwards, as when opening.

        Args:
            files: The segment files.
            read: What reads one of them, whole; a module's function, as a second process calls it too. It raises
                a StoreError for a file that cannot be read.
            progress: Called with the files done and of how many.

        Returns:
            The errors of the files that could not be read; their cards are not in the index.
        """
        if self.read_only and self._private is None:
            self._go_private(empty=True)
        import tempfile  # as in `files`

        from store.index.rebuild import build

        try:
            with tempfile.TemporaryDirectory(dir=self._file.parent, prefix=UNFINISHED_INDEX) as folder:
                made, problems = build(Path(folder) / "index.sqlite3", self.plan, files, read, progress)
                with closing(made), self._reading() as db:
                    made.backup(db)
                    db.execute("pragma wal_checkpoint(passive)").fetchone()
        except PermissionError:
            raise  # of a segment, which names itself
        except (OSError, sqlite3.DatabaseError) as error:
            raise Damaged("index-not-built", file=str(self.path), reason=str(error)) from error
        return problems

    def forget(self, numbers: Iterable[int]) -> None:
        """Take segments out whose files are gone."""
        from store.index.writing import Update

        gone = list(numbers)
        with self._writing() as db:
            update = Update(db, self.plan)
            for number in gone:
                update.put(SegmentUpdate(number, (0, 0, 0, 0), (), (), whole=True))
            update.finish()
            db.executemany("delete from segment where number = ?", [(number,) for number in gone])

    def restamp(self, stamps: Mapping[int, tuple[int, int, int, int]]) -> None:
        """Take note of files that are others and hold the same: those of a copied store. The generation stays."""
        with self._writing() as db:
            db.executemany(
                "update segment set size = ?, mtime_ns = ?, inode = ? where number = ?",
                [(*stamp[:3], number) for number, stamp in stamps.items()],
            )

    def seen(self) -> int:
        """How the folder of the segments was when all of them were found as they are indexed (`note_seen`)."""
        with self._reading() as db:
            return tables.seen(db)

    def note_seen(self, seen: int) -> None:
        """Note how the folder was before all its segments were found as they are indexed."""
        with self._writing() as db:
            db.execute("insert or replace into meta values('seen', ?)", (seen,))

    def find(
        self,
        query: Query,
        limit: int = PAGE,
        sort: Sort = BY_NAME,
        among: Sequence[int] | None = None,
        *,
        as_given: bool = False,
    ) -> Found:
        """Find clients; see `Found`."""
        return Found(self._asking, query, limit, sort, among, as_given=as_given)

    def facets(
        self, query: Query, target: Target, limit: int = 20, among: Sequence[int] | None = None
    ) -> "list[Facet]":
        """The values of a field among those a query finds, the most frequent first."""
        from store.index.facets import facets_of

        with self._asking(query) as asking:
            return facets_of(asking, query, target, limit, among)

    def values(self, target: Target, beginning: str, limit: int = 10) -> list[tuple[str, int]]:
        """The values of a field with a beginning, and how many have each; the most frequent first."""
        from store.index.facets import values_of

        with self._reading() as db, reading(db):
            return values_of(self._about(db, in_trash=False), target, beginning, limit)

    def owners(self, value: str, kinds: Sequence[str] = ("number", "identifier", "uid")) -> list[Owner]:
        """Who has, or had, that number or identifier, in any spelling: first who has it, then who had it."""
        from store.index import owning  # as in `update`

        keys = {folding.identifier_key(value), folding.number_key(value)} - {""}
        with self._reading() as db, reading(db):
            return owning.owners(db, self.plan, self.read, keys, kinds)

    def former(self, serial: int) -> list[Owner]:
        """The numbers and identifiers a client had and has no more."""
        from store.index import owning

        with self._reading() as db, reading(db):
            return owning.former(db, self.plan, self.read, serial)

    def numbers_taken(self, numbers: Iterable[str]) -> set[str]:
        """Which of these client numbers somebody has or had, those in the trash too."""
        from store.index import owning

        with self._reading() as db:
            return owning.numbers_taken(db, numbers)

    def changes(self, *, since: str | None = None, who: str | None = None, limit: int | None = None) -> list[ChangeRef]:
        """Where to read the changes, the newest first.

        Args:
            since: A moment as stored (`2026-11-22T09:14:03Z`); only changes from then on.
            who: Only this operator's.
            limit: At most so many.
        """
        with self._reading() as db:
            rows = db.execute(
                f"select {_CHANGE} from change where at >= ? and who = coalesce(?, who) order by seq desc limit ?",
                # What is no moment is a text, and texts come after all numbers.
                (seconds_of(since) if since else -(1 << 60), who, -1 if limit is None else limit),
            )
            return [_change_ref(*row) for row in rows]

    def changeset(self, changeset: str) -> list[ChangeRef]:
        """Where to read the changes made together, in their order."""
        with self._reading() as db:
            rows = db.execute(
                f"select {_CHANGE} from change where changeset = ? order by seq",
                (changeset,),
            )
            return [_change_ref(*row) for row in rows]

    def revisions(self) -> dict[int, int]:
        """The revision of every card as indexed, by serial: what a check compares with the segments."""
        with self._reading() as db:
            return dict(db.execute("select serial, revision from client"))

    def numbers(self, serials: Sequence[int]) -> dict[int, str]:
        """Client numbers as indexed, by serial."""
        with self._reading() as db:
            wanted = "serial in (select value from json_each(?))"  # any number of them
            return dict(db.execute(f"select serial, number from client where {wanted}", (json.dumps(serials),)))

    def count(self, *, trashed: bool = False) -> int:
        """How many cards there are."""
        with self._reading() as db:
            return int(db.execute("select count(*) from client where trashed = ?", (trashed,)).fetchone()[0])

    def tidy(self) -> None:
        """Do what may wait until nobody types: nodes made anew where they are outgrown, the log brought home (0.3 s).

        The nodes are worked out while others go on saving; only to be written they need the lock, and where somebody
        saved meanwhile they wait for the next time.
        """
        if not self._writable:
            return
        from store.index import nodes

        with self._reading() as db, reading(db):
            rows = nodes.made(db) if nodes.are_outgrown(db) else None
            state = tables.state(db)
        if rows is not None:
            with suppress(Busy), self._writing() as db:
                if tables.state(db) == state:
                    nodes.put(db, rows)
        self._bring_home()

    def _bring_home(self) -> None:
        """Copy what others need not have in the write-ahead log any more."""
        with self._reading() as db:
            db.execute("pragma wal_checkpoint(passive)").fetchone()

    @contextmanager
    def _asking(self, query: Query) -> Iterator[Asking]:
        """One state of the index, to be asked."""
        with self._reading() as db, reading(db):
            yield self._about(db, in_trash=query.in_trash)

    def _about(self, db: sqlite3.Connection, *, in_trash: bool) -> Asking:
        cache, state = self._cache, tables.identity(db)
        if (cache.state, cache.salt) != state:
            self._expect_ours(db)
            # Another object: a thread that asks an earlier state goes on with that one's.
            cache = self._cache = Cache(*state)
        return Asking(db, self.plan, cache, self.read, in_trash=in_trash)


def _change_ref(total: int, *values: Any) -> ChangeRef:
    verified(total, *values)
    seq, changeset, serial, at, who, why = values
    return ChangeRef(seq, changeset, serial, stamp_of(at), who, why)


def _no_cards(serials: Sequence[int]) -> Iterator[Card]:
    return iter(())
