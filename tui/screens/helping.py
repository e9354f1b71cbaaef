"""What can be had anywhere and changes nothing: help, the palette of commands, the clipboard."""

from textual.dom import DOMNode

from tui.commands.command import Command, Place
from tui.commands.registry import commands_in
from tui.i18n import _
from tui.screens.choosing import ChoosingScreen
from tui.screens.hints import place_of


class HelpingScreen(ChoosingScreen):
    """A screen with list and card that explains itself and lends its values."""

    def action_help(self) -> None:
        """Show what every key does here."""
        from tui.dialogs.help import Help
        from tui.dialogs.page import PAGE_WIDTH

        self.app.push_screen(Help(place_of(self.focused), min(PAGE_WIDTH, self.size.width) - 3))

    def action_palette(self) -> None:
        """Find a command by its name."""
        from tui.dialogs.palette import Palette

        place = place_of(self.focused)
        offered = [command for command in commands_in(place, Place.ANYWHERE) if command.action]

        async def choose() -> None:
            command = await self.app.push_screen_wait(Palette([each for each in offered if not each.numbered]))
            if command is not None:
                self.call_later(self._obey, command)

        self.converse(choose())

    def action_copy_value(self) -> None:
        """Copy the value under the cursor."""
        if self.pane is not None and self.pane.has_focus_within:
            self._copy(self.pane.panel.value_under_cursor)
        elif (row := self.sidebar.list.client) is not None:
            self._copy(row.phone or row.name)

    def action_copy_number(self) -> None:
        """Copy the client number."""
        row = self.sidebar.list.client
        if self.pane is not None and self.pane.has_focus_within and self.pane.card is not None:
            self._copy(self.pane.card.editing.number)
        elif row is not None:
            self._copy(row.number)

    async def _obey(self, command: Command) -> None:
        owners: dict[Place, DOMNode | None] = {
            Place.LIST: self.sidebar,
            Place.SEARCH: self.sidebar,
            Place.CARD: self.pane,
            Place.FIELD: self.pane,
        }
        owner = self.app if command.id == "app.redraw" else owners.get(command.place) or self
        await self.app.run_action(command.action, owner)

    def _copy(self, text: str) -> None:
        if text:
            self.app.copy_to_clipboard(text)
            self.tell(_("Copied: {text}").format(text=text))
