"""The tables of the index, and the values that go in and out of it."""

import os
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from store.card import Card
from store.schema import Schema

VERSION = 24
"""Raised whenever what the tables hold changes: an index of another version is emptied and built again."""

PAGE_BYTES = 4096

_TABLES = """
create table meta(key text primary key, value integer not null) without rowid;
create table client(
    serial integer primary key, rank integer not null, mark integer not null, number text not null, name text not null,
    phone text not null, city text not null, tags text not null, trashed integer not null, revision integer not null,
    digits text not null, said integer not null, sum integer not null);
create index client_rank on client(rank);
create table posting(term text, place integer, docs blob not null, primary key(term, place)) without rowid;
create table whole(
    term text primary key, field text not null, place integer not null, sum integer not null) without rowid;
create index whole_place on whole(field, place);
create table word(id integer primary key, word text not null unique, sum integer not null);
create table stem(key integer, stem text, primary key(key, stem)) without rowid;
create table named(
    key integer, serial integer, kind integer, primary key(key, serial, kind)) without rowid;
create table former(
    serial integer, kind text, key text, path text, value text, sum integer not null,
    primary key(serial, kind, key, path, value)) without rowid;
create index former_key on former(key);
create table change(
    seq integer primary key, changeset text not null, serial integer not null, at not null,
    who text not null, why text not null, sum integer not null);
create table segment(
    number integer primary key, size integer not null, mtime_ns integer not null, inode integer not null,
    generation integer not null);
"""

_COLUMNS = {
    "client": (
        *("serial", "rank", "mark", "number", "name", "phone", "city", "tags", "trashed", "revision", "digits"),
        *("said", "sum"),
    ),
    "posting": ("term", "place", "docs"),
    "whole": ("term", "field", "place", "sum"),
    "word": ("id", "word", "sum"),
    "stem": ("key", "stem"),
    "named": ("key", "serial", "kind"),
    "former": ("serial", "kind", "key", "path", "value", "sum"),
    "change": ("seq", "changeset", "serial", "at", "who", "why", "sum"),
    "segment": ("number", "size", "mtime_ns", "inode", "generation"),
}
_SALTED = {
    "client": ("mark", "sum"),
    "posting": (),
    "whole": ("sum",),
    "word": ("sum",),
    "stem": ("key",),
    "named": ("kind",),
    "former": ("sum",),
    "change": ("sum",),
    "segment": (),
}
"""The columns that are checksums, or hold one."""

_DERIVED = (*_COLUMNS, "meta")
ROWS = "rows"
"""Of `meta`: how many rows the table `posting` has."""

SUM = "sum"
"""Of `meta`: the checksums of these rows, added up."""

NODED = "noded"
"""Of `meta`: how many rows there were when the nodes were made (`store.index.nodes`)."""

SALT = "salt"
"""Of `meta`: another number in every index, and part of all its checksums: a page of another index is noticed."""

OF_SALT = f"(select value from meta where key = '{SALT}')"
"""In SQL: what a checksum is greater by where it lies in a table."""

_COUNTED = ("built", "state", ROWS, SUM, NODED)
"""What the table `meta` holds besides the version, all of it nothing in an empty index."""


class FieldChanged(Protocol):
    """One field's part of a change, as the journal has it."""

    @property
    def path(self) -> str:
        """Where: `number`, `contacts#k3f9.value`, or a whole row `contacts#k3f9`."""

    @property
    def before(self) -> Any:
        """The value, or whole row, that was there; None where there was none."""


class Changed(Protocol):
    """A change, as the journal has it."""

    @property
    def seq(self) -> int:
        """Its place in the order of all changes."""

    @property
    def changeset(self) -> str:
        """What it was done together with."""

    @property
    def serial(self) -> int:
        """The client."""

    @property
    def at(self) -> str:
        """When, as stored."""

    @property
    def who(self) -> str:
        """The operator."""

    @property
    def why(self) -> str:
        """What for: `new`, `edit`, `import` …"""

    @property
    def undoes(self) -> str:
        """The changeset that it took back; "" where it took none."""

    @property
    def fields(self) -> Sequence[FieldChanged]:
        """What it changed."""


@dataclass(frozen=True, slots=True)
class SegmentUpdate:
    """What became of one segment file."""

    number: int
    stamp: tuple[int, int, int, int]
    """The file's `Stamp` after it."""
    cards: Sequence[Card]
    """The cards that are new or changed, those in the trash too."""
    changes: Sequence[Changed]
    """The changes made to them, not indexed yet."""
    whole: bool = False
    """True where these are all cards and changes of the segment: what is not named is gone."""
    before: Mapping[int, Card] = field(default_factory=dict)
    """The cards as they were indexed, by serial, where that is known: then only what differs is written."""


class Owner(NamedTuple):
    """A client that has, or had, a number or an identifier."""

    serial: int
    path: str
    """Where the value lies (`identifiers[0].value`), or lay (`identifiers#k3f9.value`)."""
    value: str
    """As stored."""
    old: bool
    """True where the client has it no more."""
    trashed: bool


class ChangeRef(NamedTuple):
    """Where to read a change: the journal of that client's segment holds it."""

    seq: int
    changeset: str
    serial: int
    at: str
    who: str
    why: str


class ListRow(NamedTuple):
    """A client as the found list shows it."""

    serial: int
    number: str
    name: str
    phone: str
    city: str
    tags: tuple[str, ...]
    trashed: bool
    group: str
    """How it was found, as its phase says: "" as asked, or one of the ways of `store.index.phases`."""


class Malformed(sqlite3.DatabaseError):
    """A row that is not what was written: SQLite itself does not notice most damage."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def sum_of(*values: object) -> int:
    """What is kept with a row that people are shown, or that decides what they are."""
    return zlib.crc32("\x1f".join(map(str, values)).encode("utf-8", "surrogatepass"))


def verified(total: int, *values: object) -> None:
    """Raise Malformed where a row's values are not those that its sum was made of."""
    if total != sum_of(*values):
        raise Malformed(f"a row of {values[0]} is not what was written")


MARK = "(:rank * 31 + serial) % 65521"
"""What is kept with a rank, in SQL: a rank is moved without reading what else is shown of its client."""


def mark_of(serial: int, rank: int) -> int:
    """What is kept with a rank, as `MARK` says."""
    return (rank * 31 + serial) % 65521


def placed(serial: int, rank: int, mark: int) -> None:
    """Raise Malformed where a client's rank is not what was written."""
    # Damage makes also values of other types.
    if rank.__class__ is not int or mark_of(serial, rank) != mark:
        raise Malformed(f"the rank of {serial} is not what was written")


def fingerprint(schema: Schema) -> int:
    """A number that differs where another schema would fill the tables otherwise."""
    told = [
        (
            *(section.key, section.shape, field.key, field.kind, field.searchable, field.unique, field.hidden),
            *(field.kind_by, sorted((field.kinds or {}).items()), [choice.code for choice in field.choices]),
        )
        for section in schema.sections
        for field in section.fields
    ]
    return zlib.crc32(repr(told).encode())


def create(db: sqlite3.Connection, schema: Schema) -> None:
    """Empty the index: drop what there is and make the tables anew, as one transaction."""
    with db:  # commits, or rolls back
        db.execute("begin immediate")
        for name in _DERIVED:
            db.execute(f"drop table if exists {name}")
        for statement in _TABLES.strip().split(";\n"):
            db.execute(statement)
        db.executemany(
            "insert into meta values(?, ?)",
            [
                ("version", VERSION),
                ("schema", fingerprint(schema)),
                (SALT, int.from_bytes(os.urandom(5))),
                *((key, 0) for key in _COUNTED),
            ],
        )


def is_current(db: sqlite3.Connection, made_by: tuple[int, int]) -> bool:
    """Whether the tables are of this version and fingerprint. Raises sqlite3.DatabaseError if they are no tables."""
    if not db.execute("select 1 from sqlite_master where name = 'meta'").fetchone():
        return False
    meta = dict(db.execute("select key, value from meta"))
    return (meta.get("version"), meta.get("schema")) == made_by


def has_other_pages(db: sqlite3.Connection) -> bool:
    """Whether an earlier version made the file with pages of another size: SQLite copies no rebuilt index into it."""
    return int(db.execute("pragma page_size").fetchone()[0]) != PAGE_BYTES


def is_built(db: sqlite3.Connection) -> bool:
    """Whether the index was ever filled: an empty one needs a rebuild, even if the store has no cards yet."""
    return bool(db.execute("select value from meta where key = 'built'").fetchone() == (1,))


def made_by(db: sqlite3.Connection) -> tuple[int, int]:
    """The version and the fingerprint of the schema that the tables are filled by."""
    return of_meta(db, "version"), of_meta(db, "schema")


def badly_typed(db: sqlite3.Connection) -> str:
    """The first table in which a value is of another type than its column; "" where none is.

    SQLite gives whatever it finds.
    """
    for (table,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
        columns = db.execute(f"select name, type from pragma_table_info('{table}')").fetchall()
        # A moment has no type: a number, or the text of one that `clock.stamp` did not make.
        wrong = " or ".join(f"typeof({name}) <> '{kind.lower()}'" for name, kind in columns if kind)
        if db.execute(f"select 1 from {table} where {wrong} limit 1").fetchone():
            return str(table)
    return ""


def seen(db: sqlite3.Connection) -> int:
    """What was last noted of the folder (`SegmentFolder.seen`), 0 where nothing was since the index was built."""
    (value,) = db.execute("select max(value) from meta where key = 'seen'").fetchone()
    return value if isinstance(value, int) else 0


def state(db: sqlite3.Connection) -> int:
    """A number that changes with every update of what is found."""
    return of_meta(db, "state")


def identity(db: sqlite3.Connection) -> tuple[int, int]:
    """The `state` and the `salt`, in one question."""
    rows = db.execute("select value from meta where key in ('state', ?) order by key desc", (SALT,)).fetchall()
    if [type(value) for (value,) in rows] != [int, int]:
        raise Malformed("the state is not what was written")
    return rows[0][0], rows[1][0]


def salt(db: sqlite3.Connection) -> int:
    """The number that is part of all checksums of this index."""
    return of_meta(db, SALT)


def columns(table: str) -> str:
    """In SQL: all columns of a table, the checksums without their salt."""
    return ", ".join(f"{name} - {OF_SALT}" if name in _SALTED[table] else name for name in _COLUMNS[table])


def insertion(table: str, salt: int = 0, how: str = "or replace") -> str:
    """In SQL: one row put into a table, its checksums salted."""
    values = (f"? + {salt}" if name in _SALTED[table] else "?" for name in _COLUMNS[table])
    return f"insert {how} into {table} values({', '.join(values)})"


def of_meta(db: sqlite3.Connection, key: str) -> int:
    """One of the numbers that are about the whole index."""
    (value,) = db.execute("select value from meta where key = ?", (key,)).fetchone() or (None,)
    if not isinstance(value, int):
        raise Malformed(f"the {key} is not what was written")
    return value
