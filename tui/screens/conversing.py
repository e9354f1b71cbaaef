"""What the operator does with the card that is open: it is begun, filled in, saved, left."""

from dataclasses import dataclass

from store.door import Store
from store.schema import Field
from tui.card.card_pane import CardPane, OpenCard
from tui.card.section_panel import SectionPanel
from tui.commands.command import key_name, keys_of
from tui.commands.registry import command
from tui.i18n import _
from tui.i18n.labels import field_in_full, field_label
from tui.i18n.problems import say
from tui.screens.archive import Archive
from tui.screens.desk import Desk
from tui.screens.drafting import DraftKeeper
from tui.screens.speaking import SpeakingScreen


@dataclass(frozen=True, slots=True)
class Meant:
    """The client that a command is about."""

    serial: int
    name: str
    trashed: bool


class ConversingScreen(SpeakingScreen):
    """A screen with a card to speak about."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.drafts = DraftKeeper(store.drafts)
        self.desk = Desk(self, self.drafts)
        self.archive = Archive(self)
        self.pane: CardPane | None = None
        """The card; None until it is first needed."""

    # What a screen that shows lists does about it

    async def show_card(self, card: OpenCard, *, focus: bool) -> None:
        """Show a card, with the keyboard's focus on it or not."""
        raise NotImplementedError

    def refresh_from_store(self) -> None:
        """Much is stored otherwise than it was: whoever shows lists and cards shows them anew."""
        raise NotImplementedError

    def saved(self, serial: int) -> None:
        """A card was saved: whoever shows lists shows them anew."""
        raise NotImplementedError

    def reveal_card(self) -> None:
        """Show the open card where the list stands before it."""
        raise NotImplementedError

    def put_away(self, serial: int) -> None:
        """A card went to the trash: it is shown no longer."""
        raise NotImplementedError

    def lists(self, serial: int) -> bool:
        """Whether a client is in the list."""
        raise NotImplementedError

    @property
    def meant(self) -> Meant | None:
        """The client that a command is about."""
        raise NotImplementedError

    @property
    def sought_in_vain(self) -> str:
        """What was searched for and found nobody, while the operator is at the search: a new card begins with it."""
        raise NotImplementedError

    # The card

    @property
    def serial(self) -> int | None:
        """The client whose card is open; None for a new one, or where none is."""
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
            begun_with = self.sought_in_vain
            at_card = self.pane is not None and self.pane.changed and self.pane.has_focus_within
            if self.store.read_only:
                self.refuse()
            # Nobody means to save a card that lies behind the list.
            elif await (self.desk.save() if at_card else self.desk.may_leave()):
                await self.desk.begin(begun_with)

        self.converse(save_and_begin())

    def action_new_client(self) -> None:
        """Begin a new client's card."""

        async def begin() -> None:
            if self.store.read_only:
                self.refuse()
            elif await self.desk.may_leave():
                await self.desk.begin(self.sought_in_vain)

        self.converse(begin())

    def action_quit(self) -> None:
        """Leave the program."""

        async def leave() -> None:
            if await self.desk.may_leave():
                self.app.exit()

        self.converse(leave())

    # What the card asks

    def on_section_panel_changed(self) -> None:
        """Keep what was typed."""
        self.keep_draft()

    def on_section_panel_refused(self) -> None:
        """Say why nothing can be changed."""
        if self.store.read_only:
            self.refuse()
        elif self.pane is not None and self.pane.card is not None and self.pane.card.trashed:
            self.say_trashed()

    def on_card_pane_number_wanted(self) -> None:
        """Offer other client numbers."""
        if self.pane is not None and self.pane.panel.read_only:
            self.on_section_panel_refused()
        else:
            self.converse(self.desk.choose_number())

    def on_section_panel_note_wanted(self, message: SectionPanel.NoteWanted) -> None:
        """Have a note written."""
        self.converse(self._write_note(message.row, message.field))

    def on_section_panel_client_wanted(self, message: SectionPanel.ClientWanted) -> None:
        """Have another client named."""
        self.converse(self._name_client(message.row, message.field))

    def say_trashed(self) -> None:
        """Say that a card in the trash is not changed, and what restores it."""
        key = key_name(keys_of(command("client.restore"))[0])
        self.tell(_("This card is in the trash; {key} restores it").format(key=key))

    async def _write_note(self, row: int, field: Field) -> None:
        from tui.dialogs.note import Note

        pane = self.pane
        if pane is None or pane.card is None or (section := pane.section) is None:
            return
        editing = pane.card.editing

        def typed(text: str) -> None:
            editing.type(section.key, row, field, text)
            self.keep_draft()

        title = field_in_full(section, field)
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
        pane.panel.go_on()
