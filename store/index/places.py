"""Places in an order of texts, with room between them: clients by their names, a field's values by their text.

A place is a number that sorts as the text does, so that lists are sorted by numbers alone (`store.index.slices`).
What comes in between two gets a place between theirs; where there is no room left, a neighbourhood is spread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from sqlite3 import Connection

from store import folding

GAP = 1 << 18
"""The room left between neighbours when all are placed anew: more than four millions of them have places."""

FIRST = 1 << 26
"""Where places begin: before the first there is room as well."""

_ROOM = 1 << 10
"""The least gap a spread must leave, so that it is not soon needed again."""

_STEP = 8

_NEARER = 4
"""Into which part of the room what comes in between is placed."""

Id = int | str
Key = tuple[str, Id]
"""What is placed: the sort key of its text, then what it is."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Something in its place."""

    place: int
    key: Key


class Line:
    """The places of one order, as rows of a table."""

    def __init__(
        self,
        db: Connection,
        rows: str,
        parameters: tuple[str, ...],
        move: Callable[[Id, int, int], None],
        *,
        column: str,
        text_of: Callable[[str], str] = str,
    ) -> None:
        """Take an order.

        Args:
            db: The index.
            rows: `select place, text, id from … where …`, to be followed by conditions on the place.
            parameters: Those of `rows`.
            move: Called with what is moved, its place and its new one, when neighbours must make room.
            column: What the place is called in that table.
            text_of: What the text is, where the table holds more than it.
        """
        self._db = db
        self._rows = rows
        self._parameters = parameters
        self._move = move
        self._column = column
        self._text_of = text_of

    def free(self, text: str, what: Id) -> int:
        """A free place for a text between its neighbours; may move neighbours."""
        key = (folding.sort_key(text), what)
        while True:
            lower, higher = self._neighbours(key)
            if lower is None and higher is None:
                return FIRST
            if higher is None and lower is not None:
                return lower.place + GAP
            assert higher is not None
            below = lower.place if lower else max(0, higher.place - 2 * GAP)
            if (room := higher.place - below) > 1:
                # Nearer to the one before: what is numbered comes ascending, and has room forty times, not eighteen.
                return below + max(1, room // _NEARER)
            self._spread(higher.place)

    def _neighbours(self, key: Key) -> tuple[Placed | None, Placed | None]:
        last = self._one("<= ?", "desc", 1 << 62)
        if last is None or last.key < key:
            return last, None
        low, high = 0, last.place
        while high - low > GAP:
            middle = (low + high) // 2
            row = self._one(">= ?", "asc", middle)
            if row is None:
                break
            if row.key < key:
                low = row.place + 1
            else:
                high = middle
        # Between the two are hardly ever more than a few.
        lower = self._one("< ?", "desc", low)
        while True:
            for row in self._several(">= ?", "asc", low, _STEP):
                if row.key > key:
                    return lower, row
                lower, low = row, row.place + 1

    def _spread(self, place: int) -> None:
        """Make room around a place: as few neighbours as there is room for are moved apart evenly."""
        count = 4
        while True:
            before = self._several("< ?", "desc", place, count + 1)[::-1]
            after = self._several(">= ?", "asc", place, count + 1)
            inner = [*before[-count:], *after[:count]]
            least = before[0].place if len(before) > count else max(0, inner[0].place - GAP * len(inner))
            most = after[-1].place if len(after) > count else inner[-1].place + GAP * len(inner)
            step = (most - least) // (len(inner) + 1)
            if step >= _ROOM:
                break
            count *= 2
        targets = [(row, least + step * number) for number, row in enumerate(inner, start=1)]
        # Outwards first, so that nobody ever stands where another still does.
        rising = [(row, target) for row, target in targets if target > row.place]
        falling = [(row, target) for row, target in targets if target < row.place]
        for row, target in (*falling, *reversed(rising)):
            self._move(row.key[1], row.place, target)

    def _one(self, condition: str, direction: str, place: int) -> Placed | None:
        found = self._several(condition, direction, place, 1)
        return found[0] if found else None

    def _several(self, condition: str, direction: str, place: int, limit: int) -> list[Placed]:
        column = self._column
        # What has no place is at 0. Of two lower bounds SQLite seeks the first and reads on to the other: there is one.
        placed = f"{column} {condition}" if condition == ">= ?" else f"{column} > 0 and {column} {condition}"
        rows = self._db.execute(
            f"{self._rows} and {placed} order by {column} {direction} limit ?",
            (*self._parameters, max(place, 1), limit),
        )
        return [Placed(at, (folding.sort_key(self._text_of(text)), what)) for at, text, what in rows]
