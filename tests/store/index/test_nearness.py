"""Of many who are found, those nearest to what was typed come first."""

from store.index import Index
from store.query import parse_sort
from tests.store.index.conftest import SCHEMA, Client, parse, put

MANY = range(1, 20)
"""More than are left in the order of their names."""


def names(index: Index, line: str) -> list[str]:
    found = index.find(parse(line), 5)
    rows = found.rows(0, 200)
    assert len({row.serial for row in rows}) == found.total
    assert [found.position(row.serial) for row in rows] == list(range(found.total))
    return [row.name for row in rows]


def test_the_last_name_and_then_the_first_are_nearest_and_a_patronymic_is_far(index: Index, client: Client) -> None:
    far = [client(n, person={"last_name": "Іваненко", "patronymic": "Олегович"}) for n in MANY]
    near = [client(30, "Іванчук", "Олена"), client(31, "Іваськів", "Олег")]
    turned = [client(40, "Оленюк", "Іван"), client(41, "Олексюк", "Іванна")]
    mentioned = [client(50, "Бойко", "Іван", city="Олешки")]
    put(index, [*far, *near, *turned, *mentioned])
    found = names(index, "іва оле")
    assert found[:4] == ["Іванчук Олена", "Іваськів Олег", "Олексюк Іванна", "Оленюк Іван"]
    assert set(found[4:-1]) == {"Іваненко Олегович"}
    assert found[-1] == "Бойко Іван"
    assert names(index, "оле іва")[:4] == ["Олексюк Іванна", "Оленюк Іван", "Іванчук Олена", "Іваськів Олег"]


def test_of_one_word_last_names_come_before_first_names_and_patronymics(index: Index, client: Client) -> None:
    far = [client(n, person={"last_name": "Абрамин", "patronymic": "Іванович"}) for n in MANY]
    put(index, [*far, client(30, "Іванов", "Петро"), client(31, "Бойко", "Іванна"), client(32, "Іваненко", "Ян")])
    assert names(index, "іван")[:3] == ["Іваненко Ян", "Іванов Петро", "Бойко Іванна"]
    assert set(names(index, "іван")[3:]) == {"Абрамин Іванович"}


def test_whose_phone_has_the_digits_in_one_run_comes_before_who_has_the_pieces(index: Index, client: Client) -> None:
    pieces = [client(n, f"А{n}", phone=f"+38050067{n:04}", notes={"text": "квартира 123"}) for n in range(1, 5)]
    put(index, [*pieces, client(30, "Ящук", "Тарас", phone="+380671234567")])
    assert names(index, "067-123")[0] == "Ящук Тарас" and len(names(index, "067-123")) == 5
    assert names(index, "067123") == ["Ящук Тарас"]


def test_few_stay_in_the_order_of_their_names(index: Index, client: Client) -> None:
    put(index, [client(1, "Абрамова", "Шевчук Олена"), client(2, "Шевченко", "Олена")])
    assert names(index, "шев оле") == ["Абрамова Шевчук Олена", "Шевченко Олена"]


def test_whose_address_it_is_comes_before_whose_name_it_resembles(index: Index, client: Client) -> None:
    named = [client(n, "Шевченко", "Тарас", email=f"sales{n}@ukr.net", city="Ковель") for n in MANY]
    put(index, [*named, client(30, "Ящук", "Тарас", email="shevchenko.t@kolo.ua")])
    assert names(index, "shevchenko.t@ko")[0] == "Ящук Тарас"


def test_a_beginning_of_an_address_that_is_a_name_finds_the_address_first(index: Index, client: Client) -> None:
    named = [client(n, "Шевченко", "Тарас", email=f"sales{n}@ukr.net") for n in MANY]
    put(index, [*named, client(30, "Ящук", "Тарас", email="shevchenko@kolo.ua")])
    assert names(index, "shevchenko@")[0] == "Ящук Тарас"
    assert names(index, "shevchenko")[-1] == "Ящук Тарас"


def test_the_fewer_words_were_taken_for_others_the_nearer(index: Index, client: Client) -> None:
    # «олес» may have been «олек» as well.
    others = [client(n, "Бондар", "Олексій") for n in MANY]
    put(index, [*others, client(30, "Бондар", "Олеся")])
    assert names(index, "бнодар олес")[0] == "Бондар Олеся"
    assert set(names(index, "бнодар олес")[1:]) == {"Бондар Олексій"}


def test_a_list_in_another_order_is_in_that_order(index: Index, client: Client) -> None:
    far = [client(n, person={"last_name": "Іваненко", "patronymic": "Олегович"}) for n in MANY]
    put(index, [*far, client(30, "Іванчук", "Олена")])
    rows = index.find(parse("іва оле"), 5, parse_sort("-number", SCHEMA)).rows(0, 50)
    assert [row.serial for row in rows] == [30, *reversed(MANY)]


def test_whose_number_or_identifier_it_is_comes_first(index: Index, client: Client) -> None:
    far = [client(n, f"А{n:02} Б", notes={"text": "кв. 100"}) for n in MANY]
    put(index, [*far, client(30, "Яковенко", loyalty="А-100/Б"), client(31, "Яременко", number="K-48217-3")])
    put(index, [client(n, f"А{n}", phone=f"+3804821730{n}") for n in range(40, 60)])
    assert names(index, "А-100/Б")[0] == "Яковенко"
    assert names(index, "482173")[0] == "Яременко"


def test_of_many_those_whose_last_name_is_just_that_come_first(index: Index, client: Client) -> None:
    put(index, [client(n, f"Коваленко{n:02}", "Ян") for n in range(1, 21)] + [client(30, "Коваль", "Ян")])
    put(index, [client(n, f"Кибиць{n}", "Ян") for n in range(40, 60)] + [client(70, "Кий", "Ян")])
    put(index, [client(n, f"Леенко{n}", "Ян") for n in range(80, 100)] + [client(100, "Лее", "Ян")])
    assert names(index, "koval")[0] == "Коваль Ян"
    assert names(index, "kyi")[0] == names(index, "кій")[0] == "Кий Ян"
    assert names(index, "lee")[0] == "Лее Ян"
