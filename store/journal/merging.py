"""Two people changed one card since the same revision: their changes are merged field by field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from store.card import Document
from store.errors import Clash
from store.journal.changes import Change, FieldChange
from store.journal.differences import apply, difference, is_order, is_table


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge."""

    document: Document
    """Theirs with my changes; to be used only without clashes."""
    clashes: tuple[Clash, ...]
    """Values that both changed, to different ones."""
    theirs: tuple[str, ...]
    """Paths that the other changed."""


def merge(base: Document, mine: Document, theirs: Document) -> Merged:
    """Merge by field what was made of `base` twice.

    Both may change the same value to the same; lists of words (tags) merge word by word; the order of rows is mine.
    A row that one changed and the other removed is a clash.
    """
    my_changes = difference(base, mine)
    if base == theirs:
        return Merged(apply(theirs, my_changes), (), ())
    their_changes = difference(base, theirs)
    their_at = {change.path: change for change in their_changes}
    clashes: list[Clash] = []
    wanted: list[FieldChange] = []
    for change in my_changes:
        other = their_at.get(change.path)
        if other is None:
            clashes += [_clash(change, near) for near in their_changes if _overlap(change, near)]
            wanted.append(change)
        elif other.after == change.after:
            continue
        elif is_table(base.get(change.path)) and is_order(other):
            wanted.append(change)
        elif _words(change) and _words(other):
            wanted.append(FieldChange(change.path, other.after, _merged_words(change, other)))
        else:
            clashes.append(_clash(change, other))
    return Merged(apply(theirs, wanted), tuple(clashes), tuple(their_at))


def authors(changes: Iterable[Change], clashes: Iterable[Clash]) -> list[str]:
    """Who last changed each of the fields that clash, everybody once.

    Args:
        changes: those of the card, the newest first.
        clashes: the fields.
    """
    newest = list(changes)
    found: dict[str, None] = {}
    for clash in clashes:
        wanted = FieldChange(clash.path, clash.before, clash.mine)
        for change in newest:
            if any(field.path == clash.path or _overlap(wanted, field) for field in change.fields):
                found[change.who] = None
                break
    return list(found)


def _clash(mine: FieldChange, theirs: FieldChange) -> Clash:
    return Clash(mine.path, mine.before, mine.after, theirs.after)


def _overlap(mine: FieldChange, theirs: FieldChange) -> bool:
    """Whether one is about a whole that the other changed a part of (the rows' order is about none)."""
    for whole, part in ((mine, theirs), (theirs, mine)):
        if "#" in whole.path and part.path.startswith(whole.path + "."):
            return True
        if "#" not in whole.path and not is_order(whole) and part.path.startswith((whole.path + ".", whole.path + "#")):
            return True
    return False


def _words(change: FieldChange) -> bool:
    return "." in change.path and all(
        value is None or (isinstance(value, list) and all(isinstance(word, str) for word in value))
        for value in (change.before, change.after)
    )


def _merged_words(mine: FieldChange, theirs: FieldChange) -> list[str] | None:
    before: Sequence[Any] = mine.before or ()
    gone = [word for word in before if word not in (mine.after or ())]
    added = [word for word in mine.after or () if word not in before]
    merged = [word for word in theirs.after or () if word not in gone]
    return merged + [word for word in added if word not in merged] or None
