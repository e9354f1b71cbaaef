"""What is told beside a client is what the list goes by."""

import datetime
from collections.abc import Iterator

import pytest

from store import folding
from store.card import Document, Row
from store.demo import fill
from store.door import Store, open_store
from store.index.plan import NUMERIC
from store.kinds import kind_of
from store.query.keys import Key, keys_of
from store.schema import Field
from tests.tui.screens.operator import add
from tui.forms.askable import orderable
from tui.forms.order_value import deciding, order_value
from tui.i18n import activate

TODAY = datetime.date(2026, 11, 28)
LETTERS = 6
"""Of most texts so many letters are sorted by at least."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("orders") / "store", create=True) as opened:
        fill(opened, 150)
        yield opened


def key_of(store: Store, name: str) -> Key:
    key = keys_of(store.schema).find(name)
    assert key is not None
    return key


def documents(store: Store, sort: str) -> list[Document]:
    serials = store.find("", sort=sort).serials()
    cards = {card.serial: card.document for card in store.cards(serials)}
    return [cards[serial] for serial in serials]


def place_in_order(field: Field, row: Row, value: object) -> tuple[int, int | str]:
    """Where a value stands among those of its field, as far as six letters tell it; none stands last."""
    if value is None:
        return 2, 0
    kind, text = field.kind_in(row), str(value)
    if kind in NUMERIC:
        return 0, kind_of(field, row).ordinal(value, field) or 0
    if kind == "choice":
        return 0, [choice.code for choice in field.choices].index(text)
    if kind == "phone":
        return 0, int(folding.digits(text)[:12])
    if kind == "identifier" and text.isdecimal():
        return 0, int(text)
    if kind == "link":
        text = text.partition("//")[2].removeprefix("www.")
    return 1, folding.sort_key(text)[:LETTERS]


def test_a_list_stands_in_the_order_of_what_is_told_whatever_it_goes_by(store: Store) -> None:
    told = 0
    for key in [each.key for each in orderable(store.schema)]:
        if key.field is None or key.section is None or key.target is None or is_mixed(key):
            continue
        decided = [deciding(card, key.section, key.field, key.target.kind) for card in documents(store, key.name)]
        places = [place_in_order(key.field, *each) for each in decided]
        assert places == sorted(places), key.name
        told += places[0][0] < 2
    assert told > 25


def is_mixed(key: Key) -> bool:
    """Whether the rows decide what the values are: there are several orders then, one after the other."""
    return key.field is not None and key.field.key == "value" and key.target is not None and not key.target.kind


def test_of_values_of_several_kinds_the_first_kind_decides(store: Store) -> None:
    number = add(
        store, "Бик", "Ян", contacts=[{"kind": "telegram", "value": "a"}, {"kind": "phone", "value": "+380671112233"}]
    )
    alone = add(store, "Віл", "Ян", contacts=[{"kind": "telegram", "value": "a"}, {"kind": "email", "value": "z@e.ua"}])
    key = key_of(store, "contacts.value")
    assert [order_value(store.get(each).card.document, key, TODAY) for each in (number, alone)] == [
        "+380 67 111 22 33",
        "z@e.ua",
    ]
    listed = [document["number"] for document in documents(store, key.name)]
    assert listed.index(number) < listed.index(alone)


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("spent", "uk", "1\u00a0250,50"),
        ("spent", "en", "1,250.50"),
        ("bought", "en", "2"),
        ("last_purchase", "uk", "09.03.2026"),
        ("first_purchase", "en", "2026-03-01"),
        ("age", "ru", "39"),
        ("birthday", "uk", "09.03.1987"),
        ("task", "uk", "30.11.2026"),
        ("completeness", "en", "22 %"),
        ("number", "en", ""),
        ("last_contact", "en", ""),
        ("tag", "uk", "Ґудзик"),
        ("purchases.amount", "uk", "1\u00a0000,50"),
    ],
)
def test_it_is_told_as_the_operator_reads_it(store: Store, name: str, language: str, said: str) -> None:
    document = {
        "number": "K-1",
        "person": {"last_name": "Бик", "birth_date": "1987-03-09"},
        "tags": {"tags": ["Ґудзик", "Дім"]},
        "purchases": [
            {"date": "2026-03-09", "amount": "1000.50", "currency": "UAH"},
            {"date": "2026-03-01", "amount": "250.00", "currency": "UAH"},
        ],
        "tasks": [{"due": "2026-11-30"}, {"due": "2026-12-30", "done": True}],
    }
    activate(language)
    assert order_value(document, key_of(store, name), TODAY) == said


def test_what_another_program_wrote_does_no_harm(store: Store) -> None:
    document = {"number": 5, "person": [7], "purchases": "x", "contacts": [{"value": ["a"]}], "created": 12}
    for each in orderable(store.schema):
        assert isinstance(order_value(document, each.key, TODAY), str)
