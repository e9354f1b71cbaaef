"""Values that are not what most are: kept as typed, told apart by a sign, of another program."""

import pytest

from store.index import Index
from store.index.matching import matched
from store.query import Target
from tests.store.index.conftest import SCHEMA, Client, parse, put, serials


@pytest.mark.parametrize("line", ["067 123-45-6", "123456", "phone:123456", "0671", "0671234"])
def test_a_phone_kept_as_typed_is_found_by_its_digits(index: Index, client: Client, line: str) -> None:
    typed = "067 123-45-6"
    put(index, [client(1, contacts=[{"kind": "phone", "value": typed, "typed": typed}])])
    assert sorted(serials(index, line)) == [1]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("amount:12.345", [1]),
        ("amount:12.3..12.345", [1]),
        ("amount:<=12.345", [1, 2]),
        ("amount:>=-12.345", [1, 2]),
        ("quantity:1.0625", [1]),
        ("spent:24.69", [1]),
        ("spent:24.70", []),
    ],
)
def test_more_decimals_than_are_told_apart_are_rounded_in_what_is_asked_too(
    index: Index, client: Client, line: str, found: list[int]
) -> None:
    sold = {"amount": "12.345", "quantity": "1.0625", "currency": "UAH"}
    put(index, [client(1, purchases=[sold, sold]), client(2, purchases=[{"amount": "-12.345", "currency": "UAH"}])])
    assert sorted(serials(index, line)) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('"2000000012345"', [1]),
        ('"2000 0000 12345"', [1]),
        ('-"2000000012345"', [2]),
        ('"200000001234"', []),
        ('"UA213223"', [2]),
        ('"K-1002-7"', [2]),
        ('"10027"', [2]),
    ],
)
def test_in_quotation_marks_a_number_is_the_whole_of_it(
    index: Index, client: Client, line: str, found: list[int]
) -> None:
    put(
        index,
        [
            client(1, identifiers=[{"kind": "loyalty", "value": "2000000012345"}], number="K-1001-7"),
            client(2, identifiers=[{"kind": "account", "value": "UA21 3223"}], number="K-1002-7"),
        ],
    )
    assert sorted(serials(index, line)) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("alekseeva40", [1]),
        ("alekseeva", [1, 2]),
        ("seeva", [2]),
        ("seeva40", [1]),
        ("seeva4", [1]),
        ("seeva41", []),
        ("petrov", []),
        ("5petrov", [3]),
        ("1985petr", [3]),
        ("-1985petr", [1, 2, 3]),
        ("email:ivan1985", [3]),
    ],
)
def test_an_address_with_figures_in_it_is_found_by_any_part_where_nobody_else_is(
    index: Index, client: Client, line: str, found: list[int]
) -> None:
    addresses = ("yryna.alekseeva40@mail.example", "alekseeva@mail.example", "ivan1985petrov@mail.example")
    put(index, [client(serial, email=address) for serial, address in enumerate(addresses, 1)])
    assert sorted(serials(index, line)) == found


def test_parts_of_an_address_are_told_where_they_were_found(index: Index, client: Client) -> None:
    card = client(1, email="yryna.alekseeva40@mail.example")
    put(index, [card])
    for line, letters in (("alekse", "alekse"), ("seeva40", "seeva40")):
        phase = next(phase for phase in index.find(parse(line)).phases if phase.count)
        (match,) = matched(card.document, SCHEMA, phase.query, how=phase.how)
        assert [match.value[slice(*span)] for span in match.spans] == [letters]


@pytest.mark.parametrize("city", ["Київ", "Киев", "Kyiv", "Kiev"])
def test_a_city_is_one_in_every_language(index: Index, client: Client, city: str) -> None:
    put(index, [client(1, city="Київ"), client(2, city="Киев"), client(3, city="Суми")])
    assert sorted(serials(index, f"city:{city}")) == [1, 2]
    assert sorted(serials(index, f"-city:{city}")) == [3]
    assert sorted(serials(index, city)) == [1, 2]
    assert sorted(serials(index, 'city:"Київ"')) == [1]


def test_each_word_of_a_phrase_meets_in_its_own_spelling(index: Index, client: Client) -> None:
    put(
        index,
        [
            client(1, person={"last_name": "Andrienko", "first_name": "Khrystyna"}),
            client(2, person={"last_name": "Андрієнко", "first_name": "Христина"}),
            client(3, notes={"text": "Lesia Marienko Kharkiv"}),
        ],
    )
    assert serials(index, '"Андрієнко Христина"') == serials(index, '"Andrienko Khrystyna"') == {1, 2}
    assert sorted(serials(index, 'note:"Марієнко Харків"')) == [3]


@pytest.mark.parametrize(("number", "said"), [(1, True), (0, False)])
def test_a_number_of_another_program_is_neither_yes_nor_no(
    index: Index, client: Client, number: int, said: bool
) -> None:
    put(index, [client(1, tasks=[{"text": "дзвінок", "done": number}])])
    put(index, [client(serial, tasks=[{"text": "дзвінок", "done": said}]) for serial in (2, 3)])
    assert sorted(serials(index, f"done:{'yes' if said else 'no'}")) == [2, 3]
    assert sorted(serials(index, f"done:{'no' if said else 'yes'}")) == []


def test_short_words_are_told_apart_by_doubled_letters_where_a_value_is_meant_whole(
    index: Index, client: Client
) -> None:
    tags = ["XL", "XXL", "XXXL", "І група", "ІІ група", "AA", "A", "Одесса", "Одеса"]
    put(index, [client(serial, tags=[tag]) for serial, tag in enumerate(tags, 1)])
    counts = {facet.value: facet.count for facet in index.facets(parse(""), Target("tags.tags"))}
    assert {tag: counts[tag] for tag in tags[:7]} == dict.fromkeys(tags[:7], 1)
    assert sorted(counts.values()) == [1] * 7 + [2]
    for serial, tag in enumerate(tags[:7], 1):
        assert sorted(serials(index, f'tag:"{tag}"')) == [serial]
    assert sorted(serials(index, '-tag:"XL"')) == [*range(2, 10)]
    assert sorted(serials(index, 'tag:"одесса"')) == [8, 9]
    assert 2 in serials(index, "tag:xx")


def test_values_that_a_sign_tells_apart_are_counted_and_found_apart(index: Index, client: Client) -> None:
    tags = ["A+", "A-", "⭐", "❤", "C++", "C#", "Санкт-Петербург", "санкт петербург"]
    put(index, [client(serial, tags=[tag]) for serial, tag in enumerate(tags, 1)])
    counts = {facet.value: facet.count for facet in index.facets(parse(""), Target("tags.tags"))}
    assert {tag: counts[tag] for tag in tags[:6]} == dict.fromkeys(tags[:6], 1)
    assert sorted(counts.values()) == [1] * 6 + [2]
    for serial, tag in enumerate(tags[:6], 1):
        assert not parse(f'tag:"{tag}"').problems
        assert sorted(serials(index, f'tag:"{tag}"')) == [serial]
    assert sorted(serials(index, 'tag:"А−"')) == [2]
    assert sorted(serials(index, 'tag:"Санкт Петербург"')) == [7, 8]
    assert sorted(serials(index, "tag:a")) == [1, 2]


def test_a_number_where_a_text_should_be_is_no_value_to_choose(index: Index, client: Client) -> None:
    put(index, [client(1, addresses=[{"postcode": 1001}])])
    assert index.facets(parse(""), Target("addresses.postcode")) == []


def test_a_card_of_another_program_with_sections_that_are_none_is_listed_by_its_number(
    index: Index, client: Client
) -> None:
    put(index, [client(1, contacts=5, person={}), client(2, contacts=True, person=[], revision=10**30)])
    assert [row.name for row in index.find(parse("")).rows(0, 5)] == ["K-1001-7", "K-1002-7"]


def test_a_word_longer_than_any_is_found_by_its_beginning(index: Index, client: Client) -> None:
    long = "YWJj" * 50_000
    put(index, [client(1, notes={"text": f"файл {long}"}), client(2)])
    for line in ("YWJj", long[:50], long[:100], long):
        assert serials(index, line) == {1}


def test_a_word_of_one_letter_is_itself(index: Index, client: Client) -> None:
    put(index, [client(1, "ООО", "Мир"), client(2, "Овчаренко", "Мирослава"), client(3, "Оогл", "Ян")])
    assert serials(index, "ООО") == {1}
    assert serials(index, "ооо мир") == {1}
    assert serials(index, "zzzzzzz") == set()
    assert 3 in serials(index, "оог")
