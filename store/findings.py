"""What a check of a store finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    code: str
    """`segment-damaged`, `segment-newer`, `segment-unreadable`, `segment-missing`, `segment-rolled-back`,
    `segment-foreign`, `card-misplaced`, `number-shared`, `leftover`, `manifest-unfinished`, `erase-interrupted`,
    `access-log-broken`, `index-stale`, `index-differs` or `index-damaged`; of a repair also `segment-brought-back`,
    `changes-lost`, `changes-lost-perhaps`, `segment-not-kept`, `segment-lost`, `repair-stopped`, `check-failed` and
    the codes of an index that cannot be built."""
    file: str
    details: Mapping[str, Any] = field(default_factory=dict)
