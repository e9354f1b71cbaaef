"""How clients are listed: the order, saved searches, filters, and what is done with the list as a whole."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

from textual import work
from textual.message import Message
from textual.worker import get_current_worker

from store.errors import StoreError
from store.searches import SavedSearch
from tui.forms.askable import FALLING, Askable, order_in_words, orderable
from tui.i18n import _
from tui.i18n.formats import count
from tui.screens.completing import CompletingScreen
from tui.screens.finding import FOREIGN, FindingScreen
from tui.sidebar.found_lines import NOT_UNDERSTOOD, UNCOUNTED
from tui.sidebar.sidebar import View, Wish


class ChoosingScreen(CompletingScreen):
    """A screen whose list the operator chooses."""

    @dataclass
    class Counted(Message):
        """A worker's counts of the saved searches."""

        searches: Sequence[tuple[SavedSearch, str]]

    searches: Sequence[tuple[SavedSearch, str]] = ()
    """The saved searches, and how many clients each finds, as it is shown."""

    def begin_finding(self) -> None:
        """Show everybody, the marks and the saved searches."""
        super().begin_finding()
        self.count_searches()
        self.set_interval(FOREIGN, self.look_for_others)

    # The order

    @cached_property
    def _orders(self) -> Sequence[Askable]:
        return orderable(self.store.schema)

    def action_order(self) -> None:
        """Let the operator choose what the list goes by."""

        async def choose() -> None:
            from tui.dialogs.picking import Choice, Picking

            name, falling = self.wish.sort.removeprefix("-") or "name", self.wish.sort.startswith("-")
            choices = [
                Choice(
                    each.label,
                    each.key.name,
                    f"{each.group} {'↓' if falling else '↑'}" if each.key.name == name else each.group,
                )
                for each in self._orders
            ]
            keys = _("Enter take it, the same again the other way round   Esc back")
            menu: Picking[str] = Picking(_("Order of the list"), choices, keys=keys, taken=name)
            chosen = await self.app.push_screen_wait(menu)
            if chosen is None:
                return
            down = not falling if chosen == name else chosen in FALLING
            sort = ("-" if down else "") + chosen
            self.want(replace(self.wish, sort="" if sort == "name" else sort))

        self.converse(choose())

    def order_in_words(self, wish: Wish) -> str:
        """What a list goes by, in words; empty for names."""
        # Without an order nothing has to be named, and the names of all fields are not gathered.
        return order_in_words(wish.sort, self._orders) if wish.sort else ""

    # Saved searches

    @work(thread=True, exclusive=True, group="count", exit_on_error=False)
    def count_searches(self) -> None:
        """Count anew what the saved searches find."""
        try:
            known = self.store.searches.all()
            if not known and not self.searches:
                return
            before = dict(self.searches)
            counted = {search: before.get(search, UNCOUNTED) for search in known}
            self._answer(self.Counted([*counted.items()]))
            for search in known:
                if get_current_worker().is_cancelled:
                    return
                found = self.store.find(search.line)
                counted[search] = NOT_UNDERSTOOD if found.query.problems else count(found.total)
            self._answer(self.Counted([*counted.items()]))
        except (StoreError, OSError):
            return  # the list tells what is wrong with the store

    def on_choosing_screen_counted(self, message: Counted) -> None:
        """Show the saved searches."""
        self.searches = message.searches
        self._show_searches()
        self.tell_dialogs(lambda dialog: dialog.searches_changed())

    def show_found(self, message: FindingScreen.FoundThem) -> None:
        """Show what was found, and which of the saved searches that is."""
        super().show_found(message)
        self._show_searches()

    def action_searches(self) -> None:
        """Show the saved searches."""
        from tui.screens.saved_searches import SavedSearches

        self.converse(SavedSearches(self).show())

    def action_save_search(self) -> None:
        """Save the search line under a name."""
        from tui.screens.saved_searches import SavedSearches

        self.converse(SavedSearches(self).save())

    def action_open_search(self, at: int) -> None:
        """Open the saved search of that place."""
        if at < len(self.searches):
            self.open_search(self.searches[at][0])
        else:
            self.tell(_("There is no saved search {number}; S in the list saves one").format(number=at + 1))

    def open_search(self, search: SavedSearch) -> None:
        """Show what a saved search finds."""
        self.sidebar.load(search.line)
        self.remove_class("-card")
        if not self.sidebar.search.has_focus:
            self.set_focus(self.sidebar.list)
        self.want(Wish(search.line, search.sort))

    def write_line(self, line: str) -> None:
        """Put a line into the search line and search for it."""
        self.sidebar.load(line)
        self.want(replace(self.wish, line=line))

    def action_filters(self) -> None:
        """Let the operator choose filters."""

        async def choose() -> None:
            from tui.sidebar.filter_panel import FilterPanel

            self.remove_class("-card")
            view = self.wish.view
            everybody = {View.MARKED: _("those marked"), View.OPENED: _("those opened lately")}.get(view, "")
            panel = FilterPanel(self.store, self.wish.line, self.write_line, lambda: self.among(view), everybody)
            await self.app.push_screen_wait(panel)

        self.converse(choose())

    # All of the list

    @property
    def listed(self) -> int:
        """How many clients are listed."""
        return self.found.total

    @property
    def guessed(self) -> int:
        """How many of them were found otherwise than as typed: by a slip, another keyboard."""
        return sum(phase.count for phase in self.found.phases if phase.how)

    def listed_serials(self) -> list[int]:
        """The clients that are listed, in order. To be called in a thread."""
        return self.found.serials()

    def action_list_work(self, what: str = "ask") -> None:
        """Do something with all clients of the list: `ask` which, `export`, `mail`, `change`."""
        from tui.screens.list_work import ListWork

        self.converse(getattr(ListWork(self), what)())

    def _show_searches(self) -> None:
        self.sidebar.saved.entries = tuple(
            (search.name, number, self.wish == Wish(search.line, search.sort)) for search, number in self.searches
        )

    # What others do

    def look_for_others(self) -> None:
        """Look for searches that others saved and for marks of the operator's other sessions."""
        self.show_marks()
        self._look_for_searches([search for search, _number in self.searches])

    @work(thread=True, exclusive=True, group="searches", exit_on_error=False)
    def _look_for_searches(self, shown: Sequence[SavedSearch]) -> None:
        with suppress(StoreError, OSError):  # as when they are counted
            if self.store.searches.all() != list(shown):
                self.app.call_from_thread(self.count_searches)

    def refresh_from_store(self) -> None:
        """Show lists, counts and card as they are stored now."""
        super().refresh_from_store()
        self.count_searches()

    def saved(self, serial: int) -> None:
        """Show lists and counts as they are now."""
        super().saved(serial)
        self.count_searches()
