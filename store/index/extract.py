"""What the index keeps of one card: pure, so that a second process can do it.

What a value is found by is worked out once for each value of a field: nine of ten values are in many cards.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple

from store import folding
from store.card import Card, Document, display_name, rows
from store.index import figures
from store.index.plan import LONGEST_WHOLE, NUMERIC, PLACED, WHOLE, WORDY, Plan, SectionPlan
from store.index.tables import Changed
from store.index.terms import ALL, BEGINNINGS, OFFSET, TRASH, WRITTEN, number_term
from store.query import whole_key
from store.schema import Field

EXTENSION = ";ext="
"""Before the digits of a stored phone that are dialled last; nobody is found by these."""

REMEMBERED = 1 << 14
"""So many values of a field are remembered, then all are forgotten."""


class Named(NamedTuple):
    """A number, identifier or other value that is a client's own: found exactly by its key."""

    kind: str
    """`number`, `identifier` or `uid`."""
    key: str
    path: str
    value: str


class Said:
    """What one value is found by."""

    __slots__ = ("code", "digits", "held", "is_least", "number", "reader", "sum", "terms", "whole", "words")

    def __init__(self, code: str, value: str, terms: Iterable[str]) -> None:
        self.code = code
        self.terms = tuple(terms)
        self.words: tuple[str, ...] = ()
        """For the vocabulary: as written, not folded."""
        self.whole = ""
        """The term of the whole value, where the field is counted and sorted by these."""
        self.digits = ""
        """What is found by any run of four."""
        self.number: int | None = None
        """What the field is sorted by."""
        self.is_least = False
        """Of several values in a card, whether the least one is sorted by: so of texts."""
        self.reader: object = None
        """Who reads many cards …"""
        self.held: list[list[int]] = []
        """… and gathers here who has each of the terms."""
        self.sum = zlib.crc32((code + value).encode("utf-8", "surrogatepass"))


class Told(NamedTuple):
    """All that one card says, value by value."""

    saids: list[Said]
    numbers: dict[str, int]
    """The ordered numbers it is sorted by, by the code of their field."""
    sum: int
    """By what it is known that a card is indexed as it was read."""


class Extract(NamedTuple):
    """What the index keeps of one card."""

    card: Card
    told: Told
    name: str
    phone: str
    city: str
    tags: str
    named: tuple[Named, ...]

    @property
    def serial(self) -> int:
        """The client."""
        return self.card.serial

    @property
    def digits(self) -> str:
        """What is found by any run of four digits and is not shown in the list: phones and identifiers."""
        shown = (folding.digits(self.phone), folding.digits(self.card.number))
        found = dict.fromkeys(said.digits for said in self.told.saids if said.digits)
        return " ".join([digits for digits in found if digits not in shown])

    @property
    def terms(self) -> set[str]:
        """Every term of it."""
        return {term for said in self.told.saids for term in said.terms}

    @property
    def words(self) -> set[str]:
        """The words for the vocabulary."""
        return {word for said in self.told.saids for word in said.words}

    @property
    def wholes(self) -> set[str]:
        """The terms of the whole values."""
        return {said.whole for said in self.told.saids if said.whole}


def extract(card: Card, plan: Plan, had: Iterable[Named] = ()) -> Extract:
    """Read out of a card what the index keeps of it. A value of another shape than the schema says is passed over.

    Args:
        card: The card.
        plan: What is kept of which field.
        had: The numbers and identifiers the client had once: they find it still.
    """
    document = card.document
    cities = [text for row in rows(document, "addresses") for text in texts(row.get("city"))]
    tags = [text for row in rows(document, "tags") for text in texts(row.get("tags"))]
    name = display_name(document)
    return Extract(
        card=card,
        told=_told(card, name, plan, had),
        name=name,
        phone=main_phone(document),
        city=cities[0] if cities else "",
        tags="\n".join([tag.replace("\n", " ") for tag in tags]),
        named=tuple(named_of(card, plan)),
    )


def named_of(card: Card, plan: Plan) -> list[Named]:
    """The numbers and identifiers that are a card's own, its uid and client number first."""
    document = card.document
    uid = _text(document.get("uid"))
    named = [
        Named("uid", folding.identifier_key(uid), "uid", uid),
        Named("number", folding.number_key(card.number), "number", card.number),
    ]
    for section in plan.sections:
        for place, row in enumerate(rows(document, section.section.key)) if section.named else ():
            for field in section.named:
                if field.unique or field.kind_in(row) == "identifier":
                    path = _path(section, place, field)
                    named += [
                        Named("identifier", folding.identifier_key(text), path, text)
                        for text in texts(row.get(field.key))
                    ]
    return [one for one in named if one.key]


def former(change: Changed) -> list[Named]:
    """The numbers and identifiers that a change took from its client: they still find it, and say they are old."""
    found: list[Named] = []
    for part in change.fields:
        if part.before is None:
            continue
        place, _, key = part.path.partition(".")
        if part.path == "number":
            found.append(Named("number", folding.number_key(_text(part.before)), "number", _text(part.before)))
        elif place.partition("#")[0] == "identifiers":
            values = part.before if isinstance(part.before, list) else [part.before]
            for value in values:
                text = _text(value.get("value") if isinstance(value, Mapping) else value if key == "value" else None)
                path = part.path if key else f"{part.path}.value"
                found.append(Named("identifier", folding.identifier_key(text), path, text))
    return [named for named in found if named.key]


def texts(value: Any) -> list[str]:
    """The texts of a stored value: itself, or each of a list."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return []


def main_phone(document: Document) -> str:
    """The phone marked main, else the first one, as stored; "" where there is none."""
    first = ""
    for row in rows(document, "contacts"):
        if row.get("kind") == "phone" and (value := _text(row.get("value"))):
            if row.get("main") is True:
                return value
            first = first or value
    return first


def forget_texts(plan: Plan) -> None:
    """Let go of the values remembered from card to card: worth their memory only while many cards are indexed."""
    plan.forget()
    for remembered in (figures.ordinal_of, figures.day_of, text_number, folding.literal, folding.forms):
        remembered.cache_clear()


def _told(card: Card, name: str, plan: Plan, had: Iterable[Named]) -> Told:
    document = card.document
    saids: list[Said] = []
    numbers: dict[str, int] = {}
    for key, value in document.items():
        section = plan.by_section.get(key)
        if section is None or not value:
            continue
        if isinstance(value, dict):
            _read_row(saids, value, section, plan)
        elif isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    _read_row(saids, row, section, plan)
    for said in saids:
        number = said.number
        if number is not None:
            code = said.code
            known = numbers.get(code)
            if known is None or (number < known if said.is_least else number > known):
                numbers[code] = number
    person = document.get("person")
    company = person.get("company") if isinstance(person, dict) else None
    remembered = plan.remembered
    saids.append(_remembered(remembered, "name", f"{name} {_text(company)}" if company else name, _said_name))
    saids.append(_STATES[card.trashed])
    saids.append(_said_number(card.number))
    for code, number in plan.figures_of(document):
        numbers[code] = number
        saids.append(plan.said_figures[code])
    for code, day in plan.days_of(document):
        saids.append(_remembered(remembered, code, day, partial(_said_day, code)))
        numbers[code] = max(day, numbers.get(code, day))
    saids += [_said_number(old.value) if old.kind == "number" else said_identifier("", old.value) for old in had]
    return Told(saids, numbers, sum([said.sum for said in saids]) & 0xFFFFFFFF)


def _remembered(remembered: dict[str, dict[Any, Said]], key: str, value: Any, make: Callable[[Any], Said]) -> Said:
    known = remembered.get(key)
    if known is None:
        known = remembered[key] = {}
    said = known.get(value)
    if said is None:
        if len(known) >= REMEMBERED:
            known.clear()
        said = known[value] = make(value)
    return said


def _read_row(saids: list[Said], row: Mapping[str, Any], section: SectionPlan, plan: Plan) -> None:
    """The values of a row, each remembered by its field."""
    before = len(saids)
    by_key = section.by_key
    for key, value in row.items():
        chosen = by_key.get(key)
        if chosen is None or value is None or value == "":
            continue
        field, code, remembered = chosen
        if type(value) is list or type(value) is dict:
            saids += [said_of(plan, field, code, field.kind, text) for text in texts(value)]
            continue
        if remembered is None:
            code = section.by_kind.get(row.get("kind"), code)  # type: ignore[arg-type]
            saids += [said_of(plan, field, code, field.kind_in(row), text) for text in texts(value)]
            continue
        said = remembered.get(value)
        if said is None:
            if len(remembered) >= REMEMBERED:
                remembered.clear()
            said = remembered[value] = said_of(plan, field, code, field.kind, value)
        saids.append(said)
    if len(saids) > before:
        saids.append(section.said)


def said_of(plan: Plan, field: Field, code: str, kind: str, value: Any) -> Said:
    """What a value of a field is found by."""
    text = value if isinstance(value, str) else "yes" if value is True else "no" if value is False else ""
    if kind == "phone":
        return _said_phone(field, code, text)
    if kind == "identifier":
        return said_identifier(code, text)
    terms = [f"?{code}"]
    if kind in NUMERIC:
        number = figures.ordinal_of(kind, text)
        if number is not None and code not in plan.singles:
            terms.append(number_term(code, number))
        said = Said(code, text, terms)
        said.number = None if number is None else max(-OFFSET, min(number, OFFSET - 1))
        return said
    words = folding.words(text) if kind in WORDY else []
    forms = [form for word in words for form in folding.forms(word)]
    if kind in WHOLE:
        terms.append(whole_term(code, kind, text))
    # A text's first word is found by the beginning of the whole.
    terms += [f"f{code}{form}" for form in (forms[1:] if kind in PLACED else forms)]
    if field.searchable:
        terms += [f"w{form}" for form in forms]
    said = Said(code, text, terms)
    if field.searchable:
        said.words = tuple(words)
    if kind in PLACED:
        said.whole = terms[1]
        return said
    said.is_least = True
    if kind == "choice":
        said.number = plan.choices.get(code, {}).get(text, _NO_CHOICE)
    elif kind == "yes_no":
        said.number = int(text == "yes")
    else:
        said.number = text_number(text)
    return said


_STATES = {False: Said("", "", (ALL,)), True: Said("", TRASH, (ALL, TRASH))}

_CODES = 1 << 38
"""From here on identifiers that are no numbers are sorted."""

_NO_CHOICE = 99
"""Where a choice that the schema does not know is sorted."""


def said_identifier(code: str, text: str) -> Said:
    """What an identifier is found by; of no field, where it is one the client had once."""
    digits = folding.digits(text)
    terms = [f"?{code}"] if code else []
    words = [] if text.isdigit() else folding.words(text)
    forms = [form for word in words for form in folding.forms(word)]
    joined = "".join(words)
    if len(words) > 1:
        forms += folding.forms(joined)
    if digits:
        terms += _grams(digits)
        if joined in ("", digits):
            terms += (f"^{digits[:1]}", f"^{digits[:2]}")
    terms += [f"w{form}" for form in forms]
    if code:
        terms += [f"f{code}{form}" for form in forms]
    said = Said(code, text, terms)
    said.digits, said.words = digits, tuple(words)
    if code:
        # Numbers by their size, before other codes.
        said.number = int(text[:11]) if text.isdecimal() else _CODES + text_number(text)
        said.is_least = True
    return said


def _said_phone(field: Field, code: str, text: str) -> Said:
    digits = folding.digits(text.partition(EXTENSION)[0])
    terms = [f"?{code}"]
    if digits and field.searchable:
        terms += (*_grams(digits), *(f"p{digits[:length]}" for length in BEGINNINGS))
    said = Said(code, text, dict.fromkeys(terms))
    said.digits = digits if field.searchable else ""
    if digits:
        said.number, said.is_least = int(digits[:12]), True
    return said


def _said_number(number: str) -> Said:
    """A client number: by its beginning, by any run of four digits, or as the word it is."""
    digits = folding.digits(number)
    if not digits:
        words = folding.words(number)
        said = Said("", number, [f"w{form}" for word in words for form in folding.forms(word)])
        said.words = tuple(words)
        return said
    beginnings = (f"^{digits[:1]}", f"^{digits[:2]}", *(f"k{digits[:length]}" for length in (1, 2, 3)))
    said = Said("", number, (*beginnings, *_grams(digits)))
    said.digits = digits
    return said


def _said_name(name: str) -> Said:
    return Said("", name, [f"n{form}" for word in folding.words(name) for form in folding.forms(word)])


def _said_day(code: str, day: int) -> Said:
    return Said("", f"{code}{day}", (f"?{code}", number_term(code, day)))


def whole_term(code: str, kind: str, text: str) -> str:
    """The term of a whole value: codes as they are; texts folded, so that they are found, then as written."""
    # SQLite's own functions end a text at a NUL.
    text = text.replace("\0", "\u2400")
    if kind not in PLACED:
        return f"={code}{text}"
    shown = text if len(text) <= LONGEST_WHOLE else f"{text[:LONGEST_WHOLE]}\u2026"
    return f"={code}{whole_key(text[:LONGEST_WHOLE])}{WRITTEN}{shown}"


def value_of(term: str) -> str:
    """The value that a whole term is of."""
    return term.partition(WRITTEN)[2] or term[3:]


@lru_cache(1 << 12)
def text_number(text: str) -> int:
    """A number that sorts as the first five signs of a text do, for texts that hardly two clients share."""
    number = 0
    for char in folding.sort_key(text[:12])[:5].ljust(5, "\0"):
        number = number << 7 | min(ord(char), 127)
    return number


def _grams(digits: str) -> Iterator[str]:
    for start in range(len(digits) - 3):
        yield f"g{digits[start : start + 4]}"
    yield f"${digits[-3:]}"


def _path(plan: SectionPlan, place: int, field: Field) -> str:
    section = plan.section
    return f"{section.key}[{place}].{field.key}" if section.is_table else f"{section.key}.{field.key}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
