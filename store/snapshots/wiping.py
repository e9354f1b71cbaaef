"""Taking erased clients out of snapshots: a restore must not bring them back.

A file of a snapshot is often a hard link of the store's or of another snapshot's: it is never written into, another
takes its place. The manifest first says which prints the new files will have (`pending`), then they are put in
place, then it names them: a crash in between is finished by doing the same again, and a file that was damaged
before is not declared sound on the way.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from store import disk
from store.clients.mentions import Mentions
from store.clients.wiping import Wiping
from store.errors import Damaged
from store.segments import Segment, SegmentFolder, read
from store.segments.sealing import decode
from store.segments.segment import TABLES, files_of
from store.snapshots.contents import MANIFEST, is_sound, print_of
from store.snapshots.listing import FOLDER, names


def all_in(store: Path) -> list[Path]:
    """The folders of all snapshots, those with a torn manifest too."""
    return [store / FOLDER / name for name in names(store)]


def wipe(snapshot: Path, wiping: Wiping, seen: Mentions, modes: disk.Modes) -> None:
    """Take erased clients out of a snapshot. Under the lock; does nothing where they are not in it."""
    manifest = _manifest(snapshot)
    made = without(snapshot, wiping, seen)
    promised: dict[str, str] = dict(manifest.get("pending") or {})
    if not made and not promised:
        return
    files: dict[str, str] = dict(manifest.get("files") or {})
    # Done before a crash: the file is what the manifest said it would be.
    files |= {name: total for name, total in promised.items() if name not in made and _print(snapshot / name) == total}
    sound = {name: print_of(content) for name, content in made.items() if files.get(name) == _print(snapshot / name)}
    if manifest and sound:
        _write(snapshot, {**manifest, "files": files, "pending": sound}, modes)
    for name, content in made.items():
        disk.replace(snapshot / name, content, modes.file)
    if manifest:
        left = {key: value for key, value in manifest.items() if key != "pending"}
        _write(snapshot, {**left, "files": files | sound}, modes)


def without(state: Path, wiping: Wiping, seen: Mentions) -> dict[str, bytes]:
    """The files of a state that hold something of erased clients, by name, as they shall be."""
    folder = SegmentFolder(state)
    made: dict[str, bytes] = {}
    for number in folder.numbers() if folder.path.is_dir() else ():
        files = files_of(folder.file(number))
        if number not in wiping.numbers and not any(map(seen.hold, files)):
            continue
        for file, content in zip(files, _wiped(files, wiping), strict=True):
            if content is not None:
                made[f"clients/{file.name}"] = content
    return made


def _wiped(files: list[Path], wiping: Wiping) -> list[bytes | None]:
    """The new content of a segment's files; None where a file stays as it is."""
    found = [_read(file) for file in files]
    main = found[0] or Segment(int(files[0].name.partition(".")[0]))
    first, rest = wiping.together(main, [segment for segment in found[1:] if segment])
    made = iter([wiping.with_traces(first), *rest] if found[0] else rest)
    contents: list[bytes | None] = []
    for file, old in zip(files, found, strict=True):
        if old is None:
            damaged = file.read_bytes()
            left = wiping.lines(damaged)
            contents.append(left if left != damaged else None)
        else:
            new = next(made)
            contents.append(_content(file, new) if new is not old else None)
    return contents


def _read(file: Path) -> Segment | None:
    """A segment or its older changes; None for a file that is damaged."""
    try:
        return read(file)
    except Damaged:
        return None


def _content(file: Path, segment: Segment) -> bytes:
    if not segment.foreign:
        return segment.content()
    # Another hand's file, or one of the first format: sealed it would be taken for one of ours.
    data: dict[str, Any] = json.loads(file.read_bytes())
    tables = {"clients": segment.cards, "changes": segment.changes, "trash": segment.trash}
    for name in TABLES:
        if name in data:
            data[name] = {str(key): decode(record) for key, record in tables[name].items()}
    return json.dumps(data, ensure_ascii=False).encode()


def _manifest(snapshot: Path) -> dict[str, Any]:
    try:
        data = json.loads((snapshot / MANIFEST).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _write(snapshot: Path, manifest: Mapping[str, Any], modes: disk.Modes) -> None:
    content = json.dumps(manifest, ensure_ascii=False, indent=0).encode() + b"\n"
    disk.replace(snapshot / MANIFEST, content, modes.file)


def _print(file: Path) -> str:
    """A file's print; "" for one that is damaged or gone."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return ""
    return print_of(content) if not file.name.endswith(".json") or is_sound(file.name, content) else ""
