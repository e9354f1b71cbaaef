"""Which segments speak of a client: cards of others point to it by its uid."""

from store.segments import SegmentFolder
from store.segments.segment import Stamp


class Mentions:
    """The segments whose files hold a uid.

    Looked for twice: before the lock is taken, which reads every file (0.1 ms each), and under it, which reads
    only what was saved in between.
    """

    def __init__(self, folder: SegmentFolder, uid: str) -> None:
        self._folder = folder
        self._needle = uid.encode()
        self._looked: dict[int, Stamp] = {}
        self._found: set[int] = set()

    def look(self) -> list[int]:
        """The numbers of those segments, in order."""
        if not self._needle:
            return []
        there = self._folder.scan()
        for number, stamp in there.items():
            if self._looked.get(number) == stamp:
                continue
            self._found.discard(number)
            if self._needle in self._folder.file(number).read_bytes():
                self._found.add(number)
        self._looked = there
        return sorted(self._found & there.keys())
