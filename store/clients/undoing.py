"""Taking a changeset back: each of its changes reversed, as a change of its own that can be taken back too."""

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from store import erased
from store.card import Card
from store.clients import merging
from store.clients.identity import identified
from store.clients.steps import Outcome, Step
from store.errors import Clash, Conflict, NotAllowed, NotFound
from store.journal import Change, apply, difference, reversed_changes
from store.journal.differences import is_order, value_at
from store.journal.reading import changes_of, history
from store.segments import Segment, SegmentFolder

if TYPE_CHECKING:
    from store.index import ChangeRef, Index

_REVERSED_ACT = {"new": "remove", "remove": "restore", "restore": "remove"}


def last_changeset(index: "Index", folder: SegmentFolder, operator: str) -> str:
    """The operator's last changeset that was no undo and was not undone.

    Raises:
        NotFound: `nothing-to-undo`.
        NotAllowed: `erase-final`: it was the erasing of a client.
    """
    undone: set[str] = set()
    looked: set[str] = set()
    limit = 64
    while True:
        refs = index.changes(who=operator, limit=limit)
        for ref in refs:
            if ref.changeset in looked:
                continue
            looked.add(ref.changeset)
            if ref.changeset in undone or ref.why == "empty":
                continue
            _refuse_erasure(ref, folder)
            if ref.why == "undo":
                undone |= {change.undoes for change in _changes(folder, ref)}
            else:
                return ref.changeset
        if len(refs) < limit:
            raise NotFound("nothing-to-undo")
        limit *= 8


def steps_of(changeset: str, refs: Sequence["ChangeRef"], folder: SegmentFolder) -> list[tuple[int | None, Step]]:
    """What takes a changeset back. Raises NotFound (`changeset-missing`), NotAllowed (`erase-final`)."""
    if not refs:
        raise NotFound("changeset-missing", reference=changeset)
    by_serial: dict[int, list[int]] = {}
    for ref in refs:
        _refuse_erasure(ref, folder)
        by_serial.setdefault(ref.serial, []).append(ref.seq)
    journal = _Journal(folder)
    return [(serial, _step(serial, set(seqs), journal)) for serial, seqs in by_serial.items()]


def _step(serial: int, seqs: Set[int], journal: "_Journal") -> Step:
    def step(card: Card | None, segment: Segment) -> Outcome | None:
        history = journal.of(segment, serial)
        changes = [change for change in history if change.seq in seqs]
        if history and history[-1].act == "erase":
            raise NotAllowed("erase-final", number=merging.number_of(history[-1]))
        if changes and changes[-1].act in ("merge", "unmerge"):
            return merging.reversed_(card, history, changes[-1])
        if card is None or not changes:
            raise merging.gone(serial, history)
        document = identified(card.document)
        act, trashed = "edit", card.trashed
        for change in reversed(changes):
            if change.act != "edit":
                act = _REVERSED_ACT[change.act]
                later = _since(history, change) if change.act == "new" else []
                if later or trashed != (act == "restore"):
                    raise Conflict("changed-meanwhile", later, card, number=card.number)
                trashed = act == "remove"
            clashes = [
                Clash(field.path, field.after, field.before, value_at(document, field.path))
                for field in change.fields
                if not is_order(field) and value_at(document, field.path) != field.after
            ]
            if clashes:
                raise Conflict("changed-meanwhile", clashes, card, number=card.number)
            document = apply(document, reversed_changes(change.fields))
        return Outcome(document, act, difference(identified(card.document), document))

    return step


def _refuse_erasure(ref: "ChangeRef", folder: SegmentFolder) -> None:
    if ref.why == "erase":
        gone = [entry.number for entry in erased.known(folder.store) if entry.changeset == ref.changeset]
        raise NotAllowed("erase-final", number=", ".join(gone))


class _Journal:
    """The changes of one segment after the other, each read once."""

    def __init__(self, folder: SegmentFolder) -> None:
        self._folder = folder
        self._segment: Segment | None = None
        self._changes: dict[int, list[Change]] = {}

    def of(self, segment: Segment, serial: int) -> list[Change]:
        """All changes of a card, oldest first."""
        if segment is not self._segment:
            self._segment = segment
            self._changes = {}
            for change in changes_of(self._folder, segment):
                self._changes.setdefault(change.serial, []).append(change)
        return self._changes.get(serial, [])


def _since(history: Sequence[Change], change: Change) -> list[Clash]:
    """What was changed on a card after that change and not taken back."""
    clashes: list[Clash] = []
    undone: set[str] = set()
    for later in reversed(history):
        if later.seq <= change.seq:
            break
        if later.changeset in undone:
            continue
        if later.undoes:
            undone.add(later.undoes)
        else:
            clashes += [Clash(field.path, field.before, None, field.after) for field in later.fields]
    return clashes


def _changes(folder: SegmentFolder, ref: "ChangeRef") -> list[Change]:
    return [change for change in history(folder, ref.serial) if change.seq == ref.seq]
