"""`kartoteka --keys`: the keys of the screen, from the registry of its commands."""

from tui.cli.exits import Exit
from tui.cli.output import Output
from tui.commands.command import PLACE_TITLES, keys_shown
from tui.commands.registry import COMMANDS
from tui.i18n import _


def run(output: Output) -> Exit:
    """Print the table of keys, place by place."""
    if output.json:
        output.value(
            [
                {"id": command.id, "place": str(command.place), "keys": list(command.keys), "title": _(command.title)}
                for command in COMMANDS
            ]
        )
        return Exit.DONE
    width = max(len(keys_shown(command)) for command in COMMANDS)
    for place, title in PLACE_TITLES.items():
        output.line(_(title))
        for command in COMMANDS:
            if command.place is place:
                output.line(f"  {keys_shown(command):{width}}  {_(command.title)}. {_(command.help)}.")
        output.line()
    return Exit.DONE
