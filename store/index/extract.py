"""What the index keeps of one card: pure, so that a second process can do it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from store import folding
from store.card import Card, Document, display_name, rows, texts
from store.index import figures
from store.index.columns import Columns
from store.index.plan import Plan, SectionPlan
from store.index.said import Said, text_number
from store.index.tables import Changed
from store.schema import Field


class Named(NamedTuple):
    """A number, identifier or other value that is a client's own: found exactly by its key."""

    kind: str
    """`number`, `identifier` or `uid`."""
    key: str
    path: str
    value: str


class Shown(NamedTuple):
    """What the list shows of a card, and what is its own."""

    serial: int
    number: str
    name: str
    phone: str
    city: str
    tags: str
    is_trashed: bool
    revision: int
    named: tuple[Named, ...]

    def others(self, digits: Iterable[str]) -> str:
        """Of what is found by any run of four digits, phones and identifiers, that which is not shown in the list."""
        seen = (folding.digits(self.phone), folding.digits(self.number))
        return " ".join(sorted(each for each in digits if each not in seen))


class Extract(NamedTuple):
    """What the index keeps of one card."""

    shown: Shown
    saids: list[Said]
    numbers: dict[str, int]
    """The ordered numbers it is sorted by, by the code of their field."""
    digits: str
    """See `Shown.others`."""
    sum: int
    """By what it is known that a card is indexed as it was read."""

    @property
    def serial(self) -> int:
        """The client."""
        return self.shown.serial

    @property
    def terms(self) -> set[str]:
        """Every term of it."""
        return {term for said in self.saids for term in said.terms}

    @property
    def words(self) -> set[str]:
        """The words for the vocabulary."""
        return {word for said in self.saids for word in said.words}

    @property
    def wholes(self) -> set[str]:
        """The terms of the whole values."""
        return {said.whole for said in self.saids if said.whole}


def extract(card: Card, plan: Plan, had: Iterable[Named] = ()) -> Extract:
    """Read out of a card what the index keeps of it (see `Columns.add`)."""
    (found,) = extracts([(card, had)], plan)
    return found


def extracts(cards: Sequence[tuple[Card, Iterable[Named]]], plan: Plan) -> list[Extract]:
    """Read some cards at once, each with what it had: what several of them say is worked out once."""
    columns = Columns(plan)
    several = [shown_of(card, plan) for card, _ in cards]
    for place, ((card, had), shown) in enumerate(zip(cards, several, strict=True)):
        columns.add(card, shown.name, place, had)
    saids, numbers, digits, sums = columns.told()
    return [
        Extract(
            shown,
            [said for said, places in saids if place in places],
            {code: values[place] for code, values in numbers.items() if place in values},
            shown.others(digits.get(place, ())),
            sums[place],
        )
        for place, shown in enumerate(several)
    ]


def shown_of(card: Card, plan: Plan) -> Shown:
    """What the list shows of a card."""
    document = card.document
    cities = [text for row in rows(document, "addresses") for text in texts(row.get("city"))]
    tags = [text for row in rows(document, "tags") for text in texts(row.get("tags"))]
    return Shown(
        serial=card.serial,
        number=card.number,
        name=display_name(document),
        phone=main_phone(document),
        city=cities[0] if cities else "",
        tags="\n".join([tag.replace("\n", " ") for tag in tags]),
        is_trashed=card.trashed,
        revision=card.revision,
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
    """The numbers and identifiers that a change took from its client: they still find it, and say they are old.

    What an undo takes out was a mistake: it was never the client's, and is free for another.
    """
    found: list[Named] = []
    if change.undoes:
        return found
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
    for remembered in (figures.ordinal_of, figures.iso_day, text_number, folding.literal, folding.forms):
        remembered.cache_clear()


def _path(plan: SectionPlan, place: int, field: Field) -> str:
    section = plan.section
    return f"{section.key}[{place}].{field.key}" if section.is_table else f"{section.key}.{field.key}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
