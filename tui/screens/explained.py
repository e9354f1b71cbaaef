"""Why the clients of a list are in it, told beside them: in thread workers, for those who are seen."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import work
from textual.getters import query_one
from textual.message import Message
from textual.worker import get_current_worker

from store.door import Store
from store.errors import StoreError
from store.index import Found, ListRow
from tui.forms.reasons import Reason
from tui.i18n.problems import say
from tui.screens.errands import ErrandsScreen
from tui.screens.explaining import Explainer, Unsure, is_explained
from tui.sidebar.rows import Clients
from tui.sidebar.sidebar import Sidebar, Wish


class ExplainedScreen(ErrandsScreen):
    """A screen with a sidebar whose list explains itself."""

    sidebar = query_one(Sidebar)

    @dataclass
    class Explained(Message):
        """A worker's answer to why clients are in the list."""

        wish: Wish
        reasons: Mapping[int, Reason]

    @dataclass
    class Failed(Message):
        """A worker's error."""

        error: StoreError

    def __init__(self, store: Store, found: Found) -> None:
        super().__init__(store)
        self.found: Clients = found
        """The list that is shown."""
        self.shown = Wish()
        """For which wish it was found: another may be on its way."""
        self.wish = Wish()
        """Which list the operator wants to see."""
        self.version = store.data_version()
        """Of the index, when it was last looked at."""
        self.explainer = Explainer(store)

    def lists(self, serial: int) -> bool:
        """Whether a client is in the list."""
        return self.found.position(serial) is not None

    def explain_shown(self) -> None:
        """Find out why the clients that are seen are in the list."""
        self.tell_where()
        wish = self.wish
        if self.shown == wish and is_explained(self.found, wish.sort) and (rows := self.sidebar.list.unexplained):
            self._explain(wish, self.found, rows)

    @work(thread=True, exclusive=True, group="explain", exit_on_error=False)
    def _explain(self, wish: Wish, found: Clients, rows: Sequence[ListRow]) -> None:
        try:
            reasons, others = self.explainer.at_once(found, rows, wish.sort)
            if reasons:
                self.post_message(self.Explained(wish, reasons))
            self.explain_by_card(wish, others)
        except StoreError as error:
            self.post_message(self.Failed(error))

    def explain_by_card(self, wish: Wish, clients: Sequence[Unsure]) -> None:
        """Tell why these are in the list, unless nobody waits for it any more. Called in threads."""
        if reasons := self.by_card(clients):
            self.post_message(self.Explained(wish, reasons))

    def by_card(self, clients: Sequence[Unsure], until: float = math.inf) -> Mapping[int, Reason]:
        """Why these are in the list, as far as cards are read until then (`time.monotonic`). Called in threads."""
        worker = get_current_worker()
        return self.explainer.by_card(clients, self.version, lambda: worker.is_cancelled or time.monotonic() > until)

    def on_explained_screen_explained(self, message: Explained) -> None:
        """Say why clients are in the list, unless something else was asked meanwhile."""
        if message.wish == self.wish:
            self.sidebar.list.explain(message.reasons)
            self.tell_where()

    def tell_where(self) -> None:
        """Say beside the count why the client under the cursor is in the list, once that is known."""
        if reason := self.sidebar.list.reason:
            self.sidebar.counted.where = reason.where

    def on_explained_screen_failed(self, message: Failed) -> None:
        """Tell what a worker could not do."""
        self.tell(say(message.error, self.store.schema))
