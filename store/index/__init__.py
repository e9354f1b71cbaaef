"""The derived index: search, exact look-up and the list of changes. Delete it at any time; it is built again.

What not every question needs is a module to be named: `facets`, `matching`.
"""

from store.index.found import Found, Phase
from store.index.index import Index
from store.index.tables import ChangeRef, ListRow, Owner, SegmentUpdate

__all__ = [
    "ChangeRef",
    "Found",
    "Index",
    "ListRow",
    "Owner",
    "Phase",
    "SegmentUpdate",
]
