"""What the index keeps of one card: pure, so that a second process can do it.

What a value is found by is worked out once for each value of a field: nine of ten values are in many cards.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from store import folding
from store.card import Card, Document, display_name, rows
from store.index import figures
from store.index.plan import Plan, SectionPlan
from store.index.said import STATES, Said, said_day, said_identifier, said_name, said_number, said_of, text_number
from store.index.tables import Changed
from store.schema import Field

REMEMBERED = 1 << 14
"""So many values of a field are remembered, then all are forgotten."""


class Named(NamedTuple):
    """A number, identifier or other value that is a client's own: found exactly by its key."""

    kind: str
    """`number`, `identifier` or `uid`."""
    key: str
    path: str
    value: str


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
    saids.append(_remembered(remembered, "name", f"{name} {_text(company)}" if company else name, said_name))
    saids.append(STATES[card.trashed])
    saids.append(said_number(card.number))
    for code, number in plan.figures_of(document):
        numbers[code] = number
        saids.append(plan.said_figures[code])
    for code, day in plan.days_of(document):
        saids.append(_remembered(remembered, code, day, partial(said_day, code)))
        numbers[code] = max(day, numbers.get(code, day))
    saids += [said_number(old.value) if old.kind == "number" else said_identifier("", old.value) for old in had]
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


def _path(plan: SectionPlan, place: int, field: Field) -> str:
    section = plan.section
    return f"{section.key}[{place}].{field.key}" if section.is_table else f"{section.key}.{field.key}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
