"""`kartoteka backup`: a snapshot, or a copy of the store elsewhere."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser, UsageError
from tui.i18n import _, ngettext
from tui.i18n.formats import count, moment, size
from tui.i18n.labels import why_kept

if TYPE_CHECKING:
    from store.door import Store


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "directory",
        nargs="?",
        metavar="DIR",
        help=_("a folder, or a file ending in .tar or .tar.gz; without it a snapshot is taken in the store"),
    )
    parser.add_argument("--list", action="store_true", help=_("list the snapshots there are"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Back up, or list."""
    if options.list and options.directory:
        raise UsageError(_("--list takes no DIR: it lists the snapshots in the store."))
    with opened(options, output) as store:
        if options.list:
            return _list(store, output)
        if options.directory:
            return _back_up(store, Path(options.directory).expanduser(), output)
        return _snapshot(store, output)


def _snapshot(store: "Store", output: Output) -> Exit:
    from store.snapshots import take

    made = take(store)
    if output.json:
        output.value({"snapshot": made.name, "at": made.contents.at, "path": str(made.path)})
    else:
        output.line(made.name)
        output.talk(_("To bring this state back: kartoteka restore {name}").format(name=made.name))
    return Exit.DONE


def _back_up(store: "Store", target: Path, output: Output) -> Exit:
    from store.snapshots.backup import back_up

    made = back_up(store, target, output.progress(_("Backing up")))
    if output.json:
        data = {"path": str(made.path), "at": made.at, "clients": made.clients, "files": made.files}
        output.value({**data, "bytes": made.size, "damaged": list(made.damaged)})
    else:
        text = ngettext(
            "{number} client, {size}, written and read again: {path}",
            "{number} clients, {size}, written and read again: {path}",
            made.clients,
        )
        output.line(text.format(number=count(made.clients), size=size(made.size), path=made.path))
        if made.damaged:
            files = ", ".join(made.damaged)
            output.talk(
                _("Damaged in the store already, so the backup cannot be restored: {files}.").format(files=files)
                + " "
                + _("Run “kartoteka check --repair”, then back up again.")
            )
    return Exit.STORE if made.damaged else Exit.DONE


def _list(store: "Store", output: Output) -> Exit:
    from store.snapshots import snapshots

    known = snapshots(store.path)[::-1]
    if output.json:
        data = [{"name": each.name, "at": each.contents.at, "why": each.contents.why} for each in known]
        output.value({"snapshots": data})
    for each in known if not output.json else ():
        output.line(f"{each.name}  {moment(each.contents.at)}  {why_kept(each.contents.why)}")
    if not known:
        output.talk(_("There is no snapshot yet: the first save of a day takes one."))
    return Exit.DONE if known else Exit.NOTHING
