"""Two cards of one client become one document: which value comes from where, and what is left out of it.

The kept card's values win. What it lacks is taken from the other; rows of both stand together without doubles. A
value that loses is in the journal, as the whole other card is; one that people would miss is told in the notes too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from store import folding
from store.card import ENVELOPE, Document, Row, display_name
from store.clients.identity import content_of, identified, is_empty, new_code, tidy
from store.journal.differences import is_table
from store.kinds import kind_of
from store.schema import Field, Schema, Section

How = Literal["filled", "added", "joined", "left"]

_ROW_IS: Mapping[str, tuple[str, ...]] = {
    "contacts": ("kind", "value"),
    "identifiers": ("kind", "value"),
    "relations": ("client", "kind"),
}
"""By what two rows are one. Rows of other tables are one only where they say the same in every field."""

_NOT_FILLED = ("id", "until", "main", "typed")
"""Fields of a row that mean something where they are empty, or that belong to the row's own value."""

_NAME = ("last_name", "first_name", "patronymic")
_UNTOLD = ("choice", "yes_no")
"""Kinds whose losing values are codes: they stay in the journal only."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What became of one value, or one row, of the other card."""

    how: How
    """`filled`: taken where the kept card had none; `added`: a row or words more; `joined`: set behind the kept text;
    `left`: the kept card's value stands."""
    path: str
    """`section.field`; the section for a row."""
    kept: Any
    """What the kept card had."""
    other: Any
    """What the other has."""


@dataclass(frozen=True, slots=True)
class United:
    """What comes of two cards."""

    document: Document
    """The kept card with all it takes; its envelope is the kept card's own."""
    pieces: tuple[Piece, ...]
    """What becomes of each value of the other card that the kept one did not have."""


def unite(schema: Schema, kept: Document, other: Document, today: str, language: str = "uk") -> United:
    """Unite two cards; neither document is changed.

    Args:
        schema: What a card may hold.
        kept: The card that stays.
        other: The card that goes.
        today: The day that its number gets as its end.
        language: In which dates are written into the notes.
    """
    return _Uniting(schema, kept, other, today, language).united()


class _Uniting:
    """One uniting."""

    def __init__(self, schema: Schema, kept: Document, other: Document, today: str, language: str) -> None:
        self.schema = schema
        self.kept = identified(kept)
        self.other = identified(other)
        self.today = today
        self.language = language
        self.pieces: list[Piece] = []
        self.told: dict[str, None] = {}
        """What the notes say of values that were left."""
        self.aliases: list[str] = []
        """Values that were the other's alone and must find the kept card."""

    def united(self) -> United:
        made = dict(self.kept)
        known = [section.key for section in self.schema.sections]
        for key in dict.fromkeys((*known, *self.kept, *self.other)):
            value = self._section(key, self.kept.get(key), self.other.get(key)) if key not in ENVELOPE else None
            if value is not None:
                made[key] = value
        made["identifiers"] = self._identifiers(made.get("identifiers"))
        if is_table(made.get("consents")):
            made["consents"] = sorted(made["consents"], key=_by_force)
        if self.told:
            made["notes"] = self._notes(made.get("notes"))
        return United(tidy(made, self.schema), tuple(self.pieces))

    def _section(self, key: str, mine: Any, theirs: Any) -> Any:
        section = self.schema.section(key)
        if key == "relations":
            mine, theirs = self._without_one_another(mine), self._without_one_another(theirs)
        if is_empty(theirs) or theirs == {}:
            return mine
        if (is_empty(mine) or mine == [] or is_table(mine)) and is_table(theirs):
            return self._table(key, section, list(mine or ()), theirs)
        if (is_empty(mine) or isinstance(mine, dict)) and isinstance(theirs, dict):
            return self._form(key, section, mine or {}, theirs)
        if is_empty(mine):
            self.pieces.append(Piece("filled", key, None, theirs))
            return theirs
        if mine != theirs:
            self.pieces.append(Piece("left", key, mine, theirs))
        return mine

    def _form(self, key: str, section: Section | None, mine: Row, theirs: Row) -> Row:
        made = dict(mine)
        known = [field.key for field in section.fields] if section else []
        for name in dict.fromkeys((*known, *theirs)):
            field, value, have = section.field(name) if section else None, theirs.get(name), mine.get(name)
            if is_empty(value) or have == value:
                continue
            how, made[name] = _value(field, have, value)
            if how:
                self.pieces.append(Piece(how, f"{key}.{name}", have, value))
            if how == "left":
                self._tell(key, field, name, value)
        return made

    def _tell(self, key: str, field: Field | None, name: str, value: Any) -> None:
        if key == "person" and name in _NAME:
            self.told[display_name(self.other)] = None
        elif field and field.kind not in _UNTOLD and isinstance(value, str):
            self.told[kind_of(field, {}).show(value, field, self.language)] = None
            if field.unique:
                self.aliases.append(value)

    def _table(self, key: str, section: Section | None, mine: list[Row], theirs: list[Row]) -> list[Row]:
        made = [dict(row) for row in mine]
        used = {str(row["id"]) for row in (*mine, *theirs)}
        mains = {str(row.get("kind")) for row in mine if row.get("main") is True}
        free: dict[str, list[int]] = {}
        for place, row in enumerate(mine):
            free.setdefault(row_key(key, row), []).append(place)
        for row in theirs:
            places = free.get(row_key(key, row), [])
            if places:
                # A row by its values may be there twice (two alike purchases): each is met by one.
                place = places[0] if key in _ROW_IS else places.pop(0)
                made[place] = self._row(key, section, made[place], row)
                continue
            added = dict(row)
            if any(added["id"] == known["id"] for known in made):
                added["id"] = _fresh(used)
            if added.get("main") is True and str(added.get("kind")) in mains:
                del added["main"]
            if key in _ROW_IS:
                free[row_key(key, row)] = [len(made)]
            made.append(added)
            self.pieces.append(Piece("added", key, None, added))
        return made

    def _row(self, key: str, section: Section | None, mine: Row, theirs: Row) -> Row:
        """A row that both have, with what only the other's says."""
        made = dict(mine)
        for name, value in theirs.items():
            field = section.field(name) if section else None
            have = mine.get(name)
            if name in _NOT_FILLED or name in _ROW_IS.get(key, ()) or is_empty(value) or have == value:
                continue
            how, made[name] = _value(field, have, value)
            if how == "left" and field and field.kind == "text" and isinstance(have, str):
                how, made[name] = "joined", f"{have}; {value}"
            if how:
                self.pieces.append(Piece(how, key if how == "added" else f"{key}.{name}", have, value))
        return made

    def _identifiers(self, value: Any) -> Any:
        """The identifiers with the other's number; those that lost to one of the kept card's kind get their end."""
        if not (is_empty(value) or is_table(value)):
            return value
        mine = self.kept.get("identifiers")
        known = mine if is_table(mine) else []
        ids = {row["id"] for row in known}
        current = {str(row.get("kind")) for row in known if self._is_current(row)}
        made = [
            {**row, "until": self.today}
            if row["id"] not in ids and str(row.get("kind")) in current and self._is_current(row)
            else row
            for row in value or ()
        ]
        used = {str(row["id"]) for row in made}
        ended = [("number", str(self.other.get("number") or "")), *(("other", alias) for alias in self.aliases)]
        rows = [{"id": _fresh(used), "kind": kind, "value": text, "until": self.today} for kind, text in ended if text]
        return [*made, *rows]

    def _is_current(self, row: Row) -> bool:
        until = row.get("until")
        return not (isinstance(until, str) and until <= self.today)

    def _without_one_another(self, value: Any) -> Any:
        """The relations without those of the two cards to each other."""
        if not is_table(value):
            return value
        uids = {str(self.kept.get("uid")), str(self.other.get("uid"))}
        return [row for row in value if str(row.get("client")) not in uids]

    def _notes(self, notes: Any) -> Any:
        if not (is_empty(notes) or isinstance(notes, dict)):
            return notes
        line = f"{self.other.get('number', '')}: {' · '.join(self.told)}"
        text = str((notes or {}).get("text") or "")
        return {**(notes or {}), "text": f"{text}\n{line}" if text else line}


def _value(field: Field | None, have: Any, value: Any) -> tuple[How | None, Any]:
    """What becomes of a value that both may have, and how; None where it makes no difference."""
    if is_empty(have):
        return "filled", value
    if isinstance(have, list) and isinstance(value, list):
        known = {_folded(word) for word in have}
        more = [word for word in value if _folded(word) not in known]
        return ("added" if more else None), [*have, *more]
    if _folded(have) == _folded(value):
        return None, have
    if field and field.kind == "note" and isinstance(have, str) and isinstance(value, str):
        return (None, have) if value in have else ("joined", f"{have}\n{value}")
    return "left", have


def row_key(section: str, row: Row) -> str:
    """Alike for rows that are one."""
    if section not in _ROW_IS:
        return content_of(row)
    parts = [str(row.get(name) or "") for name in _ROW_IS[section]]
    if section == "identifiers":
        parts[1] = folding.number_key(parts[1]) if parts[0] == "number" else folding.identifier_key(parts[1])
    return "\x1f".join(map(_folded, parts))


def _by_force(row: Row) -> tuple[str, bool]:
    """Consents in the order of their days, a refusal last: of two of one day the stricter is the last word."""
    return str(row.get("date") or ""), row.get("given") is False


def _folded(value: Any) -> str:
    return " ".join(str(value).casefold().split())


def _fresh(used: set[str]) -> str:
    while (code := new_code(4)) in used:
        continue
    used.add(code)
    return code
