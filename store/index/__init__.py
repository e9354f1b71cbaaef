"""The derived index: search, exact look-up and the list of changes. Delete it at any time; it is built again."""

from store.index.facets import Facet
from store.index.found import Found, Phase
from store.index.index import Index
from store.index.matching import matched
from store.index.tables import ChangeRef, ListRow, Owner, SegmentUpdate, Stamp

__all__ = [
    "ChangeRef",
    "Facet",
    "Found",
    "Index",
    "ListRow",
    "Owner",
    "Phase",
    "SegmentUpdate",
    "Stamp",
    "matched",
]
