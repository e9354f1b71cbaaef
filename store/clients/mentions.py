"""Which files speak of a client: by its uid, which cards of others point to it by, and by merges it was part of."""

import os
from pathlib import Path

from store.errors import Damaged
from store.segments import SegmentFolder
from store.segments.segment import files_of


class Mentions:
    """Files that hold one of some uids or changesets.

    Looked for twice: before the lock is taken, which reads every file (0.1 ms each), and under it, which reads
    only what was written in between. A file that lies in several places (a snapshot's hard link) is read once.
    """

    def __init__(self, *needles: str) -> None:
        self.needles = frozenset(needles)
        self._needles = [needle.encode() for needle in needles if needle]
        self._known: dict[tuple[int, int, int, int], bool] = {}

    def segments(self, folder: SegmentFolder) -> list[int]:
        """The numbers of the segments that hold one, in order."""
        return [number for number in folder.numbers() if any(map(self.hold, files_of(folder.file(number))))]

    def hold(self, file: Path) -> bool:
        """Whether a file holds one; a file that is gone holds none. Raises Damaged (`segment-unreadable`)."""
        if not self._needles:
            return False
        try:
            status = os.stat(file)
            key = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
            if key not in self._known:
                content = file.read_bytes()
                self._known[key] = any(needle in content for needle in self._needles)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise Damaged("segment-unreadable", file=str(file), reason=error.strerror or "") from error
        return self._known[key]
