"""The help page, made from the registry of commands."""

from collections.abc import Iterator

from tui.commands.command import PLACE_TITLES, Place, keys_shown
from tui.commands.registry import commands_in
from tui.dialogs.lines import DrawnLine
from tui.dialogs.page import Page
from tui.i18n import _
from tui.terminal.cells import fit, width, wrap


class Help(Page[None]):
    """What every key does, beginning with where the operator is."""

    def __init__(self, place: Place, room: int) -> None:
        """Prepare the page for a place, in so many columns."""
        order = list(dict.fromkeys([place, Place.ANYWHERE, *Place]))
        super().__init__(_("Help"), list(help_lines(order, room)), keys=_("↑↓ PgUp PgDn   Esc back"))


KEYS = 14
"""Columns of the keys; where a command has more of them, its help stands on the next line."""


def help_lines(places: list[Place], room: int) -> Iterator[DrawnLine]:
    """The lines of the help page for those places, in that order.

    Args:
        places: where the commands apply.
        room: columns there are.
    """
    for at, place in enumerate(places):
        if at:
            yield DrawnLine([("", "")])
        yield DrawnLine([(_(PLACE_TITLES[place]), "lines--heading")])
        for command in commands_in(place):
            keys = keys_shown(command)
            help_text = wrap(_(command.help), max(12, room - KEYS - 2))
            if width(keys) > KEYS:
                yield DrawnLine([(keys, "lines--key")], command)
                keys = ""
            for line in help_text:
                yield DrawnLine([(fit(keys, KEYS), "lines--key"), (f"  {line}", "")], command)
                keys = ""
