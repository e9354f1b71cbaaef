"""`kartoteka restore`: bring an earlier state of the store back."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import NotFound
from tui.cli.exits import Exit
from tui.cli.opening import opened, store_path
from tui.cli.output import Output
from tui.cli.parser import Parser
from tui.i18n import _, ngettext
from tui.i18n.formats import count, moment

if TYPE_CHECKING:
    from store.door import Store


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "directory",
        metavar="DIR",
        help=_("a backup folder or archive, or the name of a snapshot as “kartoteka backup --list” shows it"),
    )
    parser.add_argument(
        "--yes", action="store_true", help=_("restore even if the store holds changes that the backup does not")
    )


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Restore; into a new store where there is none."""
    from store.snapshots.restoring import prove, restore

    typed = Path(options.directory).expanduser()
    if not store_path(options.store).exists():
        prove(typed)  # a store that is made for nothing would be in the way
    with opened(options, output, create=True) as store:
        source = source_named(store, options.directory)
        done = restore(store, source, yes=options.yes, progress=output.progress(_("Restoring")))
    if output.json:
        data = {"at": done.at, "clients": done.clients, "files": done.files, "kept": done.kept}
        lost = {"changes": done.lost.changes, "numbers": list(done.lost.numbers)}
        output.value({**data, "lost": lost, "erased_again": list(done.erased_again)})
        return Exit.DONE
    text = ngettext(
        "The state of {when} is back: {number} client, every file verified.",
        "The state of {when} is back: {number} clients, every file verified.",
        done.clients,
    )
    output.line(text.format(when=moment(done.at), number=count(done.clients)))
    if done.erased_again:
        numbers = ", ".join(done.erased_again)
        output.talk(_("Without {numbers}: erased since, and not brought back.").format(numbers=numbers))
    output.talk(
        _("What it replaced is kept; to bring that back: kartoteka restore {name} --yes").format(name=done.kept)
    )
    return Exit.DONE


def source_named(store: "Store", typed: str) -> Path:
    """Where a backup lies: the path, else the snapshot of that name. Raises NotFound (`backup-missing`)."""
    from store.snapshots import snapshot_named

    path = Path(typed).expanduser()
    if path.exists():
        return path
    try:
        return snapshot_named(store.path, typed).path
    except NotFound:
        raise NotFound("backup-missing", path=typed) from None
