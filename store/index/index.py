"""The search index of a store: one SQLite file that all processes share, derived and never the truth."""

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from store import folding
from store.card import Card
from store.clock import seconds_of, stamp_of
from store.errors import Busy, Damaged
from store.index import owning, tables
from store.index.asking import Asking, Cache, Read
from store.index.facets import Facet, facets_of, values_of
from store.index.files import connect, copy_aside, discard, reading, state_of
from store.index.found import Found, rows_of
from store.index.plan import Plan
from store.index.tables import ChangeRef, ListRow, Owner, SegmentUpdate, Stamp, verified
from store.query import Query, Sort, Target
from store.schema import Schema

if TYPE_CHECKING:
    from store.index.rebuild import Progress
    from store.index.rebuild import Read as ReadFile

BY_NAME = Sort(None)

_NOT_WRITABLE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY)
"""Codes of a disk that is full or failing, not of a file that is wrong."""

_HOME_EVERY = 40
"""Updates after which the write-ahead log is brought home."""

_SPOILT = re.compile(r"no such (table|column)|not decode|malformed|corrupt", re.ASCII)
"""What SQLite says of damage without calling it so."""


class Index:
    """Search, exact look-up and the list of changes. Every thread has a connection of its own.

    An index that cannot be used (malformed, of another version, made by another schema) is emptied when opened;
    `needs_rebuild` says so. One that turns out to be malformed later raises Damaged (`index-damaged`), is emptied,
    and needs a rebuild as well. Without the right to write, an update goes to a private copy.
    """

    def __init__(self, path: Path, schema: Schema, *, read_only: bool) -> None:
        self.path = path
        self.schema = schema
        self.read_only = read_only
        self.plan = Plan(schema)
        self.read: Read = _no_cards
        """Gives the cards of serials, where only a card knows the answer. Whoever opens the index sets it."""
        self._cache = Cache()
        self._updates = 0
        self._private: Path | None = None
        """The copy in the folder for temporary files that a reader without rights writes to."""
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._era = 0
        """Raised when the file was replaced by another: every thread opens it again."""
        self._state = (0, False)
        self._watch: tuple[int, sqlite3.Connection] | None = None

    @classmethod
    def open(cls, path: Path, schema: Schema, *, read_only: bool = False) -> "Index":
        """Open the index, making it where there is none."""
        index = cls(Path(path), schema, read_only=read_only)
        try:
            usable = tables.is_current(index._connection(), schema)
            usable = usable and (read_only or not tables.has_other_pages(index._connection()))
        except UnicodeDecodeError:  # what SQLite says quotes damage
            index._discard()
            usable = False
        except sqlite3.DatabaseError as error:
            # A locked one is in use and therefore none to be thrown away.
            if _code_of(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise Busy("index-busy", file=str(path)) from error
            # Nor is one that only cannot be written to: it can be read, and what it misses is kept beside.
            if _code_of(error) in _NOT_WRITABLE and not read_only:
                index.close()
                return cls.open(path, schema, read_only=True)
            index._discard()
            usable = False
        if not usable:
            if read_only:
                index._go_private(empty=True)
            elif tables.has_other_pages(index._connection()):
                index._discard()
            try:
                tables.create(index._connection(), schema)
            except (sqlite3.DatabaseError, UnicodeDecodeError):
                # Damaged where only this looks.
                index._discard()
                tables.create(index._connection(), schema)
        return index

    @property
    def needs_rebuild(self) -> bool:
        """True until the index was filled once."""
        with self._reading() as db:
            return not tables.is_built(db)

    def stamps(self) -> dict[int, Stamp]:
        """The segments as they were when indexed, by number."""
        with self._reading() as db:
            return {
                number: Stamp(*stamp)
                for number, *stamp in db.execute("select number, size, mtime_ns, inode, generation from segment")
            }

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
            self._updates += 1
        if self._updates >= _HOME_EVERY:
            self._updates = 0
            with self._reading() as db:
                db.execute("pragma wal_checkpoint(passive)").fetchone()

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
            with tempfile.TemporaryDirectory(dir=self._file.parent, prefix=".index-") as folder:
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

    def find(self, query: Query, limit: int = 50, sort: Sort = BY_NAME) -> Found:
        """Find clients."""
        return Found(self._asking, query, limit, sort)

    def counted(self, query: Query) -> int:
        """How many are found as typed."""
        with self._asking(query) as asking:
            return len(asking.found(query.root))

    def facets(self, query: Query, target: Target, limit: int = 20) -> list[Facet]:
        """The values of a field among those a query finds, the most frequent first."""
        with self._asking(query) as asking:
            return facets_of(asking, query, target, limit)

    def values(self, target: Target, beginning: str, limit: int = 10) -> list[tuple[str, int]]:
        """The values of a field with a beginning, and how many have each; the most frequent first."""
        with self._reading() as db, reading(db):
            return values_of(self._about(db, in_trash=False), target, beginning, limit)

    def owners(self, value: str, kinds: Sequence[str] = ("number", "identifier", "uid")) -> list[Owner]:
        """Who has, or had, that number or identifier, in any spelling: first who has it, then who had it."""
        keys = {folding.identifier_key(value), folding.number_key(value)} - {""}
        with self._reading() as db, reading(db):
            return owning.owners(db, self.plan, self.read, keys, kinds)

    def former(self, serial: int) -> list[Owner]:
        """The numbers and identifiers a client had and has no more."""
        with self._reading() as db, reading(db):
            return owning.former(db, self.plan, self.read, serial)

    def numbers_taken(self, numbers: Iterable[str]) -> set[str]:
        """Which of these client numbers somebody has or had, those in the trash too."""
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
                "select sum, seq, changeset, serial, at, who, why from change where at >= ? and who = coalesce(?, who)"
                " order by seq desc limit ?",
                # What is no moment is a text, and texts come after all numbers.
                (seconds_of(since) if since else -(1 << 60), who, -1 if limit is None else limit),
            )
            return [_change_ref(*row) for row in rows]

    def changeset(self, changeset: str) -> list[ChangeRef]:
        """Where to read the changes made together, in their order."""
        with self._reading() as db:
            rows = db.execute(
                "select sum, seq, changeset, serial, at, who, why from change where changeset = ? order by seq",
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
            rows = db.execute(f"select serial, number from client where serial in ({_marks(serials)})", (*serials,))
            return dict(rows)

    def rows(self, serials: Sequence[int]) -> list[ListRow]:
        """What a list shows of these clients, in that order; those that are gone are left out."""
        with self._reading() as db:
            found = rows_of(db, serials)
        return [found[serial] for serial in serials if serial in found]

    def count(self, *, trashed: bool = False) -> int:
        """How many cards there are."""
        with self._reading() as db:
            return int(db.execute("select count(*) from client where trashed = ?", (trashed,)).fetchone()[0])

    def data_version(self) -> int:
        """A number that changes when any process, this one too, changed the index. 6 µs: poll it freely."""
        self._notice_replaced()
        with self._reading(), self._guard:
            if self._watch is None or self._watch[0] != self._era:
                self._watch = (self._era, self._open_one())
            era, db = self._watch
            return (era << 32) + int(db.execute("pragma data_version").fetchone()[0])

    def tidy(self) -> None:
        """Bring the write-ahead log home, when there is time: up to 0.3 s."""
        if self._writable:
            with self._reading() as db:
                db.execute("pragma wal_checkpoint(passive)").fetchone()

    def scrub(self) -> None:
        """Empty the write-ahead log: what was taken out of the tables is then in no file any more.

        Raises:
            Busy: `index-busy`; another process was reading all the while.
        """
        with self._reading() as db:
            busy = db.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        if busy:
            raise Busy("index-busy", file=str(self.path))

    def close(self) -> None:
        """Close the connections of all threads, and remove the private copy."""
        with self._guard:
            for db in self._opened:
                with suppress(sqlite3.Error):
                    db.close()
            self._opened.clear()
            self._watch = None
            self._era += 1
        if self._private:
            discard(self._private)
            self._private = None

    @property
    def _file(self) -> Path:
        return self._private or self.path

    @property
    def _writable(self) -> bool:
        return not self.read_only or self._private is not None

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        held: tuple[int, sqlite3.Connection] | None = getattr(self._local, "held", None)
        if held is not None and held[0] == self._era:
            return held[1]
        with self._guard:
            db = self._open_one()
            self._local.held = (self._era, db)
        return db

    def _open_one(self) -> sqlite3.Connection:
        db = connect(self._file, writable=self._writable)
        self._state = state_of(self._file, writable=self._writable)
        self._opened.append(db)
        return db

    def _notice_replaced(self) -> None:
        """Open the file anew where another process made another, or began to share one that stood still."""
        if self._state[0] and state_of(self._file, writable=self._writable) != self._state:
            with self._guard:
                self._state = (0, False)
                self._era += 1

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection()
        except sqlite3.DatabaseError as error:
            code = _code_of(error)
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise Busy("index-busy", file=str(self.path)) from error
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or _SPOILT.search(str(error)):
                self._give_up(error)
            if code in _NOT_WRITABLE:
                raise Damaged("index-not-built", file=str(self.path), reason=str(error)) from error
            raise Damaged("index-unusable", file=str(self.path), reason=str(error)) from error
        except UnicodeDecodeError as error:
            self._give_up(error)
        except OSError as error:
            raise Damaged("index-unusable", file=str(self.path), reason=error.strerror) from error

    @contextmanager
    def _asking(self, query: Query) -> Iterator[Asking]:
        """One state of the index, to be asked."""
        with self._reading() as db, reading(db):
            yield self._about(db, in_trash=query.in_trash)

    def _about(self, db: sqlite3.Connection, *, in_trash: bool) -> Asking:
        return Asking(db, self.plan, self._cache, self.read, in_trash=in_trash)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading():
            self._notice_replaced()
        with self._reading() as db:
            db.execute("begin immediate")
            try:
                yield db
                db.execute("commit")
            except BaseException:
                with suppress(sqlite3.Error):
                    db.execute("rollback")
                raise

    def _give_up(self, error: Exception) -> NoReturn:
        self._discard()
        with suppress(sqlite3.Error):
            tables.create(self._connection(), self.schema)
        raise Damaged("index-damaged", file=str(self.path), reason=str(error)) from error

    def _discard(self) -> None:
        """Throw the file away; without the right to, go on with an empty private one."""
        malformed, _ = self._state
        self.close()
        if self.read_only:
            self._go_private(empty=True)
        else:
            discard(self.path, malformed)

    def _go_private(self, *, empty: bool = False) -> None:
        aside = copy_aside(None if empty else self._connection())
        self.close()
        self._private = aside


def _change_ref(total: int, *values: Any) -> ChangeRef:
    verified(total, *values)
    seq, changeset, serial, at, who, why = values
    return ChangeRef(seq, changeset, serial, stamp_of(at), who, why)


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _no_cards(serials: Sequence[int]) -> Iterator[Card]:
    return iter(())


def _code_of(error: sqlite3.Error) -> int:
    """SQLite's primary result code (https://www.sqlite.org/rescode.html); 0 where Python itself raised the error."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
