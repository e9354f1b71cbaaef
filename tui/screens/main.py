"""The main screen: who was found on the left, the card on the right, in turns where there is no room for both."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer

from store.door import Store
from store.errors import StoreError
from store.index import Found
from tui.card.card_pane import CardPane, OpenCard
from tui.card.section_view import SectionView
from tui.commands.bindings import bindings
from tui.commands.command import Place
from tui.i18n import _
from tui.screens.conversing import Meant
from tui.screens.helping import HelpingScreen
from tui.screens.hints import footer_hints, place_of
from tui.screens.loading import load_card
from tui.sidebar.client_list import ClientList
from tui.sidebar.sidebar import Sidebar
from tui.terminal.skeleton import WIDE
from tui.widgets.footer import Footer

FOLLOW = 0.06
"""Seconds the cursor rests on a client before the card beside it follows."""


class MainScreen(HelpingScreen):
    """List and card, and who of them has the operator's attention."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.ANYWHERE, without=("app.redraw",))
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual declares it as an instance's

    @dataclass
    class Loaded(Message):
        """A worker's card."""

        card: OpenCard
        focus: bool

    def __init__(self, store: Store, found: Found) -> None:
        """Prepare the screen.

        Args:
            store: the open store.
            found: all clients, counted.
        """
        super().__init__(store, found)
        self._following: Timer | None = None
        self._building = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The list and the footer; the card comes when it is first needed."""
        yield Sidebar(self.store.schema, notice=_("read-only") if self.store.read_only else "")
        yield Footer()

    def on_mount(self) -> None:
        """Show everybody, and begin to look for what others save."""
        self.begin_finding()
        self.set_focus(self.sidebar.list)
        self._show_hints()
        self.converse(self.desk.offer_drafts())

    # The card

    def on_virtual_list_highlighted(self, message: ClientList.Highlighted) -> None:
        """Let the card beside the list follow the cursor, once it rests."""
        message.stop()
        self._show_hints()
        if self._following is not None:
            self._following.stop()
        if (self.has_class("-wide") or self.wish.line) and message.row is not None:
            self._following = self.set_timer(FOLLOW, self._follow)

    def on_virtual_list_selected(self, message: ClientList.Selected) -> None:
        """Open the card under the cursor."""
        message.stop()
        if (row := self.sidebar.list.client) is not None:
            self.converse(self._open(row.serial))

    def on_resize(self, event: events.Resize) -> None:
        """A wide screen shows the card of the client under the cursor."""
        if event.size.width >= WIDE and (self.pane is None or self.pane.card is None):
            self._following = self.set_timer(FOLLOW, self._follow)

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
        self._show_hints()

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
            self._follow()

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

    async def _open(self, serial: int, *, focus: bool = True) -> None:
        if self.serial == serial and self.pane is not None and self.pane.changed:
            self.add_class("-card")
            self.pane.panel.focus_body()
        elif await self.desk.may_leave() and (card := await self.desk.load(serial)) is not None:
            await self.show_card(card, focus=focus)
            self.note_opened(serial, card.uid)

    def _follow(self) -> None:
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

    async def on_main_screen_loaded(self, message: Loaded) -> None:
        """Show the card of the client the cursor rests on, if it still does."""
        row = self.sidebar.list.client
        changed = self.pane is not None and self.pane.changed
        if row is not None and row.serial == message.card.serial and not changed:
            await self.show_card(message.card, focus=message.focus)

    # Where the operator is

    @property
    def meant(self) -> Meant | None:
        """The client of the card where the keyboard's focus is, else the one under the list's cursor."""
        if self.pane is not None and self.pane.card is not None and self.pane.has_focus_within:
            card = self.pane.card
            return None if card.serial is None else Meant(card.serial, card.editing.name, card.trashed)
        row = self.sidebar.list.client
        return None if row is None else Meant(row.serial, row.name or row.phone or row.number, row.trashed)

    @property
    def sought_in_vain(self) -> str:
        """The search line, if it found nobody as it was typed and the operator is at the search."""
        at_card = self.pane is not None and self.pane.has_focus_within
        meant = sum(phase.count for phase in self.found.phases if phase.how in ("", "layout"))
        return "" if at_card or meant else self.wish.line

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show what can be done there; and why clients are in a list that was behind a card."""
        self._show_hints()
        if event.widget is self.sidebar.list:
            self.call_after_refresh(self.explain_shown)

    def on_section_view_moved(self, message: SectionView.Moved) -> None:
        """Show what can be done there."""
        self._show_hints()

    def show_found(self, message: HelpingScreen.FoundThem) -> None:
        """Show what was found, and what can be done with it."""
        super().show_found(message)
        pane = self.pane
        if pane is not None and not (self.found.total or pane.changed or pane.has_focus_within):
            pane.put_away()  # who was found before is no answer to this
        self._show_hints()

    def on_section_panel_changed(self) -> None:
        """Offer to save what was typed; another handler of the same message keeps it."""
        self._show_hints()

    def _show_hints(self) -> None:
        section = self.pane.section if self.pane is not None else None
        meant = self.meant
        self.footer.hints = footer_hints(
            place_of(self.focused),
            changed=self.pane is not None and self.pane.changed,
            choosing=self.pane is not None and self.pane.panel.choosing,
            has_rows=section is not None and section.is_table,
            read_only=self.store.read_only,
            nobody=meant is None,
            trashed=meant is not None and meant.trashed,
        )

    # Actions

    def action_search(self) -> None:
        """Go to the search line."""
        self.remove_class("-card")
        self.sidebar.begin_search()

    def action_edit(self) -> None:
        """Edit the card under the cursor."""

        async def edit() -> None:
            row = self.sidebar.list.client
            if self.pane is None or not self.pane.has_focus_within:
                if row is None:
                    return
                await self._open(row.serial)
            if self.pane is not None and self.pane.card is not None:
                self.pane.panel.edit()

        self.converse(edit())

    def action_client(self, step: int) -> None:
        """Show the next or previous client of the list."""

        async def go() -> None:
            if await self.desk.may_leave():
                row = self.sidebar.list.client
                # Where the open client is in the list no more, the next one stands under the cursor already.
                if step < 0 or row is None or self.serial is None or row.serial == self.serial:
                    self.sidebar.list.cursor += step
                row = self.sidebar.list.client
                if row is not None and self.pane is not None and self.pane.has_focus_within:
                    await self._open(row.serial)

        self.converse(go())

    def action_section(self, step: int) -> None:
        """Open the neighbouring section."""
        if self.pane is not None:
            self.pane.step(step)

    def action_switch(self) -> None:
        """Go from the list to the card and back."""
        if self.pane is not None and self.pane.has_focus_within:
            self.remove_class("-card")
            self.set_focus(self.sidebar.list)
        elif self.pane is not None and self.pane.card is not None:
            self.add_class("-card")
            self.pane.panel.focus_body()
