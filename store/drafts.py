"""What operators typed and have not saved: kept on the disk as they type, and offered back."""

import contextlib
import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from store import disk, erased
from store.card import Document
from store.clock import stamp
from store.errors import NotAllowed, NotFound

TORN_SECONDS = 3_600
"""A draft still unfinished after so long was left by a program that was killed."""

_UNSAFE = re.compile(r"[^\w.@-]|^\.")


def file_name(name: str) -> str:
    """A name that people chose, such as an operator's, as the name of a file or folder: no way out of where it lies."""
    return _UNSAFE.sub("_", name) or "_"


@dataclass(frozen=True, slots=True)
class Draft:
    """A card as it was being edited."""

    uid: str
    """The client's uid; a new card has one too."""
    serial: int | None
    """None: a card that was never saved."""
    document: Document
    """The card with what was typed and is valid."""
    before: Document | None
    """What the operator started from; None for a new card."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Path -> what was typed and is not valid yet."""
    at: str = ""
    """When it was last kept; set by `save`."""


class Drafts:
    """The drafts of one operator."""

    def __init__(self, store: Path, operator: str, modes: disk.Modes = disk.PRIVATE) -> None:
        self.path = store / "drafts" / file_name(operator)
        self._modes = modes

    def save(self, draft: Draft) -> None:
        """Keep a draft in the place of an older one of the same card; on the disk before this returns.

        Raises:
            NotAllowed: `disk-refused`; an older draft is still there.
            NotFound: `client-erased`: nothing of that client is kept any more.
        """
        if gone := erased.named(self.path.parent.parent, draft.uid):
            raise NotFound("client-erased", number=gone.number, at=gone.at)
        content = json.dumps({**asdict(draft), "at": stamp()}, ensure_ascii=False, indent=1)
        try:
            disk.make_folder(self.path.parent, self._modes.folder)
            disk.make_folder(self.path, self._modes.folder)
            disk.replace(self._file(draft.uid), content.encode("utf-8", "surrogatepass"), self._modes.file)
        except OSError as error:
            raise NotAllowed("disk-refused", file=str(self.path), reason=error.strerror or "") from error

    def load(self, uid: str) -> Draft | None:
        """The draft of a card, or None. A file that is no draft (torn, foreign) is none."""
        return _read(self._file(uid))

    def list(self) -> Iterator[Draft]:
        """All drafts, the last kept first."""
        try:
            names = [name for name in os.listdir(self.path) if name.endswith(".json") and not name.startswith(".")]
            self._remove_torn()
        except FileNotFoundError:
            return
        found = [draft for name in names if (draft := _read(self.path / name))]
        yield from sorted(found, key=lambda draft: draft.at, reverse=True)

    def _remove_torn(self) -> None:
        """Remove what killed programs left half-written; younger ones may be just being written."""
        now = time.time()
        for name in os.listdir(self.path):
            file = self.path / name
            with contextlib.suppress(OSError):
                if disk.is_aside(name) and abs(now - file.stat().st_mtime) > TORN_SECONDS:
                    file.unlink()

    def remove(self, uid: str) -> None:
        """Forget a draft; one that is not there is no error."""
        if self.path.is_dir():
            disk.remove(self._file(uid))

    def _file(self, uid: str) -> Path:
        return self.path / f"{file_name(uid)}.json"


def _read(path: Path) -> Draft | None:
    try:
        data = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
        draft = Draft(**data)
        return draft if isinstance(draft.at, str) else None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotAllowed("disk-refused", file=str(path), reason=error.strerror or "") from error
    except (ValueError, TypeError, RecursionError):
        return None  # not a draft of ours; left where it is for a person to look at
