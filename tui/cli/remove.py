"""`kartoteka remove`: put clients into the trash."""

import argparse

from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser
from tui.i18n import _
from tui.i18n.formats import count


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "numbers", nargs="+", metavar="NUMBER", help=_("a client number in any spelling, or any identifier")
    )


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Put them into the trash, all or none."""
    from store import trash

    with opened(options, output) as store:
        serials = [store.get(number).card.serial for number in options.numbers]
        written = trash.remove(store, list(dict.fromkeys(serials)))
        days = trash.days(store)
    numbers = [card.number for card in written.cards]
    if output.json:
        output.value({"changeset": written.changeset, "numbers": numbers})
        return Exit.DONE
    for number in numbers:
        output.line(number)
    output.talk(_("To bring back: kartoteka trash restore {numbers}").format(numbers=" ".join(numbers)))
    if days:
        output.talk(_("After {days} days in the trash a card is erased for good.").format(days=count(days)))
    return Exit.DONE
