import datetime
import itertools
from pathlib import Path

import pytest

from store.card import rows
from store.demo import fill
from store.demo.clients import clients
from store.demo.people import feminine, patronymics, people
from store.door import Edit, open_store
from store.kinds import kind_of
from store.schema import Schema
from store.standard import STANDARD_SECTIONS

TODAY = datetime.date(2026, 11, 22)
SCHEMA = Schema.from_data(STANDARD_SECTIONS)


def test_the_same_seed_makes_the_same_clients_however_many() -> None:
    few = list(itertools.islice(clients(7, TODAY), 20))
    assert few == list(itertools.islice(clients(7, TODAY), 50))[:20]
    assert few != list(itertools.islice(clients(8, TODAY), 20))


def test_every_value_is_one_the_card_may_hold() -> None:
    for document in itertools.islice(clients(1, TODAY), 500):
        for section in SCHEMA.sections:
            for row in rows(document, section.key):
                for key, value in row.items():
                    field = section.field(key)
                    if key == "id":
                        continue
                    assert field, (section.key, key)
                    assert kind_of(field, row).check(value, field) is None, (section.key, key, value)


def test_most_clients_are_ukrainian_and_some_are_due_today() -> None:
    made = list(itertools.islice(clients(1, TODAY), 2000))
    spoken = [document["person"]["language"] for document in made]
    assert spoken.count("uk") > spoken.count("ru") > spoken.count("en") > 0
    due = [row["due"] for document in made for row in document.get("tasks", ()) if not row["done"]]
    assert TODAY.isoformat() in due


@pytest.mark.parametrize(
    ("father", "language", "son", "daughter"),
    [
        ("Петро", "uk", "Петрович", "Петрівна"),
        ("Сергій", "uk", "Сергійович", "Сергіївна"),
        ("Василь", "uk", "Васильович", "Василівна"),
        ("Микола", "uk", "Миколайович", "Миколаївна"),
        ("Ілля", "uk", "Ілліч", "Іллівна"),
        ("Дмитрий", "ru", "Дмитриевич", "Дмитриевна"),
        ("Юрий", "ru", "Юрьевич", "Юрьевна"),
        ("Игорь", "ru", "Игоревич", "Игоревна"),
        ("Илья", "ru", "Ильич", "Ильинична"),
    ],
)
def test_patronymics_are_formed_by_the_rules(father: str, language: str, son: str, daughter: str) -> None:
    assert patronymics(father, language) == (son, daughter)


@pytest.mark.parametrize(
    ("surname", "language", "woman"),
    [
        ("Зелінський", "uk", "Зелінська"),
        ("Шевченко", "uk", "Шевченко"),
        ("Білий", "uk", "Біла"),
        ("Романів", "uk", "Романів"),
        ("Иванов", "ru", "Иванова"),
        ("Вишневский", "ru", "Вишневская"),
        ("Толстой", "ru", "Толстая"),
        ("Черных", "ru", "Черных"),
    ],
)
def test_women_bear_the_feminine_form(surname: str, language: str, woman: str) -> None:
    assert feminine(surname, language) == woman


def test_there_are_surnames_enough_for_a_town() -> None:
    assert len(people("uk").surnames) >= 300


def test_two_stores_filled_alike_hold_the_same_clients(tmp_path: Path) -> None:
    held = []
    for name in ("one", "two"):
        with open_store(tmp_path / name, create=True) as store:
            fill(store, 70, seed=3)
            held.append([(card.number, card.document["uid"], card.document["person"]) for card in store.cards()])
    assert held[0] == held[1]
    assert len({number for number, _, _ in held[0]}) == 70


def test_a_filled_store_is_as_sound_as_one_that_was_typed(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        fill(store, 150)
        assert not store.check().findings
        card = next(store.cards())
        assert store.find(card.number).total == 1
        assert [change.act for change in store.history(card.serial)] == ["new"]
        written = store.write([Edit(None, None, {"person": {"last_name": "Бойко"}})])
        assert (written.cards[0].serial, written.seq) == (151, 151)
    with open_store(tmp_path / "store") as store:
        assert not store.check().findings


def test_a_store_can_be_filled_twice(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        fill(store, 40)
        fill(store, 40)
        assert store.index.count() == 80
