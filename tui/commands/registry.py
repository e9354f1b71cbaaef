"""All commands. A key, a footer hint, a palette entry, a line of help: add it to its subject and it is everywhere."""

from collections.abc import Iterator

from tui.commands.command import Command, Place
from tui.commands.editing import EDITING
from tui.commands.everywhere import EVERYWHERE
from tui.commands.finding import FINDING

COMMANDS: tuple[Command, ...] = (*EVERYWHERE, *FINDING, *EDITING)
"""Every command, in the order of the help page."""


def command(identity: str) -> Command:
    """The command of that id. Raises KeyError."""
    return {each.id: each for each in COMMANDS}[identity]


def commands_in(*places: Place) -> Iterator[Command]:
    """The commands of those places, place by place."""
    for place in places:
        yield from (each for each in COMMANDS if each.place is place)
