"""`kartoteka export`: write clients to a file."""

import argparse
from collections.abc import Sequence
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

from store.exchange.exporting import FORMATS
from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output, naming_stdout
from tui.cli.parser import Parser, UsageError, guard
from tui.cli.searches import saved_line
from tui.i18n import _, language, ngettext
from tui.i18n.formats import count


def protect(words: Sequence[str]) -> list[str]:
    """Keep a search that begins with what it excludes (`--query -tag:vip`) from being taken for an option."""
    asked = {word for option, word in pairwise(words) if option == "--query" and word[1:2] != "-"}
    return guard(words, asked.__contains__)


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", metavar="FILE|-", help=_("the file to write; - for stdout"))
    parser.add_argument("--query", metavar="WORDS", help=_("only the clients that these words and filters find"))
    parser.add_argument("--saved", metavar="NAME", help=_("what the saved search of that name finds"))
    parser.add_argument("--format", choices=FORMATS, help=_("csv or jsonl; without it the file's ending decides"))
    parser.add_argument(
        "--for-spreadsheet",
        action="store_true",
        help=_("a CSV for people: values as they are read, formulas made harmless; does not come back as it went"),
    )


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Export all clients, or those found."""
    from store.exchange.exporting import export

    form = options.format or _format_of(options.file)
    if options.for_spreadsheet and form != "csv":
        raise UsageError(_("--for-spreadsheet needs the format csv."))
    with opened(options, output) as store, naming_stdout() if options.file == "-" else nullcontext():
        query, _order = saved_line(store, options.saved, options.query or "", None)
        written = export(
            store,
            options.file,
            query=query,
            format=form,
            for_spreadsheet=options.for_spreadsheet,
            language=language(),
            progress=output.progress(_("Exporting")),
        )
    if output.json and options.file != "-":
        output.value({"clients": written, "file": options.file, "format": form})
    else:
        clients = ngettext("{number} client was exported.", "{number} clients were exported.", written)
        output.talk(clients.format(number=count(written)))
    return Exit.DONE if written else Exit.NOTHING


def _format_of(name: str) -> str:
    if name == "-":
        return "csv"
    ending = Path(name).suffix.lower().lstrip(".")
    if ending in FORMATS:
        return ending
    sentence = _("The name {file} does not say which format is wanted; add --format csv or --format jsonl.")
    raise UsageError(sentence.format(file=name))
