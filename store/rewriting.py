"""Putting segments in the place of others because something is to be gone from them for good."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store import disk
from store.errors import NotAllowed, Unsure
from store.segments import Segment
from store.segments.folder import Aside
from store.segments.lock import LockState
from store.segments.segment import stamp_of

if TYPE_CHECKING:
    from store.door import Store


def older_aside(store: "Store", name: str, segment: Segment) -> Aside:
    """Write a file of older changes, with its next generation, beside the one of that name."""
    made = replace(segment, generation=segment.generation + 1)
    file = store.folder.path / name
    aside = disk.aside_name(file)
    status = disk.write_new(aside, made.content(), disk.Modes.of(store.path).file)
    return Aside(segment.number, aside, file, stamp_of(status, made.generation))


def place(store: "Store", state: LockState, make: Callable[[], Iterable[Aside]], seq: Callable[[], int]) -> None:
    """Write files aside and put them in place, all or nothing. Under the lock; the index is to be told afterwards.

    Args:
        store: The store.
        state: What the lock says.
        make: Writes them.
        seq: The highest sequence number in them.

    Raises:
        NotAllowed: `disk-refused`: nothing was changed.
        Unsure: `disk-failed` while the files were put in place.
    """
    asides: list[Aside] = []
    # Those that a manifest names are still put in place, by whoever takes the lock next.
    unwanted = (aside.aside for aside in asides if not store.folder.manifest.exists())
    with disk.discarded_on_failure(unwanted):
        try:
            for aside in make():
                asides.append(aside)
            if not asides:
                return
            store.note(replace(state, seq=max(state.seq, seq()), pending=_numbers(asides)))
        except OSError as error:
            raise NotAllowed("disk-refused", file=str(store.folder.path), reason=error.strerror or "") from error
        try:
            store.folder.place(asides)
        except OSError as error:
            raise Unsure("disk-failed", file=str(store.folder.path), reason=error.strerror or "") from error


def _numbers(asides: Sequence[Aside]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(aside.number for aside in asides))
