"""The main screen: who was found on the left, the card on the right, in turns where there is no room for both."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from tui.card.section_view import SectionView
from tui.commands.bindings import bindings
from tui.commands.command import Place
from tui.i18n import _
from tui.screens.conversing import Meant
from tui.screens.hints import footer_hints, place_of
from tui.screens.showing import ShowingScreen
from tui.sidebar.sidebar import Sidebar
from tui.terminal.skeleton import WIDE
from tui.widgets.footer import Footer


class MainScreen(ShowingScreen):
    """List and card, and who of them has the operator's attention."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.ANYWHERE, without=("app.redraw",))
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual declares it as an instance's

    def compose(self) -> ComposeResult:
        """The list and the footer; the card comes when it is first needed."""
        yield Sidebar(self.store.schema, notice=_("read-only") if self.store.read_only else "")
        yield Footer()

    def on_mount(self) -> None:
        """Show everybody, and begin to look for what others save."""
        self.begin_finding()
        self.set_focus(self.sidebar.list)
        self.show_hints()
        self.converse(self.desk.offer_drafts())

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
        self.show_hints()
        if event.widget is self.sidebar.list:
            self.call_after_refresh(self.explain_shown)

    def on_section_view_moved(self, message: SectionView.Moved) -> None:
        """Show what can be done there."""
        self.show_hints()

    def show_found(self, message: ShowingScreen.FoundThem) -> None:
        """Show what was found, and what can be done with it."""
        super().show_found(message)
        pane = self.pane
        if pane is not None and not (self.found.total or pane.changed or pane.has_focus_within):
            pane.put_away()  # who was found before is no answer to this
        self.show_hints()

    def on_section_panel_changed(self) -> None:
        """Offer to save what was typed; another handler of the same message keeps it."""
        self.show_hints()

    def show_hints(self) -> None:
        """Say in the footer what can be done where the operator is."""
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
            at_card = self.pane is not None and self.pane.has_focus_within
            # Who stays with another card, or whose client is gone meanwhile, types into none.
            if not at_card and (row is None or not await self.open_client(row.serial)):
                return
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
                    await self.open_client(row.serial)

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
