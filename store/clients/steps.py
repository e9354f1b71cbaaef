"""What becomes of one card in a changeset, worked out on the card as it is stored at that moment."""

from collections.abc import Callable
from dataclasses import dataclass

from store.card import Card, Document
from store.journal import FieldChange
from store.segments import Segment


@dataclass(frozen=True, slots=True)
class Edit:
    """One card's part of a changeset."""

    serial: int | None
    """None: a new card."""

    before: Document | None
    """The document the operator started from, for the three-way merge; None for a new card (for a known one: the
    document as it is stored now)."""

    after: Document | None
    """None: remove the card (to the trash)."""

    restore: bool = False
    """Take the card out of the trash, where it must be."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step makes of a card; revision, times and the number of a new card are set when it is committed."""

    document: Document
    act: str
    """`new`, `edit`, `remove`, `restore`; `merge`: it goes into another; `unmerge`: it comes back out of that."""
    fields: tuple[FieldChange, ...] = ()
    theirs: tuple[str, ...] = ()
    """Paths that another operator had changed meanwhile."""


Step = Callable[[Card | None, Segment], Outcome | None]
"""Takes the card as it is stored (None: not there) and its segment; None where there is nothing to change.

Raises Conflict or NotFound, and then nothing of the changeset is saved."""
