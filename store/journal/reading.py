"""The journal as it lies in the segments and in the files of older changes beside them."""

from store.journal.changes import Change
from store.segments import Segment, SegmentFolder, read_history, segment_number


def changes_of(folder: SegmentFolder, segment: Segment) -> list[Change]:
    """All changes of a segment's cards, oldest first."""
    records = {**read_history(folder.file(segment.number)), **segment.changes}
    return [Change.of(seq, record) for seq, record in sorted(records.items())]


def changes_in(segment: Segment) -> list[Change]:
    """The changes in a segment's own file, the latest of its cards, oldest first."""
    return [Change.of(seq, record) for seq, record in sorted(segment.changes.items())]


def history(folder: SegmentFolder, serial: int) -> list[Change]:
    """All changes of a card, oldest first."""
    segment = folder.read(segment_number(serial))
    return [change for change in changes_of(folder, segment) if change.serial == serial]
