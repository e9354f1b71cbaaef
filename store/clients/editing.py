"""Edits of operators and imports as steps of a changeset: validated, then merged into what is stored."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from store.card import Card, Document
from store.clients import merging
from store.clients.identity import identified, matched, new_code, tidy
from store.clients.steps import Edit, Outcome, Step
from store.clients.validation import problems
from store.errors import Clash, Conflict, Invalid, Problem
from store.journal import difference, merge
from store.journal.differences import KEPT
from store.journal.reading import changes_in
from store.lazy import Lazy
from store.schema import Schema
from store.segments import Segment

_TOLD_EACH = 64
"""Edits after which the progress is told: as often as by the writing of segments."""


def steps_of(
    edits: Sequence[Edit], schema: Schema, today: str, progress: Callable[[int], None]
) -> Sequence[tuple[int | None, Step]]:
    """Prepare edits without looking at the disk.

    Args:
        edits: The cards' parts of a changeset.
        schema: What a card may hold.
        today: The day that a client number given up gets as its end.
        progress: Called now and then with how many were looked at.

    Raises:
        Invalid: All that is wrong in all of them; with several, `details["edit"]` counts them from 0.
    """
    found: list[Problem] = []
    serials: list[int | None] = []
    for place, edit in enumerate(edits):
        before, after = _prepared(edit, schema)
        wrong = problems(schema, before, after) if after is not None else []
        if len(edits) > 1:
            wrong = [replace(problem, details={**problem.details, "edit": place}) for problem in wrong]
        found += wrong
        serials.append(edit.serial)
        if place % _TOLD_EACH == 0:
            progress(place)
    if found:
        raise Invalid(found)
    return Lazy(range(len(edits)), lambda place: (serials[place], _step(edits, place, schema, today)))


def _prepared(edit: Edit, schema: Schema) -> tuple[Document | None, Document | None]:
    """What the operator started from and what it shall be, the rows of both with ids."""
    before = identified(edit.before) if edit.before is not None and edit.serial is not None else None
    return before, None if edit.after is None else tidy(matched(edit.after, before or {}), schema)


def _step(edits: Sequence[Edit], place: int, schema: Schema, today: str) -> Step:
    def step(card: Card | None, segment: Segment) -> Outcome | None:
        edit = edits[place]
        # Prepared a second time rather than kept: the documents of a large import would not fit into memory.
        before, after = _prepared(edit, schema)
        if edit.serial is None:
            return Outcome(after or {}, "new")
        if card is None:
            raise merging.gone(edit.serial, changes_in(segment))
        if card.trashed != edit.restore:
            raise Conflict(
                "client-in-trash" if card.trashed else "client-not-in-trash", current=card, number=card.number
            )
        current = identified(card.document)
        if after is None:
            return _removal(card, before, current)
        base = current if before is None else before
        mine = tidy(matched(after, current), schema) if before is None else after
        merged = merge(tidy(base, schema), mine, tidy(current, schema))
        if merged.clashes:
            raise Conflict("changed-meanwhile", merged.clashes, card, number=card.number)
        made = _keep_number(
            {**merged.document, **{key: current[key] for key in KEPT if key in current}}, current, today
        )
        fields = difference(current, made)
        if not fields and not edit.restore:
            return None
        return Outcome(tidy(made, schema), "restore" if edit.restore else "edit", fields, merged.theirs)

    return step


def _removal(card: Card, before: Document | None, current: Document) -> Outcome:
    if before is not None and (changes := difference(before, current)):
        clashes = [Clash(change.path, change.before, None, change.after) for change in changes]
        raise Conflict("changed-meanwhile", clashes, card, number=card.number)
    return Outcome(current, "remove")


def _keep_number(document: Document, current: Document, today: str) -> Document:
    """A client number that is given up stays on the card as an identifier with its end."""
    old: Any = current.get("number")
    if not old or old == document.get("number"):
        return document
    row = {"id": new_code(4), "kind": "number", "value": old, "until": today}
    return {**document, "identifiers": [*(document.get("identifiers") or ()), row]}
