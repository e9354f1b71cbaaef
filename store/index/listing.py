"""What the list shows of clients, and their places in the order of names: rows of the table `client`, verified."""

import json
from collections.abc import Iterator, Sequence
from sqlite3 import Connection
from zlib import crc32

from store import folding
from store.index.tables import ListRow, Malformed, placed

Listed = tuple[int, ListRow]
"""A client's rank, and what is shown."""

Milestone = tuple[int, str] | None
"""A client's rank, and their name's sort key; None for nobody."""

Told = tuple[int, str, str, str, str]
"""A client's serial, client number, name and phone, and their other digits."""

_Row = tuple[int, int, str, str, str, str, str, int, str]
"""Rank, serial, number, name, phone, city, tags, trashed, digits."""

_READ = (
    "select sum - ?, mark - ?, rank, serial, number, name, phone, city, tags, trashed, digits"
    " from json_each(?) as wanted cross join client on client.serial = wanted.value"
)

_RANKED = "select mark - ?, rank, serial from json_each(?) as wanted cross join client on client.serial = wanted.value"


def listed(db: Connection, salt: int, serials: Sequence[int]) -> dict[int, Listed]:
    """Read clients by their serials; those that are gone are left out."""
    return {
        serial: (rank, ListRow(serial, number, name, phone, city, _parted(tags), bool(trashed), ""))
        for rank, serial, number, name, phone, city, tags, trashed, _ in _rows(db, salt, serials)
    }


def told(db: Connection, salt: int, serials: Sequence[int]) -> Iterator[Told]:
    """What clients are found by that is in no set. Raises Malformed where some of them are gone."""
    count = 0
    for _, serial, number, name, phone, _, _, _, digits in _rows(db, salt, serials):
        count += 1
        yield serial, number, name, phone, digits
    if count < len(serials):
        raise Malformed("there is no row of clients that have a term")


def _rows(db: Connection, salt: int, serials: Sequence[int]) -> Iterator[_Row]:
    # The sums are made here, and not by `tables.verified` and `placed`: this is done for every row that is ever shown
    # or looked through, and their calls take as long again.
    rows = db.execute(_READ, (salt, salt, json.dumps(serials)))
    try:
        for total, mark, rank, serial, number, name, phone, city, tags, trashed, digits in rows:
            told = f"{serial}\x1f{number}\x1f{name}\x1f{phone}\x1f{city}\x1f{tags}\x1f{trashed}\x1f{digits}"
            if crc32(told.encode()) != total:
                raise Malformed(f"a row of {serial} is not what was written")
            if (rank * 31 + serial) % 65521 != mark:  # `tables.mark_of`
                raise Malformed(f"the rank of {serial} is not what was written")
            yield rank, serial, number, name, phone, city, tags, trashed, digits
    except TypeError as error:
        # Damage makes also values of other types.
        raise Malformed("a row of clients is not what was written") from error


def _parted(tags: str) -> tuple[str, ...]:
    return tuple(tags.split("\n")) if tags else ()


def named_from(db: Connection, salt: int, rank: int) -> Milestone:
    """The first whose rank is no less."""
    row = db.execute("select serial from client where rank >= ? order by rank limit 1", (rank,)).fetchone()
    found = listed(db, salt, row) if row else {}
    return next(((known, folding.sort_key(shown.name)) for known, shown in found.values()), None)


def by_rank(db: Connection, salt: int, serials: Sequence[int]) -> list[int]:
    """Any number of clients in the order of their names, without those that are gone: nothing else is read."""
    ranked: list[tuple[int, int]] = []
    for mark, rank, serial in db.execute(_RANKED, (salt, json.dumps(serials))):
        placed(serial, rank, mark)
        ranked.append((rank, serial))
    return [serial for _, serial in sorted(ranked)]
