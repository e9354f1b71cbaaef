"""`kartoteka demo`: the screen over made-up clients."""

import argparse
import tempfile
from pathlib import Path

from tui.cli.exits import Exit
from tui.cli.output import Output
from tui.cli.parser import Parser, UsageError, positive
from tui.i18n import _, ngettext
from tui.i18n.formats import count

CLIENTS = 5000
SEED = 2026
"""The same clients each time, so that a text or a film about the demo stays true."""


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--clients", type=positive, default=CLIENTS, metavar="N", help=_("how many clients to make up (5000)")
    )
    parser.add_argument("--no-screen", action="store_true", help=_("only fill the store; needs --store"))


def run(options: argparse.Namespace, output: Output) -> int:
    """Fill a store, then open the screen over it.

    `$KARTOTEKA_STORE` is not asked: it names the store of real clients.
    """
    if options.no_screen and not options.store:
        raise UsageError(_("--no-screen needs --store PATH: a throw-away store would be gone at once."))
    if output.json and not options.no_screen:
        raise UsageError(_("--json needs --no-screen here: the screen prints no data."))
    if options.store:
        return _over(Path(options.store).expanduser(), options, output)
    with tempfile.TemporaryDirectory(prefix="kartoteka-demo-") as folder:
        return _over(Path(folder) / "store", options, output)


def _over(path: Path, options: argparse.Namespace, output: Output) -> int:
    from tui.cli import screen

    if not options.no_screen:
        screen.refuse_unfit_terminal()
    added, total = _fill(path, options.clients, output)
    if not options.no_screen:
        output.finish()
        return screen.run(str(path), output)
    if output.json:
        output.value({"store": str(path), "clients": total, "added": added})
    else:
        text = ngettext("{number} client in {path}", "{number} clients in {path}", total)
        output.line(text.format(number=count(total), path=path))
    return Exit.DONE


def _fill(path: Path, clients: int, output: Output) -> tuple[int, int]:
    """Fill the store if it is empty; one with clients is left as it is.

    Returns:
        How many clients were added, and how many are there.
    """
    from store.demo import fill
    from store.door import open_store

    with open_store(path, create=True) as store:
        present = store.find("", limit=1).total
        if present:
            text = ngettext(
                "The store already holds {number} client; none was added.",
                "The store already holds {number} clients; none was added.",
                present,
            )
            output.talk(text.format(number=count(present)))
            return 0, present
        fill(store, clients, seed=SEED, progress=output.progress(_("Making clients up")))
        return clients, clients
