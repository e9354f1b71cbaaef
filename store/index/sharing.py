"""The index as threads and processes share it: opened, given up where it is malformed, made anew."""

import os
import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Self

from store.errors import Busy, Damaged
from store.index import tables
from store.index.files import connect, copy_aside, discard, state_of
from store.schema import Schema

if TYPE_CHECKING:
    from store.index.verifying import Verifier

_NOT_WRITABLE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY)
"""Codes of a disk that is full or failing, not of a file that is wrong."""

_SPOILT = re.compile(r"no such (table|column)|not decode|malformed|corrupt", re.ASCII)
"""What SQLite says of damage without calling it so."""


class SharedFile:
    """One file, of which every question has a connection of its own while it is asked.

    Whoever asks next gets the one that was given back last: what it has read and prepared is warm, and there are no
    more of them than questions at once, however many threads ask.

    An index that cannot be used (malformed, of another version, made by another schema) is emptied when opened;
    `needs_rebuild` says so. One that turns out to be malformed later raises Damaged (`index-damaged`), is emptied,
    and needs a rebuild as well. Without the right to write, an update goes to a private copy.
    """

    def __init__(self, path: Path, schema: Schema, *, read_only: bool) -> None:
        self.path = path
        self.schema = schema
        self._made_by = (tables.VERSION, tables.fingerprint(schema))
        self.read_only = read_only
        self._private: Path | None = None
        """The copy in the folder for temporary files that a reader without rights writes to."""
        self._local = threading.local()
        self._idle: list[sqlite3.Connection] = []
        """Those that no thread asks with: SQLite crashes where one is closed under a question."""
        self._guard = threading.Lock()
        self._closed = False
        self._era = 0
        """Raised when the file was replaced by another: it is opened again."""
        self._state = (0, False)
        self._watch: tuple[int, sqlite3.Connection] | None = None

    @classmethod
    def open(cls, path: Path, schema: Schema, *, read_only: bool = False) -> Self:
        """Open the index, making it where there is none."""
        index = cls(Path(path), schema, read_only=read_only)
        try:
            usable = tables.is_current(index._connection(), index._made_by)
            usable = usable and (read_only or not tables.has_other_pages(index._connection()))
        except UnicodeDecodeError:  # what SQLite says quotes damage
            index._discard()
            usable = False
        except sqlite3.DatabaseError as error:
            index._expect_unlocked(error)
            # Nor is one thrown away that only cannot be written to: it can be read, and what it misses is kept beside.
            if _code_of(error) in _NOT_WRITABLE and not read_only and not index._says_untruly_that_it_may_not(error):
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
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                index._expect_unlocked(error)
                # Damaged where only this looks.
                index._discard()
                tables.create(index._connection(), schema)
        return index

    def verifier(self) -> "Verifier":
        """Look at the index as it is now, to compare it with the segments; to be closed by whoever asked for it.

        Nothing is thrown away that turns out to be damaged: whoever searches next does that.
        """
        from store.index.verifying import Verifier

        with self._reading():
            return Verifier(connect(self._file, writable=self._writable), self.schema)

    @property
    def needs_rebuild(self) -> bool:
        """True until the index was filled once. Raises Damaged (`schema-changed`)."""
        with self._reading() as db:
            self._expect_ours(db)
            return not tables.is_built(db)

    def data_version(self) -> int:
        """A number that changes when any process, this one too, changed the index. 6 µs: poll it freely."""
        self._notice_replaced()
        with self._reading(), self._guard:
            if self._watch is None or self._watch[0] != self._era:
                self._shut([self._watch[1]] if self._watch else [])
                self._watch = None
                db = self._open_one()
                self._watch = (self._era, db)
            era, db = self._watch
            return (era << 32) + int(db.execute("pragma data_version").fetchone()[0])

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
        """Close the connections, and remove the private copy; a thread that still asks closes its own after it."""
        self._closed = True
        self._give_back()
        self._let_go()

    @property
    def _file(self) -> Path:
        return self._private or self.path

    @property
    def _writable(self) -> bool:
        return not self.read_only or self._private is not None

    def _connection(self) -> sqlite3.Connection:
        """The connection of the question this thread asks."""
        held: tuple[int, sqlite3.Connection] | None = getattr(self._local, "held", None)
        if held is not None:
            if held[0] == self._era:
                return held[1]
            # What was asked before may still be read from it.
            self._local.left = [*getattr(self._local, "left", ()), held[1]]
        with self._guard:
            db = self._idle.pop() if self._idle else self._open_one()
            self._local.held = (self._era, db)
        return db

    def _give_back(self) -> None:
        """Let the next who asks have this thread's connection; those of an earlier file are closed."""
        held: tuple[int, sqlite3.Connection] | None = getattr(self._local, "held", None)
        left: list[sqlite3.Connection] = getattr(self._local, "left", [])
        if held is None and not left:
            return
        with self._guard:
            self._local.left = []
            if held is not None and held[0] == self._era and not (held[1].in_transaction and not self._closed):
                self._local.held = None
                self._idle.append(held[1])
            elif held is not None and held[0] != self._era:
                self._local.held = None
                left = [*left, held[1]]
            self._shut(left)

    def _open_one(self) -> sqlite3.Connection:
        if self._closed:
            raise sqlite3.ProgrammingError("the index was closed")
        db = connect(self._file, writable=self._writable)
        state = state_of(self._file, writable=self._writable)
        if self._state[0] and state != self._state:
            self._begin_anew()  # whoever still asks the former file is not to hand it on
        self._state = state
        return db

    def _begin_anew(self) -> None:
        self._shut(self._idle)
        self._idle.clear()
        self._era += 1

    def _notice_replaced(self) -> None:
        """Open the file anew where another process made another, or began to share one that stood still."""
        if self._state[0] and state_of(self._file, writable=self._writable) != self._state:
            with self._guard:
                self._state = (0, False)
                self._begin_anew()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        depth: int = getattr(self._local, "depth", 0)
        self._local.depth = depth + 1
        try:
            yield self._connection()
        except sqlite3.DatabaseError as error:
            self._expect_unlocked(error)
            code = _code_of(error)
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or _SPOILT.search(str(error)):
                self._give_up(error)
            if self._says_untruly_that_it_may_not(error):
                self._give_up(error)
            if code in _NOT_WRITABLE:
                raise Damaged("index-not-built", file=str(self.path), reason=str(error)) from error
            raise Damaged("index-unusable", file=str(self.path), reason=str(error)) from error
        except UnicodeDecodeError as error:
            self._give_up(error)
        except OSError as error:
            raise Damaged("index-unusable", file=str(self.path), reason=error.strerror) from error
        finally:
            self._local.depth = depth
            if not depth:
                self._give_back()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading():
            self._notice_replaced()
        with self._reading() as db, db:  # the second commits, or rolls back
            db.execute("begin immediate")
            self._expect_ours(db)
            yield db

    def _expect_unlocked(self, error: Exception) -> None:
        """Raise Busy where that is what SQLite says: a locked index is in use, and none to be thrown away."""
        if _code_of(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise Busy("index-busy", file=str(self.path)) from error

    def _expect_ours(self, db: sqlite3.Connection) -> None:
        """Raise Damaged where a program with other fields, or of another version, filled the tables since."""
        # Theirs would be read and written by codes that mean other fields here.
        if tables.made_by(db) != self._made_by:
            raise Damaged("schema-changed", file=str(self.path))

    def _says_untruly_that_it_may_not(self, error: sqlite3.Error) -> bool:
        """Whether SQLite takes a file for one it may not write that we may: damage of two bytes of its header."""
        return (
            _code_of(error) == sqlite3.SQLITE_READONLY
            and not self.read_only
            and all(os.access(place, os.W_OK) for place in (self._file, self._file.parent))
        )

    def _give_up(self, error: Exception) -> NoReturn:
        self._discard()
        with suppress(sqlite3.Error):
            tables.create(self._connection(), self.schema)
        raise Damaged("index-damaged", file=str(self.path), reason=str(error)) from error

    def _discard(self) -> None:
        """Throw the file away; without the right to, go on with an empty private one."""
        malformed, _ = self._state
        self._let_go()
        if self.read_only:
            self._go_private(empty=True)
        else:
            discard(self.path, malformed)

    def _let_go(self, private: Path | None = None) -> None:
        """Use no connection any more that was opened until now. Those that are asked with close when given back.

        Args:
            private: The private copy to use from now on.
        """
        with self._guard:
            self._shut([self._watch[1]] if self._watch else [])
            self._watch = None
            self._begin_anew()
            former, self._private = self._private, private
        if former:
            discard(former)

    @staticmethod
    def _shut(connections: Iterable[sqlite3.Connection]) -> None:
        for db in connections:
            with suppress(sqlite3.Error):
                db.close()

    def _go_private(self, *, empty: bool = False) -> None:
        self._let_go(copy_aside(None if empty else self._connection()))


def _code_of(error: Exception) -> int:
    """SQLite's primary result code (https://www.sqlite.org/rescode.html); 0 where Python itself raised the error."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
