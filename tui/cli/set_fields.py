"""`kartoteka set`: change fields of a card."""

import argparse

from store.errors import Conflict
from tui.cli.exits import Exit
from tui.cli.fields import add_fields, pairs, tell_saved
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser, positive
from tui.i18n import _


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument("number", metavar="NUMBER", help=_("a client number in any spelling, or any identifier"))
    parser.add_argument(
        "--revision", type=positive, metavar="N", help=_("refuse (exit 5) if the card is not at this revision any more")
    )
    add_fields(parser)


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Change the fields, keeping what others changed in the card meanwhile."""
    from store.door import Edit

    with opened(options, output) as store:
        card = store.get(options.number).card
        if options.revision is not None and options.revision != card.revision:
            raise Conflict("revision-moved", current=card, expected=options.revision, revision=card.revision)
        after = store.apply_typed(card.document, pairs(options.fields, store))
        written = store.write([Edit(card.serial, card.document, after)])
        saved = written.cards[0] if written.cards else card
        tell_saved(saved.number, saved.revision, written.changeset, written.merged, output, written.freed)
    return Exit.DONE
