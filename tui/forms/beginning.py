"""A new card begun with what was searched for in vain: the operator has typed it once already."""

import re

from tui.forms.editing import Editing

_EMAIL = re.compile(r"\S+@\S+")
_PHONE = re.compile(r"\+?[\d()\s./-]{5,}")
_FILTER = re.compile(r"(?<!\S)(-?\w+:(\"[^\"]*\"|\S*)|-\S+)")
_NAMES = ("last_name", "first_name", "patronymic")
LEAST_DIGITS = 7
"""Digits from which a run of them is taken for a phone."""


def begin_with(editing: Editing, line: str) -> None:
    """Put name, phone and e-mail of a search line into a new card; filters and what is neither are left out.

    Args:
        editing: the card, still empty.
        line: the search line.
    """
    rest = _FILTER.sub(" ", line).replace('"', " ")
    for kind, pattern in (("email", _EMAIL), ("phone", _PHONE)):
        for found in pattern.findall(rest):
            if kind == "email" or sum(char.isdigit() for char in found) >= LEAST_DIGITS:
                rest = rest.replace(found, " ", 1)
                _add_contact(editing, kind, found.strip())
    words = [word for word in rest.split() if not any(char.isdigit() for char in word)]
    names = [*words[:2], " ".join(words[2:])]
    for key, name in zip(_NAMES, names, strict=False):
        _type(editing, "person", 0, key, _capitalised(name))


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
