"""Who has, or had, a number or an identifier.

The index keeps of each only whom to ask: a card says itself what it has, so that nothing wrong is ever told.
What a card has no more is kept with its text.
"""

from collections.abc import Iterable, Iterator, Sequence
from sqlite3 import Connection
from typing import TYPE_CHECKING

from store import folding
from store.card import rows, texts
from store.index.asking import Read
from store.index.keys import holders, named_key
from store.index.plan import Plan
from store.index.runs import is_phone
from store.index.tables import OF_SALT, Owner, verified

if TYPE_CHECKING:
    from store.card import Card
    from store.index.extract import Named


def owners(db: Connection, plan: Plan, read: Read, keys: Iterable[str], kinds: Sequence[str]) -> list[Owner]:
    """Who has one of these keys, then who had one; of each client the best."""
    wanted = set(keys)
    found: dict[int, Owner] = {}
    for card in read(_holders(db, wanted, kinds)):
        for named in _named_of(card, plan):
            if named.kind in kinds and named.key in wanted:
                found.setdefault(card.serial, Owner(card.serial, named.path, named.value, False, card.trashed))
    current = sorted(found.values(), key=lambda owner: (owner.trashed, owner.serial))
    past = [
        Owner(serial, path, value, True, trashed)
        for serial, kind, path, value, trashed in _past(db, wanted)
        if kind in kinds and serial not in found
    ]
    seen: set[int] = set()
    for owner in sorted(past, key=lambda owner: (owner.trashed, owner.serial, owner.path)):
        if owner.serial not in seen:
            seen.add(owner.serial)
            current.append(owner)
    return current


def ringing(cards: "Iterable[Card]", plan: Plan, digits: str) -> list[int]:
    """Of these, whose phone it is, with its country's code or as it is dialled at home."""
    return [card.serial for card in cards if any(is_phone(phone, digits) for phone in _phones_of(card, plan))]


def _phones_of(card: "Card", plan: Plan) -> Iterator[str]:
    for section in plan.sections:
        for row in rows(card.document, section.section.key):
            for field, _ in section.fields:
                if field.kind_in(row) == "phone":
                    yield from texts(row.get(field.key))


def former(db: Connection, plan: Plan, read: Read, serial: int) -> list[Owner]:
    """The numbers and identifiers a client had and has no more."""
    rows = db.execute(
        f"select former.sum - {OF_SALT}, serial, kind, key, path, value, trashed from former join client using(serial)"
        " where serial = ? order by path, value",
        (serial,),
    ).fetchall()
    if not rows:
        return []
    has = {named.key for card in read([serial]) for named in _named_of(card, plan)}
    found = []
    for total, *values, trashed in rows:
        verified(total, *values)
        _, _, key, path, value = values
        if key not in has:
            found.append(Owner(serial, path, value, True, bool(trashed)))
    return found


def numbers_taken(db: Connection, numbers: Iterable[str]) -> set[str]:
    """Which of these client numbers somebody has or had."""
    by_key = {folding.number_key(number): number for number in numbers}
    taken: set[str] = set()
    for key, number in by_key.items():
        here = any(kind == "number" for _, kind in holders(db, named_key(key)))
        if here or db.execute("select 1 from former where key = ? and kind = 'number' limit 1", (key,)).fetchone():
            taken.add(number)
    return taken


def _holders(db: Connection, keys: Iterable[str], kinds: Sequence[str]) -> list[int]:
    return sorted({serial for key in keys for serial, kind in holders(db, named_key(key)) if kind in kinds})


def _named_of(card: "Card", plan: Plan) -> "list[Named]":
    # Here: of hardly anybody who was found it is asked, and it takes as long to import as to find.
    from store.index.extract import named_of

    return named_of(card, plan)


def _past(db: Connection, keys: Iterable[str]) -> list[tuple[int, str, str, str, bool]]:
    """Client, kind, path, value and whether in the trash, of all who had one of these."""
    found = []
    for key in keys:
        for total, *values, trashed in db.execute(
            f"select former.sum - {OF_SALT}, former.serial, kind, key, path, value, coalesce(trashed, 1) from former"
            " left join client using(serial) where key = ? and client.serial is not null",
            (key,),
        ):
            verified(total, *values)
            serial, kind, _, path, value = values
            found.append((serial, kind, path, value, bool(trashed)))
    return found
