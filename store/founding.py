"""What is done before a store is open: it is made, brought to this format, and its operator is known."""

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from store import disk, settings
from store.errors import Damaged
from store.schema import Schema

if TYPE_CHECKING:
    from store.progress import Progress


def create(folder: Path) -> None:
    """Make a store where there is none; one that is there is left as it is.

    Interrupted anywhere it leaves what the next call finishes.

    Raises:
        Damaged: `not-a-store`: there is something else in the folder.
    """
    if (folder / settings.FILE).exists():
        return
    if folder.exists() and (not folder.is_dir() or not _is_unmade(folder)):
        raise Damaged("not-a-store", path=str(folder))
    disk.make_folder(folder, disk.PRIVATE.folder)
    modes = disk.Modes.of(folder)
    disk.make_folder(folder / "clients", modes.folder)
    (folder / "clients").chmod(modes.folder)  # of one that was interrupted too
    with contextlib.suppress(PermissionError):  # an interrupted one may have made the folder, but not for good
        disk.sync(folder.parent)
    # Last, as it is what makes the folder a store.
    settings.create(folder, modes)


def _is_unmade(folder: Path) -> bool:
    """Whether a folder is empty but for what the making of a store leaves behind when it is interrupted."""
    names = [name for name in os.listdir(folder) if not disk.is_aside(name)]
    return not names or (names == ["clients"] and (folder / "clients").is_dir() and not os.listdir(folder / "clients"))


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
        return name.encode(errors="replace").decode()  # of another encoding, it could be written nowhere
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
