"""`kartoteka new`: make a card."""

import argparse

from tui.cli.exits import Exit
from tui.cli.fields import add_fields, pairs, tell_saved
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser, UsageError
from tui.i18n import _


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    add_fields(parser)


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Write the card and print its number."""
    from store.door import Edit

    with opened(options, output, create=True) as store:
        values = pairs(options.fields, store)
        document = store.apply_typed(store.blank(), values)
        said = any(document.get(section.key) for section in store.schema.sections)
        if not said or not any(value.strip() for _path, value in values):
            raise UsageError(_("The card would say nothing: give at least one value."))
        written = store.write([Edit(None, None, document)], why="new")
        card = written.cards[0]
        tell_saved(card.number, card.revision, written.changeset, (), output, written.freed)
    return Exit.DONE
