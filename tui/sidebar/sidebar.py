"""The search line, what was found, the list of clients, the saved searches."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from store.query import Mistake, distinct
from store.schema import Schema
from tui.commands.bindings import bindings
from tui.commands.command import Place, key_name, keys_of
from tui.commands.registry import command
from tui.forms.reasons import Reason
from tui.i18n import _, ngettext
from tui.i18n.formats import count
from tui.i18n.problems import say_reason
from tui.sidebar.client_list import MARK, ClientList
from tui.sidebar.found_lines import FoundLine, MistakeLines, SavedStrip
from tui.sidebar.rows import Clients, NoList
from tui.sidebar.search_line import SearchLine
from tui.sidebar.tried import tried_in_words
from tui.terminal.cells import width

TALL = 36
"""Lines of the screen from which on each saved search has a line of its own."""
SAVED_LINES = 9


class View(StrEnum):
    """Whose clients are listed."""

    ALL = ""
    MARKED = "marked"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which list the operator wants to see."""

    line: str = ""
    """The search line."""
    sort: str = ""
    """The order, as `Store.find` takes it; empty: by name."""
    view: View = View.ALL
    """Of whom."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A list, and what is to be said of it."""

    found: Clients
    everybody: int
    """How many clients there are."""
    wish: Wish = field(default_factory=Wish)
    order: str = ""
    """What the list goes by, in words; empty for names."""
    reasons: Mapping[int, Reason] = field(default_factory=dict)
    """Why clients are in it, as far as that is known."""
    trashed: int = 0
    """How many are in the trash, where there is nobody else."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be taken into the search line."""

    text: str
    start: int
    end: int
    note: str = ""


class Sidebar(Widget):
    """Search and list. It asks for results by `Asked` and is given them by `show`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LIST)
    DEFAULT_CSS = """
    Sidebar { layout: vertical; background: $surface; }
    """

    search = query_one(SearchLine)
    counted = query_one(FoundLine)
    mistakes = query_one(MistakeLines)
    list = query_one(ClientList)
    saved = query_one(SavedStrip)

    @dataclass
    class Asked(Message):
        """Another query was typed."""

        line: str
        cursor: int
        """Where in it the operator types; -1 where nobody does."""

    @dataclass
    class Wanted(Message):
        """The operator wants something of the list: `mark`, `mark all`, `unmark`, `marked` (to see them), `all`."""

        what: str
        serial: int = 0
        """The client that is meant by `mark`."""

    def __init__(self, schema: Schema, *, notice: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._schema = schema
        self._notice = notice
        self._mistakes: tuple[Mistake, ...] = ()
        self._asked = ""
        self._offers: tuple[Offer, ...] = ()
        self._offered = ("", 0)
        """The line and the cursor they are for."""
        self._view = View.ALL
        self._marked = 0

    def compose(self) -> ComposeResult:
        """Search line, what was found, list."""
        yield SearchLine()
        yield FoundLine()
        yield MistakeLines()
        yield ClientList()
        yield SavedStrip()

    def on_mount(self) -> None:
        """Say at once what is to be known of the store."""
        self.counted.notice = self._notice

    def on_resize(self, event: events.Resize) -> None:
        """Give the saved searches the room there is."""
        self.saved.lines = SAVED_LINES if event.size.height >= TALL else 1

    def show(self, shown: Shown, *, place: int | None = 0, steady: bool = False) -> None:
        """Show a list.

        Args:
            shown: the list.
            place: the place in it of the client the cursor is put on; None: where it is.
            steady: leave that client on the line of the screen it stands on.
        """
        self._view = shown.wish.view
        self.list.show_clients(shown.found, place=place, steady=steady, reasons=shown.reasons)
        self.counted.found, notes = self._told(shown)
        self.counted.number = "" if isinstance(shown.found, NoList) else self._count_in_words(shown)
        self.list.say_instead(notes)
        self.counted.order = shown.order
        self._mistakes, self._asked = shown.found.query.problems, shown.found.query.line
        self._explain_mistakes()

    def show_marks(self, serials: AbstractSet[int]) -> bool:
        """Show these clients as marked, and how many they are; whether others were until now."""
        self._marked = len(serials)
        self.counted.marked = f"{MARK}{count(len(serials))}" if serials else ""
        return self.list.mark(serials)

    def offer(self, offers: Sequence[Offer]) -> None:
        """Suggest these for the search line as it is now."""
        if not offers and not self._offers:
            return
        self._offers = tuple(offers)
        self._offered = (self.search.value, self.search.cursor_position)
        self.search.suggests = bool(offers)
        self.counted.suggested = tuple((_without_key(each.text), each.note) for each in offers)
        self._explain_mistakes()

    def load(self, line: str) -> None:
        """Put a line into the search line, without asking for it."""
        self.search.load(line)
        self.offer(())

    def begin_search(self, character: str = "") -> None:
        """Go to the search line, with a first character typed in the list; else what stands there is typed over.

        To add to it, one goes to its end first: End, or →.
        """
        if character:
            self.search.load(character)
            self._ask()
        else:
            self.search.select_all()
        self.screen.set_focus(self.search)

    def action_clear(self) -> None:
        """Show all clients again: first those a search left out, then those a view does."""
        if self.search.value:
            self.load("")
            self.post_message(self.Asked("", -1))
        elif self._view is not View.ALL:
            self.post_message(self.Wanted("all"))

    def action_mark(self) -> None:
        """Mark the client under the cursor and go on to the next."""
        if (row := self.list.client) is not None:
            self.post_message(self.Wanted("mark", row.serial))
            self.list.cursor += 1

    def action_want(self, what: str) -> None:
        """Pass on what is wanted of the list."""
        self.post_message(self.Wanted(what))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Ask for what is typed."""
        message.stop()
        self._ask()

    def on_search_line_done(self) -> None:
        """Turn to the list."""
        self.offer(())
        self.screen.set_focus(self.list)

    def on_search_line_cleared(self) -> None:
        """Show all clients and turn to the list."""
        self.action_clear()
        self.screen.set_focus(self.list)

    def on_search_line_suggestion(self, message: SearchLine.Suggestion) -> None:
        """Take what is suggested, or show the next of it."""
        message.stop()
        if not self._offers:
            return
        offer = self._offers[0]
        line, at = self.search.value, self.search.cursor_position
        is_older = (line, at) != self._offered
        if is_older and not offer.text.casefold().startswith(line[offer.start : at].casefold()):
            return  # typed on meanwhile: what is suggested is for another word
        if not message.take:
            self.offer([*self._offers[1:], self._offers[0]])
            return
        rest = line[max(offer.end, at) if is_older else offer.end :]
        text = offer.text if offer.text.endswith(":") or rest.startswith(" ") else offer.text + " "
        self.search.load(line[: offer.start] + text + rest)
        self.search.cursor_position = offer.start + len(text)
        self._ask()

    def on_client_list_digit(self, message: ClientList.Digit) -> None:
        """Begin a search with a digit typed in the list."""
        message.stop()
        self.begin_search(message.character)

    def on_descendant_blur(self) -> None:
        """Nobody types any more: suggest nothing."""
        if not self.search.has_focus and self._offers:
            self.offer(())

    def _ask(self) -> None:
        self.post_message(self.Asked(self.search.value, self.search.cursor_position))

    def _explain_mistakes(self) -> None:
        """Underline and explain what is wrong, but for what is just being typed and may become right."""
        line, at = self.search.value, self.search.cursor_position
        typing = self.search.has_focus
        wrong = [
            mistake
            for mistake in self._mistakes
            if not (typing and mistake.start <= at <= mistake.end + 1 and (self._offers or _is_begun(mistake)))
        ]
        if line != self._asked:
            wrong = []  # typed on meanwhile: the places are those of another line
        self.search.mistakes = tuple((mistake.start, mistake.end) for mistake in wrong)
        self.mistakes.texts = tuple(say_reason(problem, self._schema) for problem in distinct(wrong)[:2])

    def _told(self, shown: Shown) -> tuple[str, Sequence[str]]:
        """How many are found, and what to say in the place of an empty list."""
        if isinstance(shown.found, NoList):
            return "", [shown.found.why]
        text = self._count_in_words(shown)
        notes = [] if shown.found.total else [*_looked_through(shown), *tried_in_words(shown.found.query)]
        if not self._offers_card(shown):
            return text, notes
        key = key_name(keys_of(command("card.save_new"))[0])
        both = _("Nobody found among {everybody}; {key} begins a card with this")
        both = both.format(everybody=count(shown.everybody), key=key)
        if width(both) < self.counted.size.width:
            return both, notes
        # Beside a card there is no room for both in a line.
        return text, [_("{key} begins a card with what was typed").format(key=key), *notes]

    def _count_in_words(self, shown: Shown) -> str:
        found, everybody = shown.found, shown.everybody
        number = count(found.total)
        match shown.wish.view:
            case View.MARKED:
                gone = self._marked - found.total
                if gone > 0 and found.query.is_empty and not found.query.in_trash:
                    text = _("Marked: {number}, and {gone} in the trash or gone")
                    return text.format(number=number, gone=count(gone))
                return _("Marked: {number}").format(number=number)
            case View.OPENED:
                return _("Opened lately: {number}").format(number=number)
        if found.query.in_trash:
            if found.total or not found.query.is_empty:
                return _("In the trash: {number}").format(number=number)
            return _("Nobody in the trash")
        if found.total:
            return _("{found} of {everybody}").format(found=number, everybody=count(everybody))
        if everybody:
            return _("Nobody found among {everybody}").format(everybody=count(everybody))
        if shown.trashed:
            return ngettext(
                "{number} client is in the trash, and nobody else: in:trash shows the card",
                "{number} clients are in the trash, and nobody else: in:trash shows them",
                shown.trashed,
            ).format(number=count(shown.trashed))
        return _("No clients yet: n begins the first card")

    def _offers_card(self, shown: Shown) -> bool:
        """Whether a card can be begun with what was typed: nobody is found, and this is no store to read alone."""
        if shown.wish.view is not View.ALL or self._notice:
            return False
        query = shown.found.query
        if shown.found.total or not shown.everybody or query.in_trash:
            return False
        # Here: most lists are not empty.
        from tui.forms.beginning import takes_something

        return takes_something(query, self._schema)


def _looked_through(shown: Shown) -> list[str]:
    """That only some clients were looked through, or that there are none of these yet, and by which key all are."""
    view = shown.wish.view
    if view is View.ALL:
        return []
    text = (
        {
            View.MARKED: _("{mark} in the list marks a client; {key} shows all clients again"),
            View.OPENED: _("Clients stand here once their cards were opened; {key} shows all clients"),
        }
        if shown.found.query.is_empty
        else {
            View.MARKED: _("Only the marked were looked through; {key} in the list shows all clients"),
            View.OPENED: _("Only those opened lately were looked through; {key} in the list shows all clients"),
        }
    )[view]
    mark, key = (key_name(keys_of(command(name))[0]) for name in ("list.mark", f"list.{view}"))
    return [text.format(mark=mark, key=key)]


def _without_key(text: str) -> str:
    """What is suggested, without the key that stands in the line already."""
    _key, _colon, value = text.partition(":")
    return value.strip('"') or text


def _is_begun(mistake: Mistake) -> bool:
    """Whether the filter is only begun: `city:` alone is no mistake yet."""
    code, value = mistake.problem.code, str(mistake.problem.value)
    return code == "filter-empty" or (code != "says-nothing" and value.endswith((":", "..", ">", "<", "=")))
