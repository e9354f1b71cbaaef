"""The registry as Textual's bindings."""

from textual.binding import Binding, BindingType

from tui.commands.command import Place
from tui.commands.registry import commands_in


def bindings(
    *places: Place, only: tuple[str, ...] = (), without: tuple[str, ...] = (), priority: bool = False
) -> list[BindingType]:
    """The bindings of those places' commands, each with the command's id, so that a keymap can change it.

    Args:
        places: whose commands.
        only: ids of the commands to bind; all of the places' without it.
        without: ids of commands that another widget binds.
        priority: the keys are theirs wherever the focus is, dialogs too.
    """
    made: list[BindingType] = []
    for command in commands_in(*places):
        if not command.action or command.id in without or (only and command.id not in only):
            continue
        if command.numbered:
            made += [
                Binding(key, f"{command.action}({at})", show=False, id=f"{command.id}.{at + 1}")
                for at, key in enumerate(command.keys)
            ]
        elif keys := ",".join((*command.keys, *command.aliases)):
            made.append(Binding(keys, command.action, show=False, priority=priority, id=command.id))
    return made
