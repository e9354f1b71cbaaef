"""Is the store what was written? Every file is read and verified, and the index compared with the files."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import access, refreshing
from store.errors import Damaged
from store.segments import Segment, SegmentFolder, segment_number
from store.segments.cards import cards_of
from store.segments.folder import MANIFEST
from store.segments.sealing import decode
from store.segments.segment import history_files, read
from store.snapshots import mending, take

if TYPE_CHECKING:
    from store.door import Store

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    code: str
    """`segment-damaged`, `segment-newer`, `segment-unreadable`, `segment-missing`, `segment-foreign`, `card-misplaced`,
    `number-shared`, `leftover`, `manifest-unfinished`, `erase-interrupted`, `access-log-broken`, `index-stale` or
    `index-differs`; of a repair also `segment-brought-back`, `changes-lost`, `changes-lost-perhaps`,
    `segment-not-kept`."""
    file: str
    details: Mapping[str, Any] = field(default_factory=dict)


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
    """Look at everything, change nothing (see `Store.check`)."""
    folder = store.folder
    findings = [*_unfinished(folder), *_stale(folder, store), *_of_erasing(store)]
    findings += [Finding("segment-missing", str(file)) for file in mending.missing(store)]
    revisions = store.index.revisions()
    numbers: dict[str, int] = {}
    clients = 0
    known = folder.numbers()
    for done, number in enumerate(known, 1):
        file = folder.file(number)
        try:
            segment = folder.read(number)
            for part in history_files(file):
                read(part)
        except Damaged as error:
            findings.append(Finding(error.code, error.details["file"], error.details))
            revisions = {serial: revision for serial, revision in revisions.items() if segment_number(serial) != number}
            continue
        clients += len(segment.cards)
        findings += _segment(segment, str(file), numbers)
        findings += _index_differs(segment, str(file), revisions)
        if progress:
            progress(done, len(known))
    if revisions:
        findings.append(Finding("index-differs", str(store.index.path), {"clients": sorted(revisions)[:10]}))
    return Report(clients, len(known), tuple(findings))


def repair(store: "Store", progress: Progress | None = None) -> Report:
    """Put right what can be without guessing (see `Store.repair`).

    A damaged file is brought back as the newest snapshot has it whole, and lies beside it under another name. One
    that no snapshot has is left alone. What was saved after the snapshot is among the findings of this report.
    """
    with store.writing():
        folder = store.folder
        repaired = _unfinished(folder)
        folder.finish()
        for leftover in folder.leftovers():
            leftover.unlink(missing_ok=True)
        brought_back, told = _mend(store)
        repaired += brought_back
        for number in folder.numbers():
            try:
                segment = folder.read(number)
            except Damaged:
                continue
            if segment.foreign:
                sealed = dataclasses.replace(segment, generation=segment.generation + 1)
                folder.place([folder.write_aside(sealed)])
                repaired.append(Finding("segment-foreign", str(folder.file(number))))
        report = check(store)
        repaired += [finding for finding in report.findings if finding.code in ("index-stale", "index-differs")]
        refreshing.rebuild(folder, store.index, progress)
    after = check(store)
    return dataclasses.replace(after, findings=(*after.findings, *told), repaired=tuple(repaired))


def _mend(store: "Store") -> tuple[list[Finding], list[Finding]]:
    """Bring damaged files back; what was done, and what is to be told of it."""
    brought_back: list[Finding] = []
    told: list[Finding] = []
    damaged = list(dict.fromkeys([*_damaged(store.folder), *mending.missing(store)]))
    if damaged:
        take(store, "repair")
    for file in damaged:
        mended = mending.mend(store, file)
        if mended is None:
            told.append(Finding("segment-not-kept", str(file), {"numbers": mending.readable(file)}))
            continue
        details = {"snapshot": mended.snapshot, "at": mended.at, "quarantine": mended.quarantine}
        brought_back.append(Finding("segment-brought-back", str(file), details))
        if mended.numbers or mended.changes or not mended.certain:
            code = "changes-lost" if mended.certain else "changes-lost-perhaps"
            lost = {"numbers": list(mended.numbers), "changes": mended.changes, "at": mended.at}
            told.append(Finding(code, str(file), lost))
    return brought_back, told


def _damaged(folder: SegmentFolder) -> Iterator[Path]:
    """Files of cards and of older changes that are not what was written."""
    for number in folder.numbers():
        for file in (folder.file(number), *history_files(folder.file(number))):
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


def _stale(folder: SegmentFolder, store: "Store") -> list[Finding]:
    changed, gone = refreshing.stale(folder, store.index)
    return [Finding("index-stale", str(folder.file(number))) for number in (*changed, *gone)]


def _segment(segment: Segment, file: str, numbers: dict[str, int]) -> list[Finding]:
    findings = [Finding("segment-foreign", file)] if segment.foreign else []
    for serial, record in (*segment.cards.items(), *segment.trash.items()):
        document = decode(record)
        if segment_number(serial) != segment.number:
            findings.append(Finding("card-misplaced", file, {"serial": serial, "number": document.get("number", "")}))
        number = str(document.get("number", ""))
        if numbers.setdefault(number, serial) != serial:
            findings.append(Finding("number-shared", file, {"number": number}))
    return findings


def _index_differs(segment: Segment, file: str, revisions: dict[int, int]) -> list[Finding]:
    """Compare a segment with the index; what was compared is taken out of `revisions`."""
    wrong = [
        card.number
        for card in cards_of(segment)
        if revisions.pop(card.serial, None) != card.revision and segment_number(card.serial) == segment.number
    ]
    return [Finding("index-differs", file, {"numbers": wrong[:10]})] if wrong else []
