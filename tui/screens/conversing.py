"""What the operator does with the card that is open: each errand is a conversation, one at a time, in order."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from textual.getters import query_one
from textual.message import Message
from textual.timer import Timer
from textual.worker import Worker, WorkerState

from store.door import Store
from store.errors import StoreError
from store.schema import Field
from tui.card.card_pane import CardPane, OpenCard
from tui.card.section_panel import SectionPanel
from tui.i18n import _
from tui.i18n.labels import field_label, section_label
from tui.i18n.problems import say
from tui.screens.desk import Desk
from tui.screens.drafting import DraftKeeper
from tui.terminal.cells import width
from tui.terminal.safe import safe
from tui.widgets.footer import Footer
from tui.widgets.quiet_screen import QuietScreen

SAID = 4.0
"""Seconds a message stands in the footer."""


class ConversingScreen(QuietScreen[None]):
    """A screen with a footer to speak in and a card to speak about."""

    footer = query_one(Footer)

    @dataclass
    class Ready(Message):
        """The conversations are over."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.drafts = DraftKeeper(store.drafts)
        self.desk = Desk(self, self.drafts)
        self.pane: CardPane | None = None
        """The card; None until it is first needed."""
        self._turn = asyncio.Lock()
        self._conversations = 0
        self._saying: Timer | None = None

    # Speaking

    def tell(self, text: str) -> None:
        """Say something in the footer for a while."""
        self.footer.message = text
        if self._saying is not None:
            self._saying.stop()
        self._saying = self.set_timer(SAID, self.fall_silent)

    def warn(self, text: str) -> None:
        """Say something that must be read whole: in the footer if it fits there, else in a dialog."""
        if width(safe(text)) <= self.size.width - 2 or self.app.screen is not self:
            self.tell(text)
            return
        from tui.dialogs.question import Question

        notice: Question[None] = Question(text, [])
        self.app.push_screen(notice)

    def fall_silent(self) -> None:
        """Show the hints again."""
        self.footer.message = ""

    @property
    def is_busy(self) -> bool:
        """Whether a conversation works, without a dialog that waits for the operator."""
        return self._conversations > 0 and self.app.screen is self

    def converse(self, conversation: Coroutine[Any, Any, None]) -> None:
        """Hold a conversation as soon as those before it are over."""
        self._conversations += 1
        self.run_worker(self._in_turn(conversation), group="conversation", exit_on_error=False)

    async def _in_turn(self, conversation: Coroutine[Any, Any, None]) -> None:
        try:
            async with self._turn:
                await conversation
        finally:
            self._conversations -= 1
            if not self._conversations:
                self.app.post_message(self.Ready())

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell what went wrong in a worker; nothing that was typed is lost by it."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            if isinstance(error, StoreError | OSError):
                self.tell(say(error, self.store.schema))
            else:
                self.tell(_("This did not work: {reason}").format(reason=f"{type(error).__name__}: {error}"))

    def on_screen_suspend(self) -> None:
        """A dialog stands before the screen: what is typed now is meant for it."""
        self.app.post_message(self.Ready())

    # What a screen that shows lists does about it

    async def show_card(self, card: OpenCard, *, focus: bool) -> None:
        """Show a card, with the keyboard's focus on it or not."""
        raise NotImplementedError

    def saved(self, serial: int) -> None:
        """A card was saved: whoever shows lists shows them anew."""
        raise NotImplementedError

    # Errands

    @property
    def serial(self) -> int | None:
        """The client the operator means: of the card that is open."""
        return self.pane.card.serial if self.pane is not None and self.pane.card is not None else None

    def keep_draft(self) -> None:
        """Have the card's draft written, or removed where nothing is left to save."""
        if self.pane is None or self.pane.card is None:
            return
        card = self.pane.card
        if card.editing.changed:
            self.drafts.keep(card.editing.draft(card.serial))
            if (error := self.drafts.error) is not None:
                self.tell(
                    _("What you type cannot be kept on disk: {reason}").format(reason=say(error, self.store.schema))
                )
        else:
            self.drafts.forget(card.uid)

    def keep_what_is_typed(self) -> None:
        """Have all that was typed on disk when this returns."""
        if self.pane is not None and self.pane.is_attached:
            self.pane.panel.finish()
            self.keep_draft()
        self.drafts.flush()

    def on_unmount(self) -> None:
        """Write what is still to be written."""
        self.drafts.close()

    def action_save(self) -> None:
        """Save the card."""

        async def save() -> None:
            await self.desk.save()

        self.converse(save())

    def action_save_new(self) -> None:
        """Save the card and begin another client's."""

        async def save_and_begin() -> None:
            if await self.desk.save():
                await self.desk.begin()

        self.converse(save_and_begin())

    def action_new_client(self) -> None:
        """Begin a new client's card."""

        async def begin() -> None:
            if self.store.read_only:
                self.refuse()
            elif await self.desk.may_leave():
                await self.desk.begin()

        self.converse(begin())

    def action_undo(self) -> None:
        """Take the client's last change back."""

        async def undo() -> None:
            if self.store.read_only:
                self.refuse()
            elif (serial := self.serial) is None:
                self.tell(_("There is nothing to take back"))
            elif await self.desk.may_leave():
                await self.desk.undo(serial)

        self.converse(undo())

    def action_history(self) -> None:
        """Show who changed what and when."""

        async def look() -> None:
            if (serial := self.serial) is not None:
                await self.desk.history(serial, self.client_name)

        self.converse(look())

    def action_quit(self) -> None:
        """Leave the program."""

        async def leave() -> None:
            if await self.desk.may_leave():
                self.app.exit()

        self.converse(leave())

    @property
    def client_name(self) -> str:
        """What the client is called whose card is open."""
        return self.pane.card.editing.name if self.pane is not None and self.pane.card is not None else ""

    def refuse(self) -> None:
        """Say why nothing can be changed."""
        self.tell(_("The store is read-only for you: nothing can be changed here"))

    # What the card asks

    def on_section_panel_changed(self) -> None:
        """Keep what was typed."""
        self.keep_draft()

    def on_section_panel_refused(self) -> None:
        """Say why nothing can be changed."""
        self.refuse()

    def on_card_pane_number_wanted(self) -> None:
        """Offer other client numbers."""
        if self.store.read_only:
            self.refuse()
        else:
            self.converse(self.desk.choose_number())

    def on_section_panel_note_wanted(self, message: SectionPanel.NoteWanted) -> None:
        """Have a note written."""
        self.converse(self._write_note(message.row, message.field))

    def on_section_panel_client_wanted(self, message: SectionPanel.ClientWanted) -> None:
        """Have another client named."""
        self.converse(self._name_client(message.row, message.field))

    async def _write_note(self, row: int, field: Field) -> None:
        from tui.dialogs.note import Note

        pane = self.pane
        if pane is None or pane.card is None or (section := pane.section) is None:
            return
        editing = pane.card.editing

        def typed(text: str) -> None:
            editing.type(section.key, row, field, text)
            self.keep_draft()

        title = f"{section_label(section)}: {field_label(section, field)}"
        text = await self.app.push_screen_wait(Note(title, editing.text(section.key, row, field), typed))
        if text is not None:
            typed(text)
        pane.panel.refresh_values()
        pane.refresh_head()

    async def _name_client(self, row: int, field: Field) -> None:
        from tui.sidebar.finder import Finder

        pane = self.pane
        if pane is None or pane.card is None or (section := pane.section) is None:
            return
        chosen = await self.app.push_screen_wait(Finder(self.store, field_label(section, field)))
        if chosen is None:
            return
        pane.card.editing.row(section.key, row).put(field.key, chosen.uid)
        pane.card.names[chosen.uid] = chosen.name
        pane.panel.refresh_values()
        pane.refresh_head()
        self.keep_draft()
