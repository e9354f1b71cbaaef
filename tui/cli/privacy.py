"""`kartoteka privacy`: a client's right to be forgotten."""

import argparse
import sys
from typing import TYPE_CHECKING

from store.errors import NotFound
from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser, UsageError
from tui.i18n import _, ngettext
from tui.i18n.formats import count, moment

if TYPE_CHECKING:
    from store.door import Store

_ACTS = ("erase",)


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "act", choices=_ACTS, metavar="erase", help=_("erase a client for good; it cannot be taken back")
    )
    parser.add_argument("number", metavar="NUMBER", help=_("a client number in any spelling, or any identifier"))
    parser.add_argument("--yes", action="store_true", help=_("do it without asking for the number once more"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Erase the client once that is sure to be meant."""
    from store import erasing

    with opened(options, output) as store:
        if not options.yes and not _is_meant(store, options.number, output):
            return Exit.NOTHING
        gone = erasing.erase(store, options.number)
    if output.json:
        data = {"number": gone.number, "at": gone.at, "who": gone.who}
        output.value({**data, "relations": gone.relations, "already": gone.already})
        return Exit.DONE
    output.line(gone.number)
    if gone.already:
        output.talk(_("It was erased already: {when}, {who}.").format(when=moment(gone.at), who=gone.who))
        return Exit.DONE
    output.talk(_("Erased, also from the snapshots. The number stays taken; who erased it is in the access log."))
    if gone.relations:
        text = ngettext(
            "{number} card had a relation to this client and has it no more.",
            "{number} cards had a relation to this client and have it no more.",
            gone.relations,
        )
        output.talk(text.format(number=count(gone.relations)))
    return Exit.DONE


def _is_meant(store: "Store", reference: str, output: Output) -> bool:
    """Ask for the client number to be typed; a script says `--yes`."""
    from store import erasing, folding

    try:
        client = erasing.whom(store, reference)
    except NotFound as error:
        if error.code == "client-erased":
            return True  # nothing more can be lost; who erases again is told when it was
        raise
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(_("Erasing cannot be taken back: say --yes where nobody can be asked."))
    output.talk(f"{client.number}  {client.name}")
    output.talk(_("All that is known of this client will be gone for good, also from the snapshots."))
    output.ask(_("Type the client number to erase it: "))
    typed = sys.stdin.readline().strip()
    meant = bool(typed) and folding.number_key(typed) == folding.number_key(client.number)
    if not meant:
        output.talk(_("Nothing was erased."))
    return meant
