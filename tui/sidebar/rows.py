"""What stands in the list: clients, and between the ways of finding them a line that says how the next were found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from store.index import ListRow, Phase
from store.query import All, Query
from tui.i18n import _
from tui.i18n.formats import count


class Clients(Protocol):
    """A list of clients: found by a search, or chosen one by one."""

    query: Query

    @property
    def total(self) -> int:
        """How many there are."""

    @property
    def phases(self) -> tuple[Phase, ...]:
        """How the list is made up."""

    def rows(self, start: int, count: int) -> list[ListRow]:
        """A window of the clients."""

    def position(self, serial: int) -> int | None:
        """Where a client stands in the list."""

    def serials(self) -> list[int]:
        """All of them, in order."""


class NoList:
    """Stands where a list could not be had."""

    phases: tuple[Phase, ...] = ()
    total = 0

    def __init__(self, line: str, why: str) -> None:
        """Remember what was asked, and why there is no answer, in words."""
        self.query = Query(line, All(()))
        self.why = why

    def rows(self, start: int, count: int) -> list[ListRow]:
        """Nobody."""
        return []

    def position(self, serial: int) -> int | None:
        """Nowhere."""
        return None

    def serials(self) -> list[int]:
        """Nobody."""
        return []


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A line between two ways of finding."""

    text: str


class Grouped:
    """A list of clients with a line before each group that was not found as asked."""

    def __init__(self, found: Clients) -> None:
        self.found = found
        self._groups: list[tuple[int, GroupLine]] = []
        """Where each line stands, counted with the lines before it, and what it says."""
        for phase in found.phases:
            if phase.is_told:
                self._groups.append((phase.start + len(self._groups), GroupLine(how_found(phase))))

    @property
    def total(self) -> int:
        """How many lines there are."""
        return self.found.total + len(self._groups)

    def rows(self, start: int, count: int) -> Sequence[ListRow | GroupLine]:
        """A window of the lines."""
        lines = {at: line for at, line in self._groups if start <= at < start + count}
        if not self._groups:
            return self.found.rows(start, count)
        first = self.client_at(start)
        clients = iter(self.found.rows(first, count - len(lines)))
        merged = (lines.get(at) or next(clients, None) for at in range(start, min(start + count, self.total)))
        return [row for row in merged if row is not None]

    def client_at(self, line: int) -> int:
        """The place among the clients of the one on that line, or of the next one."""
        return line - sum(at < line for at, _line in self._groups)

    def line_of(self, place: int) -> int:
        """On which line the client of that place stands."""
        for at, _line in self._groups:
            if at <= place:
                place += 1
        return place

    def is_group(self, line: int) -> bool:
        """Whether no client stands on that line."""
        return any(at == line for at, _line in self._groups)


def how_found(phase: Phase) -> str:
    """How the clients of a phase were found, in words."""
    number = count(phase.count)
    typed = " ".join(phase.query.typed.split())
    match phase.how:
        case "":
            return _("As typed: {number}").format(number=number)
        case "part":
            return _("Inside words: {number}").format(number=number)
        case "layout":
            return _("In another keyboard layout, “{words}”: {number}").format(words=typed, number=number)
        case "typo":
            return _("With a typing error: {number}").format(number=number)
        case "language":
            return _("The name in another language: {number}").format(number=number)
        case "both":
            return _("With a typing error and in another language: {number}").format(number=number)
        case "field":
            return _("In house, postcode and other fields: {number}").format(number=number)
        case "shorter":
            return _("By “{words}” alone: {number}").format(words=typed, number=number)
    return _("Otherwise: {number}").format(number=number)
