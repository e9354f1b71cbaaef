"""What erasing a client takes out of a file: its card, the values of its changes, others' relations to it.

Pure: the same is done to the files of the store, of its snapshots, and of a backup that is restored. Of a change
stays who made it, when, and of which field it was.
"""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from store.card import Document
from store.clients.merging import pointed
from store.erased import Erased
from store.journal import Change, FieldChange
from store.journal.differences import is_table
from store.schema import Schema
from store.segments import Segment, segment_number
from store.segments.sealing import decode, encode

Place = tuple[int, str]
"""A card's serial, and a row of it as the journal names it."""


class Wiping:
    """Takes erased clients out of what files hold."""

    def __init__(self, schema: Schema, erased: Iterable[Erased]) -> None:
        self._schema = schema
        self.erased = tuple(erased)
        self.uids = frozenset(entry.uid for entry in self.erased if entry.uid)
        self.merges = frozenset(changeset for entry in self.erased for changeset in entry.merges)
        self.numbers = frozenset(segment_number(entry.serial) for entry in self.erased)
        """The segments they lay in."""
        self.needles = tuple(needle for entry in self.erased for needle in entry.needles)
        """What files hold that speak of them."""
        self._needles = tuple(uid.encode() for uid in self.uids)

    def gone(self, segment: Segment) -> frozenset[int]:
        """The serials of erased clients in a segment; one that is another client's by its uid is not."""
        uids = {
            serial: str(decode(record).get("uid") or "")
            for serial, record in (*segment.cards.items(), *segment.trash.items())
        }
        found = {serial for serial, uid in uids.items() if uid in self.uids}
        # No uid: as in the files of the first format. No card: it went into another, or is erased already.
        found |= {
            entry.serial
            for entry in self.erased
            if segment_number(entry.serial) == segment.number and not uids.get(entry.serial)
        }
        return frozenset(found)

    def together(self, main: Segment, older: Sequence[Segment] = ()) -> tuple[Segment, list[Segment]]:
        """A segment and its files of older changes without them; the same objects where nothing differs."""
        gone = self.gone(main)
        rows = self._rows_pointing(main, older)
        cards, trash = self._cards(main.cards, gone), self._cards(main.trash, gone)
        made = [replace(each, changes=self._changes(each.changes, gone, rows)) for each in (main, *older)]
        made[0] = replace(made[0], cards=cards, trash=trash)
        first, *rest = [old if old == new else new for old, new in zip((main, *older), made, strict=True)]
        return first, rest

    def with_traces(self, segment: Segment) -> Segment:
        """The segment with the change of each client that lay in it: who erased it, and its numbers."""
        changes = dict(segment.changes)
        there = {(each.changeset, each.serial) for seq, record in changes.items() for each in [Change.of(seq, record)]}
        for entry in self.erased:
            taken = entry.serial in segment.cards or entry.serial in segment.trash
            here = segment_number(entry.serial) == segment.number
            if here and not taken and (entry.changeset, entry.serial) not in there:
                seq = max(entry.seq, *changes, segment.last_seq) + 1 if entry.seq in changes else entry.seq
                changes[seq] = entry.change().record()
        if changes == segment.changes:
            return segment
        return replace(segment, changes=changes, last_seq=max(segment.last_seq, *changes))

    def mentioned(self, record: bytes) -> bool:
        """Whether a record speaks of one of them."""
        return any(needle in record for needle in self._needles)

    def others(self, document: Document) -> Document:
        """Another client's card without relations to them."""
        for uid in self.uids:
            document = pointed(self._schema, document, uid, "")
        return document

    def lines(self, content: bytes) -> bytes:
        """A damaged file without what may be theirs: a line is kept only if it is surely another client's."""
        kept: list[bytes] = []
        for line in content.split(b"\n"):
            key, colon, record = line.rstrip(b",").partition(b":")
            if not (colon and key[1:-1].isdigit()):
                # The table's names and the seal; anything longer is a record that lost its beginning.
                kept += [line] if len(line) < 256 and not self.mentioned(line) else []
                continue
            try:
                value: Any = json.loads(record)
            except (ValueError, RecursionError):
                continue
            serial = value.get("serial", int(key[1:-1])) if isinstance(value, dict) else 0
            if not self.mentioned(record) and serial not in {entry.serial for entry in self.erased}:
                kept.append(line)
        return b"\n".join(kept)

    def _cards(self, records: Mapping[int, bytes], gone: Set[int]) -> dict[int, bytes]:
        made: dict[int, bytes] = {}
        for serial, record in records.items():
            if serial in gone:
                continue
            if self.mentioned(record):
                document = decode(record)
                without = self.others(document)
                record = record if without == document else encode(without)
            made[serial] = record
        return made

    def _changes(self, records: Mapping[int, bytes], gone: Set[int], rows: Set[Place]) -> dict[int, bytes]:
        return {seq: self._change(Change.of(seq, record), record, gone, rows) for seq, record in records.items()}

    def _change(self, change: Change, record: bytes, gone: Set[int], rows: Set[Place]) -> bytes:
        if change.act == "erase":
            return record
        if change.serial in gone:
            fields = tuple(FieldChange(path, None, None) for path in dict.fromkeys(map(_place, change.fields)))
        else:
            is_theirs = change.changeset in self.merges
            fields = tuple(
                FieldChange(field.path, None, None) if is_theirs or (change.serial, _row(field)) in rows else field
                for field in change.fields
            )
        return replace(change, fields=fields).record() if fields != change.fields else record

    def _rows_pointing(self, main: Segment, older: Sequence[Segment]) -> frozenset[Place]:
        """The rows of other cards, also such as were once, that name an erased client: what they say is about it."""
        found: set[Place] = set()
        for serial, record in (*main.cards.items(), *main.trash.items()):
            for key, value in decode(record).items() if self.mentioned(record) else ():
                if is_table(value):
                    found |= {(serial, f"{key}#{row.get('id')}") for row in value if self._speaks(row)}
        for segment in (main, *older):
            for seq, record in segment.changes.items():
                change = Change.of(seq, record) if self.mentioned(record) else None
                for field in change.fields if change else ():
                    if change and self._speaks(field.before, field.after):
                        found.add((change.serial, _row(field)))
        return frozenset(found)

    def _speaks(self, *values: Any) -> bool:
        return self.mentioned(json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _row(field: FieldChange) -> str:
    """The row, or form, that a value lies in."""
    return field.path.partition(".")[0]


def _place(field: FieldChange) -> str:
    """Where a value lay, without the row: the id of one that another hand wrote is made of what it said."""
    place, dot, name = field.path.partition(".")
    return place.partition("#")[0] + dot + name
