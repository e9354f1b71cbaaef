"""The index compared with the segments while these are read: what a check says of it."""

from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from store import refreshing
from store.errors import Busy, Damaged
from store.findings import Finding

if TYPE_CHECKING:
    from store.door import Store
    from store.index import SegmentUpdate
    from store.index.verifying import Verifier

_MOST = 10
"""So many clients of a file are named."""


class Comparison:
    """Gathers what is wrong with the index."""

    def __init__(self, store: "Store", verifier: "Verifier", outdated: Collection[int], gone: Collection[int]) -> None:
        """Begin.

        Args:
            store: Whose index.
            verifier: It at one moment.
            outdated: Segments that were newer once.
            gone: Segments that are not as they were indexed, or have no file any more.
        """
        self._store = store
        self._verifier = verifier
        self._findings: list[Finding] = []
        for number in (*outdated, *gone):
            verifier.pass_over(number)

    def pass_over(self, number: int) -> None:
        """Leave a segment out that cannot be read."""
        self._verifier.pass_over(number)

    def compare(self, segment: "SegmentUpdate") -> None:
        """Compare a segment."""
        self._note(segment.number, self._verifier.compare(segment))

    def findings(self) -> list[Finding]:
        """All that is wrong, once every segment was compared or passed over."""
        index = str(self._store.index.path)
        rest = self._verifier.rest()
        if unlike := self._verifier.unlike:
            self._look_again(unlike)
        if rest:
            self._findings.append(Finding("index-differs", index, {"in": rest}))
        if self._verifier.damage:
            self._findings.append(Finding("index-damaged", index, {"file": index, "reason": self._verifier.damage}))
        return self._findings

    def _look_again(self, numbers: Collection[int]) -> None:
        """Compare what was saved since the comparison began; what is still of another generation was not saved."""
        folder = self._store.folder
        with closing(self._store.index.verifier()) as verifier:
            for number in sorted(numbers):
                try:
                    self._note(number, verifier.compare(refreshing.whole(folder, folder.read(number))))
                except (Damaged, PermissionError):
                    continue  # whoever damaged it did so after it was read
                if number in verifier.unlike:
                    self._findings.append(Finding("index-differs", str(folder.file(number)), {"numbers": []}))

    def _note(self, number: int, wrong: list[str]) -> None:
        if wrong:
            details = {"numbers": sorted(wrong)[:_MOST]}
            self._findings.append(Finding("index-differs", str(self._store.folder.file(number)), details))


@contextmanager
def comparison(store: "Store", outdated: Collection[int], findings: list[Finding]) -> Iterator[Comparison | None]:
    """Compare the index of a store with its segments; nothing to compare where it cannot be read at all.

    Args:
        store: The store.
        outdated: Segments that were newer once.
        findings: Here goes what is known at once.
    """
    folder, index = store.folder, store.index
    try:
        changed, gone = refreshing.stale(folder, index)
        findings += [Finding("index-stale", str(folder.file(number))) for number in (*changed, *gone)]
        verifier = index.verifier()
    except (Damaged, Busy) as error:
        findings.append(Finding(error.code, str(index.path), error.details))
        yield None
        return
    with closing(verifier):
        yield Comparison(store, verifier, outdated, {*changed, *gone})
