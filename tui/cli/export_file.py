"""`kartoteka export`: write clients to a file."""

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser, UsageError
from tui.i18n import _, ngettext
from tui.i18n.formats import count

FORMATS = ("csv", "jsonl")


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", metavar="FILE|-", help=_("the file to write; - for stdout"))
    parser.add_argument(
        "--query", metavar="WORDS", default="", help=_("only the clients that these words and filters find")
    )
    parser.add_argument("--format", choices=FORMATS, help=_("csv or jsonl; without it the file's ending decides"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Export all clients, or those found."""
    from store.exchange import export

    form = options.format or _format_of(options.file)
    with opened(options, output) as store, _destination(options.file) as out:
        written = export(store, out, query=options.query, format=form)
    clients = ngettext("{number} client was exported.", "{number} clients were exported.", written)
    if output.json and options.file != "-":
        output.value({"clients": written, "file": options.file, "format": form})
    else:
        output.talk(clients.format(number=count(written)))
    return Exit.DONE if written else Exit.NOTHING


def _format_of(name: str) -> str:
    if name == "-":
        return "csv"
    ending = Path(name).suffix.lower().lstrip(".")
    if ending in FORMATS:
        return ending
    raise UsageError(
        _("The name {file} does not say which format is wanted; add --format csv or --format jsonl.").format(file=name)
    )


@contextlib.contextmanager
def _destination(name: str) -> Iterator[BinaryIO]:
    """Stdout, or a file that takes its name only when it is whole, readable by its owner alone."""
    if name == "-":
        yield sys.stdout.buffer
        return
    target = Path(name)
    handle, aside = tempfile.mkstemp(prefix=f".{target.name[:50]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, target)
    except BaseException:
        os.unlink(aside)
        raise
