"""The command palette: every command by a few letters of its name."""

from collections.abc import Sequence
from typing import ClassVar

from tui.commands.command import Command, keys_shown
from tui.dialogs.picking import Choice, Picking
from tui.i18n import _


class Palette(Picking[Command]):
    """Offers the commands of where the operator is, and answers with the one that was chosen."""

    NOTE_LOOK: ClassVar[str] = "lines--key"

    def __init__(self, commands: Sequence[Command]) -> None:
        """Prepare the palette.

        Args:
            commands: what can be done where the operator is.
        """
        super().__init__(
            "",
            [Choice(_(command.title), command, keys_shown(command)) for command in commands],
            placeholder=_("What do you want to do?"),
            nothing=_("No such command"),
        )
