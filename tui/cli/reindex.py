"""`kartoteka reindex`: build the search index again."""

import argparse

from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser
from tui.i18n import _, ngettext
from tui.i18n.formats import count


def arguments(parser: Parser) -> None:
    """Say what the command takes: nothing of its own."""


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Rebuild the index from the segment files."""
    with opened(options, output) as store:
        store.rebuild_index(output.progress(_("Indexing")))
        clients = store.find("", limit=1).total
    if output.json:
        output.value({"clients": clients})
    else:
        output.line(
            ngettext("{number} client indexed.", "{number} clients indexed.", clients).format(number=count(clients))
        )
    return Exit.DONE
