"""A file written aside and put in its place when it is whole: a half file is never left."""

import codecs
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import TextIO, cast

from store import disk
from store.errors import Invalid, Problem


@contextmanager
def written_aside(out: str | os.PathLike[str], encoding: str = "utf-8") -> Iterator[TextIO]:
    """A text file to write to, which gets its name when the block ends well; `-` is stdout.

    Rights are the owner's alone, as the file holds personal data; a file that is replaced keeps its rights.

    Raises:
        Invalid: `file-unwritable` (details: reason).
    """
    place = os.fspath(out)
    if place == "-":
        # In our encoding whatever the terminal's. A TextIOWrapper would close stdout where this cannot take the rest.
        yield cast(TextIO, codecs.getwriter(encoding)(sys.stdout.buffer))
        sys.stdout.buffer.flush()
        return
    target = Path(place)
    try:
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise IsADirectoryError(21, "Is a directory")
            with target.open("w", encoding=encoding, newline="") as device:
                yield device
            return
        descriptor, aside = mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with disk.discarded_on_failure((Path(aside),)):
            with os.fdopen(descriptor, "w", encoding=encoding, newline="") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                os.chmod(aside, target.stat().st_mode & 0o777)
            os.replace(aside, target)
    except OSError as error:
        named = Path(os.fsdecode(error.filename)).name if isinstance(error.filename, str | bytes) else ""
        if named and named != target.name and not named.startswith(f".{target.name}."):
            raise  # of what was read meanwhile to be written
        raise Invalid([Problem("", "file-unwritable", place, details={"reason": error.strerror or ""})]) from error
