"""Opening the store a command works on."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import Damaged, NotFound
from tui.cli.output import Output
from tui.cli.parser import UsageError
from tui.i18n import _
from tui.places import default_store

if TYPE_CHECKING:
    from store.door import Store


def store_path(asked: str | None) -> Path:
    """The store's folder: `--store`, else `$KARTOTEKA_STORE`, else the user's data folder."""
    if asked is not None and not asked.strip():
        # An empty variable of a script must not lead into another store.
        raise UsageError(_("--store names no folder: it is empty."))
    named = asked or os.environ.get("KARTOTEKA_STORE")
    return Path(named).expanduser() if named else default_store()


def opened(options: argparse.Namespace, output: Output, *, create: bool = False) -> "Store":
    """Open the store for a command.

    Args:
        options: the parsed command line, with `store`.
        output: told when a store is made.
        create: make a store where there is none yet; else that is an error.
    """
    from store.door import open_store

    path = store_path(options.store)
    try:
        return open_store(path, progress=output.progress(_("Indexing")))
    except (NotFound, Damaged) as error:
        # A folder may be there; only an empty one becomes a store.
        if not create or error.code not in ("store-missing", "not-a-store"):
            raise
    store = open_store(path, create=True)
    output.talk(_("A new store was made: {path}").format(path=path))
    return store
