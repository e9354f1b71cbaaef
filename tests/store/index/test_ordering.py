"""The list stands in the order that was asked for."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import folding
from store.card import Card
from store.errors import Invalid
from store.index import Index, SegmentUpdate
from store.index.docs import Docs, docs_of
from store.index.rows import bits_in
from store.index.said import text_number
from store.index.slices import Order, least
from store.index.terms import REST_BITS, unsigned
from store.query import parse as read
from store.query import parse_sort
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tests.store.index.conftest import SCHEMA, TODAY, Client, found, parse, put


@pytest.mark.parametrize("sort", ["", "-name"])
def test_all_serials_come_in_the_order_of_the_rows(index: Index, client: Client, sort: str) -> None:
    put(index, [client(serial, f"Шевчук{serial * 7919 % 100:02}", "Ян") for serial in range(1, 90)])
    put(index, [client(serial, "Бойко", "Ян", city="Шевченкове") for serial in range(90, 95)])
    found = index.find(parse("шевч"), 50, parse_sort(sort, SCHEMA))
    assert found.serials() == [row.serial for row in found.rows(0, 200)]
    assert found.total == len(found.serials()) == 94


def test_an_empty_line_lists_everybody_by_name(index: Index, client: Client) -> None:
    put(index, [client(3, "Їжак"), client(1, "Гук"), client(4, "Ґава"), client(2, "Єва"), client(5, "Енко")])
    assert found(index, "") == ["Гук", "Ґава", "Енко", "Єва", "Їжак"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("number", ["Б", "В", "А"]),
        ("-number", ["А", "В", "Б"]),
        ("updated", ["А", "Б", "В"]),
        ("-updated", ["В", "Б", "А"]),
        ("city", ["Б", "А", "В"]),
        ("name", ["А", "Б", "В"]),
    ],
)
def test_a_list_is_sorted_as_asked(index: Index, client: Client, sort: str, names: list[str]) -> None:
    put(
        index,
        [
            client(1, "А", number="K-1200-1", updated="2026-01-01T00:00:00Z", city="Ґусятин"),
            client(2, "Б", number="K-900-1", updated="2026-01-02T00:00:00Z", city="Гоща"),
            client(3, "В", number="K-1100-1", updated="2026-01-03T00:00:00Z"),
        ],
    )
    assert found(index, "", sort) == names


def test_all_of_a_list_stand_as_its_rows_where_many_begin_alike(index: Index, client: Client) -> None:
    alike = [client(serial, f"А{serial:04}", email=f"{serial // 2:015}{1 - serial % 2}@x.ua") for serial in range(640)]
    put(index, alike)
    hits = index.find(parse(""), 50, parse_sort("email", SCHEMA))
    assert hits.serials() == [row.serial for row in hits.rows(0, 640)]
    assert hits.serials()[:4] == [1, 0, 3, 2]
    assert [hits.position(serial) for serial in hits.serials()[:3]] == [0, 1, 2]


def test_sorting_by_what_is_not_there_is_refused(index: Index) -> None:
    with pytest.raises(Invalid) as refused:
        found(index, "", "shoe_size")
    assert refused.value.code == "sort-unknown"


def test_any_window_of_a_long_list_is_the_same_as_the_list(index: Index, client: Client) -> None:
    put(index, [client(serial, f"Клієнт{serial:05}", "Ян", tags=["vip"]) for serial in range(1, 2401)])
    names = [f"Клієнт{serial:05} Ян" for serial in range(1, 2401)]
    for line in ("клієнт", "", "tag:vip -олена"):
        hits = index.find(parse(line))
        assert hits.total == 2400
        for start in (0, 40, 990, 2300, 1500, 1620, 2390, 5000):
            assert [row.name for row in hits.rows(start, 120)] == names[start : start + 120], (line, start)
        for serial in (1, 999, 1001, 2400):
            assert hits.position(serial) == serial - 1


def test_who_is_gone_since_is_left_out_of_all_serials(index: Index, client: Client) -> None:
    put(index, [client(n, "Шевченко", "Олена") for n in range(1, 5)])
    hits = index.find(parse("шевч"))
    index.update([SegmentUpdate(0, (1, 2, 3, 5), [client(n, "Шевченко", "Олена") for n in (1, 2, 4)], (), whole=True)])
    assert hits.serials() == [1, 2, 4] and hits.total == 4
    assert [row.serial for row in hits.rows(0, 60)] == [1, 2, 3, 4]


def test_long_texts_are_sorted_by_more_than_their_beginning(index: Index, client: Client) -> None:
    mails = ["kovalenko.olha@a.ua", "kovalenko.olena@a.ua", "kovalchuk@a.ua", "koval@a.ua", "kovalenko.olexa@a.ua"]
    links = ["https://b.ua/olha", "https://www.b.ua/olena", "http://b.ua/olexa", "https://b.ua", "https://a.ua/olha"]
    by_site = ["https://a.ua/olha", "https://b.ua", "https://www.b.ua/olena", "http://b.ua/olexa", "https://b.ua/olha"]
    codes = ["9" * 13, "1" * 30, "12", "КМ-000000124", "КМ-000000123"]
    by_size = ["12", "9" * 13, "1" * 30, "КМ-000000123", "КМ-000000124"]
    put(
        index,
        [
            client(
                place,
                f"А{place}",
                contacts=[
                    {"id": "c1", "kind": "email", "value": mail},
                    {"id": "c2", "kind": "website", "value": link},
                ],
                identifiers=[{"id": "i1", "kind": "contract", "value": code}],
            )
            for place, (mail, link, code) in enumerate(zip(mails, links, codes, strict=True), start=1)
        ],
    )

    def listed(sort: str, values: list[str]) -> list[str]:
        return [values[serial - 1] for serial in index.find(parse(""), sort=parse_sort(sort, SCHEMA)).serials()]

    assert listed("email", mails) == sorted(mails, key=folding.sort_key)
    assert listed("-email", mails) == sorted(mails, key=folding.sort_key, reverse=True)
    assert listed("website", links) == by_site
    assert listed("identifiers.value", codes) == by_size
    assert listed("-identifiers.value", codes) == by_size[::-1]


@pytest.mark.parametrize(("long", "letters", "numbers"), [(True, 15, 2), (False, 6, 1)])
@given(texts=st.lists(st.text(st.sampled_from("аґїєяzaQ -.@019"), max_size=20), min_size=2, max_size=2))
def test_a_text_number_sorts_as_the_beginning_of_its_text(
    long: bool, letters: int, numbers: int, texts: list[str]
) -> None:
    first, second = (folding.sort_key(text)[:letters] for text in texts)
    told = [text_number(text, long=long) for text in texts]
    assert (told[0] < told[1]) == (first < second)
    assert all(0 <= number < 1 << numbers * REST_BITS for number in told)


def test_houses_go_by_their_size(index: Index, client: Client) -> None:
    houses = ["10", "9", "100", "2", "10-А", "б/н", "10 Б", "2/1"]
    put(index, [client(n, "Бойко", addresses=[{"id": "a1", "house": house}]) for n, house in enumerate(houses, 1)])
    found = index.find(parse(""), sort=parse_sort("house", SCHEMA)).serials()
    assert [houses[serial - 1] for serial in found] == ["2", "2/1", "9", "10", "10-А", "10 Б", "100", "б/н"]


def test_what_follows_a_decimal_comma_goes_by_its_figures() -> None:
    several = ["0,125 л", "0,5 л", "1,25 л", "1,5 л", "1.75", "9", "10", "10,5", "99", "1000", "00012345"]
    assert sorted(several, key=folding.sort_key) == several


def test_many_long_codes_are_told_apart_by_their_last_figures() -> None:
    codes = [f"UA{number:027}" for number in range(10**26, 10**26 + 900, 7)]
    links = [f"https://a.ua/id{number}" for number in range(123_456_789, 123_457_000)]
    for texts in (codes, links):
        numbers = [text_number(text.removeprefix("https://"), long=True) for text in texts]
        assert numbers == sorted(numbers)
        assert sorted(texts, key=folding.sort_key) == texts


def test_numbers_of_eleven_digits_are_told_apart_and_sorted(tmp_path: Path) -> None:
    own = [{"key": "person", "fields": [{"key": "code", "kind": "number"}]}]
    schema = Schema.from_data(STANDARD_SECTIONS, own)
    index = Index.open(tmp_path / "index.sqlite3", schema)
    codes = [1_099_511_627, 2_000_000_000, 3_123_456_789, 99_999_999_999, -2_000_000_000, 0]
    put(index, [Card(n, {"person": {"last_name": f"А{n}", "code": str(code)}}) for n, code in enumerate(codes, 1)])

    def asked(line: str) -> set[int]:
        found = index.find(read(line, schema, TODAY), sort=parse_sort("code", schema))
        return {codes[serial - 1] for serial in found.serials()}

    for code in codes:
        assert asked(f"code:{code}") == {code}
        assert asked(f"code:>{code}") == {each for each in codes if each > code}
        assert asked(f"code:<{code}") == {each for each in codes if each < code}
    in_order = index.find(read("", schema, TODAY), sort=parse_sort("code", schema)).serials()
    assert [codes[serial - 1] for serial in in_order] == sorted(codes)
    index.close()


def test_of_values_of_several_kinds_the_least_decides(index: Index, client: Client) -> None:
    held = [
        [("account", "100")],
        [("loyalty", "900"), ("account", "500")],
        [("loyalty", "50")],
        [],
        [("tax", "70"), ("passport", "КВ123456")],
        [("passport", "АА000001")],
    ]
    rows = [[{"id": f"i{n}", "kind": kind, "value": value} for n, (kind, value) in enumerate(each)] for each in held]
    put(index, [client(n, f"А{n}", identifiers=each) for n, each in enumerate(rows, 1)])
    assert found(index, "", "identifier") == ["А3", "А5", "А1", "А2", "А6", "А4"]
    assert found(index, "", "-identifier") == ["А6", "А2", "А1", "А5", "А3", "А4"]


@given(
    several=st.lists(
        st.dictionaries(st.integers(0, 30), st.tuples(st.integers(-9, 9), st.integers(0, 3))), min_size=1, max_size=4
    )
)
def test_the_least_of_several_numbers_is_that_of_each_client(several: list[dict[int, tuple[int, int]]]) -> None:
    def sliced(numbers: dict[int, int]) -> dict[int, Docs]:
        bits: dict[int, list[int]] = {}
        for serial, number in numbers.items():
            for bit in bits_in(unsigned(number)):
                bits.setdefault(bit, []).append(serial)
        return {bit: docs_of(serials) for bit, serials in bits.items()}

    parts = [[{serial: pair[place] for serial, pair in each.items()} for place in (0, 1)] for each in several]
    numbers, having = least([([*map(sliced, part)], docs_of(part[0])) for part in parts])
    wanted = {serial: min(each[serial] for each in several if serial in each) for each in several for serial in each}
    assert set(having) == {*wanted}
    high, low = (Order(slices, having).numbers(wanted) for slices in numbers)
    assert {serial: (high[serial], low[serial]) for serial in wanted} == wanted


@pytest.mark.parametrize("sort", ["email", "-email"])
def test_those_whose_texts_begin_alike_are_sorted_by_all_of_them_on_every_page(
    index: Index, client: Client, sort: str
) -> None:
    mails = [f"oleksandr.kovalenko{n * 7 % 60}@{'ba'[n % 2]}.ua" for n in range(60)]
    others = [client(n, f"Я{n}") for n in range(200, 206)]
    put(index, [*(client(n, f"А{60 - n}", email=mail) for n, mail in enumerate(mails, 1)), *others])
    hits = index.find(parse(""), 50, parse_sort(sort, SCHEMA))
    listed = [row.serial for start in range(0, 66, 7) for row in hits.rows(start, 7)]
    wanted = sorted(range(1, 61), key=lambda n: folding.sort_key(mails[n - 1]), reverse=sort.startswith("-"))
    assert listed == [*wanted, *range(200, 206)] == hits.serials()
    assert [hits.position(serial) for serial in listed] == list(range(66))


def test_who_is_gone_since_has_no_place_among_those_alike(index: Index, client: Client) -> None:
    cards = [client(n, f"А{n}", email=f"oleksandr.kovalenko{n}@a.ua") for n in range(1, 4)]
    put(index, cards)
    hits = index.find(parse(""), 50, parse_sort("email", SCHEMA))
    index.update([SegmentUpdate(0, (1, 2, 3, 5), [cards[0]], (), whole=True)])
    assert [hits.position(serial) for serial in (1, 2)] == [0, None]


def test_of_one_text_names_decide(index: Index, client: Client) -> None:
    put(index, [client(n, name, email="a@family.example") for n, name in enumerate(("Гнат", "Ґава", "Азов"), 1)])
    assert found(index, "", "email") == found(index, "", "-email") == ["Азов", "Гнат", "Ґава"]
