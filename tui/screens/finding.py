"""Finding clients: in thread workers, the newest wish wins, and what others save appears by itself."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from textual import work
from textual.message import Message
from textual.timer import Timer
from textual.worker import get_current_worker

from store import clock
from store.chosen import Chooser
from store.door import Store
from store.errors import Damaged, StoreError
from store.index import Found
from tui.forms.reasons import Reason
from tui.i18n.problems import say
from tui.screens.explained import ExplainedScreen
from tui.sidebar.client_list import ClientList
from tui.sidebar.rows import Clients, NoList
from tui.sidebar.sidebar import Shown, Sidebar, View, Wish

POLL = 0.25
"""Seconds between looks at whether another process saved something."""

FOREIGN = 5.0
"""Seconds between looks at whether another program wrote into the files, which no count tells."""

TIDY = 20.0
"""Seconds after the last save when the index is merged: while nobody waits for it."""

TOGETHER = 0.03
"""Seconds a list may wait for what only cards tell, to be painted once with it; on a slow disk it is told later."""


class FindingScreen(ExplainedScreen):
    """A screen with a sidebar: answers what is asked there, and keeps it true."""

    @dataclass
    class FoundThem(Message):
        """A worker's answer to a wish."""

        wish: Wish
        found: Clients
        everybody: int
        place: int | None = None
        """Where the cursor's client stands; None where it is not known."""
        again: bool = False
        """True where the same list is shown as it is now."""
        reasons: Mapping[int, Reason] = field(default_factory=dict)
        """Why those are in the list of whom that is known at once."""
        trashed: int = 0
        """How many are in the trash, where there is nobody else."""

    @dataclass
    class Unfound(Message):
        """A worker's answer where a list cannot be had."""

        wish: Wish
        error: StoreError

    def __init__(self, store: Store, found: Found) -> None:
        super().__init__(store, found)
        self._everybody = found.total
        self._chooser = Chooser(store)
        self._kept: int | None = None
        """On whom the cursor is to be in the list that was asked for last; None for the first of it."""
        self._is_behind = False
        """Whether the list could not be had as it is now."""
        self._day = clock.today()
        self._tidying: Timer | None = None

    def begin_finding(self) -> None:
        """Show everybody, and begin to look for what others save."""
        self.sidebar.show(Shown(self.found, self._everybody))
        if not self._everybody:
            self._find_again(None)  # whether all are in the trash is asked in a thread
        self.set_interval(POLL, self.look_for_changes)
        self.set_interval(FOREIGN, self.look_for_foreign_changes)

    def on_sidebar_asked(self, message: Sidebar.Asked) -> None:
        """Look for what was typed."""
        message.stop()
        self.seek(message)

    # Overridden are methods, not handlers: Textual itself calls the handlers of all classes a screen is made of, so
    # that one which calls its parent's does everything twice.

    def seek(self, message: Sidebar.Asked) -> None:
        """Look for what was typed."""
        self.archive.look_elsewhere()
        self.want(replace(self.wish, line=message.line))

    def want(self, wish: Wish, keep: int | None = None) -> None:
        """Show another list, with the cursor on that client where it is in it."""
        row = self.sidebar.list.client
        narrowed = wish.line.startswith(self.wish.line) and (wish.view, wish.sort) == (self.wish.view, self.wish.sort)
        if not narrowed or not (self.wish.line or self.wish.sort):
            self.sidebar.list.forget_reasons()
        if not wish.line:
            self.sidebar.counted.where = ""
        is_cleared = not wish.line and replace(wish, line=self.wish.line) == self.wish
        stays = row is not None and (is_cleared or wish == self.wish)
        self.wish = wish
        self._kept = keep if keep is not None or row is None or not stays else row.serial
        self._find(wish, self._kept, self.sidebar.list.size.height)

    def find_again(self) -> None:
        """Find what is wished for again, with the cursor where it is.

        A letter that is not answered yet goes to the first of whom it finds, not to who stands there still.
        """
        row = self.sidebar.list.client
        self._find_again(row.serial if row is not None and self.shown == self.wish else self._kept)

    def _find_again(self, keep: int | None) -> None:
        """Find what is wished for again, as something was saved.

        Args:
            keep: the client the cursor is to stay on.
        """
        again = self.shown == self.wish
        self._find(self.wish, keep, self.sidebar.list.size.height, saved=True, again=again)

    @work(thread=True, exclusive=True, group="find", exit_on_error=False)
    def _find(self, wish: Wish, keep: int | None, height: int, *, saved: bool = False, again: bool = False) -> None:
        """Find clients in a thread.

        Args:
            wish: what is asked.
            keep: the client the cursor is to stay on, if it is found.
            height: so many lines of the list are seen.
            saved: whether something was saved since everybody was counted.
            again: whether it is shown already, as it was.
        """
        if get_current_worker().is_cancelled:
            return  # the next letter came before there was a thread for this one
        try:
            everybody = self.store.find("", limit=1).total if saved else self._everybody
            found = self._list(wish)
            place = found.position(keep) if keep is not None else None
            answer = self.FoundThem(wish, found, everybody, place, again=again, trashed=self._trashed(everybody))
            if again:
                self._answer(answer)
                return
            seen = [] if place else found.rows(0, height)
            reasons, others = self.explainer.at_once(found, seen, wish.sort)
            with suppress(StoreError):  # a card that cannot be read keeps nobody from the list: it is told below
                reasons |= self.by_card(others, time.monotonic() + TOGETHER)
        except StoreError as error:
            self._answer(self.Unfound(wish, error))
            return
        self._answer(replace(answer, place=place or 0, reasons=reasons))
        try:
            self.explain_by_card(wish, [each for each in others if each.serial not in reasons])
        except StoreError as error:
            self._answer(self.Failed(error))

    def _trashed(self, everybody: int) -> int:
        return 0 if everybody else self.store.index.count(trashed=True)

    def _answer(self, message: Message) -> None:
        """Post a worker's answer, unless another was begun since: the same line may have found others meanwhile."""
        if not get_current_worker().is_cancelled:
            self.post_message(message)

    def _list(self, wish: Wish) -> Clients:
        """The list that is wished for. Called in threads."""
        sort, noted = wish.sort or None, self._noted(wish.view)
        if noted is None:
            return self.store.find(wish.line, sort=sort)
        return self._chooser.choose(noted, wish.line, sort=sort, by_name=wish.view is not View.OPENED)

    def among(self, view: View) -> Sequence[int] | None:
        """Those of whom a view is a list; None for all. Called in threads."""
        noted = self._noted(view)
        return None if noted is None else self._chooser.meant(noted)

    def _noted(self, view: View) -> Mapping[int, str] | None:
        """Who of the notebook a view lists; None for all clients."""
        match view:
            case View.MARKED:
                return self.store.notebook.marks
            case View.OPENED:
                return self.store.notebook.opened
        return None

    def on_finding_screen_found_them(self, message: FoundThem) -> None:
        """Show what was found, unless something else was asked meanwhile."""
        self._everybody = message.everybody
        if message.wish == self.wish:
            self._is_behind = False
            self.show_found(message)

    def on_finding_screen_unfound(self, message: Unfound) -> None:
        """Say why there is no list: in its place, where what stands there is no answer, or cannot be trusted."""
        if message.wish != self.wish:
            return
        self._is_behind = True
        why = say(message.error, self.store.schema)
        self.tell(why)
        if self.shown != self.wish or isinstance(message.error, Damaged):
            self.show_found(self.FoundThem(message.wish, NoList(message.wish.line, why), self._everybody))

    def show_found(self, message: FoundThem) -> None:
        """Show what was found."""
        self.found, self.shown = message.found, message.wish
        if not message.found.total:
            self.sidebar.counted.where = ""
        order = self.order_in_words(message.wish)
        shown = Shown(message.found, message.everybody, message.wish, order, message.reasons, message.trashed)
        self.sidebar.show(shown, place=message.place, steady=message.again)
        self.tell_where()

    def on_client_list_unread(self, message: ClientList.Unread) -> None:
        """Say why rows of the list cannot be read; a damaged index is built anew by who finds again."""
        message.stop()
        self.tell(say(message.error, self.store.schema))
        if isinstance(message.error, Damaged):
            self.refresh_from_store()

    def order_in_words(self, wish: Wish) -> str:
        """What a list goes by, in words; empty for names."""
        return wish.sort

    def look_for_changes(self) -> None:
        """Find and read again if any process saved something. Costs nothing and sends nothing else."""
        try:
            version = self.store.data_version()
            if self.store.is_left_unfinished:
                self.finish_for_the_dead()
        except (StoreError, OSError) as error:
            self.tell(say(error, self.store.schema))
            return
        day = clock.today()
        if (version, day) != (self.version, self._day):
            # Over midnight who has a birthday is somebody else.
            self.version, self._day = version, day
            self.refresh_from_store()

    @work(thread=True, exclusive=True, group="unfinished", exit_on_error=False)
    def finish_for_the_dead(self) -> None:
        """Have the index take in what a killed program saved; the next look for changes shows it."""
        with suppress(StoreError, OSError):  # as below
            self.store.finish_for_the_dead()

    def look_for_foreign_changes(self) -> None:
        """See what no count tells: what another program wrote, and whether a list can be had by now."""
        if self._is_behind:
            self._is_behind = False  # until that is told anew: it may take longer than till the next look
            self.find_again()
        self._catch_up()

    @work(thread=True, exclusive=True, group="foreign", exit_on_error=False)
    def _catch_up(self) -> None:
        """Have the index take in what another program wrote; the next look for changes shows it."""
        try:
            self.store.catch_up()
        except (StoreError, OSError):
            # Nobody asked for it: what is wrong is told when something is read or saved.
            return

    def refresh_from_store(self) -> None:
        """Show list and card as they are stored now; a card that is being edited is only told about."""
        self.find_again()
        self.tell_dialogs(lambda dialog: dialog.store_changed())
        if self.serial is not None:
            self.converse(self.desk.catch_up(self.serial))

    def saved(self, serial: int) -> None:
        """Show the lists as they are now, with the cursor on the client that was saved."""
        self.version = self.store.data_version()
        self._find_again(serial)
        if self._tidying is not None:
            self._tidying.stop()
        self._tidying = self.set_timer(TIDY, self._tidy)

    @work(thread=True, exclusive=True, group="tidy", exit_on_error=False)
    def _tidy(self) -> None:
        self.store.index.tidy()
