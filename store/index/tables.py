"""The tables of the index, and the values that go in and out of it."""

import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from store.card import Card
from store.schema import Schema

VERSION = 4
"""Raised whenever what the tables hold changes: an index of another version is emptied and built again."""

SEGMENT_SIZE = 64
"""Clients a segment file; the segment of a card is its serial divided by this."""

GAP = 64
"""Room left between neighbours in name order, so that six names fit between any two before any must move."""

FIRST_RANK = {False: 1 << 24, True: -(1 << 40)}
"""Where the ranks of cards begin, by whether they are in the trash: those of the trash are negative."""

PAGE_BYTES = 8192

_TABLES = """
create table meta(key text primary key, value integer not null) without rowid;
create table client(
    rank integer primary key, serial integer not null unique, number text not null, name text not null,
    phone text not null, city text not null, tags text not null, trashed integer not null, revision integer not null,
    created text not null, updated text not null, key text not null, city_key text not null, digits text not null,
    sum integer not null);
create unique index client_order on client(trashed, key, serial);
create index client_trashed on client(trashed);
create table said(serial integer primary key, words text not null, more text not null, grams text not null);
create table identifier(
    key text not null, serial integer not null, kind text not null, path text not null, value text not null,
    old integer not null, sum integer not null);
create index identifier_key on identifier(key);
create index identifier_serial on identifier(serial);
create table change(
    seq integer primary key, changeset text not null, serial integer not null, at text not null,
    who text not null, why text not null, sum integer not null);
create index change_serial on change(serial);
create table segment(
    number integer primary key, size integer not null, mtime_ns integer not null, inode integer not null,
    generation integer not null);
create virtual table fts using fts5(
    words, more, content='', tokenize='ascii', detail=none, columnsize=0, prefix='1 2 3 4 5 6 7');
create virtual table phones using fts5(
    grams, content='', tokenize='ascii', detail=none, columnsize=0, prefix='3');
insert into fts(fts, rank) values('pgsz', 8000);
insert into phones(phones, rank) values('pgsz', 8000);
insert into fts(fts, rank) values('hashsize', 67108864);
insert into phones(phones, rank) values('hashsize', 33554432);
insert into fts(fts, rank) values('automerge', 0);
insert into phones(phones, rank) values('automerge', 0);
insert into fts(fts, rank) values('crisismerge', 1000);
insert into phones(phones, rank) values('crisismerge', 1000);
"""
# Without automerge a save never pays for merging (else some COMMITs take 1.3 s); see `writing.tidy`.

_DERIVED = ("client", "said", "identifier", "change", "segment", "fts", "phones", "meta")


class Stamp(NamedTuple):
    """By what a segment file is known unchanged without reading it."""

    size: int
    mtime_ns: int
    inode: int
    generation: int


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


@dataclass(frozen=True, slots=True)
class Owner:
    """A client that has, or had, a number or an identifier."""

    serial: int
    path: str
    """Where the value lies (`identifiers[0].value`), or lay (`identifiers#k3f9.value`)."""
    value: str
    """As stored."""
    old: bool
    """True where the client has it no more."""
    trashed: bool


@dataclass(frozen=True, slots=True)
class ChangeRef:
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
    """Why it is in the list: "" as asked, `layout` where the keyboard was in another layout."""


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


def fingerprint(schema: Schema) -> int:
    """A number that differs where another schema would fill the tables otherwise."""
    told = [
        (section.key, section.shape, field.key, field.kind, field.searchable, field.unique, field.kind_by, kinds)
        for section in schema.sections
        for field in section.fields
        for kinds in [sorted((field.kinds or {}).items())]
    ]
    return zlib.crc32(repr(told).encode())


def create(db: sqlite3.Connection, schema: Schema) -> None:
    """Empty the index: drop what there is and make the tables anew, as one transaction."""
    db.execute("begin immediate")
    try:
        for name in _DERIVED:
            db.execute(f"drop table if exists {name}")
        for statement in _TABLES.strip().split(";\n"):
            db.execute(statement)
        db.executemany(
            "insert into meta values(?, ?)",
            [("version", VERSION), ("schema", fingerprint(schema)), ("built", 0), ("unmerged", 0)],
        )
        db.execute("commit")
    except BaseException:
        db.execute("rollback")
        raise


def is_current(db: sqlite3.Connection, schema: Schema) -> bool:
    """Whether the tables are those of this version and schema. Raises sqlite3.DatabaseError if they are no tables."""
    if not db.execute("select 1 from sqlite_master where name = 'meta'").fetchone():
        return False
    meta = dict(db.execute("select key, value from meta"))
    return meta.get("version") == VERSION and meta.get("schema") == fingerprint(schema)


def is_built(db: sqlite3.Connection) -> bool:
    """Whether the index was ever filled: an empty one needs a rebuild, even if the store has no cards yet."""
    return bool(db.execute("select value from meta where key = 'built'").fetchone() == (1,))
