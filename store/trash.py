"""The trash: removed cards rest there, give their identifiers free, come back whole, and go for good by rule."""

import datetime
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store import clock, refreshing, rewriting, settings
from store.card import Card, Document
from store.clients.families import merged_into, numbers_of
from store.clients.identity import new_code
from store.clients.merging import number_of
from store.clients.steps import Edit
from store.clients.uniqueness import Claim, claims
from store.errors import Conflict, StoreError
from store.journal import Change, FieldChange
from store.segments import Segment, read, segment_number
from store.segments.cards import card_in
from store.segments.folder import Aside
from store.segments.sealing import decode
from store.segments.segment import history_files
from store.snapshots.listing import names

if TYPE_CHECKING:
    from store.clients.committing import Written
    from store.door import Store

DAYS = 90
"""How long a card rests in the trash where the store says nothing else."""

MOST_DAYS = 36_500
"""A hundred years: days beyond are none that a calendar has."""

SETTING = "trash_days"

STEADY = 31
"""Days between two days of work after which the clock is not trusted to empty the trash; the next day it is."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A value that a restored card had and another client has now; it stays in the card's history."""

    path: str
    value: str
    number: str
    """The client who has it."""


@dataclass(frozen=True, slots=True)
class Restoration:
    """Cards that came out of the trash."""

    written: "Written"
    given_up: tuple[GivenUp, ...]


def cards(store: "Store") -> list[Card]:
    """The cards in the trash, the last removed first."""
    found = store.find("in:trash", limit=1)
    rows_ = found.rows(0, found.total)
    trashed = [card for card in store.cards([row.serial for row in rows_]) if card.trashed]
    return sorted(trashed, key=_since, reverse=True)


def remove(store: "Store", serials: Sequence[int]) -> "Written":
    """Put cards into the trash. Raises Conflict (`client-in-trash`)."""
    return store.write([Edit(serial, store.card(serial).document, None) for serial in serials], why="remove")


def restore(store: "Store", serials: Sequence[int]) -> Restoration:
    """Take cards out of the trash, without the identifiers that other clients were given meanwhile.

    Raises:
        Conflict: `client-not-in-trash`.
    """
    with store.writing():
        edits: list[Edit] = []
        given_up: list[GivenUp] = []
        for serial in serials:
            card = store.card(serial)
            if not card.trashed:
                raise Conflict("client-not-in-trash", current=card, number=card.number)
            taken = [
                (claim, owner)
                for claim in claims(store.schema, card.document)
                if (owner := _owner(store, claim, serial))
            ]
            given_up += [GivenUp(claim.path, claim.value, owner.number) for claim, owner in taken]
            after = _without(card.document, [claim for claim, _ in taken])
            edits.append(Edit(serial, card.document, after, restore=True))
        return Restoration(store.write(edits, why="restore"), tuple(given_up))


def days(store: "Store") -> int:
    """After how many days a card goes for good, `MOST_DAYS` at most; 0: never."""
    value = settings.read(store.path).get(SETTING, DAYS)
    return min(value, MOST_DAYS) if isinstance(value, int) and value >= 0 else DAYS


def keep(store: "Store", number: int) -> None:
    """Set after how many days cards go for good; 0: never."""
    with store.writing():
        settings.write(store.path, {SETTING: number})


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A card that goes for good; one that was merged into such a card, and is in the journal only, goes too."""

    serial: int
    revision: int
    numbers: tuple[str, ...]


def _leaving(store: "Store", card: Card) -> Iterator[_Leaving]:
    yield _Leaving(card.serial, card.revision, numbers_of(card))
    for change in merged_into(store.folder, store.index, card.serial):
        yield _Leaving(change.serial, change.revision, (number_of(change),))


def empty(store: "Store", *, older_than: int) -> tuple[str, ...]:
    """Erase the cards that have been in the trash for so many days, with their changes, for good.

    What remains of each is one change that says which client numbers it had: they are never given again.

    Returns:
        The numbers of the clients that are gone.

    Raises:
        NotAllowed: `disk-refused`: nothing was erased.
        Unsure: `disk-failed` while the files were put in place.
    """
    limit = clock.stamp(clock.now() - datetime.timedelta(days=older_than))
    with store.writing() as state:
        due = [card for card in cards(store) if not older_than or _is_since(card, limit)]
        by_segment: dict[int, list[_Leaving]] = {}
        leaving = {each.serial: each for card in due for each in _leaving(store, card)}
        for serial in sorted(leaving):
            by_segment.setdefault(segment_number(serial), []).append(leaving[serial])
        if not due:
            return ()
        changeset, seq = new_code(8), state.seq

        def asides() -> Iterator[Aside]:
            nonlocal seq
            for number, gone in by_segment.items():
                seq = max(seq, store.folder.read(number).last_seq)
                yield from _emptied(store, number, gone, changeset, seq)
                seq += len(gone)

        rewriting.place(store, state, asides, lambda: seq)
        # They are gone. What is noted as pending the index is told by whoever takes the lock next.
        with suppress(StoreError, OSError):
            refreshing.refresh(store.folder, store.index, by_segment)
            store.note(replace(state, seq=seq, pending=()))
    return tuple(card.number for card in due)


def empty_by_rule(store: "Store") -> tuple[str, ...]:
    """Empty the trash of what has rested there for as long as the store says."""
    limit = days(store)
    return empty(store, older_than=limit) if limit and _clock_is_steady(store) else ()


def _clock_is_steady(store: "Store") -> bool:
    """Whether the day before this one on which something was saved is near: a clock set wrong must erase nobody."""
    today = clock.now().date()
    before = [name[:10] for name in names(store.path) if name[:10] < today.isoformat()]
    return bool(before) and (today - datetime.date.fromisoformat(before[-1])).days <= STEADY


def _emptied(store: "Store", number: int, gone: Sequence[_Leaving], changeset: str, seq: int) -> Iterator[Aside]:
    """Write a segment and its files of older changes aside without some cards."""
    segment = store.folder.read(number)
    serials = {card.serial for card in gone}
    for file in history_files(store.folder.file(number)):
        history = read(file)
        left = _without_changes(history, serials)
        if len(left) != len(history.changes):
            yield rewriting.older_aside(store, file.name, replace(history, changes=left))
    changes = _without_changes(segment, serials)
    for place, card in enumerate(gone, 1):
        changes[seq + place] = _last_change(card, changeset, seq + place, store.operator).record()
    yield store.folder.write_aside(
        replace(
            segment,
            generation=segment.generation + 1,
            last_seq=seq + len(gone),
            trash={serial: record for serial, record in segment.trash.items() if serial not in serials},
            changes=changes,
        )
    )


def _without_changes(segment: Segment, serials: Set[int]) -> dict[int, bytes]:
    return {seq: record for seq, record in segment.changes.items() if decode(record).get("serial", 0) not in serials}


def _last_change(card: _Leaving, changeset: str, seq: int, who: str) -> Change:
    numbers = tuple(FieldChange("number", number, None) for number in card.numbers)
    return Change(seq, changeset, card.serial, card.revision + 1, clock.stamp(), who, "empty", numbers, act="empty")


def _since(card: Card) -> str:
    """When a card was put into the trash: its last save."""
    return str(card.document.get("updated", ""))


def _is_since(card: Card, limit: str) -> bool:
    """Whether a card was put into the trash by then. Of one that does not say when, nobody knows."""
    since = _since(card)
    return clock.is_stamp(since) and since <= limit


def _owner(store: "Store", claim: Claim, serial: int) -> Card | None:
    """The other client who has a value now."""
    if claim.place == "number":
        return None
    for owner in store.index.owners(claim.value):
        if owner.serial == serial or owner.trashed:
            continue
        card = card_in(store.folder.read(segment_number(owner.serial)), owner.serial)
        if card and any(
            (other.place, other.key) == (claim.place, claim.key) for other in claims(store.schema, card.document)
        ):
            return card
    return None


def _without(document: Document, taken: Sequence[Claim]) -> Document:
    """The document without the rows (of a form: the values) that are another client's now."""
    made = dict(document)
    for section in {claim.path.partition(".")[0].partition("[")[0] for claim in taken}:
        spots = {claim.path for claim in taken}
        if isinstance(made[section], list):
            made[section] = [
                row
                for place, row in enumerate(made[section])
                if not any(spot.startswith(f"{section}[{place}].") for spot in spots)
            ]
        else:
            made[section] = {key: value for key, value in made[section].items() if f"{section}.{key}" not in spots}
    return made
