"""The list of found clients."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip

from store.errors import StoreError
from store.index import ListRow
from tui.forms.reasons import Reason
from tui.sidebar.rows import Clients, Grouped, GroupLine
from tui.terminal.cells import crop, fit, width, wrap
from tui.terminal.safe import marked, safe
from tui.widgets.drawn import Piece
from tui.widgets.virtual_list import VirtualList

PHONE, CITY = 17, 16
"""Cells of the columns a wide list has besides name and number."""
WITH_PHONE, WITH_CITY = 84, 92
"""From how many cells on those columns are shown."""
VALUE, LEAST_NAMED = 17, 20
"""Cells that what the list goes by takes at most, and how many have to be left beside it for it to be told."""
LEAST_REASON = 8
"""Cells below which no reason is begun: nobody could read it."""
LEAST_FOUND = 4
"""Letters of what was found that are to be seen in a reason."""
LEAST_LIT = 2
"""Letters of a word from which on they are underlined: every name has one letter somewhere, and a line is slow."""
MARK = "✓ "


class ClientList(VirtualList):
    """Name and number of each client, and why it is here; phone and city where there is room.

    A digit or + begins a search. The cursor passes over the lines between groups.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "clients--number",
        "clients--muted",
        "clients--hit",
        "clients--group",
        "clients--mark",
    }
    DEFAULT_CSS = """
    ClientList > .clients--number { color: $text-accent; background: $surface; }
    ClientList > .clients--muted { color: $text-muted; background: $surface; }
    ClientList > .clients--hit { color: $foreground; background: $surface; text-style: underline; }
    ClientList > .clients--group { color: $text-muted; background: $surface; text-style: bold; }
    ClientList > .clients--mark { color: $text-warning; background: $surface; text-style: bold; }
    """

    class Digit(Message):
        """A digit or + was typed: a search is to begin with it."""

        def __init__(self, character: str) -> None:
            self.character = character
            super().__init__()

    @dataclass
    class Unread(Message):
        """Rows that came into view could not be read."""

        error: StoreError

        def can_replace(self, message: Message) -> bool:
            """Every line of the screen asked for them."""
            return isinstance(message, ClientList.Unread)

    def __init__(self) -> None:
        super().__init__()
        self._grouped: Grouped | None = None
        self._marks: AbstractSet[int] = frozenset()
        self._reasons: dict[int, Reason] = {}
        self._typed: dict[str, tuple[str, ...]] = {}
        """The words looked for in each group: what of a name they are is guessed until it is known."""
        self._notes: tuple[str, ...] = ()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a client."""
        before, cursor = self.cursor, super().validate_cursor(cursor)
        if self._grouped is None or not self._grouped.is_group(cursor):
            return cursor
        step = -1 if 0 < cursor < before else 1
        return super().validate_cursor(cursor + step)

    def on_key(self, event: events.Key) -> None:
        """Begin a search by number or phone."""
        if event.character and (event.character.isdigit() or event.character == "+"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Digit(event.character))

    def show_clients(
        self,
        found: Clients,
        *,
        place: int | None = None,
        steady: bool = False,
        reasons: Mapping[int, Reason] = MappingProxyType({}),
    ) -> None:
        """Show another list, or the same one as it is now.

        Args:
            found: the clients.
            place: the place among them of the one the cursor is put on; None: where the cursor is.
            steady: leave that client on the line of the screen it stands on.
            reasons: why clients are in it, as far as that is known; of the others stays what was said before.
        """
        before = self.cursor
        self._grouped = Grouped(found)
        self._typed = {
            phase.how: tuple(word.text for word in phase.query.words if len(word.text) >= LEAST_LIT)
            for phase in found.phases
        }
        stale = {serial: replace(reason, hits=None) for serial, reason in self._reasons.items()}
        self._reasons = {**stale, **reasons}
        cursor = before if place is None else self._grouped.line_of(place)
        if steady:
            self._window.top += cursor - before
        self.show(self._grouped, cursor=cursor)

    def row_at(self, index: int) -> Any:
        """The row at that place; None also where it cannot be read: what is painted must not fail."""
        try:
            return super().row_at(index)
        except StoreError as error:
            self.post_message(self.Unread(error))
            return None

    def say_instead(self, notes: Sequence[str]) -> None:
        """Say this where the list is empty."""
        if self._notes != tuple(notes):
            self._notes = tuple(notes)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """A client, or where there is none what is to be said instead."""
        if self._total or not self._notes:
            return super().render_line(y)
        lines = [line for note in self._notes for line in wrap(safe(note), max(10, self.size.width - 4))]
        pieces = [("  " + lines[y - 1], "clients--muted")] if 0 < y <= len(lines) else []
        return self.strip(pieces, self.size.width)

    def mark(self, serials: AbstractSet[int]) -> bool:
        """Show these clients as marked; whether others were until now."""
        if serials == self._marks:
            return False
        before, self._marks = self._marks, frozenset(serials)
        if bool(before) != bool(serials):
            self.refresh()
        else:
            self._repaint(serials ^ before)
        return True

    def explain(self, reasons: Mapping[int, Reason]) -> None:
        """Say of these clients why they are here; of the others what was said stays."""
        changed = {serial for serial, reason in reasons.items() if self._reasons.get(serial) != reason}
        self._reasons.update(reasons)
        self._repaint(changed)

    def forget_reasons(self) -> None:
        """Another search: what was said is true no more. The list is shown anew soon."""
        self._reasons.clear()

    @property
    def shown(self) -> list[ListRow]:
        """The clients that are seen now."""
        top = self._window.top
        rows = (self.row_at(at) for at in range(top, min(top + self.size.height, self._total)))
        return [row for row in rows if isinstance(row, ListRow)]

    @property
    def unexplained(self) -> list[ListRow]:
        """Those of them of whom it is not known why they are in this list."""
        return [row for row in self.shown if self._reasons.get(row.serial, _UNKNOWN).hits is None]

    @property
    def reason(self) -> Reason | None:
        """Why the client under the cursor is in the list; None where that is not known."""
        row = self.client
        reason = self._reasons.get(row.serial) if row is not None else None
        return reason if reason is not None and reason.hits is not None else None

    @property
    def client(self) -> ListRow | None:
        """The client under the cursor; None in an empty list."""
        row = self.row
        return row if isinstance(row, ListRow) else None

    @property
    def place(self) -> int:
        """The place of the cursor's client among the clients, counted from 0."""
        return self._grouped.client_at(self.cursor) if self._grouped is not None else 0

    def draw(self, row: Any, width_: int) -> Sequence[Piece]:
        """The columns of one client, or a line between groups."""
        if row is None:
            return [("…", "clients--muted")]
        if isinstance(row, GroupLine):
            text = crop("── " + safe(row.text) + " ", width_)
            return [(text + "─" * (width_ - width(text)), "clients--group")]
        number = " " + row.number
        room = width_ - width(number)
        reason = self._reasons.get(row.serial) or _UNKNOWN
        mark = MARK if row.serial in self._marks else ""
        middle = [] if reason.text else _columns(row, width_)
        if reason.value and room - VALUE - 2 - sum(width(text) for text, _look in middle) >= LEAST_NAMED:
            middle.insert(0, ("  " + crop(safe(reason.value), VALUE), ""))
        # Where some are marked the names of all stand in one column.
        room -= sum(width(text) for text, _look in middle) + (width(MARK) if self._marks else 0)
        name = ("✗ " if row.trashed else "") + (row.name or row.phone)
        shown = crop(safe(name), room)
        look = "clients--muted" if row.trashed else ""
        hits = _begun(row.name, self._typed.get(row.group, ())) if reason.hits is None else reason.hits
        if row.trashed:
            hits = [(start + 2, end + 2) for start, end in hits]
        named = _lit(shown, hits, look) if safe(name) == marked(name) else [(shown, look)]
        room -= width(shown)
        why: list[Piece] = []
        if reason.text and room - 2 >= LEAST_REASON:
            why = [("  " + _cut(reason, room - 2), "clients--muted")]
            room -= width(why[0][0])
        # The blanks are a piece of their own: the cursor's colour need not be sent for them.
        marks: list[Piece] = [(mark, "clients--mark")] if mark else []
        if self._marks and not mark:
            named[0] = (" " * width(MARK) + named[0][0], named[0][1])
        return [*marks, *named, (" " * room, ""), *why, *middle, (number, "clients--number")]

    def covered(self, row: Any, pieces: Sequence[Piece]) -> int:
        """The cursor's colour is over the mark and the name."""
        blanks = next((at for at, (text, _look) in enumerate(pieces) if text and not text.strip()), 1)
        return max(1, blanks)

    def _repaint(self, serials: AbstractSet[int]) -> None:
        top = self._window.top
        for line in range(self.size.height):
            row = self.row_at(top + line) if top + line < self._total else None
            if isinstance(row, ListRow) and row.serial in serials:
                self.refresh_lines_at(line)


_UNKNOWN = Reason(hits=None)


def _cut(reason: Reason, room: int) -> str:
    """Why a client is in the list, in so many cells: the letters that were found rather than what stands before."""
    is_seen = width(reason.text) <= room or reason.first + LEAST_FOUND < room
    return crop(reason.text if is_seen else "…" + reason.text[reason.first :], room)


def _begun(name: str, words: Sequence[str]) -> Sequence[tuple[int, int]]:
    """The beginnings of a name's words that were typed so: nearly always what will be told, and painted at once."""
    found: list[tuple[int, int]] = []
    small, at = name.lower(), 0
    for part in small.split(" "):
        most = max((len(word) for word in words if part.startswith(word)), default=0)
        if most:
            found.append((at, at + most))
        at += len(part) + 1
    return found


def _columns(row: ListRow, width_: int) -> list[Piece]:
    middle: list[Piece] = []
    if width_ >= WITH_PHONE:
        middle.append((" " + fit(row.phone, PHONE), "clients--muted"))
    if width_ >= WITH_CITY:
        middle.append((" " + fit(row.city, CITY), "clients--muted"))
    return middle


def _lit(text: str, hits: Sequence[tuple[int, int]], look: str) -> list[Piece]:
    """The text in pieces, the letters that were found apart."""
    pieces: list[Piece] = []
    at = 0
    for start, end in hits:
        start, end = max(at, start), min(end, len(text))
        if start < end:
            pieces += [(text[at:start], look), (text[start:end], "clients--hit")]
            at = end
    return [piece for piece in (*pieces, (text[at:], look)) if piece[0]] or [("", look)]
