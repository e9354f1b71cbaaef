"""What a damaged segment still shows: for a report of what could not be brought back, never as the truth."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from store.segments import segment_number
from store.segments.sealing import Seal, read_seal


@dataclass(slots=True)
class Salvage:
    """Records that stand whole on a line of their own and belong in the segment."""

    seal: Seal | None = None
    """The first line, unverified."""
    cards: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    """Serial -> document, those of the trash too."""
    changes: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    """Sequence number -> change."""


def salvage(content: bytes, number: int) -> Salvage:
    """Read what can be read, line by line.

    Args:
        content: A file that is not what was written.
        number: The segment's.
    """
    found = Salvage(read_seal(content[:256]))
    for line in content.split(b"\n"):
        key, colon, record = line.rstrip(b",").partition(b":")
        if not colon or not key[1:-1].isdigit():
            continue
        try:
            value = json.loads(record)
        except (ValueError, RecursionError):
            continue
        if not isinstance(value, dict):
            continue
        place = int(key[1:-1])
        if "changeset" in value:
            if isinstance(value.get("serial"), int) and segment_number(value["serial"]) == number:
                found.changes[place] = value
        elif isinstance(value.get("number"), str) and segment_number(place) == number:
            found.cards[place] = value
    return found
