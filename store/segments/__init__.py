"""The files that hold the truth: cards and their changes, 64 clients a file, each a TinyDB file."""

from store.segments.folder import SegmentFolder, segment_number
from store.segments.segment import SEGMENT_SIZE, Segment, Stamp, read, read_history

__all__ = ["SEGMENT_SIZE", "Segment", "SegmentFolder", "Stamp", "read", "read_history", "segment_number"]
