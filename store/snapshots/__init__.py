"""Earlier states of a store: kept as snapshots beside it, written out as backups, brought back."""

from store.snapshots.contents import Snapshot
from store.snapshots.listing import snapshot_named, snapshots
from store.snapshots.taking import take

__all__ = ["Snapshot", "snapshot_named", "snapshots", "take"]
