"""Damaged files are brought back from the newest snapshot in which they are whole; what that lacks is told."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from store import clock, disk, refreshing
from store.errors import Damaged, NotFound
from store.formats import format_of, segment_content
from store.journal.changes import GONE
from store.segments import Segment, SegmentFolder, read, read_history, segment_number
from store.segments.listed import listed
from store.segments.lock import StoreLock
from store.segments.sealing import FORMAT, decode
from store.segments.segment import parsed
from store.snapshots.contents import Snapshot, is_sound
from store.snapshots.listing import snapshots
from store.snapshots.salvage import Salvage, salvage
from store.snapshots.taking import link

if TYPE_CHECKING:
    from store.door import Store


@dataclass(frozen=True, slots=True)
class Mended:
    """One file that was brought back."""

    file: Path
    snapshot: str
    """The name of the snapshot it was in."""
    at: str
    quarantine: str
    """The name of the damaged file beside it; "" where it was gone."""
    numbers: tuple[str, ...] = ()
    """Clients that were saved after the snapshot, as far as the damaged file or the index shows."""
    changes: int = 0
    """How many saves of theirs are lost."""
    certain: bool = True
    """False where there may have been more than that."""


def missing(store: "Store") -> list[Path]:
    """Files that the store lists, or that its newest snapshot has, and that are not there: somebody deleted them."""
    folder, kept = store.folder, _newest(store.path)
    files = [folder.file(number) for number in folder.listed() - set(folder.numbers())]
    names = [name for name in kept.contents.files if name.startswith("clients/")] if kept else []
    files += [store.path / name for name in names if ".history-" in name or listed(store.path).segments is None]
    return sorted({file for file in files if not file.exists()})


def outdated(store: "Store") -> set[int]:
    """The segments that were newer once: another hand put an older file in their place.

    As the index remembers it (see `refreshing.outdated`), or the newest snapshot has it.
    """
    folder = store.folder
    found = set(refreshing.outdated(folder, store.index, folder.numbers()))
    if kept := _newest(store.path):
        snapshot = SegmentFolder(kept.path)
        found |= {n for n in folder.numbers() if -1 < folder.generation(n) < snapshot.generation(n)}
    return found


def is_behind(store: "Store", segment: Segment) -> bool:
    """Whether a snapshot has all that a rolled back segment has, and more."""
    found = _newest_good(store.path, store.folder.file(segment.number))
    return (
        found is not None
        and found[0].generation > segment.generation
        and segment.changes.keys() <= {*found[0].changes, *read_history(store.folder.file(segment.number))}
    )


def mend(store: "Store", file: Path) -> Mended | None:
    """Bring a damaged or missing file of cards or changes back; None where no snapshot has it. Under the lock."""
    found = _newest_good(store.path, file)
    if found is None:
        return None
    good, name, at = found
    number = good.number
    left = _left_of(file, number)
    known = store.index.stamps().get(number)
    generation = max(good.generation, left.seal.generation if left.seal else 0, known.generation if known else 0)
    made = replace(good, generation=generation + 1, last_seq=max(good.last_seq, left.seal.last_seq if left.seal else 0))
    modes = disk.Modes.of(store.path)
    quarantine = _quarantine(file, modes.file)
    disk.replace(file, made.content(), modes.file)
    if ".history-" in file.name:
        return Mended(file, name, at, quarantine)
    lost = _lost(store, good, left)
    seen = _saves(store, good, left)
    certain = left.seal is not None and (
        (known is not None and known.generation == left.seal.generation)
        or left.seal.last_seq in {good.last_seq, *left.changes}
    )
    return Mended(file, name, at, quarantine, tuple(lost.values()), seen, certain)


def mend_settings(path: Path, operator: str) -> Mended | None:
    """Bring a damaged `store.json` back, without which a store cannot be opened; None where no snapshot has it.

    Raises:
        Busy: `store-locked`.
    """
    file = path / "store.json"
    modes = disk.Modes.of(path)
    lock = StoreLock(path, operator, modes.file)
    try:
        with lock.held(lambda state: state):
            lock.write(replace(lock.state, boot=""))  # as after a restart: who opens the store next looks after it
            for snapshot in reversed(snapshots(path)):
                content = _bytes_of(snapshot.path / file.name)
                if content and is_sound(file.name, content):
                    quarantine = _quarantine(file, modes.file)
                    disk.replace(file, content, modes.file)
                    return Mended(file, snapshot.name, snapshot.contents.at, quarantine)
    finally:
        lock.close()
    return None


def readable(file: Path) -> list[str]:
    """The numbers of the clients whose cards a damaged file still shows whole."""
    return _numbers(_left_of(file, int(file.name.partition(".")[0])).cards.values())


def _newest(path: Path) -> Snapshot | None:
    """The newest snapshot of the store's line of history: one from before a restore says nothing of what came after."""
    line = _line_of(path)
    return next((snapshot for snapshot in reversed(snapshots(path)) if _line_of(snapshot.path) == line), None)


def _line_of(path: Path) -> str:
    try:
        return listed(path).line
    except Damaged:
        return ""


def _newest_good(store: Path, file: Path) -> tuple[Segment, str, str] | None:
    """The highest generation of the line the store is of; without any, the newest snapshot's of another line."""
    line = _line_of(store)
    best: tuple[Segment, str, str] | None = None
    for own in (True, False):
        for snapshot in reversed(snapshots(store)):
            if (_line_of(snapshot.path) == line) is not own:
                continue
            try:
                segment = _kept(snapshot.path, file.name)
            except (Damaged, NotFound, OSError):
                continue
            if best is None or (own and segment.generation > best[0].generation):
                best = (segment, snapshot.name, snapshot.contents.at)
        if best:
            break
    return best


def _kept(snapshot: Path, name: str) -> Segment:
    """A segment as a snapshot has it; one of an earlier format as it is in this one."""
    file = snapshot / "clients" / name
    if (number := format_of(snapshot)) < FORMAT and ".history-" not in name:
        return parsed(file, segment_content(file, number))
    return read(file)


def _left_of(file: Path, number: int) -> Salvage:
    return salvage(_bytes_of(file), number)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""  # gone, or the disk does not give it back


def _quarantine(file: Path, mode: int) -> str:
    """Give a damaged file a second name; its own goes to what takes its place."""
    if not file.exists():
        return ""
    stamp = clock.stamp().replace(":", "-")
    aside = file.with_name(f"{file.name}.damaged-{stamp}")
    while aside.exists():
        aside = file.with_name(f"{file.name}.damaged-{stamp}.{os.urandom(2).hex()}")
    link(file, aside, mode)
    disk.sync(file.parent)
    return aside.name


def _lost(store: "Store", good: Segment, left: Salvage) -> dict[int, str]:
    """Serial -> number of each client that was saved later than it is in the good state."""
    known = _revisions(store, good, left)
    had = _had(good)
    serials = sorted(serial for serial, revision in known.items() if revision > had.get(serial, 0))
    named = store.index.numbers(serials)
    return {serial: str(left.cards.get(serial, {}).get("number") or named.get(serial, "")) for serial in serials}


def _saves(store: "Store", good: Segment, left: Salvage) -> int:
    had = _had(good)
    by_revision = sum(
        revision - had.get(serial, 0)
        for serial, revision in _revisions(store, good, left).items()
        if revision > had.get(serial, 0)
    )
    there = {**read_history(store.folder.file(good.number)), **good.changes}
    return max(by_revision, len(left.changes.keys() - there.keys()))


def _revisions(store: "Store", good: Segment, left: Salvage) -> dict[int, int]:
    """The highest revision of each client that the index or the damaged file tells of."""
    known = {
        serial: revision
        for serial, revision in store.index.revisions().items()
        if segment_number(serial) == good.number
    }
    for serial, document in left.cards.items():
        known[serial] = max(known.get(serial, 0), _revision(document))
    for change in left.changes.values():
        known[change["serial"]] = max(known.get(change["serial"], 0), _revision(change))
    return known


def _had(good: Segment) -> dict[int, int]:
    """The revision of each client in the good state; of one that is no more by then, the revision it went with."""
    changes = map(decode, good.changes.values())
    gone = {int(change.get("serial", 0)): _revision(change) for change in changes if change.get("act") in GONE}
    cards = {serial: _revision(decode(record)) for serial, record in (*good.cards.items(), *good.trash.items())}
    return gone | cards


def _revision(record: Mapping[str, object]) -> int:
    revision = record.get("revision")
    return revision if isinstance(revision, int) else 0


def _numbers(documents: Iterable[Mapping[str, object]]) -> list[str]:
    return sorted(str(document["number"]) for document in documents)
