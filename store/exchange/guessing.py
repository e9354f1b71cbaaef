"""Which row of a file is its header, and what a column without a telling name holds, by its values."""

import re
from collections.abc import Callable, Sequence

from store.errors import Invalid
from store.exchange.csv_file import RawRow
from store.exchange.given_names import is_given, may_be_patronymic
from store.exchange.headers import Column, Headers, Target, is_known
from store.exchange.phones import phones_in
from store.kinds import KINDS, Reading
from store.schema import Field

_LOOKED_AT = 200
_HIGHEST_HEADER = 10
"""How far down a header may stand: above it are titles and the date of the report."""
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*\.?")
_CITY_NAMES = """
київ харків одеса дніпро львів запоріжжя миколаїв вінниця полтава чернігів черкаси житомир суми хмельницький
чернівці рівне івано-франківськ тернопіль луцьк ужгород херсон кропивницький маріуполь бровари кременчук киев
харьков одесса днепр львов запорожье николаев винница чернигов черкассы хмельницкий ровно луцк kyiv kiev
kharkiv odesa odessa dnipro lviv london manchester
"""
_CITIES = frozenset(_CITY_NAMES.split())
_MOST = 0.7
"""The share of a column's values that must agree."""


def arrange(
    rows: Sequence[RawRow], headers: Headers, reading: Reading, mapped: Callable[[str], bool]
) -> tuple[int, list[Column]]:
    """What the columns of a file are.

    Args:
        rows: The first rows that are not empty.
        headers: Knows the names of columns.
        reading: How values are read.
        mapped: Whether the operator's own mapping names a header.

    Returns:
        How many of `rows` are the header and what stands above it (0: the file has no header), and the columns.
    """
    place = _header_place(rows, reading, mapped)
    if place is None:
        width = max(len(row.cells) for row in rows)
        return 0, [Column("", None) for _ in range(width)] if width == 0 else by_values(rows, width, reading)
    columns = headers.columns(rows[place].cells)
    below = rows[place + 1 :]
    width = len(columns)
    guessed = by_values(below, width, reading, sure=True) if below else columns
    settled = [
        Column(column.header, guess.target) if column.target is None and not mapped(column.header) else column
        for column, guess in zip(columns, guessed, strict=True)
    ]
    return place + 1, settled


def _header_place(rows: Sequence[RawRow], reading: Reading, mapped: Callable[[str], bool]) -> int | None:
    known = [sum(is_known(cell) or mapped(cell) for cell in row.cells) for row in rows[:_HIGHEST_HEADER]]
    if known[0] and not any(_is_data(cell, reading) for cell in rows[0].cells):
        return 0
    best = max(range(len(known)), key=lambda place: (known[place], -place))
    if known[best] >= 2:
        return best
    if any(_is_data(cell, reading) for cell in rows[0].cells) or len(rows) == 1:
        return None
    # All words and none known: a header if there is data below it, names without one if there is not.
    below = rows[1:_LOOKED_AT]
    return 0 if any(_is_data(cell, reading) for row in below for cell in row.cells) else None


def _is_data(cell: str, reading: Reading) -> bool:
    text = cell.strip()
    if not any(letter.isdigit() for letter in text):
        return _EMAIL.fullmatch(text) is not None
    return bool(_EMAIL.fullmatch(text) or _is_phone(text, reading) or _is_date(text, reading) or text.isdigit())


def _is_phone(text: str, reading: Reading) -> bool:
    return sum(map(str.isdigit, text)) >= 9 and any(phone.value for phone in phones_in(text, reading.region))


def _is_date(text: str, reading: Reading) -> bool:
    if not 6 <= len(text) <= 25 or not any(map(str.isdigit, text)):
        return False
    try:
        return KINDS["birthday"].read(text, Field("date", "birthday", {}), reading) is not None
    except Invalid:
        return False


def by_values(rows: Sequence[RawRow], width: int, reading: Reading, *, sure: bool = False) -> list[Column]:
    """What each column holds by its values.

    Args:
        rows: Rows of the file, the header left out.
        width: How many columns.
        reading: How values are read.
        sure: Only what cannot be mistaken (e-mails, phones): the column has a name that we don't know.
    """
    looked_at = rows[:_LOOKED_AT]
    values = [[row.cells[place].strip() for row in looked_at if place < len(row.cells)] for place in range(width)]
    targets: list[Target | None] = [_contact_target([value for value in column if value], reading) for column in values]
    if not sure:
        _name_targets(values, targets, reading)
    return [Column("", target) for target in targets]


def _contact_target(values: Sequence[str], reading: Reading) -> Target | None:
    if _share(values, lambda value: "@" in value and _EMAIL.search(value) is not None) >= _MOST:
        return Target("contacts", "value", (("kind", "email"),))
    if _share(values, lambda value: _is_phone(value, reading)) >= _MOST:
        return Target("contacts", "value", (("kind", "phone"),))
    return None


def _name_targets(values: Sequence[Sequence[str]], targets: list[Target | None], reading: Reading) -> None:
    """Aim the columns of names, days and cities, each kind once."""
    used: set[str] = set()

    def aim(place: int, target: Target) -> None:
        if target.path not in used:
            used.add(target.path)
            targets[place] = target

    single: list[int] = []
    for place, column in enumerate(values):
        found = [value for value in column if value]
        if targets[place] is not None or not found:
            continue
        if _share(found, lambda value: _is_date(value, reading)) >= _MOST:
            aim(place, Target("person", "birth_date"))
        elif _share(found, lambda value: value.casefold() in _CITIES) >= 0.5:
            aim(place, Target("addresses", "city"))
        elif _share(found, lambda value: _words(value) in (2, 3) or _initials(value)) >= _MOST:
            aim(place, Target("name"))
        elif _share(found, may_be_patronymic) >= _MOST:
            aim(place, Target("person", "patronymic"))
        elif _share(found, is_given) >= 0.5:
            aim(place, Target("person", "first_name"))
        elif _share(found, lambda value: _words(value) == 1) >= _MOST:
            single.append(place)
    if "name" not in used and single:
        # One word beside a first name is the surname; alone it is whatever name there is.
        aim(single[0], Target("person", "last_name") if "person.first_name" in used else Target("name"))


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


def _words(value: str) -> int:
    words = value.replace(",", " ").split()
    return len(words) if all(_WORD.fullmatch(word) and word[0].isupper() for word in words) else 0


def _initials(value: str) -> bool:
    return re.fullmatch(r"[^\W\d_]{2,}\s+[^\W\d_]\.\s?(?:[^\W\d_]\.)?", value) is not None
