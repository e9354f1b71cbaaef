"""Which clients are listed and how: views, marks, the order, saved searches, filters."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from textual import work
from textual.message import Message

from store import pending
from store.errors import StoreError
from store.searches import SavedSearch
from tui.forms.askable import FALLING, orderable
from tui.i18n import _, ngettext
from tui.i18n.formats import count
from tui.screens.finding import FOREIGN, FindingScreen
from tui.sidebar.sidebar import Sidebar, View, Wish

MANY = 1_000
"""Clients marked together from which on it is asked first."""


class ChoosingScreen(FindingScreen):
    """A screen whose list the operator chooses."""

    @dataclass
    class Counted(Message):
        """A worker's counts of the saved searches."""

        searches: Sequence[tuple[SavedSearch, int | None]]

    @dataclass
    class Completed(Message):
        """A worker's suggestions for the search line."""

        line: str
        cursor: int
        offers: Sequence[object]

    searches: Sequence[tuple[SavedSearch, int | None]] = ()
    """The saved searches, and how many clients each finds, as far as that is known."""

    def begin_finding(self) -> None:
        """Show everybody, the marks and the saved searches."""
        super().begin_finding()
        self.show_marks()
        self.count_searches()
        self.set_interval(FOREIGN, self.look_for_others)

    # Views

    def action_view(self, name: str) -> None:
        """List those clients; all, where they are listed already."""
        view = View.ALL if self.wish.view == View(name) else View(name)
        self.sidebar.load("")
        self.remove_class("-card")
        self.set_focus(self.sidebar.list)
        self.want(Wish(view=view))

    def on_sidebar_wanted(self, message: Sidebar.Wanted) -> None:
        """Do what is wanted of the list."""
        message.stop()
        match message.what:
            case "all":
                self.want(replace(self.wish, view=View.ALL))
            case "marked":
                self.action_view("marked")
            case "mark":
                self._mark({message.serial})
            case "mark all":
                self.converse(self._mark_all())

    @work(thread=True, group="opened", exit_on_error=False)
    def note_opened(self, serial: int, uid: str) -> None:
        """Remember that a client's card was opened."""
        with suppress(StoreError):  # a list of convenience: the card is open all the same
            self.store.notebook.note_opened(serial, uid)

    # Marks

    def show_marks(self) -> None:
        """Show which clients are marked."""
        self.sidebar.show_marks(self.store.notebook.marks.keys())

    @work(thread=True, group="mark", exit_on_error=False)
    def _mark(self, serials: set[int]) -> None:
        book = self.store.notebook
        marked = serials & book.marks.keys()
        if marked:
            book.unmark(marked)
        else:
            book.mark(pending.uids(self.store, list(serials)))
        self.app.call_from_thread(self.after_marking)

    def after_marking(self) -> None:
        """Show the marks as they are now; where the marked clients are listed, that list."""
        self.show_marks()
        if self.wish.view is View.MARKED:
            row = self.sidebar.list.client
            self._find_again(self.wish, row.serial if row is not None else None)

    async def _mark_all(self) -> None:
        found, book = self._found, self.store.notebook
        serials = await self.ask_store(found.serials)
        if not serials:
            return
        if set(serials) <= book.marks.keys():
            await self.ask_store(lambda: book.unmark(serials))
        else:
            if len(serials) >= MANY and not await self._may_mark(len(serials)):
                return
            self.tell(_("Marking…"))
            await self.ask_store(lambda: book.mark(pending.uids(self.store, serials)))
        self.after_marking()
        marked = len(book.marks)
        self.tell(
            ngettext("{number} client is marked", "{number} clients are marked", marked).format(number=count(marked))
        )

    async def _may_mark(self, number: int) -> bool:
        question = _("Mark all {number} clients of the list?").format(number=count(number))
        return await self.choose(question, [("m", _("mark them"), "mark")]) is not None

    # The order

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
                for each in orderable(self.store.schema)
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
        if not wish.sort:
            return ""
        name = wish.sort.removeprefix("-")
        label = next((each.label for each in orderable(self.store.schema) if each.key.name == name), name)
        return f"{'↓' if wish.sort.startswith('-') else '↑'} {label}"

    # Saved searches

    @work(thread=True, exclusive=True, group="count", exit_on_error=False)
    def count_searches(self) -> None:
        """Count anew what the saved searches find."""
        try:
            known = self.store.searches.all()
            if not known and not self.searches:
                return
            before = dict(self.searches)
            self.post_message(self.Counted([(search, before.get(search)) for search in known]))
            counted = [(search, self.store.count(search.line)) for search in known]
            self.post_message(self.Counted(counted))
        except (StoreError, OSError):
            return  # the list tells what is wrong with the store

    def on_choosing_screen_counted(self, message: Counted) -> None:
        """Show the saved searches."""
        self.searches = message.searches
        self._show_searches()

    def on_finding_screen_found_them(self, message: FindingScreen.FoundThem) -> None:
        """Show which of the saved searches is listed."""
        super().on_finding_screen_found_them(message)
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
            await self.app.push_screen_wait(FilterPanel(self.store, self.wish.line, self.write_line))

        self.converse(choose())

    # All of the list

    @property
    def listed(self) -> int:
        """How many clients are listed."""
        return self._found.total

    def listed_serials(self) -> list[int]:
        """The clients that are listed, in order. To be called in a thread."""
        return self._found.serials()

    def action_list_work(self, what: str = "ask") -> None:
        """Do something with all clients of the list: `ask` which, `export`, `mail`, `change`."""
        from tui.screens.list_work import ListWork

        self.converse(getattr(ListWork(self), what)())

    def _show_searches(self) -> None:
        self.sidebar.saved.entries = tuple(
            (
                search.name,
                "…" if number is None else count(number),
                self.wish == Wish(search.line, search.sort),
            )
            for search, number in self.searches
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
