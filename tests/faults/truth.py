"""What a store holds as a person sees it, and what is wrong with it; what random and clocks decide is left out."""

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from store import folding
from store.disk import is_aside
from store.door import Edit, Store, open_store
from store.errors import Damaged, StoreError
from store.index.plan import Plan
from store.index.postings import Postings
from store.index.rebuild import build
from store.index.tables import columns, fingerprint
from store.journal.reading import changes_of
from store.lookup import INDEX
from store.refreshing import read_whole
from store.segments import SegmentFolder
from store.segments.cards import cards_of
from store.segments.folder import MANIFEST
from store.settings import FILE

_CHANCE = frozenset({"uid", "id", "created", "updated"})

FIRST_NEW = 136
"""The serial of the first client that an operation makes: its number is a matter of chance too."""

Picture = dict[str, Any]


def picture(path: Path) -> Picture:
    """All cards with where they are, and all changes in their order. Raises StoreError where a file is damaged."""
    folder = SegmentFolder(path)
    cards: Picture = {}
    changes: list[tuple[int, Any]] = []
    new: dict[int, int] = {}
    for segment in folder.segments():
        # Serials that a save which was never made has used up are left out: new clients are told by their order.
        for serial in sorted({*segment.cards, *segment.trash}):
            new[serial] = serial if serial < FIRST_NEW else FIRST_NEW + sum(known >= FIRST_NEW for known in new)
        for card in cards_of(segment):
            cards[str(new[card.serial])] = [card.trashed, _without_chance(card.document, known=card.serial < FIRST_NEW)]
        for change in changes_of(folder, segment):
            paths = sorted({field.path.partition("#")[0] for field in change.fields})
            changes.append(
                (change.seq, [new.get(change.serial, change.serial), change.act, change.why, change.who, paths])
            )
    changes.sort()
    return {"cards": cards, "changes": [change for _, change in changes], "seqs": [seq for seq, _ in changes]}


def digest(path: Path) -> str:
    """The picture in a few letters, or what keeps anybody from seeing it."""
    if not (path / FILE).exists():
        return "no store"
    try:
        found = picture(path)
    except Damaged as error:
        return error.code
    # Their order counts, not the numbers: a save that was never made may have used some up.
    ascending = found.pop("seqs")
    assert len(set(ascending)) == len(ascending), "two changes of one sequence number"
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:16]


def _without_chance(value: Any, *, known: bool = True) -> Any:
    if isinstance(value, dict):
        left_out = _CHANCE if known else _CHANCE | {"number"}
        return {key: _without_chance(item) for key, item in value.items() if key not in left_out}
    if isinstance(value, list):
        return [_without_chance(item) for item in value]
    return value


def unreadable(path: Path) -> list[str]:
    """The files that plain TinyDB cannot read."""
    found: list[str] = []
    for file in [*sorted((path / "clients").glob("[0-9]*.json")), *path.glob(FILE)]:
        try:
            with TinyDB(file, encoding="utf-8", access_mode="r") as plain:
                if not plain.storage.read():
                    raise ValueError("empty")
        except (ValueError, OSError) as error:
            found.append(f"{file.name}: {error!r}")
    return found


def what_is_wrong(path: Path) -> str:
    """Let the next operator come, look at everything and save; "" where all is well."""
    if files := unreadable(path):
        return f"unreadable {files}"
    try:
        with open_store(path, operator="petro") as store:
            if wrong := index_wrong(store):
                return wrong
            if findings := store.check().findings:
                return f"findings {[(finding.code, finding.file) for finding in findings]}"
            store.write([Edit(None, None, {"person": {"last_name": "Наступний"}})])
            # A draft's may be another screen's that is just being written; those of old go when drafts are offered.
            left = [*path.glob("*"), *path.glob("clients/*")]
            if leftovers := [file for file in left if is_aside(file.name) or file.name == MANIFEST]:
                return f"left {leftovers}"
    except (StoreError, sqlite3.Error, OSError) as error:
        return f"{error!r}"
    return ""


def index_wrong(store: Store) -> str:
    """Compare all that the index says with one made anew from the segments; "" where they are equal."""
    wanted, problems = _of_segments(store)
    with closing(sqlite3.connect(store.path / INDEX)) as kept:
        for name, found in _told(kept):
            differing = wanted[name] ^ found
            if name == "word":
                said = {term[1:] for term, _ in wanted["posting"] if term[0] == "w"}
                # A spelling may stay that nobody uses any more, while others of these skeletons are used, be they too
                # long for the vocabulary.
                differing -= {forms for forms in found - wanted[name] if not said.isdisjoint(forms)}
            if differing:
                return f"index differs in {name}: {sorted(differing, key=repr)[:4]}"
    return problems


def _of_segments(store: Store) -> tuple[dict[str, set[Any]], str]:
    """All that an index says that is made of the segments, and what is wrong with these.

    Remembered by the bytes of all files: hundreds of crashes leave one of two or three contents.
    """
    folder = store.folder
    content = hashlib.sha256(str(fingerprint(store.schema)).encode())
    for file in sorted((store.path / "clients").iterdir()):
        content.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    key = content.digest()
    if key not in _known:
        if len(_known) == _REMEMBERED:
            _known.clear()
        files = [folder.file(number) for number in folder.numbers()]
        with tempfile.TemporaryDirectory() as place:
            made, problems = build(Path(place) / INDEX, Plan(store.schema), files, read_whole, None)
            with closing(made):
                _known[key] = dict(_told(made)), f"{problems}" if problems else ""
    return _known[key]


_REMEMBERED = 64
_known: dict[bytes, tuple[dict[str, set[Any]], str]] = {}


def _told(db: sqlite3.Connection) -> Iterator[tuple[str, set[Any]]]:
    """All that an index says, but for the places in its orders: they depend on what was saved in which order."""
    client = "serial, number, name, phone, city, tags, trashed, revision, digits, said"
    yield "client", set(db.execute(f"select {client} from client"))
    yield "named", set(db.execute(f"select {columns('named')} from named"))
    yield "former", set(db.execute("select serial, kind, key, path, value from former"))
    yield "change", set(db.execute("select seq, changeset, serial, at, who, why from change"))
    yield "word", {folding.forms(word) for (word,) in db.execute("select word from word")}
    terms = Postings(db).each("")
    # Bits are of places, words of the vocabulary by other numbers, and nodes are only made by a rebuild.
    yield "posting", {(term, tuple(docs)) for term, docs in terms if term[0] not in "bv\x02"}
    yield "places", _orders(db)


def _orders(db: sqlite3.Connection) -> set[Any]:
    """Every order as what stands next to what."""
    names = [serial for (serial,) in db.execute("select serial from client order by rank")]
    values = db.execute("select field, term from whole order by field, place").fetchall()
    return {*pairwise(names), *pairwise(values)}
