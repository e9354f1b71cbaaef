"""Whose clients are listed: all, those marked, those opened lately; and the marks themselves."""

from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass

from textual import work
from textual.message import Message

from store.chosen import uids
from store.door import Store
from store.errors import StoreError
from store.index import Found
from store.notebook import Clients
from tui.i18n import _, ngettext
from tui.i18n.formats import count
from tui.screens.finding import FindingScreen
from tui.sidebar.sidebar import Sidebar, View, Wish

MANY = 1_000
"""Clients marked together from which on it is asked first."""


class MarkingScreen(FindingScreen):
    """A screen whose list has views and marks."""

    @dataclass
    class Marked(Message):
        """A worker's answer to who is marked."""

        serials: AbstractSet[int]

    def __init__(self, store: Store, found: Found) -> None:
        super().__init__(store, found)
        self._listed_before: tuple[Wish, int | None] = (Wish(), None)
        """The list of all that stood there last, and on whom its cursor was."""

    def begin_finding(self) -> None:
        """Show everybody, and which of them are marked."""
        super().begin_finding()
        self.show_marks()

    # Views

    def action_view(self, name: str) -> None:
        """List those clients; all, where they are listed already."""
        self.remove_class("-card")
        self.set_focus(self.sidebar.list)
        if self.wish.view == View(name):
            self._list_all()
            return
        if self.wish.view is View.ALL:
            row = self.sidebar.list.client
            self._listed_before = (self.wish, row.serial if row is not None else None)
        self.sidebar.load("")
        self.show_marks()
        # Those opened stand in the order they were opened in.
        self.want(Wish(view=View(name), sort=self.wish.sort if name == View.MARKED.value else ""))

    def _list_all(self) -> None:
        """List what was listed before the marked or opened clients were."""
        wish, serial = self._listed_before
        self.sidebar.load(wish.line)
        self.want(wish, serial)

    def on_sidebar_wanted(self, message: Sidebar.Wanted) -> None:
        """Do what is wanted of the list."""
        message.stop()
        match message.what:
            case "all":
                self._list_all()
            case "marked":
                self.action_view("marked")
            case "mark":
                self._mark({message.serial})
            case "mark all":
                self.converse(self._mark_all())
            case "unmark":
                self.converse(self._unmark())

    @work(thread=True, group="opened", exit_on_error=False)
    def note_opened(self, serial: int, uid: str) -> None:
        """Remember that a client's card was opened."""
        with suppress(StoreError):  # a list of convenience: the card is open all the same
            self.store.notebook.note_opened(serial, uid)

    # Marks

    @work(thread=True, exclusive=True, group="marks", exit_on_error=False)
    def show_marks(self) -> None:
        """Show which clients are marked; nobody where the notebook cannot be read: who marks is told so."""
        marks: Clients = {}
        with suppress(StoreError):
            marks = self.store.notebook.marks
        self._answer(self.Marked(marks.keys()))

    def on_marking_screen_marked(self, message: Marked) -> None:
        """Show the marks, also those of the operator's other sessions; where the marked are listed, that list."""
        if self.sidebar.show_marks(message.serials) and self.wish.view is View.MARKED:
            self.find_again()

    @work(thread=True, group="mark", exit_on_error=False)
    def _mark(self, serials: set[int]) -> None:
        book = self.store.notebook
        marked = serials & book.marks.keys()
        if marked:
            book.unmark(marked)
        else:
            book.mark(uids(self.store, list(serials)))
        self.app.call_from_thread(self.after_marking)

    def after_marking(self) -> None:
        """Show the marks as they are now."""
        self.fall_silent()  # how many were marked before
        self.show_marks()

    async def _mark_all(self) -> None:
        found, book = self.found, self.store.notebook
        serials = await self.ask_store(found.serials)
        if not serials:
            return
        if set(serials) <= book.marks.keys():
            is_done = await self.do(lambda: book.unmark(serials))
        else:
            if len(serials) >= MANY and not await self._may_mark(len(serials)):
                return
            self.tell(_("Marking…"))
            is_done = await self.do(lambda: book.mark(uids(self.store, serials)))
        if not is_done:
            return
        self.after_marking()
        marked = len(book.marks)
        self.tell(
            ngettext("{number} client is marked", "{number} clients are marked", marked).format(number=count(marked))
        )

    async def _unmark(self) -> None:
        """Take all marks off."""
        book = self.store.notebook
        if await self.do(lambda: book.unmark(book.marks)):
            self.after_marking()
            self.tell(_("Nobody is marked any more"))

    async def _may_mark(self, number: int) -> bool:
        question = _("Mark all {number} clients of the list?").format(number=count(number))
        return await self.choose(question, [("m", _("mark them"), "mark")]) is not None
