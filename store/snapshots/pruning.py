"""Which snapshots are kept: of those of the day, the newest of each of the last 7 days, 5 weeks and 12 months.

Days are counted by those that have a snapshot, not back from today: a clock that jumped ahead for an hour does not
make all others old. Those taken by hand, or before something that replaces data, are kept longer: the last 10.
"""

import contextlib
import datetime
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from store.snapshots.contents import Snapshot
from store.snapshots.listing import FOLDER, snapshots

DAYS, WEEKS, MONTHS = 7, 5, 12
DELIBERATE = 10
"""Of those that were not taken by the day."""


def prune(store: Path, *, spare: str = "") -> list[str]:
    """Remove the snapshots that the rule does not keep.

    Args:
        store: The store's folder.
        spare: One to keep in any case: that just taken, whatever the clock said.

    Returns:
        The names of those removed.
    """
    known = snapshots(store)
    kept = kept_of([(snapshot.name, snapshot.contents.why) for snapshot in known]) | {spare}
    gone = [snapshot for snapshot in known if snapshot.name not in kept]
    for snapshot in gone:
        _remove(store, snapshot)
    return [snapshot.name for snapshot in gone]


def kept_of(taken: Sequence[tuple[str, str]]) -> set[str]:
    """The names that are kept.

    Args:
        taken: Name and reason of each snapshot, the oldest first.
    """
    # Only those of the day count as its state: one taken before a repair holds what is damaged.
    newest = [name for name, why in reversed(taken) if why == "daily"]
    deliberate = [name for name, why in reversed(taken) if why != "daily"][:DELIBERATE]
    return {
        *deliberate,
        *_newest_of_each(newest, lambda name: name[:10], DAYS),
        *_newest_of_each(newest, _week, WEEKS),
        *_newest_of_each(newest, lambda name: name[:7], MONTHS),
    }


def _newest_of_each(newest_first: Sequence[str], span: Callable[[str], str], most: int) -> list[str]:
    found: dict[str, str] = {}
    for name in newest_first:
        found.setdefault(span(name), name)
    return list(found.values())[:most]


def _week(name: str) -> str:
    year, week, _ = datetime.date.fromisoformat(name[:10]).isocalendar()
    return f"{year} {week}"


def _remove(store: Path, snapshot: Snapshot) -> None:
    """Remove a snapshot: first its name, so that no half of it is ever taken for one."""
    doomed = store / FOLDER / f".{os.urandom(6).hex()}.part"
    with contextlib.suppress(FileNotFoundError):  # another process prunes as well
        os.rename(snapshot.path, doomed)
        shutil.rmtree(doomed, ignore_errors=True)
