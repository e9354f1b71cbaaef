"""The journal: what changed on a card, who did it and why; merging and reversing go by it."""

from store.journal.changes import Change, FieldChange
from store.journal.differences import apply, difference, reversed_changes
from store.journal.merging import merge

__all__ = ["Change", "FieldChange", "apply", "difference", "merge", "reversed_changes"]
