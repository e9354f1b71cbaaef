"""A client who has much to hide, and the search for what is left of her."""

import json
from pathlib import Path

from store import folding
from store.card import Card
from store.door import Store
from store.drafts import Draft
from tests.store.stores import add, change

NAMES = ("Нечуйвітренко", "Лукерія")
TEXTS = (
    *NAMES,
    *(form for name in NAMES for form in (folding.literal(name), *folding.forms(name.casefold()))),
    *("380671239876", "1239876", "таємна", "7770001112223"),
)
"""What of the client must be nowhere: as typed, as folded for the index, digits of a phone, a note, an identifier."""


def lukeria(store: Store) -> Card:
    """A client with a past: older values in the journal, in a snapshot, in a draft, in the trash's neighbour."""
    card = add(
        store,
        *(("contacts[+].kind", "phone"), ("contacts[+].value", "067 123-98-76")),
        *(("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "7770001112223")),
        *(("notes.text", "таємна справа"),),
        last_name="Нечуйвітренко",
        first_name="Лукерія",
    )
    card = change(store, card, ("person.position", "таємна посада")).cards[0]
    card = change(store, card, ("person.position", ""), ("contacts[0].note", "таємна примітка")).cards[0]
    store.drafts.save(Draft(card.document["uid"], card.serial, {**card.document, "x": "таємна"}, card.document))
    return card


def friend(store: Store, of: Card, note: str = "таємна подруга") -> Card:
    return add(
        store,
        *(
            ("relations[+].client", str(of.document["uid"])),
            ("relations[+].kind", "friend"),
            ("relations[+].note", note),
        ),
        last_name="Бондар",
    )


def left(folder: Path) -> list[tuple[str, str]]:
    """Where any of the texts is still to be found, in every byte of every file."""
    found = []
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            found += [(text, str(file)) for text in TEXTS if text.encode() in content or ascii_of(text) in content]
    return found


def ascii_of(text: str) -> bytes:
    return json.dumps(text)[1:-1].encode()
