"""Bringing a state back: proven whole before anything is touched, and never over newer data without a yes."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import disk, erased, refreshing
from store.clients.mentions import Mentions
from store.clients.wiping import Wiping
from store.errors import Conflict, Damaged, NotAllowed, StoreError
from store.formats import bring_up
from store.journal import Change
from store.progress import Progress
from store.segments import Segment, SegmentFolder, listed, read
from store.segments.lock import ALL
from store.segments.sealing import decode, sealed_digest, unpack
from store.segments.segment import read_history
from store.snapshots import reading
from store.snapshots.contents import GROWING, Contents, files_of, print_of, proven
from store.snapshots.listing import FOLDER
from store.snapshots.taking import link, part_folder, sweep, take
from store.snapshots.wiping import without

if TYPE_CHECKING:
    from store.door import Store


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and what was replaced."""

    at: str
    """The moment whose state it is."""
    clients: int
    files: int
    """How many were verified and put in place."""
    kept: str
    """The snapshot of what was replaced."""
    lost: "Newer"
    """What the store held that the restored state does not: it is in the snapshot `kept`."""
    settings_changed: bool
    """Whether `store.json` is another one: an open screen must be opened again."""
    erased_again: tuple[str, ...] = ()
    """The numbers of clients who were erased since the backup was made, and are not brought back."""


@dataclass(frozen=True, slots=True)
class Newer:
    """What a store holds that a backup does not."""

    changes: int = 0
    numbers: tuple[str, ...] = ()
    """The clients they were made to."""
    files: int = 0
    """Files with such changes, or written again without any of ours (by another hand), or unreadable."""


def restore(store: "Store", source: Path, *, yes: bool = False, progress: Progress | None = None) -> Restored:
    """Bring back the state of a snapshot or backup.

    The state that is replaced becomes a snapshot first. All files are replaced at once or none: a crash is finished
    by whoever opens or writes next.

    Args:
        store: The store.
        source: A snapshot, a backup folder or an archive.
        yes: Also where the store holds what the backup does not.
        progress: Told how many files were verified, and of how many.

    Raises:
        NotFound: `backup-missing`.
        Damaged: `not-a-backup`; `backup-damaged` with `files`. Nothing was touched.
        Conflict: `restore-newer` with `changes`, `clients`, `numbers`, `files`, unless `yes`. Nothing was touched.
        NotAllowed: `restore-refused`: a disk failed before anything was touched.
        Unsure: `restore-begun`: a disk failed in the middle; whoever saves or opens next finishes it.
    """
    try:
        return _restored(store, source, yes, progress)
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotAllowed("restore-refused", path=str(source), file=str(error.filename or ""), reason=reason) from error


def _restored(store: "Store", source: Path, yes: bool, progress: Progress | None) -> Restored:
    modes = disk.Modes.of(store.path)
    with part_folder(store.path, modes) as part:
        contents, clients = _staged(store, source, part, modes, progress)
        bring_up(part, modes)
        with store.writing() as state:
            sweep(store.path)
            lost = newer(store.folder, part, contents)
            if lost.files and not yes:
                raise Conflict(
                    "restore-newer",
                    path=str(source),
                    changes=lost.changes,
                    clients=len(lost.numbers),
                    numbers=list(lost.numbers[:10]),
                    files=lost.files,
                )
            erased_again = _without_erased(store, part, modes)
            kept = take(store, "restore")
            # Counted on, never back: what was given to changes and clients since must not be given again.
            state = replace(
                state,
                seq=max(state.seq, contents.last_seq),
                next_serial=max(state.next_serial, SegmentFolder(part).next_serial()),
            )
            listed.write(part, SegmentFolder(part).numbers(), modes.file, line=f"{FOLDER}/{kept.name}")
            store.note(replace(state, pending=(ALL,)))
            settings_changed = _exchange(store, part, contents)
            # What was to be brought back is back, whatever becomes of the index and of a snapshot more: what is noted
            # as pending is indexed by whoever takes the lock next.
            with suppress(StoreError, OSError):
                _index(store, progress)
                store.note(replace(state, pending=()))
            with suppress(StoreError, OSError):
                take(store, "restored")
    return Restored(contents.at, clients, len(contents.files), kept.name, lost, settings_changed, erased_again)


def prove(source: Path, progress: Progress | None = None) -> tuple[Contents, int]:
    """Verify a snapshot or backup without touching anything; its manifest and its number of clients. Raises Damaged."""
    with reading.opened(source) as (contents, files):
        clients = sum(clients for _, _, clients in _proven(source, contents, files, progress))
    return contents, clients


def newer(folder: SegmentFolder, part: Path, contents: Contents) -> Newer:
    """What the store holds that a backup does not: changes it does not know, files written since by other hands."""
    changes: set[int] = set()
    files = 0
    serials: dict[int, str] = {}
    backup = SegmentFolder(part)
    for number in _different(folder, contents):
        there = backup.read(number)
        try:
            here = folder.read(number)
            gone = _changes(folder, here).keys() - _changes(backup, there).keys()
        except Damaged:
            files += 1
            continue
        files += bool(gone or here.foreign or here.generation > there.generation)
        for seq, changeset in gone:
            changes.add(seq)
            serial = _changes(folder, here)[seq, changeset]
            serials[serial] = _number(here, serial)
    return Newer(len(changes), tuple(number for _, number in sorted(serials.items()) if number), files)


def _staged(
    store: "Store", source: Path, part: Path, modes: disk.Modes, progress: Progress | None
) -> tuple[Contents, int]:
    """Lay every file of a backup into the part folder, verified and on the disk."""
    disk.make_folder(part / "clients", modes.folder)
    disk.make_folder(part / "access", modes.folder)
    own = source.parent == store.path / FOLDER
    total = 0
    with reading.opened(source) as (contents, files):
        for name, content, clients in _proven(source, contents, files, progress):
            total += clients
            if own and not GROWING.fullmatch(name):
                link(source / name, part / name, modes.file)
            else:
                disk.write_new(part / name, content, modes.file, durable=False)
    for name in contents.files:
        disk.sync(part / name)
    for folder in (part / "clients", part / "access", part, part.parent):
        disk.sync(folder)
    return contents, total


def _without_erased(store: "Store", part: Path, modes: disk.Modes) -> tuple[str, ...]:
    """Take out of the staged files who was erased since; the numbers of those that were in them."""
    entries = erased.known(store.path)
    wiping = Wiping(store.schema, entries)
    again: set[str] = set()
    for name, content in without(part, wiping, Mentions(*wiping.needles)).items():
        again |= _uids_in(part / name) & wiping.uids
        disk.replace(part / name, content, modes.file)
    return tuple(entry.number for entry in entries if entry.uid in again)


def _uids_in(file: Path) -> set[str]:
    segment = read(file)
    return {str(decode(record).get("uid")) for record in (*segment.cards.values(), *segment.trash.values())}


def _proven(
    source: Path, contents: Contents, files: reading.Files, progress: Progress | None
) -> Iterator[tuple[str, bytes, int]]:
    """Each file, how it is, and how many clients it holds; raises Damaged where any is missing or is not itself."""
    wrong: list[str] = []
    missing = dict(contents.files)
    for name, content in files:
        expected = missing.pop(name, "")
        if not proven(name, content, expected):
            wrong.append(name)
            continue
        is_segment = name.startswith("clients/") and ".history-" not in name
        yield name, content, len(unpack(content, name).tables.get("clients", ())) if is_segment else 0
        if progress:
            progress(len(contents.files) - len(missing), len(contents.files))
    if wrong or missing:
        raise Damaged("backup-damaged", path=str(source), files=sorted([*wrong, *missing])[:10])


def _different(folder: SegmentFolder, contents: Contents) -> list[int]:
    """The segments of the store that are not the backup's, with their files of older changes."""
    found: set[int] = set()
    for name in files_of(folder.store):
        if name.startswith("clients/"):
            with open(folder.store / name, "rb") as file:
                head = file.read(256)
                seen = sealed_digest(head) or print_of(head + file.read())
            if seen != contents.files.get(name):
                found.add(int(Path(name).name.partition(".")[0]))
    return sorted(found)


def _changes(folder: SegmentFolder, segment: Segment) -> dict[tuple[int, str], int]:
    """Sequence number and changeset -> serial: a number alone may have been given again after a restore."""
    records = {**read_history(folder.file(segment.number)), **segment.changes}
    changes = (Change.of(seq, record) for seq, record in records.items())
    return {(change.seq, change.changeset): change.serial for change in changes}


def _number(segment: Segment, serial: int) -> str:
    record = segment.cards.get(serial) or segment.trash.get(serial)
    return str(decode(record).get("number", "")) if record else ""


def _exchange(store: "Store", part: Path, contents: Contents) -> bool:
    """Put the staged files in place; what the backup lacks goes. The access log is only ever added to."""
    present = list(files_of(store.path))
    settings_changed = _settings(store.path) != _settings(part)
    names = [name for name in contents.files if not (GROWING.fullmatch(name) and name in present)]
    if any(GROWING.fullmatch(name) for name in names):
        disk.make_folder(store.path / "access", disk.Modes.of(store.path).folder)
    removes = [name for name in present if name not in contents.files and not GROWING.fullmatch(name)]
    store.folder.exchange(part, names, removes)
    return settings_changed


def _settings(path: Path) -> dict[str, Any]:
    """What operators set, and what the store adds to the schema."""
    tables = unpack((path / listed.FILE).read_bytes(), listed.FILE).tables
    found = {name: {key: decode(record) for key, record in records.items()} for name, records in tables.items()}
    for record in found.get("settings", {}).values():
        for key in listed.BOOKKEEPING:
            record.pop(key, None)
    return found


def _index(store: "Store", progress: Progress | None) -> None:
    changed, _ = refreshing.stale(store.folder, store.index)
    if len(changed) * 4 > len(store.folder.numbers()):
        refreshing.rebuild(store.folder, store.index, progress)
    else:
        refreshing.catch_up(store.folder, store.index)
