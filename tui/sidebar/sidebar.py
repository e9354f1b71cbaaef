"""The search line, the count of what was found, the list of clients."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from store.errors import Problem
from store.index import Found
from tui.commands.bindings import bindings
from tui.commands.command import Place, key_name, keys_of
from tui.commands.registry import command
from tui.i18n import _
from tui.i18n.formats import count
from tui.i18n.problems import say_reason
from tui.sidebar.client_list import ClientList
from tui.widgets.drawn import Drawn, Piece
from tui.widgets.line_input import LineInput


class SearchLine(LineInput):
    """Where the query is typed."""

    DEFAULT_CSS = """
    Sidebar SearchLine { background: $panel; padding: 0 1; }
    """

    class Done(Message):
        """The operator turns to the list of what was found."""

    class Cleared(Message):
        """The operator gives the search up."""

    def __init__(self) -> None:
        super().__init__(placeholder=_("/ to search: name, phone, number"))

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "down", "escape", "up"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Cleared() if event.key == "escape" else self.Done())
        else:
            await super()._on_key(event)


class FoundCount(Drawn):
    """How many clients were found of how many."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"count--warning"}
    DEFAULT_CSS = """
    FoundCount { height: 1; color: $text-muted; background: $surface; }
    FoundCount > .count--warning { color: $text-warning; background: $surface; text-style: bold; }
    """

    found: reactive[str] = reactive("")
    """How many, in words."""
    problem: reactive[str] = reactive("")
    """What of the query could not be understood."""
    where: reactive[str] = reactive("")
    """Where the client under the cursor was found, if its name does not tell."""
    notice: reactive[str] = reactive("")
    """What is to be known of the store: that it is read-only."""

    def render_line(self, y: int) -> Strip:
        """The count, and the notice at its side."""
        pieces: list[Piece] = [(" " + self.found, "")]
        if self.problem:
            pieces.append((f"  {self.problem}", "count--warning"))
        elif self.where:
            pieces.append((f"  {self.where}", ""))
        if self.notice:
            pieces.append((f"  {self.notice}", "count--warning"))
        return self.strip(pieces, self.size.width)


class Sidebar(Widget):
    """Search and list. It asks for results by `Asked` and is given them by `show`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LIST)
    DEFAULT_CSS = """
    Sidebar { layout: vertical; background: $surface; }
    """

    search = query_one(SearchLine)
    counted = query_one(FoundCount)
    list = query_one(ClientList)

    @dataclass
    class Asked(Message):
        """Another query was typed."""

        line: str

    def __init__(self, *, notice: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._notice = notice

    def compose(self) -> ComposeResult:
        """Search line, count, list."""
        yield SearchLine()
        yield FoundCount()
        yield ClientList()

    def on_mount(self) -> None:
        """Say at once what is to be known of the store."""
        self.counted.notice = self._notice

    def show(self, found: Found, everybody: int, *, cursor: int = 0) -> None:
        """Show what was found, of how many clients there are."""
        self.list.show(found, cursor=cursor)
        self.counted.found = self._count_in_words(found, everybody)
        self.counted.problem = next(
            (say_reason(each.problem) for each in found.query.problems if _is_written(each.problem)), ""
        )

    def _count_in_words(self, found: Found, everybody: int) -> str:
        if found.total:
            shown = count(found.total) + ("+" if found.capped else "")
            return _("{found} of {everybody}").format(found=shown, everybody=count(everybody))
        if self._notice:  # read-only: no card can be begun
            return _("Nobody found among {everybody}").format(everybody=count(everybody))
        if not everybody:
            return _("No clients yet: n begins the first card")
        if found.query.in_trash:
            return _("Nobody in the trash")
        key = key_name(keys_of(command("card.save_new"))[0])
        text = _("Nobody found among {everybody}; {key} begins a card with this")
        return text.format(everybody=count(everybody), key=key)

    def begin_search(self, character: str = "") -> None:
        """Go to the search line, with a first character typed in the list."""
        if character:
            self.search.load(character)
            self.post_message(self.Asked(character))
        self.screen.set_focus(self.search)

    def action_clear(self) -> None:
        """Show all clients again."""
        if self.search.value:
            self.search.load("")
            self.post_message(self.Asked(""))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Ask for what is typed."""
        message.stop()
        self.post_message(self.Asked(message.value))

    def on_search_line_done(self) -> None:
        """Turn to the list."""
        self.screen.set_focus(self.list)

    def on_search_line_cleared(self) -> None:
        """Show all clients and turn to the list."""
        self.action_clear()
        self.screen.set_focus(self.list)

    def on_client_list_digit(self, message: ClientList.Digit) -> None:
        """Begin a search with a digit typed in the list."""
        message.stop()
        self.begin_search(message.character)


def _is_written(problem: Problem) -> bool:
    """Whether the operator has written the filter to its end: `city:` alone is no mistake yet."""
    return not str(problem.value).endswith(":")
