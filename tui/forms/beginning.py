"""A new card begun with what was searched for in vain: the operator has typed it once already."""

import re

from store.query import Query, parse
from store.query.keys import Key, keys_of
from store.query.values import looks_like_range
from tui.forms.editing import Editing

_EMAIL = re.compile(r"\S+@\S+")
_PHONE = re.compile(r"\+?[\d()\s./-]{5,}")
_NAMES = ("last_name", "first_name", "patronymic")
_KINDS = frozenset(("text", "note", "choice", "tags", "phone", "email", "link", "identifier", "birthday"))
"""Kinds of fields by which one looks for somebody known; an amount or a day is looked for otherwise."""
LEAST_DIGITS = 7
"""Digits from which a run of them is taken for a phone."""


def begin_with(editing: Editing, line: str) -> None:
    """Put name, phone and e-mail of a search line into a new card, and what its filters say of one field each.

    What is excluded, ranges, what is neither, and all behind an `or` are left out.

    Args:
        editing: the card, still empty.
        line: the search line.
    """
    query = parse(line, editing.schema, editing.reading.today)
    words: list[str] = []
    filters: list[str] = []
    for start, end, is_filter in query.parts:
        text = query.line[start:end]
        if is_filter and ":" not in text:
            break  # `or`: who of them it is to be, nobody said
        if not text.startswith("-") and not _is_mistaken(query, start, end):
            (filters if is_filter else words).append(text)
    rest = " ".join(words).replace('"', " ")
    rows: dict[str, int] = {}
    keys = keys_of(editing.schema)
    for text in filters:
        name, _, value = text.partition(":")
        value = value.strip('"').strip()
        key = keys.find(name)
        if key is not None and key.kind == "name":
            rest = f"{value} {rest}"
        elif key is not None and not looks_like_range(value):
            _fill(editing, key, value, rows)
    for kind, pattern in (("email", _EMAIL), ("phone", _PHONE)):
        for found in pattern.findall(rest):
            if kind == "email" or sum(char.isdigit() for char in found) >= LEAST_DIGITS:
                rest = rest.replace(found, " ", 1)
                _add_contact(editing, kind, found.strip())
    known = [word for word in rest.split() if not any(char.isdigit() for char in word)]
    names = [*known[:2], " ".join(known[2:])]
    for at, name in zip(_NAMES, names, strict=False):
        _type(editing, "person", 0, at, _capitalised(name))


def _is_mistaken(query: Query, start: int, end: int) -> bool:
    return any(start < mistake.end and mistake.start < end for mistake in query.problems)


def _fill(editing: Editing, key: Key, value: str, rows: dict[str, int]) -> None:
    """Put what a filter says of a field into it; what it says of other fields of one table goes into one row."""
    if key.target is None or key.field is None or key.section is None or key.kind not in _KINDS:
        return
    section = key.section.key
    if not key.section.is_table:
        at = 0
    elif key.target.kind or section not in rows:
        at = rows[section] = editing.add_row(section)
    else:
        at = rows[section]
    if key.target.kind:
        _type(editing, section, at, "kind", key.target.kind)
    text = value if key.kind != "choice" else key.choices.code_of(value) or value
    _type(editing, section, at, key.field.key, _capitalised(text) if key.kind == "text" else text)


def _add_contact(editing: Editing, kind: str, value: str) -> None:
    if editing.schema.section("contacts") is not None:
        row = editing.add_row("contacts")
        _type(editing, "contacts", row, "kind", kind)
        _type(editing, "contacts", row, "value", value)


def _type(editing: Editing, section: str, row: int, key: str, text: str) -> None:
    known = editing.schema.section(section)
    field = known.field(key) if known else None
    if field is not None and text:
        editing.type(section, row, field, text)


def _capitalised(name: str) -> str:
    """A name typed in small letters with its capitals: `нечуй-левицька` as `Нечуй-Левицька`."""
    if name != name.lower():
        return name
    return "-".join(" ".join(word[:1].upper() + word[1:] for word in part.split(" ")) for part in name.split("-"))
