"""No two clients share a number or an identifier, and none that somebody had is given to another."""

from collections.abc import Callable, Iterable, Iterator, Set
from typing import TYPE_CHECKING, NamedTuple

from store import folding
from store.card import Document, rows
from store.errors import Conflict
from store.schema import Schema

if TYPE_CHECKING:
    from store.index import Index
    from store.segments.cards import Cards

Taken = Callable[[Iterable[str]], set[str]]
"""Which of some client numbers are or were somebody's."""


class Claim(NamedTuple):
    """A value that shall be one client's alone."""

    path: str
    value: str
    place: str
    """What it must be unique in: `number`, or the section, field and kind of identifier."""
    key: str


def claims(schema: Schema, document: Document) -> Iterator[Claim]:
    """All values of a document that must be its client's alone."""
    if number := document.get("number"):
        yield Claim("number", str(number), "number", folding.number_key(str(number)))
    for section in schema.sections:
        for field in section.fields:
            if not field.unique:
                continue
            for place, row in enumerate(rows(document, section.key)):
                value = row.get(field.key)
                if isinstance(value, str) and value:
                    spot = f"{section.key}[{place}]" if section.is_table else section.key
                    kind = str(row.get("kind", ""))
                    # A number a client once had is an identifier of its own kind, unique among the numbers.
                    where = "number" if kind == "number" else f"{section.key}.{field.key} {kind}"
                    key = folding.number_key(value) if kind == "number" else folding.identifier_key(value)
                    yield Claim(f"{spot}.{field.key}", value, where, key)


class Freed(NamedTuple):
    """A value that a client in the trash has, and another one was given."""

    path: str
    value: str
    number: str
    """The client in the trash; restored, it comes back without the value."""


class Claims:
    """The unique values of a changeset, checked against one another and against all that the store holds."""

    def __init__(self, schema: Schema, index: "Index", cards: "Cards", written: Set[int], taken: Taken) -> None:
        self._schema = schema
        self._index = index
        self._cards = cards
        self._taken = taken
        self._written = written
        """Clients of this very changeset: what they have is what it makes of them, not what the index says."""
        self._seen: dict[tuple[str, str], int] = {}
        self.freed: list[Freed] = []
        """Values that were another client's, who is in the trash."""

    def add(self, serial: int, before: Document | None, after: Document, *, own: bool = False) -> None:
        """Take a card into account.

        Args:
            serial: The client.
            before: The card as it was; None for one that was not there.
            after: The card as it will be.
            own: All it has was its own before: who had it meanwhile and has it no more does not matter.

        Raises:
            Conflict: `value-taken` with `path`, `value`, `number`; `value-twice`; `number-erased`.
        """
        had = {(claim.place, claim.key) for claim in claims(self._schema, before)} if before else set()
        for claim in claims(self._schema, after):
            what = (claim.place, claim.key)
            other = self._seen.setdefault(what, serial)
            if other != serial:
                raise Conflict("value-twice", path=claim.path, value=claim.value)
            if what not in had:
                self._ask(serial, claim, own)

    def _ask(self, serial: int, claim: Claim, own: bool) -> None:
        owners = self._index.owners(claim.value)
        if claim.place == "number" and not owners and self._taken([claim.value]):
            raise Conflict("number-erased", path=claim.path, value=claim.value)
        # A merge that was taken back leaves a value with both: who has it, and who once had it meanwhile.
        own = own or any(owner.serial == serial for owner in owners)
        for owner in owners:
            if owner.serial == serial or owner.serial in self._written or (own and owner.old):
                continue
            card = self._cards.get(owner.serial)
            if card is not None and card.trashed and claim.place != "number":
                self.freed.append(Freed(claim.path, claim.value, card.number))
                continue
            if card is None or self._has(card.document, claim, owner.old):
                number = card.number if card else ""
                raise Conflict("value-taken", current=card, path=claim.path, value=claim.value, number=number)

    def _has(self, document: Document, claim: Claim, old: bool) -> bool:
        """Whether the other client has it in the same place; what it has no more counts wherever it was."""
        if any((other.place, other.key) == (claim.place, claim.key) for other in claims(self._schema, document)):
            return True
        if not old:
            return False
        return claim.key not in {other.key for other in claims(self._schema, document)}
