"""Is the store what was written? Every file is read and verified, and the index compared with the files."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store import access, disk, refreshing
from store.card import Card
from store.comparing import comparison
from store.errors import Damaged, NotAllowed
from store.findings import Finding
from store.progress import Progress
from store.segments import Segment, SegmentFolder, listed, segment_number
from store.segments.folder import MANIFEST
from store.segments.segment import files_of, read
from store.snapshots import mending, take

if TYPE_CHECKING:
    from store.door import Store

_OF_INDEX = ("index-stale", "index-differs", "index-damaged")
"""What is put right by building the index anew."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, or a repair did."""

    clients: int
    """How many cards were read, without those in the trash."""
    segments: int
    findings: tuple[Finding, ...]
    """After a repair: what is still so."""
    repaired: tuple[Finding, ...] = ()
    """What a repair put right."""


def check(store: "Store", progress: Progress | None = None) -> Report:
    """Look at everything, change nothing (see `Store.check`). Raises Damaged (`check-failed`)."""
    try:
        return _checked(store, progress)
    except OSError as error:
        file, reason = str(error.filename or store.path), error.strerror or str(error)
        raise Damaged("check-failed", file=file, reason=reason) from error


def _checked(store: "Store", progress: Progress | None) -> Report:
    folder = store.folder
    findings = [*_unfinished(folder), *_of_erasing(store)]
    findings += [Finding("segment-missing", str(file), {"file": str(file)}) for file in mending.missing(store)]
    outdated = mending.outdated(store)
    numbers: dict[str, int] = {}
    clients = 0
    known = folder.numbers()
    with comparison(store, outdated, findings) as compared:
        for done, number in enumerate(known, 1):
            file = folder.file(number)
            try:
                segment = folder.read(number)
                update = refreshing.whole(folder, segment)
            except (Damaged, PermissionError) as error:
                findings.append(_unreadable(error, file))
                if compared:
                    compared.pass_over(number)
                continue
            clients += len(segment.cards)
            findings += _segment(segment, update.cards, str(file), numbers)
            if compared:
                compared.compare(update)
            if number in outdated:
                findings.append(Finding("segment-rolled-back", str(file)))
            if progress:
                progress(done, len(known))
        findings += compared.findings() if compared else []
    return Report(clients, len(known), tuple(findings))


def repair(store: "Store", progress: Progress | None = None) -> Report:
    """Put right what can be without guessing (see `Store.repair`).

    A damaged file is brought back as the newest snapshot has it whole, and lies beside it under another name; so is
    one that was rolled back, where a snapshot has all that it has and more. One that no snapshot has is left alone.
    What was saved after the snapshot is among the findings of this report. So is, with what was put right until then,
    that the disk refused to go on (`repair-stopped`), or that only the index could not be built.

    Raises:
        NotAllowed: `store-read-only`.
    """
    if store.read_only:
        raise NotAllowed("store-read-only", path=str(store.path))
    done: list[Finding] = []
    told: list[Finding] = []
    try:
        with store.writing():
            _put_right(store, done, told)
            wrong = _checked(store, None).findings
            refreshing.rebuild(store.folder, store.index, progress, forget=True)
            done += [finding for finding in wrong if finding.code in _OF_INDEX]
    except OSError as error:
        file, reason = str(error.filename or store.path), error.strerror or str(error)
        told.append(Finding("repair-stopped", file, {"reason": reason}))
    except NotAllowed as error:
        told.append(Finding("repair-stopped", str(error.details.get("file", store.path)), error.details))
    except Damaged as error:
        told.append(Finding(error.code, str(error.details.get("file", store.path)), error.details))
    try:
        after = check(store)
    except Damaged as error:
        after = Report(0, 0, (Finding(error.code, error.details["file"], error.details),))
    known = {(finding.code, finding.file) for finding in told}
    left = [finding for finding in after.findings if (finding.code, finding.file) not in known]
    return dataclasses.replace(after, findings=(*left, *told), repaired=tuple(done))


def _put_right(store: "Store", done: list[Finding], told: list[Finding]) -> None:
    """Put the files right; into the lists goes what was done, and what is to be told, as it happens."""
    folder = store.folder
    unfinished = _unfinished(folder)
    folder.finish()
    folder.sweep()
    done += unfinished
    _mend(store, done, told)
    for number in folder.numbers():
        try:
            segment = folder.read(number)
        except Damaged as error:
            if error.code == "segment-unreadable":
                told.append(_unreadable(error, folder.file(number)))
            continue
        if segment.foreign:
            sealed = dataclasses.replace(segment, generation=segment.generation + 1)
            folder.place([folder.write_aside(sealed)])
            done.append(Finding("segment-foreign", str(folder.file(number))))
    # What is gone for good was told now; from here on it is missed no more.
    if folder.listed() != set(folder.numbers()):
        listed.write(folder.store, folder.numbers(), disk.Modes.of(folder.store).file)


def _mend(store: "Store", done: list[Finding], told: list[Finding]) -> None:
    """Bring damaged, missing and rolled back files back."""
    damaged = list(dict.fromkeys([*_damaged(store.folder), *mending.missing(store), *_behind(store, told)]))
    if damaged:
        take(store, "repair")
    for file in damaged:
        mended = mending.mend(store, file)
        if mended is None:
            code = "segment-not-kept" if file.exists() else "segment-lost"
            told.append(Finding(code, str(file), {"numbers": mending.readable(file)}))
            continue
        details = {"snapshot": mended.snapshot, "at": mended.at, "quarantine": mended.quarantine}
        done.append(Finding("segment-brought-back", str(file), details))
        if mended.numbers or mended.changes or not mended.certain:
            code = "changes-lost" if mended.certain else "changes-lost-perhaps"
            lost = {"numbers": list(mended.numbers), "changes": mended.changes, "at": mended.at}
            told.append(Finding(code, str(file), lost))


def _behind(store: "Store", told: list[Finding]) -> Iterator[Path]:
    """Files that were rolled back and that a snapshot has newer; the others are told."""
    for number in sorted(mending.outdated(store)):
        file = store.folder.file(number)
        try:
            is_behind = mending.is_behind(store, store.folder.read(number))
        except Damaged:
            continue
        if is_behind:
            yield file
        else:
            told.append(Finding("segment-rolled-back", str(file)))


def _unreadable(error: Damaged | PermissionError, file: Path) -> Finding:
    if isinstance(error, Damaged):
        return Finding(error.code, error.details["file"], error.details)
    return Finding("segment-unreadable", str(file), {"file": str(file), "reason": error.strerror or ""})


def _damaged(folder: SegmentFolder) -> Iterator[Path]:
    """Files of cards and of older changes that are not what was written."""
    for number in folder.numbers():
        for file in files_of(folder.file(number)):
            try:
                read(file)
            except Damaged as error:
                if error.code != "segment-newer":
                    yield file


def _unfinished(folder: SegmentFolder) -> list[Finding]:
    manifest = folder.store / MANIFEST
    if manifest.exists():
        return [Finding("manifest-unfinished", str(manifest))]
    return [Finding("leftover", str(leftover)) for leftover in folder.leftovers()]


def _of_erasing(store: "Store") -> Iterator[Finding]:
    """Erasing that was interrupted and could not be finished yet; an access log that somebody changed."""
    if (store.path / "erasing.json").exists():
        yield Finding("erase-interrupted", str(store.path / "erasing.json"))
    for broken in access.broken(store.path):
        yield Finding("access-log-broken", broken.file, {"line": broken.line})


def _segment(segment: Segment, cards: Sequence[Card], file: str, numbers: dict[str, int]) -> list[Finding]:
    findings = [Finding("segment-foreign", file)] if segment.foreign else []
    for card in cards:
        if segment_number(card.serial) != segment.number:
            findings.append(Finding("card-misplaced", file, {"serial": card.serial, "number": card.number}))
        if numbers.setdefault(card.number, card.serial) != card.serial:
            findings.append(Finding("number-shared", file, {"number": card.number}))
    return findings
