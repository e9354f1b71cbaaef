"""Merging two cards into one: the steps of its changeset, and how they are taken back.

The other card goes, and not into the trash: all that it was is in its last change. Its number and identifiers are the
kept card's from then on, and cards that pointed to it point to the kept one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from store.card import Card, Document, Row
from store.clients.identity import content_of, identified
from store.clients.mentions import Mentions
from store.clients.steps import Outcome, Step
from store.clients.uniting import United, row_key, unite
from store.errors import Clash, Conflict, Damaged, Invalid, NotAllowed, NotFound, Problem, StoreError
from store.journal import Change, FieldChange, apply, difference, reversed_changes
from store.journal.differences import is_table
from store.kinds import Reading
from store.schema import Schema
from store.segments import Segment, SegmentFolder
from store.segments.cards import Cards, cards_of

RESTRICTED = "restricted"
"""Key of a document whose processing is restricted: nothing is done to it but keeping it."""

Revisions = tuple[int, int]


def preview(schema: Schema, kept: Card, other: Card, reading: Reading) -> United:
    """What a merge would make of two cards, to be shown before it is done.

    Raises:
        Invalid: `merge-with-itself`.
        Conflict: `client-in-trash`.
        NotAllowed: `client-restricted`.
    """
    if kept.serial == other.serial:
        raise Invalid([Problem("", "merge-with-itself", kept.number)])
    for card in (kept, other):
        if card.trashed:
            raise Conflict("client-in-trash", current=card, number=card.number)
        if card.document.get(RESTRICTED):
            raise NotAllowed("client-restricted", number=card.number)
    return unite(schema, kept.document, other.document, reading.today.isoformat(), reading.language)


class Merging:
    """One merge."""

    def __init__(self, schema: Schema, folder: SegmentFolder, reading: Reading, keep: int, other: int) -> None:
        self._schema = schema
        self._folder = folder
        self._reading = reading
        self._cards = Cards(folder)
        self._keep = keep
        self._other = other
        self._mentions = Mentions(str(self._card(other).document.get("uid") or ""))
        self._mentions.segments(self._folder)

    def steps(self, revisions: Revisions | None) -> list[tuple[int | None, Step]]:
        """What merges them; to be called under the lock.

        Args:
            revisions: Of the kept and the other card as they were looked at; None: as they are now.

        Raises:
            Conflict: `changed-meanwhile`: one of them is of a later revision.
            Invalid, Conflict, NotAllowed: As `preview`.
            NotFound: `client-missing`.
        """
        kept, other = self._card(self._keep), self._card(self._other)
        united = preview(self._schema, kept, other, self._reading)
        for card, revision in zip((kept, other), revisions or (), strict=False):
            if card.revision != revision:
                raise Conflict("changed-meanwhile", current=card, number=card.number)
        steps: list[tuple[int | None, Step]] = [
            (kept.serial, _becomes(united.document)),
            (other.serial, _goes(kept.number)),
        ]
        return steps + [(card.serial, self._points(other, kept)) for card in self._pointing(other)]

    def _card(self, serial: int) -> Card:
        card = self._cards.get(serial)
        if card is None:
            raise NotFound("client-missing", reference=str(serial))
        return card

    def _pointing(self, other: Card) -> Iterator[Card]:
        """Third cards with a relation to the other, those in the trash too."""
        uid = str(other.document.get("uid") or "")
        for number in self._mentions.segments(self._folder):
            try:
                segment = self._folder.read(number)
            except Damaged:
                continue  # `check` names it; one damaged file keeps no two other cards from being merged
            for card in cards_of(segment):
                if card.serial not in (self._keep, self._other) and points(self._schema, card.document, uid):
                    yield card

    def _points(self, other: Card, kept: Card) -> Step:
        old, new = str(other.document.get("uid")), str(kept.document.get("uid"))

        def step(card: Card | None, segment: Segment) -> Outcome | None:
            if card is None:
                return None
            current = identified(card.document)
            made = pointed(self._schema, current, old, new)
            return Outcome(made, "edit", difference(current, made))

        return step


def points(schema: Schema, document: Document, uid: str) -> bool:
    """Whether a card has a relation to the client of that uid."""
    return bool(uid) and pointed(schema, document, uid, "") != document


def pointed(schema: Schema, document: Document, old: str, new: str) -> Document:
    """The document with every relation to one client made one to another, without doubles.

    Args:
        schema: Says which fields name a client.
        document: A card that is neither of the two.
        old: The uid that is replaced.
        new: The uid that takes its place; "": the rows that name the old one go.
    """
    made = dict(document)
    for section in schema.sections:
        fields = {field.key for field in section.fields if field.kind == "client"}
        value = document.get(section.key)
        if fields and is_table(value):
            made[section.key] = _rows_pointed(section.key, value, fields, old, new)
        elif fields and isinstance(value, dict):
            form = {key: new if key in fields and item == old else item for key, item in value.items()}
            made[section.key] = {key: item for key, item in form.items() if key not in fields or item}
        if made.get(section.key) == []:
            del made[section.key]
    return made


def gone(serial: int, history: Sequence[Change]) -> StoreError:
    """Why there is no card of that serial: it went into another (`client-merged`), or never was (`client-missing`)."""
    own = [change for change in history if change.serial == serial]
    if own and own[-1].act == "erase":
        return NotFound("client-erased", number=_number_change(own[-1]).before, at=own[-1].at)
    if own and own[-1].act == "merge":
        number = _number_change(own[-1])
        return Conflict("client-merged", number=number.before, into=number.after)
    return NotFound("client-missing", reference=str(serial))


def reversed_(card: Card | None, history: Sequence[Change], change: Change) -> Outcome:
    """What takes a card's going in a merge back, or its coming back.

    Args:
        card: As it is stored; None where it went.
        history: Its changes, oldest first.
        change: That which is taken back.

    Raises:
        Conflict: `changed-meanwhile`: something happened to the card since.
    """
    later = history[-1] is not change
    if later or (card is None) != (change.act == "merge"):
        clashes = [Clash(field.path, field.before, None, field.after) for field in history[-1].fields] if later else []
        number = card.number if card else _number_change(change).before
        raise Conflict("changed-meanwhile", clashes, card, number=number)
    if card is None:
        document = apply({}, reversed_changes(change.fields))
        return Outcome({**document, "revision": change.revision}, "unmerge")
    into = next(_number_change(each).after for each in reversed(history) if each.act == "merge")
    return Outcome({}, "merge", _all_of(card.document, into))


def _becomes(document: Document) -> Step:
    def step(card: Card | None, segment: Segment) -> Outcome | None:
        current = identified(card.document) if card else {}
        return Outcome(document, "edit", difference(current, document))

    return step


def _goes(into: str) -> Step:
    def step(card: Card | None, segment: Segment) -> Outcome | None:
        return Outcome({}, "merge", _all_of(card.document if card else {}, into))

    return step


def _all_of(document: Document, into: str) -> tuple[FieldChange, ...]:
    """All values of a card that goes, each as a change to nothing; its number as one to the kept card's."""
    values = difference(identified(document), {})
    lasting = tuple(FieldChange(key, document[key], None) for key in ("uid", "created") if key in document)
    number = FieldChange("number", document.get("number"), into)
    return (number, *(change for change in values if change.path != "number"), *lasting)


def number_of(change: Change) -> str:
    """The client number that a change took from its card; "" where it took none."""
    return str(_number_change(change).before or "")


def _number_change(change: Change) -> FieldChange:
    return next((field for field in change.fields if field.path == "number"), FieldChange("number", "", ""))


def _rows_pointed(section: str, rows: Sequence[Row], fields: set[str], old: str, new: str) -> list[Row]:
    made: list[Row] = []
    seen: set[str] = set()
    for row in rows:
        if not any(row.get(key) == old for key in fields):
            seen.add(_key(section, row))
            made.append(row)
            continue
        changed = {key: new if key in fields and value == old else value for key, value in row.items()}
        if new and _key(section, changed) not in {*seen, *(_key(section, other) for other in rows)}:
            seen.add(_key(section, changed))
            made.append(changed)
    return made


def _key(section: str, row: Mapping[str, Any]) -> str:
    return row_key(section, dict(row)) if section == "relations" else content_of(row)
