"""The card beside the list, or in its place: it follows the cursor, gets the keyboard's focus and gives it back."""

import asyncio
from dataclasses import dataclass

from textual import events, work
from textual.message import Message
from textual.timer import Timer

from store.door import Store
from store.errors import StoreError
from store.index import Found
from tui.card.card_pane import CardPane, OpenCard
from tui.screens.helping import HelpingScreen
from tui.screens.loading import load_card
from tui.sidebar.client_list import ClientList
from tui.terminal.skeleton import WIDE

FOLLOW = 0.06
"""Seconds the cursor rests on a client before the card beside it follows."""


class ShowingScreen(HelpingScreen):
    """A screen that shows the card of a client of its list."""

    @dataclass
    class Loaded(Message):
        """A worker's card."""

        card: OpenCard
        focus: bool

    def __init__(self, store: Store, found: Found) -> None:
        super().__init__(store, found)
        self._following: Timer | None = None
        self._building = asyncio.Lock()

    def show_hints(self) -> None:
        """The operator is somewhere else: say what can be done there."""
        raise NotImplementedError

    def on_virtual_list_highlighted(self, message: ClientList.Highlighted) -> None:
        """Let the card beside the list follow the cursor, once it rests."""
        message.stop()
        self.show_hints()
        if self._following is not None:
            self._following.stop()
        if (self.has_class("-wide") or self.wish.line or self.wish.sort) and message.row is not None:
            self._following = self.set_timer(FOLLOW, self.follow)

    def on_virtual_list_selected(self, message: ClientList.Selected) -> None:
        """Open the card under the cursor."""
        message.stop()
        if (row := self.sidebar.list.client) is not None:
            self.converse(self.open_client(row.serial))

    def on_resize(self, event: events.Resize) -> None:
        """A wide screen shows the card of the client under the cursor."""
        if event.size.width >= WIDE and (self.pane is None or self.pane.card is None):
            self._following = self.set_timer(FOLLOW, self.follow)

    async def show_card(self, card: OpenCard, *, focus: bool) -> None:
        """Show a card; at 80 columns it takes the list's place when it gets the focus."""
        # It is nobody's to ask before it has its parts; who comes meanwhile waits for the same.
        async with self._building:
            if self.pane is None:
                pane = CardPane(read_only=self.store.read_only)
                await self.mount(pane, before=self.footer)
                self.pane = pane
        self.pane.show(card)
        if focus:
            self.archive.begin_anew()
            self.add_class("-card")
            self.pane.panel.focus_body()
        self.show_hints()

    def on_card_pane_left(self) -> None:
        """Back to the list, if nothing is unsaved or the operator says what becomes of it."""

        async def leave() -> None:
            if await self.desk.may_leave():
                self.show_list()

        self.converse(leave())

    def show_list(self) -> None:
        """Give the focus, and at 80 columns the screen, back to the list."""
        self.remove_class("-card")
        self.set_focus(self.sidebar.list)
        if self.has_class("-wide"):
            self.follow()

    def reveal_card(self) -> None:
        """Show the open card where the list stands before it."""
        self.add_class("-card")

    def put_away(self, serial: int) -> None:
        """Show a card no longer that went to the trash."""
        if self.pane is not None and self.serial == serial:
            focused = self.pane.has_focus_within
            self.pane.put_away()
            if focused:
                self.show_list()

    async def open_client(self, serial: int) -> bool:
        """Open the card of a client, once the one that is open may be left; whether it is open now."""
        if self.serial == serial and self.pane is not None and self.pane.changed:
            self.add_class("-card")
            self.pane.panel.focus_body()
            return True
        if not await self.desk.may_leave() or (card := await self.desk.load(serial)) is None:
            return False
        await self.show_card(card, focus=True)
        self.note_opened(serial, card.uid)
        return True

    def follow(self) -> None:
        """Show the card of the client under the cursor where there is room for it beside the list."""
        row = self.sidebar.list.client
        self.explain_shown()
        if not self.has_class("-wide"):
            return
        busy = self.pane is not None and (self.pane.changed or self.pane.has_focus_within)
        if row is not None and not busy and row.serial != self.serial:
            self._load(row.serial)

    @work(thread=True, exclusive=True, group="follow", exit_on_error=False)
    def _load(self, serial: int) -> None:
        try:
            self.post_message(self.Loaded(load_card(self.store, serial), focus=False))
        except StoreError as error:
            self.post_message(self.Failed(error))

    async def on_showing_screen_loaded(self, message: Loaded) -> None:
        """Show the card of the client the cursor rests on, if it still does."""
        row = self.sidebar.list.client
        changed = self.pane is not None and self.pane.changed
        if row is not None and row.serial == message.card.serial and not changed:
            await self.show_card(message.card, focus=message.focus)
