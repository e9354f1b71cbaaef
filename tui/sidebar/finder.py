"""Another client by name, for the fields that name one."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input

from store.door import Store
from store.errors import StoreError
from tui.dialogs.page import PageTitle
from tui.i18n.problems import say
from tui.sidebar.client_list import ClientList
from tui.widgets.line_input import LineInput
from tui.widgets.quiet_screen import QuietModal


@dataclass(frozen=True, slots=True)
class NamedClient:
    """A client that was chosen: for the field, and as it is shown there."""

    uid: str
    name: str


class Finder(QuietModal[NamedClient]):
    """Finds a client as its name, phone or number is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, id="finder.leave"),
        Binding("down", "move(1)", show=False, id="finder.down"),
        Binding("up", "move(-1)", show=False, id="finder.up"),
    ]
    DEFAULT_CSS = """
    Finder > Vertical { width: 70; max-width: 100%; height: 18; max-height: 100%; background: $panel; }
    Finder Vertical LineInput { background: $boost; padding: 0 1; }
    """

    line = query_one(LineInput)
    list = query_one(ClientList)
    head = query_one(PageTitle)

    def __init__(self, store: Store, title: str) -> None:
        """Prepare the dialog.

        Args:
            store: where to look.
            title: what the client is wanted for.
        """
        super().__init__()
        self._store, self._title = store, title

    def compose(self) -> ComposeResult:
        """Title, search line, clients."""
        with Vertical():
            yield PageTitle(self._title)
            yield LineInput()
            yield ClientList()

    def on_mount(self) -> None:
        """Begin with everybody."""
        self.set_focus(self.line)
        self._find("")

    def on_input_changed(self, message: Input.Changed) -> None:
        """Find what is typed."""
        message.stop()
        self._find(message.value)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Take the client under the cursor."""
        message.stop()
        self._take()

    def on_virtual_list_selected(self, message: ClientList.Selected) -> None:
        """Take a client with the mouse."""
        message.stop()
        self._take()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the dialog on the screen."""
        self.query_one(Vertical).styles.height = max(4, min(18, event.size.height - 2))

    def action_move(self, rows: int) -> None:
        """Move through the clients while the focus stays in the line."""
        self.list.cursor += rows

    def action_leave(self) -> None:
        """Choose nobody."""
        self.dismiss(None)

    @work(exclusive=True, group="find", exit_on_error=False)
    async def _find(self, line: str) -> None:
        try:
            found = await asyncio.to_thread(self._store.find, line)
        except StoreError as error:
            self.head.say(say(error, self._store.schema))
            return
        if line == self.line.value:
            self.list.show_clients(found, place=0)

    @work(exclusive=True, group="take", exit_on_error=False)
    async def _take(self) -> None:
        row = self.list.client
        if row is None:
            return
        try:
            card = await asyncio.to_thread(self._store.card, row.serial)
        except StoreError as error:
            self.head.say(say(error, self._store.schema))
            return
        self.dismiss(NamedClient(str(card.document.get("uid", "")), f"{card.name}  {card.number}"))
