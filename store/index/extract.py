"""What the index keeps of one card: pure, so that a second process can do it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from store import folding
from store.card import Card, Document, display_name, rows
from store.index.tables import Changed
from store.query import facet, name_token, number_token
from store.schema import Field, Schema, Section

Plan = tuple[tuple[Section, tuple[Field, ...]], ...]
"""The fields the index reads, by section (see `plan`)."""


_PLAIN = frozenset(("text", "note"))


class _Gathered:
    """What is gathered from the values of one card."""

    __slots__ = ("lines", "more", "named", "phones")

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.more: dict[str, None] = {}
        self.phones: list[str] = []
        self.named: list[Named] = []

    def add_text(self, text: str, *, identifier: bool = False) -> None:
        line, further = _folded(text, identifier)
        if line:
            self.lines.append(line)
        if further:
            self.more.update(further)

    def add_number(self, number: str) -> None:
        if digits := folding.digits(number):
            self.more[number_token(number)] = self.more[digits] = None
        else:
            self.add_text(number)

    def add_value(self, value: Any, field: Field, kind: str, path: str) -> None:
        # Here: a search imports this module, and no search needs the kinds.
        from store.kinds import KINDS

        for text in KINDS.get(kind, KINDS["text"]).texts(value):
            if kind == "phone" and (digits := folding.digits(text)):
                self.phones.append(digits)
            elif field.searchable:
                self.add_text(text, identifier=kind == "identifier")
            if kind == "identifier" or field.unique:
                self.named.append(Named("identifier", folding.identifier_key(text), path, text))


class Named(NamedTuple):
    """A number, identifier or other value that is a client's own: found exactly by its key."""

    kind: str
    """`number`, `identifier` or `uid`."""
    key: str
    path: str
    value: str


class Extract(NamedTuple):
    """What the index keeps of one card. A tuple, so that it is cheap to hand from process to process."""

    serial: int
    number: str
    name: str
    phone: str
    city: str
    tags: str
    trashed: bool
    revision: int
    created: str
    updated: str
    key: str
    city_key: str
    digits: str
    """The digits of its phones, a space between."""
    words: str
    """Its texts folded letter by letter, one a line: ` olena petrivna `."""
    more: str
    """Further words it is found by: romanised forms, numbers without spaces, filters' values."""
    grams: str
    named: tuple[Named, ...]


def extract(card: Card, plan: Plan) -> Extract:
    """Read out of a card what the index keeps of it. A value of another shape than the schema says is passed over."""
    document = card.document
    gathered = _gather(document, plan)
    gathered.add_number(card.number)
    more, phones = gathered.more, gathered.phones
    named = [
        Named("uid", folding.identifier_key(_text(document.get("uid"))), "uid", _text(document.get("uid"))),
        Named("number", folding.number_key(card.number), "number", card.number),
        *gathered.named,
    ]
    cities = [text for row in rows(document, "addresses") for text in texts(row.get("city"))]
    tags = [text for row in rows(document, "tags") for text in texts(row.get("tags"))]
    for city in cities:
        more[_facet("city", city)] = None
    for tag in tags:
        more[_facet("tag", tag)] = None
    name = display_name(document)
    person = document.get("person")
    company = person.get("company") if isinstance(person, dict) else None
    # The parts of a name side by side, for a phrase.
    gathered.add_text(name)
    for form in _name_forms(f"{name} {_text(company)}" if company else name):
        more[name_token(form)] = None
    return Extract(
        serial=card.serial,
        number=card.number,
        name=name,
        phone=main_phone(document),
        city=cities[0] if cities else "",
        tags="\n".join([tag.replace("\n", " ") for tag in tags]),
        trashed=card.trashed,
        revision=card.revision,
        created=_text(document.get("created")),
        updated=_text(document.get("updated")),
        key=folding.sort_key(name),
        city_key=_sort_key(cities[0]) if cities else "",
        digits=" ".join(phones),
        words="\n".join(gathered.lines),
        more=" ".join(more),
        grams=" ".join(dict.fromkeys([gram for digits in phones for gram in phone_grams(digits)])),
        named=tuple([name for name in named if name.key]),
    )


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


def former_words(named: Iterable[Named]) -> list[str]:
    """The words by which old numbers and identifiers are found."""
    gathered = _Gathered()
    for old in named:
        if old.kind == "number":
            gathered.add_number(old.value)
        else:
            gathered.add_text(old.value, identifier=True)
    return [*" ".join(gathered.lines).split(), *gathered.more]


def phone_grams(digits: str) -> list[str]:
    """Every run of four digits of a phone, and its closing three."""
    return [digits[start : start + 4] for start in range(len(digits) - 3)] + [digits[-3:]]


def texts(value: Any) -> Iterator[str]:
    """The texts of a stored value: itself, or each of a list."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def main_phone(document: Document) -> str:
    """The phone marked main, else the first one, as stored; "" where there is none."""
    phones = [row for row in rows(document, "contacts") if row.get("kind") == "phone" and _text(row.get("value"))]
    phones.sort(key=lambda row: row.get("main") is not True)
    return _text(phones[0]["value"]) if phones else ""


_facet = lru_cache(1 << 12)(facet)
_sort_key = lru_cache(1 << 12)(folding.sort_key)


def plan(schema: Schema) -> Plan:
    """The fields the index reads, by section: worked out once, not for each card."""
    fields = (
        (section, tuple(f for f in section.fields if f.searchable or f.unique or f.kind == "identifier"))
        for section in schema.sections
    )
    return tuple((section, chosen) for section, chosen in fields if chosen)


def forget_texts() -> None:
    """Let go of the texts remembered from card to card: worth their memory only while many cards are indexed."""
    for remembered in (_facet, _sort_key, _name_forms, _folded, folding.literal, folding.forms):
        remembered.cache_clear()


def _gather(document: Document, plan: Plan) -> _Gathered:
    """Read every value that is searched or is a client's own. Plain texts, nine of ten, take the short way."""
    gathered = _Gathered()
    lines, more = gathered.lines, gathered.more
    for section, fields in plan:
        for place, row in enumerate(rows(document, section.key)) if section.key in document else ():
            for field in fields:
                value = row.get(field.key)
                if not value:
                    continue
                if field.kind in _PLAIN and not field.kind_by and not field.unique and type(value) is str:
                    line, further = _folded(value, False)
                    lines.append(line)
                    if further:
                        more.update(further)
                    continue
                path = f"{section.key}[{place}].{field.key}" if section.is_table else f"{section.key}.{field.key}"
                gathered.add_value(value, field, field.kind_in(row), path)
    return gathered


@lru_cache(1 << 12)
def _name_forms(name: str) -> tuple[str, ...]:
    return tuple(form for word in folding.words(name) for form in folding.forms(word))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


@lru_cache(1 << 15)
def _folded(text: str, identifier: bool) -> tuple[str, dict[str, None]]:
    """A text's line of literal words, and the further words it is found by. Most texts are in many cards."""
    words = folding.words(text)
    found = [forms for word in words if (forms := folding.forms(word))]
    further = dict.fromkeys(form for forms in found for form in forms[1:])
    if identifier and len(words) > 1:
        further.update(dict.fromkeys(folding.forms("".join(words))))
    return f" {' '.join([forms[0] for forms in found])} " if found else "", further
