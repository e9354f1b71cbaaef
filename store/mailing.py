"""The e-mail addresses of clients, without those who refused to be written to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.card import Document, Row, rows

if TYPE_CHECKING:
    from store.door import Store
    from store.progress import Progress

REFUSALS = ("email", "marketing")
"""Kinds of consent whose withdrawal means that no letter is wanted."""

_ADDRESS = re.compile(r"[^\s,;<>\"()\x00-\x1f\x7f]+@[^\s,;<>\"()@\x00-\x1f\x7f]+")
"""What may stand in a list of recipients: nothing that would end one and begin another."""
_TOLD_EACH = 256


@dataclass(frozen=True, slots=True)
class Mailing:
    """Who can be written to."""

    addresses: tuple[str, ...]
    """One a client, each once, in the order of the clients."""
    without: int
    """How many clients have none."""
    refused: int
    """How many have one and want no letters."""


def addresses_of(store: "Store", serials: Sequence[int], progress: "Progress | None" = None) -> Mailing:
    """The addresses of clients; those in the trash have none."""
    found: dict[int, str] = {}
    without = refused = done = 0
    for done, card in enumerate(store.cards(serials), 1):
        address = "" if card.trashed else address_in(card.document)
        if not address:
            without += 1
        elif refuses(card.document):
            refused += 1
        else:
            found[card.serial] = address
        if progress and done % _TOLD_EACH == 0:
            progress(done, len(serials))
    once: dict[str, str] = {}
    for serial in serials:
        if serial in found:
            once.setdefault(found[serial].casefold(), found[serial])
    return Mailing(tuple(once.values()), without, refused)


def address_in(document: Document) -> str:
    """The address a client is written to: the main one, else the first; empty where there is none."""
    known = [
        row
        for row in rows(document, "contacts")
        if row.get("kind") == "email" and _ADDRESS.fullmatch(str(row.get("value", "")))
    ]
    main = next((row for row in known if row.get("main")), known[0] if known else None)
    return str(main["value"]) if main else ""


def refuses(document: Document) -> bool:
    """Whether a client wants no letters: by the newest word on each kind of consent, or by wanting no contact."""
    if any(row.get("channel") == "none" for row in rows(document, "preferences")):
        return True
    newest: dict[str, Row] = {}
    for row in rows(document, "consents"):
        kind = str(row.get("kind"))
        if kind not in newest or str(row.get("date", "")) >= str(newest[kind].get("date", "")):
            newest[kind] = row
    return any(newest[kind].get("given") is False for kind in REFUSALS if kind in newest)
