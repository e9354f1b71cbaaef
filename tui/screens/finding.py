"""Finding clients: in thread workers, the newest query wins, and what others save appears by itself."""

from dataclasses import dataclass

from textual import work
from textual.getters import query_one
from textual.message import Message
from textual.timer import Timer

from store.door import Store
from store.errors import StoreError
from store.index import Found
from tui.forms.describing import where_found
from tui.i18n.problems import say
from tui.screens.conversing import ConversingScreen
from tui.screens.keeping import Keeping
from tui.sidebar.sidebar import Sidebar

POLL = 0.25
"""Seconds between looks at whether another process saved something."""

FOREIGN = 5.0
"""Seconds between looks at whether another program wrote into the files, which no count tells."""

TIDY = 20.0
"""Seconds after the last save when the index is merged: while nobody waits for it."""

PAGE = 128
"""Clients read with a query: as many as the list asks for at once."""


class FindingScreen(ConversingScreen):
    """A screen with a sidebar: answers what is asked there, and keeps it true."""

    sidebar = query_one(Sidebar)

    @dataclass
    class FoundThem(Message):
        """A worker's answer to a query."""

        line: str
        found: Found
        everybody: int
        cursor: int

    @dataclass
    class WhereFound(Message):
        """A worker's answer to why a client is in the list."""

        line: str
        serial: int
        where: str

    @dataclass
    class Failed(Message):
        """A worker's error."""

        error: StoreError

    def __init__(self, store: Store, found: Found) -> None:
        super().__init__(store)
        self._found = found
        self._everybody = found.total
        self._line = ""
        self._version = store.data_version()
        self.keeping = Keeping(self)
        self._tidying: Timer | None = None

    def begin_finding(self) -> None:
        """Show everybody, and begin to look for what others save."""
        self.sidebar.show(self._found, self._everybody)
        self.set_interval(POLL, self.look_for_changes)
        self.set_interval(FOREIGN, self.look_for_foreign_changes)

    def on_sidebar_asked(self, message: Sidebar.Asked) -> None:
        """Look for what was typed."""
        message.stop()
        self._line = message.line
        if not message.line:
            self.sidebar.counted.where = ""
        row = self.sidebar.list.row
        self._find(message.line, row.serial if row is not None and not message.line else None)

    @work(thread=True, exclusive=True, group="find", exit_on_error=False)
    def _find(self, line: str, keep: int | None = None) -> None:
        """Find clients in a thread.

        Args:
            line: the query.
            keep: the client the cursor is to stay on, if it is found.
        """
        try:
            found = self.store.find(line, limit=PAGE)
            cursor = (found.position(keep) if keep is not None else None) or 0
            self.post_message(self.FoundThem(line, found, self._everybody, cursor))
            if found.capped:
                found.exact()
                self.post_message(self.FoundThem(line, found, self._everybody, -1))
        except StoreError as error:
            self.post_message(self.Failed(error))

    @work(thread=True, exclusive=True, group="find", exit_on_error=False)
    def _find_again(self, line: str, keep: int | None) -> None:
        """Find the same again, as something was saved."""
        try:
            everybody = self.store.find("", limit=1).exact()
            found = self.store.find(line, limit=PAGE)
            found.exact()
            cursor = found.position(keep) if keep is not None else None
            self.post_message(self.FoundThem(line, found, everybody, -1 if cursor is None else cursor))
        except StoreError as error:
            self.post_message(self.Failed(error))

    def on_finding_screen_found_them(self, message: FoundThem) -> None:
        """Show what was found, unless something else was asked meanwhile."""
        self._everybody = message.everybody
        if message.line != self._line:
            return
        self._found = message.found
        if not message.found.total:
            self.sidebar.counted.where = ""
        cursor = self.sidebar.list.cursor if message.cursor < 0 else message.cursor
        self.sidebar.show(message.found, message.everybody, cursor=cursor)

    def look_for_changes(self) -> None:
        """Find and read again if any process saved something. Costs nothing and sends nothing else."""
        try:
            version = self.store.data_version()
        except (StoreError, OSError) as error:
            self.tell(say(error, self.store.schema))
            return
        if version != self._version:
            self._version = version
            self.refresh_from_store()

    @work(thread=True, exclusive=True, group="foreign", exit_on_error=False)
    def look_for_foreign_changes(self) -> None:
        """Have the index take in what another program wrote; the next look for changes shows it."""
        try:
            self.store.catch_up()
        except (StoreError, OSError):
            # Nobody asked for it: what is wrong is told when something is read or saved.
            return

    def action_snapshot(self) -> None:
        """Keep the state of the store as it is now."""
        if self.store.read_only:
            self.refuse()
        else:
            self.converse(self.keeping.snapshot())

    def action_restore_state(self) -> None:
        """Bring an earlier state of the store back."""
        if self.store.read_only:
            self.refuse()
        else:
            self.converse(self.keeping.restore())

    def action_backup(self) -> None:
        """Write the state of the store to another place."""
        self.converse(self.keeping.back_up())

    def action_restore_backup(self) -> None:
        """Bring back a state that was written to another place."""
        if self.store.read_only:
            self.refuse()
        else:
            self.converse(self.keeping.bring_back_backup())

    def refresh_from_store(self) -> None:
        """Show list and card as they are stored now; a card that is being edited is only told about."""
        row = self.sidebar.list.row
        self._find_again(self._line, row.serial if row is not None else None)
        if self.serial is not None:
            self.converse(self.desk.catch_up(self.serial))

    def saved(self, serial: int) -> None:
        """Show the lists as they are now, with the cursor on the client that was saved."""
        self._version = self.store.data_version()
        self._find_again(self._line, serial)
        if self._tidying is not None:
            self._tidying.stop()
        self._tidying = self.set_timer(TIDY, self._tidy)

    @work(thread=True, exclusive=True, group="tidy", exit_on_error=False)
    def _tidy(self) -> None:
        self.store.index.tidy()

    @work(thread=True, exclusive=True, group="where", exit_on_error=False)
    def ask_where_found(self, serial: int) -> None:
        """Find out in which field a client was found."""
        line = self._line
        try:
            card = self.store.card(serial)
            former = self.store.index.former(serial) if line else ()
            where = where_found(card.document, self.store.schema, line, former) if line else ""
            self.post_message(self.WhereFound(line, serial, where))
        except StoreError as error:
            self.post_message(self.Failed(error))

    def on_finding_screen_where_found(self, message: WhereFound) -> None:
        """Say in which field the client under the cursor was found."""
        row = self.sidebar.list.row
        if message.line == self._line and row is not None and row.serial == message.serial:
            self.sidebar.counted.where = message.where

    def on_finding_screen_failed(self, message: Failed) -> None:
        """Tell what a worker could not do."""
        self.tell(say(message.error, self.store.schema))
