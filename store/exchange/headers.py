"""The names of a file's columns brought to fields of the card.

Besides a path a column may be aimed at:
`name` (a whole name), `address` (a whole address), `number` (a client number, or another system's),
`date` (of the purchase, where the file has purchases), `uid`, `created`, `extra` (of our own export), `-` (nothing), or
at nothing known (None): then its values are kept in the notes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from store.card import ENVELOPE, Path
from store.errors import Invalid, Problem
from store.exchange.synonyms import STEMS, SYNONYMS
from store.schema import Schema

SPECIAL = ("name", "address", "number", "date", "uid", "created", "extra", "-")
_TARGET = re.compile(r"(\w+)\[([\w=,]*)\]\.(\w+)", re.ASCII)
_NUMBER = re.compile(r"\d+")
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_NOT_WORDS = re.compile(r"[^\w'#№]+|_")


@dataclass(frozen=True, slots=True)
class Target:
    """Where the values of a column go."""

    section: str
    """The section's key, or one of `SPECIAL`."""
    field: str = ""
    preset: tuple[tuple[str, str], ...] = ()
    """What the row of a table says besides: `(("kind", "phone"),)`."""
    group: str = ""
    """Columns of one table and one group make one row: "Phone 2 - Type" and "Phone 2 - Value"."""
    place: int | None = None
    """The row's place in a table, in our own export."""

    @property
    def is_own(self) -> bool:
        """Whether it is a column of our own export."""
        return self.group.startswith("own")

    @property
    def path(self) -> str:
        """As it is shown in a report: `contacts.value`."""
        return f"{self.section}.{self.field}" if self.field else self.section


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file."""

    header: str
    target: Target | None
    """None: nothing known; its values are kept in the notes."""


@lru_cache(maxsize=4096)
def plain(header: str) -> str:
    """A header as the table of synonyms writes it."""
    text = header.casefold().replace("ё", "е").replace("\u200b", "").strip("\ufeff \t*:")
    for apostrophe in '’ʼ`′‘"':
        text = text.replace(apostrophe, "'")
    text = _NUMBER.sub("#", text)
    return " ".join(_NOT_WORDS.sub(" ", text).split()).strip("' ")


@cache
def _standard() -> Mapping[str, str]:
    return {name: target for target, names in SYNONYMS.items() for name in names}


def is_known(cell: str) -> bool:
    """Whether a cell is surely the name of a column."""
    name = plain(cell)
    return bool(name) and (name in _standard() or _without_number(name) in _standard() or _is_own(cell))


def _is_own(cell: str) -> bool:
    return re.fullmatch(r"\w+\[\d+\]\.\w+|person\.\w+", cell.strip(), re.ASCII) is not None or cell in ("uid", "extra")


def _without_number(name: str) -> str:
    return " ".join(name.replace("#", " ").split())


class Headers:
    """Reads headers by one schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._custom = _labels_of(schema)

    def target(self, header: str) -> Target | None:
        """Where the column of that name goes, or None."""
        return self._own(header) or self._by_name(header)

    def aim(self, text: str) -> Target:
        """A target as written in a mapping file: a path, or one of `SPECIAL`.

        Raises:
            Invalid: `path-unknown`.
        """
        found = self._own(text.strip()) or self._loose(text.strip())
        if not found:
            raise Invalid([Problem(text, "path-unknown", text)])
        return found

    def columns(self, headers: Sequence[str]) -> list[Column]:
        """All columns of a header row; what depends on the others is settled."""
        columns = [Column(header, self.target(header)) for header in headers]
        sections = {column.target.section for column in columns if column.target}
        fields = {column.target.path for column in columns if column.target}
        settled = []
        for column in columns:
            target = column.target
            if target and target.section == "date":
                target = Target("purchases", "date", group="") if "purchases" in sections else None
            elif target and target.path == "person.first_name" and not (fields & {"person.last_name"} or target.is_own):
                # "Ім'я" or "Имя" alone holds whatever name there is.
                target = Target("name")
            settled.append(Column(column.header, target))
        return settled

    def _own(self, header: str) -> Target | None:
        """A column of our own export, or a path of the schema as the program writes it."""
        if header in SPECIAL and header not in ("name", "address", "date"):
            return Target(header)
        if header in ENVELOPE:
            return Target("-")
        try:
            path = Path.parse(header)
        except Invalid:
            return None
        section = self._schema.section(path.section)
        if not section or not path.field or (not section.field(path.field) and path.field != "id"):
            return None
        if section.is_table != (path.row is not None or path.new_row):
            return None
        if path.new_row:
            return Target(path.section, path.field)  # `contacts[+].value`: read as typed, like `contacts.value`
        group = str(path.row) if path.row is not None else ""
        return Target(path.section, path.field, group=f"own{group}", place=path.row)

    def _loose(self, text: str) -> Target | None:
        """`addresses.city` without a row, `contacts[kind=email].value`, and the special words."""
        if text in SPECIAL:
            return Target(text)
        target = _parsed(text, "")
        return target if self._schema.field(target.section, target.field) else None

    def _by_name(self, header: str) -> Target | None:
        if re.sub(r"\s", "", header) in ("№", "#", "№п/п", "№з/п"):
            return Target("-")
        name = plain(header)
        if not name:
            return None
        numbers = _NUMBER.findall(header)
        group = numbers[0] if numbers else ""
        names = (name, _without_number(name), plain(_BRACKETS.sub(" ", header)))
        for candidate in names:
            if candidate in self._custom:
                return self._custom[candidate]
        for candidate in names:
            if found := _standard().get(candidate):
                return _parsed(found, group)
        for stem, found in STEMS:
            if any(word.startswith(stem) for word in name.split()):
                return _parsed(found, group or name)
        return None


def _parsed(text: str, group: str) -> Target:
    match = _TARGET.fullmatch(text)
    if match:
        pairs = tuple((key, value) for key, _, value in (pair.partition("=") for pair in match[2].split(",") if pair))
        return Target(match[1], match[3], pairs, group)
    section, _, field = text.partition(".")
    return Target(section, field, (), group)


def _labels_of(schema: Schema) -> dict[str, Target]:
    """What an operator's own fields and sections are called, by key and by label, alone and with their section."""
    found: dict[str, Target] = {}
    standard = _standard()
    for section in schema.sections:
        section_names = [section.key, *section.labels.values()]
        for field in section.fields:
            target = Target(section.key, field.key)
            names = [name for name in (field.key, *field.labels.values()) if name]
            for name in names:
                if plain(name) not in standard and (field.labels or section.labels):
                    found.setdefault(plain(name), target)
                for section_name in section_names:
                    found.setdefault(plain(f"{section_name} {name}"), target)
    return found
