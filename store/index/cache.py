"""Sets that were read, kept while nothing changes."""

from dataclasses import dataclass, field

from store.index.docs import FEW, Docs
from store.index.slices import Slices

_MOST_BYTES = 8 << 20


@dataclass(slots=True)
class Cache:
    """Sets read from one state of the index, kept from search to search."""

    state: int = -1
    sets: dict[str, Docs] = field(default_factory=dict)
    slices: dict[str, Slices] = field(default_factory=dict)
    size: int = 0

    def keep(self, key: str, docs: Docs) -> Docs:
        """Keep a set, if it is worth it; letting go of all where they become too many."""
        if docs.is_few and len(docs) < FEW // 10:
            return docs
        self.size += 2 * len(docs.raw)
        if self.size > _MOST_BYTES:
            self.sets = {}
            self.size = 0
        self.sets[key] = docs
        return docs
