"""`kartoteka undo`: take a change back."""

import argparse

from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser
from tui.i18n import _, ngettext
from tui.i18n.formats import count


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "changeset",
        nargs="?",
        metavar="CHANGESET",
        help=_("as history and changes name it; without it your own latest"),
    )


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Take the change back; that is a change itself and can be taken back."""
    with opened(options, output) as store:
        written = store.undo(options.changeset)
    if output.json:
        cards = [{"number": card.number, "revision": card.revision} for card in written.cards]
        output.value({"changeset": written.changeset, "cards": cards})
        return Exit.DONE
    for card in written.cards:
        output.line(card.number)
    cards_changed = ngettext("{number} card was changed back.", "{number} cards were changed back.", len(written.cards))
    output.talk(cards_changed.format(number=count(len(written.cards))))
    output.talk(_("To take that back too: kartoteka undo {changeset}").format(changeset=written.changeset))
    return Exit.DONE
