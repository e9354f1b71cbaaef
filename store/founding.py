"""What is done before a store is open: it is made, brought to this format, and its operator is known."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from store import disk, settings
from store.errors import Damaged
from store.schema import Schema

if TYPE_CHECKING:
    from store.upgrades import Progress


def create(folder: Path) -> None:
    """Make a store in a folder that is missing or empty; one that is a store already is left alone."""
    if (folder / settings.FILE).exists():
        return
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Damaged("not-a-store", path=str(folder))
    disk.make_folder(folder, disk.PRIVATE.folder)
    modes = disk.Modes.of(folder)
    disk.make_folder(folder / "clients", modes.folder)
    # Last, as it is what makes the folder a store.
    settings.create(folder, modes)


def schema_of(folder: Path, operator: str, progress: "Progress | None") -> Schema:
    """What a card may hold; a store of an earlier format is brought to this one first."""
    try:
        return settings.read_schema(folder)
    except Damaged as error:
        if error.code != "store-older":
            raise
    from store.upgrades import upgrade

    upgrade(folder, operator, progress)
    return settings.read_schema(folder)


def login() -> str:
    """Who works here: `$KARTOTEKA_OPERATOR`, else the login name."""
    if name := os.environ.get("KARTOTEKA_OPERATOR"):
        return name
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
