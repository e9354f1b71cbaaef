"""What one operator keeps beside the cards: clients marked, clients opened lately, searches of their own.

One JSON file an operator, derived from nothing and needed by nothing: a store without it works as before.
"""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from store import disk
from store.drafts import file_name
from store.errors import NotAllowed

MOST_OPENED = 50
"""Clients remembered as opened lately."""

Clients = Mapping[int, str]
"""Serial -> uid. The uid tells whether a serial still means the client that was noted."""


class Notebook:
    """The notebook of one operator. Several threads may use it; what another session wrote is seen."""

    def __init__(
        self, store: Path, operator: str, modes: disk.Modes = disk.PRIVATE, *, read_only: bool = False
    ) -> None:
        """Prepare the notebook; nothing is read yet.

        Args:
            store: the store's folder.
            operator: whose notebook it is.
            modes: permissions of what is made.
            read_only: keep everything in memory only.
        """
        self.path = store / "notebooks" / f"{file_name(operator)}.json"
        self._modes = modes
        self._read_only = read_only
        self._turn = threading.RLock()
        self._is_changing = False
        self._seen: tuple[int, int] | None = None
        self._data: dict[str, Any] = {}

    @property
    def marks(self) -> Clients:
        """The clients that are marked, in the order they were."""
        return dict(_pairs(self._read().get("marks")))

    @property
    def opened(self) -> Clients:
        """The clients opened lately, the last one first."""
        return dict(_pairs(self._read().get("opened")))

    @property
    def searches(self) -> list[Mapping[str, Any]]:
        """The operator's own saved searches, as `store.searches` wrote them."""
        found = self._read().get("searches")
        return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    def mark(self, clients: Clients) -> None:
        """Mark clients beside those that are. Raises NotAllowed (`disk-refused`)."""
        with self.changing():
            self._write("marks", _listed({**self.marks, **clients}))

    def unmark(self, serials: Iterable[int]) -> None:
        """Take the marks off clients. Raises NotAllowed (`disk-refused`)."""
        with self.changing():
            gone = set(serials)
            self._write("marks", _listed({serial: uid for serial, uid in self.marks.items() if serial not in gone}))

    def note_opened(self, serial: int, uid: str) -> None:
        """Remember that a client was opened. Raises NotAllowed (`disk-refused`)."""
        with self.changing():
            before = {known: its for known, its in self.opened.items() if known != serial}
            self._write("opened", _listed({serial: uid, **before})[:MOST_OPENED])

    def keep_searches(self, searches: Sequence[Mapping[str, Any]]) -> None:
        """Put these in the place of the operator's own searches. Raises NotAllowed (`disk-refused`)."""
        with self.changing():
            self._write("searches", list(searches))

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Let nobody else change a notebook meanwhile, no thread and no process: what is read inside stays true.

        Raises:
            NotAllowed: `disk-refused`.
        """
        with self._turn, ExitStack() as held:
            if not self._read_only and not self._is_changing:
                try:
                    disk.make_folder(self.path.parent, self._modes.folder)
                    held.enter_context(disk.folder_locked(self.path.parent))
                except OSError as error:
                    raise NotAllowed("disk-refused", file=str(self.path), reason=error.strerror or "") from error
                self._is_changing = True
                held.callback(setattr, self, "_is_changing", False)
            yield

    def _read(self) -> dict[str, Any]:
        with self._turn:
            if self._read_only and self._data:
                return self._data
            try:
                status = self.path.stat()
                if (status.st_mtime_ns, status.st_ino) != self._seen:
                    self._data = _decoded(self.path.read_bytes())
                    self._seen = (status.st_mtime_ns, status.st_ino)
            except FileNotFoundError:
                if not self._read_only:
                    self._data, self._seen = {}, None
            except OSError as error:
                raise NotAllowed("disk-refused", file=str(self.path), reason=error.strerror or "") from error
            return self._data

    def _write(self, part: str, value: Any) -> None:
        before = self._read()
        if before.get(part) == value:
            return
        data = {**before, part: value}
        if self._read_only:
            self._data = data
            return
        content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        try:
            if not before and self.path.exists():
                # Not ours, or damaged: kept for a person to look at.
                with suppress(OSError):
                    self.path.rename(self.path.with_suffix(".damaged"))
            status = disk.replace(self.path, content, self._modes.file)
        except OSError as error:
            raise NotAllowed("disk-refused", file=str(self.path), reason=error.strerror or "") from error
        self._data, self._seen = data, (status.st_mtime_ns, status.st_ino)


def _decoded(content: bytes) -> dict[str, Any]:
    try:
        data = json.loads(content.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _pairs(value: Any) -> Iterable[tuple[int, str]]:
    for pair in value if isinstance(value, list) else ():
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], int):
            yield pair[0], str(pair[1])


def _listed(clients: Clients) -> list[list[Any]]:
    return [[serial, uid] for serial, uid in clients.items()]
