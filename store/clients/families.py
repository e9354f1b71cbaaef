"""The cards that were merged into one: all that is known of its client, also under the serials they had."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.card import Card, rows
from store.journal import Change
from store.journal.reading import history
from store.segments import SegmentFolder

if TYPE_CHECKING:
    from store.index import Index


def numbers_of(card: Card) -> tuple[str, ...]:
    """The client numbers a card has and had, those of cards merged into it too, its own first."""
    old = [str(row["value"]) for row in rows(card.document, "identifiers") if row.get("kind") == "number"]
    return tuple(dict.fromkeys(number for number in (card.number, *old) if number))


def merged_into(folder: SegmentFolder, index: "Index", serial: int) -> Iterator[Change]:
    """The last change of every card that went into this one, or into one that did; what was undone is left out."""
    asked, seen = [serial], {serial}
    while asked:
        for change in history(folder, asked.pop()):
            if change.why != "merge" and not (change.why == "undo" and change.act == "edit"):
                continue
            for ref in index.changeset(change.changeset):
                if ref.serial in seen:
                    continue
                own = history(folder, ref.serial)
                if own and own[-1].act == "merge" and own[-1].changeset == change.changeset:
                    seen.add(ref.serial)
                    asked.append(ref.serial)
                    yield own[-1]
