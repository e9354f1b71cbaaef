"""`kartoteka history`: what was changed in a card, by whom and when."""

import argparse

from tui.cli.change_list import as_data, print_changes
from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser
from tui.i18n import _


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument("number", metavar="NUMBER", help=_("a client number in any spelling, or any identifier"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """List the card's changes, the newest first."""
    with opened(options, output) as store:
        card = store.get(options.number).card
        changes = store.history(card.serial)
        if output.json:
            output.value({"number": card.number, "changes": [as_data(change) for change in changes]})
        else:
            print_changes(changes, store, {}, output)
    return Exit.DONE
