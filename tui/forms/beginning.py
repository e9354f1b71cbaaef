"""A new card begun with what was searched for in vain: the operator has typed it once already."""

import re
from collections.abc import Iterator

from store.errors import Invalid
from store.kinds import KINDS
from store.query import Query, parse
from store.query.keys import Key, Keys, keys_of
from store.query.values import looks_like_range
from store.schema import Field, Schema
from tui.forms.editing import Editing

_EMAIL = re.compile(r"\S+@\S+")
_PHONE = re.compile(r"\+?[\d()\s./-]{5,}")
_BORN = re.compile(r"(?<![\d.-])(?:\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?![\d.-])")
_SIGNS = ",;:!?«»“”„‘’'()[]<>…"
_SHORT_FORM = 2
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_NAMES = ("last_name", "first_name", "patronymic")
_SECTIONS = frozenset(("person", "contacts", "identifiers", "addresses", "tags", "notes"))
"""Sections that say who somebody is: rows of others are events, and nobody says that those happened."""
_KINDS = frozenset(("text", "note", "choice", "tags", "phone", "email", "link", "identifier", "birthday"))
"""Kinds of fields by which one looks for somebody known; an amount or a day is looked for otherwise."""
LEAST_DIGITS = 7
"""Digits from which a run of them is taken for a phone, or for an identifier and no piece of one."""


def begin_with(editing: Editing, line: str) -> None:
    """Put name, phones, e-mail, address of a search line into a new card, and what its filters say of who somebody is.

    What is excluded, ranges, pieces of numbers and addresses, and all behind an `or` are left out.

    Args:
        editing: the card, still empty.
        line: the search line.
    """
    beginning = _Beginning(editing)
    words: list[str] = []
    for key, text in _said(parse(line, editing.schema, editing.reading.today), keys_of(editing.schema)):
        if key is None:
            words.append(text)
        else:
            beginning.fill(key, text)
    rest = " ".join(words).replace('"', " ")
    if born := _BORN.search(rest):
        rest = rest.replace(born[0], " ", 1)
        _type(editing, "person", 0, "birth_date", born[0])
    for kind, pattern in (("email", _EMAIL), ("phone", _PHONE)):
        for found in pattern.findall(rest):
            if kind == "email" or _digits(found) >= LEAST_DIGITS:
                rest = rest.replace(found, " ", 1)
                for value in _phones(found, editing) if kind == "phone" else (found.strip(),):
                    _add_contact(editing, kind, value)
    rest, address = _parted(rest)
    if address and editing.schema.section("addresses") is not None:
        from store.exchange.addresses import split_address  # it brings all of import and export with it

        row = editing.add_row("addresses")
        for part, text in split_address(address).items():
            _type(editing, "addresses", row, part, text)
    person = editing.schema.section("person")
    may_be_company = person is not None and person.field("company") and "company" not in beginning.names
    if may_be_company and _is_company(rest):
        _type(editing, "person", 0, "company", " ".join(rest.split()).strip(" ,;:."))
        return
    known = _names(rest)
    free = [at for at in _NAMES if at not in beginning.names]
    names = [*known[: len(free) - 1], " ".join(known[len(free) - 1 :])] if free else []
    for at, name in zip(free, names, strict=False):
        _type(editing, "person", 0, at, _capitalised(name))


def takes_something(query: Query, schema: Schema) -> bool:
    """Whether a card begun with a search line would hold anything of it."""
    return any(key is None or _is_whole(key, text) for key, text in _said(query, keys_of(schema)))


def _said(query: Query, keys: Keys) -> Iterator[tuple[Key | None, str]]:
    """What a line says of somebody: words with no key, values with the field they are of."""
    for start, end, is_filter in query.parts:
        text = query.line[start:end]
        if is_filter and ":" not in text:
            break  # `or`: who of them it is to be, nobody said
        if text.startswith("-") or _is_mistaken(query, start, end):
            continue
        name, _, value = text.partition(":")
        key = keys.find(name) if is_filter else None
        if key is None or key.kind == "name":
            yield None, value if is_filter else text
        elif not looks_like_range(value):
            # A day of birth is asked for as a figure, and is a field.
            is_born = key.target is not None and key.target.key in ("birth", "birthday")
            yield (keys.path("person.birth_date") or key) if is_born else key, value.strip('"').strip()


class _Beginning:
    """Puts what filters say into a card."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._rows: dict[str, int] = {}
        self.names: set[str] = set()
        """The parts of the name that were said."""

    def fill(self, key: Key, value: str) -> None:
        """Put what a filter says of a field into it; what filters say of other fields of one table is one row."""
        if key.field is None or key.target is None or key.section is None or not _is_whole(key, value):
            return
        section, editing = key.section.key, self._editing
        if section == "person":
            self.names.add(key.field.key)
        at = 0
        if key.section.is_table:
            if key.target.kind or section not in self._rows:
                self._rows[section] = editing.add_row(section)
            at = self._rows[section]
        if key.target.kind:
            _type(editing, section, at, "kind", key.target.kind)
        text = value
        if key.kind == "choice":
            text = key.choices.code_of(value) or value
        elif key.kind == "tags":
            text = ", ".join(filter(None, (editing.text(section, at, key.field), value)))
        elif key.kind == "text" and section != "contacts":
            text = _capitalised(value)
        _type(editing, section, at, key.field.key, text)


def _is_whole(key: Key, value: str) -> bool:
    """Whether a value is one to be kept, and no piece of one."""
    if key.field is None or key.section is None or key.section.key not in _SECTIONS or key.kind not in _KINDS:
        return False
    match key.kind:
        case "email":
            return _EMAIL.fullmatch(value) is not None
        case "phone" | "identifier" | "birthday":
            return _digits(value) >= LEAST_DIGITS
        case "link":
            return "." in value
    return True


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _is_mistaken(query: Query, start: int, end: int) -> bool:
    return any(start < mistake.end and mistake.start < end for mistake in query.problems)


def _phones(run: str, editing: Editing) -> list[str]:
    """The phones in figures with blanks between: several, or one with a day before it; what is none stays whole."""
    section = editing.schema.section("contacts")
    field = section.field("value") if section else None
    pieces, found, start = run.split(), [], 0
    while field and start < len(pieces):
        spans = (" ".join(pieces[start:end]) for end in range(len(pieces), start, -1))
        phone = next((span for span in spans if _reads(span, field, editing)), "")
        found += [phone] if phone else []
        start += len(phone.split()) or 1
    return found or [run.strip()]


def _reads(text: str, field: Field, editing: Editing) -> bool:
    try:
        return _digits(text) >= LEAST_DIGITS and bool(KINDS["phone"].read(text, field, editing.reading))
    except Invalid:
        return False


def _parted(words: str) -> tuple[str, str]:
    """The name, and the address that a word like `вул.` behind it begins."""
    told = words.split()
    marks = [_is_mark(word) for word in told]
    # A letter is as well an initial.
    start = next((at for at, word in enumerate(told) if at and marks[at] and len(word.strip(".,")) > 1), len(told))
    address = ""
    for at in range(start, len(told)):
        is_part = marks[at] or (told[at][0].isdigit() and not marks[at - 1])
        address += f", {told[at]}" if is_part else f" {told[at]}"
    return " ".join(told[:start]), address.strip(", ")


def _is_company(words: str) -> bool:
    """Whether the first word of several, or the last, is `ТОВ` or the like, or the first stands in marks of a name.

    `Ат Іван` is somebody: of two letters only capitals are meant so.
    """
    from store.query.marks import COMPANIES, OF_ONE  # as in `_is_mark`

    told = [word.strip(".,") for word in words.split()]
    ends = {told[0], told[-1]} if len(told) > 1 else ()
    forms = [word for word in ends if word.lower() in COMPANIES - OF_ONE]
    return words.strip()[:1] == "«" or any(len(word) > _SHORT_FORM or word.isupper() for word in forms)


def _names(words: str) -> list[str]:
    """The words that may be names, without the signs beside them; initials keep their points."""
    from store.query.marks import BESIDE_NAMES, OF_ONE

    bare = (word.strip(_SIGNS) for word in words.split())
    named = (word if _INITIALS.fullmatch(word) else word.strip(".") for word in bare)
    return [word for word in named if word and not _digits(word) and word.lower() not in BESIDE_NAMES | OF_ONE]


def _is_mark(word: str) -> bool:
    from store.query.marks import MARKS  # not when the screen starts

    return word.strip(".,").lower() in MARKS


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
