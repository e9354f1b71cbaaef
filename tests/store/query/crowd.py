"""Clients with every kind of field filled in many ways, and the store that holds them."""

import random
from pathlib import Path
from typing import Any

from store import disk, numbers, settings
from store.card import Document
from store.door import Edit, Store
from store.schema import Schema
from store.segments.sealing import Seal, encode, pack, unpack
from store.standard import STANDARD_SECTIONS
from tests.store import stores
from tests.store.index import people

OWN_SECTIONS: list[dict[str, Any]] = [
    {
        "key": "pets",
        "shape": "table",
        "labels": {"uk": "Тварини", "ru": "Животные", "en": "Pets"},
        "fields": [
            {"key": "nick", "kind": "text", "searchable": True, "labels": {"uk": "Кличка", "en": "Nick"}},
            {
                "key": "species",
                "kind": "choice",
                "choices": ["cat", {"code": "dog", "labels": {"uk": "Собака", "en": "Dog"}}, "parrot"],
            },
            {"key": "weight", "kind": "number"},
            {"key": "price", "kind": "money"},
            {"key": "born", "kind": "birthday"},
            {"key": "chipped", "kind": "date", "with_time": True},
            {"key": "calm", "kind": "yes_no"},
            {"key": "colours", "kind": "tags"},
            {"key": "chip", "kind": "identifier", "searchable": True},
            {"key": "vet_phone", "kind": "phone"},
            {"key": "vet_email", "kind": "email"},
            {"key": "page", "kind": "link"},
            {"key": "habits", "kind": "note"},
            {"key": "until", "kind": "date"},
        ],
    }
]

SCHEMA = Schema.from_data(STANDARD_SECTIONS, OWN_SECTIONS)
TODAY = stores.TODAY
"""A Sunday, 22 November 2026."""

NICKS = ("Мурчик", "Рябко", "Жужа", "Мурчик Другий", "Rex", "Ґава", "Сірко-молодший")
HABITS = ("кличе гав щоранку", "спить", "гав\nкличе вечорами", "їсть на кухні, спить на дивані")
COLOURS = ("рудий", "чорний", "чорно-білий", "смугастий")


def documents(count: int, seed: int = 5) -> list[Document]:
    """The documents of so many clients."""
    chance = random.Random(seed)
    return [_document(serial, chance) for serial in range(1, count + 1)]


def store_of(path: Path, found: list[Document]) -> Store:
    """A store with fields of its own, that holds these documents; every ninth is in the trash."""
    stores.opened(path).close()
    sealed = unpack((path / settings.FILE).read_bytes(), settings.FILE)
    tables = {**sealed.tables, "sections": {1: encode(OWN_SECTIONS[0])}}
    content = pack("store", Seal(sealed.seal.generation + 1, sealed.seal.last_seq), tables)
    disk.replace(path / settings.FILE, content, disk.Modes.of(path).file)
    store = stores.opened(path)
    written = store.write([Edit(None, None, document) for document in found])
    for card in written.cards:
        if card.serial % 9 == 0:
            stores.remove(store, card)
    return store


def _document(serial: int, chance: random.Random) -> Document:
    document = people.document(serial, chance)
    person = document["person"]
    birth = chance.random()
    if birth < 0.1:
        del person["birth_date"]
    elif birth < 0.3:
        person["birth_date"] = f"--{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    elif birth < 0.4:
        person["birth_date"] = chance.choice(("1988-02-29", "--02-29", "1996-11-22", "1996-11-23", "2026-11-22"))
    person["language"] = chance.choice(("uk", "ru", "en"))
    document["contacts"] += _some(
        chance,
        {"id": "c4", "kind": "telegram", "value": "@sonce_olena"},
        {"id": "c5", "kind": "viber", "value": people.phone(chance), "main": False},
        {"id": "c6", "kind": "website", "value": "https://firma.com.ua/olena"},
    )
    document["identifiers"] += _some(
        chance,
        {"id": "i2", "kind": "tax", "value": f"{chance.randrange(10**10):010}", "until": _near(chance)},
        {"id": "i3", "kind": "account", "value": f"UA21 3223 {serial:04}", "since": "2025-02-01"},
    )
    if serial % 7 == 0:
        document["identifiers"].append({"id": "i4", "kind": "number", "value": f"К-{4000 + serial * 37}-{serial % 10}"})
    document["purchases"] += _some(
        chance,
        {"id": "q1", "date": _near(chance), "item": "самовар", "amount": "99.50", "currency": "USD", "status": "new"},
        {
            "id": "q2",
            "date": _near(chance),
            "item": "чашка",
            "amount": "10.00",
            "currency": "UAH",
            "status": "returned",
        },
        {"id": "q3", "date": _near(chance), "amount": "0.07", "currency": "UAH", "status": "cancelled"},
        {"id": "q4", "date": _near(chance), "quantity": "2.5", "currency": "UAH"},
    )
    document["tasks"] = _some(
        chance,
        {"id": "t1", "text": "передзвонити", "done": False},
        {"id": "t2", "text": "надіслати рахунок", "due": f"{_near(chance)}T10:00", "done": False},
        {"id": "t3", "text": "привітати", "due": _near(chance), "done": True},
        {"id": "t4", "text": "зустріч", "due": _near(chance)},
    )
    document["consents"] = [_consent(place, chance) for place in range(chance.randint(0, 4))]
    document["feedback"] = _some(
        chance,
        {"id": "f1", "date": _near(chance), "kind": "praise", "rating": str(chance.randint(1, 5)), "status": "new"},
        {"id": "f2", "date": _near(chance), "kind": "complaint", "text": "довго чекала", "status": "closed"},
    )
    document["preferences"] = chance.choice(
        ({}, {"channel": "sms", "likes": ["кава", "чай зелений"]}, {"note": "тихо"})
    )
    document["pets"] = [_pet(place, chance) for place in range(chance.randint(0, 2))]
    document["number"] = numbers.pretty(str(1000 + serial * 7))
    document["created"] = f"{_near(chance)}T21:30:00Z"
    return {key: value for key, value in document.items() if value or key == "revision"}


def _consent(place: int, chance: random.Random) -> dict[str, Any]:
    row = {
        "id": f"s{place}",
        "kind": chance.choice(("marketing", "processing", "sms")),
        "given": chance.random() < 0.7,
        "date": _near(chance),
    }
    return row | ({"until": _near(chance)} if chance.random() < 0.5 else {})


def _pet(place: int, chance: random.Random) -> dict[str, Any]:
    row = {
        "id": f"a{place}",
        "nick": chance.choice(NICKS),
        "species": chance.choice(("cat", "dog", "parrot")),
        "weight": chance.choice(("3", "4.5", "0.025", "-1")),
        "price": chance.choice(("100.00", "99.99", "0.50")),
        "born": chance.choice(("2020-05-01", "--05-01", "2024-02-29")),
        "chipped": chance.choice((_near(chance), f"{_near(chance)}T08:15")),
        "calm": chance.random() < 0.5,
        "colours": chance.sample(COLOURS, chance.randint(1, 2)),
        "chip": chance.choice(("804 0981 000", "UA-77-АВ")) + str(chance.randrange(10**6)),
        "vet_phone": people.phone(chance),
        "vet_email": "vet@klinika.ua",
        "page": "https://pets.ua/murchyk",
        "habits": chance.choice(HABITS),
        "until": _near(chance),
    }
    return {key: value for key, value in row.items() if key in ("id", "nick") or chance.random() < 0.7}


def _near(chance: random.Random) -> str:
    """A day within some weeks of today, now and then today itself."""
    day = TODAY.toordinal() + chance.choice((0, 0, -1, 1, chance.randint(-120, 40), chance.randint(-800, 400)))
    return TODAY.fromordinal(day).isoformat()


def _some(chance: random.Random, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in rows if chance.random() < 0.5]
