"""Where a line finds few, what it may have meant is looked for; who is found says how, and nobody is there twice."""

from collections.abc import Iterator, Sequence

import pytest

from store.card import Card
from store.index import Index
from tests.store.index.conftest import Client, parse, put

PEOPLE = ["Шевченко", "Шевчук", "Бойко", "Бондаренко", "Ткаченко", "Коваль", "Григоренко", "Петренко"]


@pytest.fixture
def known(index: Index, client: Client) -> Index:
    put(index, [client(serial, name, "Ян") for serial, name in enumerate(PEOPLE, 1)])
    return index


def told(index: Index, line: str, limit: int = 50) -> dict[str, list[str]]:
    found = index.find(parse(line), limit)
    rows = found.rows(0, 100)
    assert len({row.serial for row in rows}) == len(rows) == found.total
    assert [phase.start for phase in found.phases] == [
        sum(other.count for other in found.phases[:place]) for place in range(len(found.phases))
    ]
    names: dict[str, list[str]] = {phase.how: [] for phase in found.phases}
    for row in rows:
        names[row.group].append(row.name.removesuffix(" Ян"))
    assert {how: len(held) for how, held in names.items()} == {phase.how: phase.count for phase in found.phases}
    return {how: held for how, held in names.items() if held}


@pytest.mark.parametrize(
    ("line", "how", "names"),
    [
        ("шевч", "", ["Шевченко", "Шевчук"]),
        ("itdxe", "layout", ["Шевчук"]),
        ("аренко", "part", ["Бондаренко"]),
        ("шевчинко", "typo", ["Шевченко"]),
        ("бйоко", "typo", ["Бойко"]),
        ("нікого", "", []),
    ],
)
def test_a_line_is_taken_as_it_may_have_been_meant(known: Index, line: str, how: str, names: list[str]) -> None:
    assert told(known, line) == ({how: names} if names else {})


def test_those_found_as_typed_come_first(known: Index) -> None:
    assert told(known, "ренк") == {"part": ["Бондаренко", "Григоренко", "Петренко"]}
    assert told(known, "ткаченко")[""] == ["Ткаченко"]


@pytest.mark.parametrize(
    ("line", "meant"), [("oth,f", "Щербак"), ("];fr", "Їжак"), ("[j[kjd", "Хохлов"), ("z oth,fr", "Щербак")]
)
def test_a_word_that_falls_to_pieces_as_typed_is_first_what_it_is_in_another_layout(
    index: Index, client: Client, line: str, meant: str
) -> None:
    strangers = [client(n, "Othman", "Jay", person={"last_name": "Othman Frank", "middle_name": "Zoe"}) for n in (1, 2)]
    more = [client(3, "Kjd", "Jim"), client(4, "Frank", "Jay")]
    put(index, [*strangers, *more, client(9, meant, "Ян")])
    assert next(iter(told(index, line).items())) == ("layout", [meant])
    assert index.find(parse(line), 0).phases[0].how == ""


@pytest.mark.parametrize("line", ["Olena,S Київ", "O.Shevchenko Київ", "V.I.P Сергій", "a.b і", "є,a ї,b ы,c"])
def test_a_line_of_both_alphabets_is_what_it_is(index: Index, client: Client, line: str) -> None:
    put(index, [client(1, "Shevchenko S A B", "Olena", city="Київ", tags=["V.I.P"]), client(2, "Сергій І", "Ян")])
    assert "layout" not in told(index, line)


def test_what_has_points_and_commas_between_its_letters_stays_what_it_is(index: Index, client: Client) -> None:
    put(index, [client(1, "Щербак", contacts=[{"kind": "email", "value": "ann.smith@example.com"}])])
    for line in ("ann.sm", "ann,smith", "ann.smith@example.com", "щербак -oth,fr"):
        assert "layout" not in told(index, line), line


def test_nothing_else_is_looked_for_where_enough_were_found(known: Index) -> None:
    assert list(told(known, "шевченко", 1)) == [""]
    assert [phase.how for phase in known.find(parse("шевчинко"), 1).phases] == ["", "typo"]


def test_what_is_excluded_stays_excluded_however_it_is_meant(known: Index) -> None:
    assert told(known, "ренко -петренко") == {"part": ["Бондаренко", "Григоренко"]}


def test_a_name_in_another_language_is_told_however_many_are_found_before(index: Index, client: Client) -> None:
    put(index, [*(client(n, "Зеленак", "Ян") for n in range(1, 61)), client(99, "Бойко", "Олена")])
    found = index.find(parse("елена"), 50)
    assert [(phase.how, phase.count) for phase in found.phases] == [("", 0), ("part", 60), ("language", 1)]
    assert [row.name for row in found.rows(60, 5)] == ["Бойко Олена"]


def test_a_name_in_another_language_is_looked_for_in_names_alone(index: Index, client: Client) -> None:
    put(
        index,
        [
            client(1, "Smith", "Ann"),
            client(2, "Jones", "Will"),
            client(3, "Бойко", "Ян", notes={"text": "expects an answer, will call"}),
            client(4, "Ткач", "Ян", person={"last_name": "Ткач", "company": "William Co"}),
        ],
    )
    assert told(index, "ганна") == {"language": ["Smith Ann"]}
    assert told(index, "вільям") == {"": ["Ткач"], "language": ["Jones Will"]}


@pytest.mark.parametrize(("line", "how"), [("шевчинко or city:Київ", "typo"), ("itdxtyrj or city:Київ", "layout")])
def test_beside_an_or_a_word_is_corrected_all_the_same(known: Index, line: str, how: str) -> None:
    assert told(known, line) == {how: ["Шевченко"]}


def test_names_in_quotation_marks_with_or_between_only_narrow(index: Index, client: Client) -> None:
    put(index, [*(client(n, "Валент", f"Ян{n}") for n in range(1, 61)), client(90, "Перевалентко", "Ян")])
    assert index.find(parse("валент")).total == 60
    assert told(index, 'валент name:"Валент Ян7" or name:"Перевалентко Ян"') == {"": ["Валент Ян7"]}


def test_for_a_phrase_beside_a_filter_few_cards_are_read(index: Index, client: Client) -> None:
    notes = {"text": "хоче знижку на ціну"}
    put(index, [client(n, "Шевченко", city="Суми" if n == 7 else "Київ", notes=notes) for n in range(1, 61)])
    read, seen = index.read, list[int]()

    def counting(serials: Sequence[int]) -> Iterator[Card]:
        seen.extend(serials)
        return read(serials)

    index.read = counting
    assert index.find(parse('шевч city:Суми "знижку на"')).total == 1
    assert set(seen) == {7}


def test_two_words_may_be_meant_each_in_its_own_way(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", "Володимир"), client(2, "Деркач", "Микола")])
    assert told(index, "Шевчинко Владимир") == {"both": ["Шевченко Володимир"]}
    assert told(index, "Дерках Николай") == {"both": ["Деркач Микола"]}
    assert told(index, "Дерках Владимир") == {}


def test_who_is_near_in_another_alphabet_is_found_beside_strangers_who_are_near_in_this_one(
    index: Index, client: Client
) -> None:
    put(index, [client(1, "Корольов", "Дмитро")])
    assert told(index, "Korolev") == {"typo": ["Корольов Дмитро"]}
    put(index, [client(2, "Koroleva", "Ян")])
    assert told(index, "Korolev") == {"": ["Koroleva"], "typo": ["Корольов Дмитро"]}


def test_letters_that_are_signs_in_another_layout_make_a_word_long_enough_to_be_meant(
    index: Index, client: Client
) -> None:
    put(index, [client(1, "Бондаренко", "Марк"), client(2, "Іщук", "Марк")])
    assert told(index, ",jy")["layout"] == ["Бондаренко Марк"]


def test_where_only_those_found_as_typed_are_wanted_nothing_else_is_looked_for(index: Index, client: Client) -> None:
    put(index, [client(1, "Бойко", contacts=[{"kind": "email", "value": "alekseeva40@example.com"}])])
    assert index.find(parse("seeva40"), 10).total == 1
    assert index.find(parse("seeva40"), 0).total == 0


@pytest.mark.parametrize("line", ["Морська 15", "морська 15/3", "8340", "морська 8340", "15-3 морск"])
def test_a_house_a_flat_and_a_postcode_are_found_where_nobody_else_is(index: Index, client: Client, line: str) -> None:
    address = {"city": "Одеса", "street": "вул. Морська", "house": "15", "flat": "3", "postcode": "8340"}
    put(index, [client(1, "Бойко", addresses=[address]), client(2, "Ткач", addresses=[{**address, "house": "16"}])])
    found = index.find(parse(line), 50)
    assert [phase.how for phase in found.phases if phase.count] == ["field"]
    assert found.serials() == ([1, 2] if "8340" in line else [1])


@pytest.mark.parametrize(
    "line", ["вулиця Морская", "улица Морская, дом 15", "Морська вулиця буд.15", "street Morskaia 15"]
)
def test_what_only_says_what_of_an_address_comes_next_may_be_said_otherwise(
    index: Index, client: Client, line: str
) -> None:
    put(index, [client(1, "Бойко", addresses=[{"city": "Одеса", "street": "ул. Морская", "house": "15"}])])
    assert index.find(parse(line), 50).serials() == [1]
    assert index.find(parse(f"{line} city:одеса"), 50).serials() == [1]
    assert index.find(parse(f"{line} -одеса"), 50).total == 0


def test_of_a_street_and_figures_those_who_live_there_and_else_whose_figures_begin_so(
    index: Index, client: Client
) -> None:
    homes = [
        {"street": "Морська", "flat": "158"},
        {"street": "Морська", "house": "15"},
        {"street": "Лісна", "flat": "15"},
    ]
    put(index, [client(serial, "Бойко", addresses=[home]) for serial, home in enumerate(homes, 1)])
    assert index.find(parse("морська 15"), 50).serials() == [2]
    assert index.find(parse("морська 158"), 50).serials() == [1]
    assert index.find(parse("морська 1"), 50).total == 2


@pytest.mark.parametrize("house", ["15-А", "15А", "15 а"])
@pytest.mark.parametrize(
    "line", ["Зелена 15-А", "зелена 15а", "вул. Зелена, буд. 15 А, кв. 3", "зелена 15-а", "15-А зелена"]
)
def test_a_house_with_a_letter_is_found_however_both_are_written(
    index: Index, client: Client, house: str, line: str
) -> None:
    home = {"city": "Одеса", "street": "вул. Зелена", "house": house, "flat": "3"}
    put(index, [client(1, "Бойко", addresses=[home]), client(2, "Ткач", addresses=[{**home, "house": "15-Б"}])])
    assert index.find(parse(line), 50).serials() == [1]


@pytest.mark.parametrize("line", ["пр-т Перемоги 11", "проспект Перемоги 11", "пр-кт перемоги, 11", "б-р Перемоги 11"])
def test_a_kind_of_street_with_a_hyphen_is_none_of_its_words(index: Index, client: Client, line: str) -> None:
    put(index, [client(1, "Бойко", addresses=[{"street": "просп. Перемоги", "house": "11"}])])
    assert index.find(parse(line), 50).serials() == [1]


@pytest.mark.parametrize("line", ["крещатик 22", "ул. Крещатик 22", "хрищатик 22", "Хрещатк, 22"])
def test_a_street_with_a_slip_is_found_with_its_house(index: Index, client: Client, line: str) -> None:
    put(index, [client(1, "Бойко", addresses=[{"street": "вул. Хрещатик", "house": "22"}]), client(2)])
    assert index.find(parse(line), 50).serials() == [1]


def test_strangers_with_the_figures_in_a_phone_do_not_hide_who_lives_there(index: Index, client: Client) -> None:
    home = {"street": "вул. Зелена", "house": "118"}
    stranger = {"addresses": [{**home, "house": "5"}], "identifiers": [{"kind": "loyalty", "value": "2698011867"}]}
    put(index, [client(1, "Бойко", addresses=[home]), client(2, "Ткач", **stranger)])
    assert told(index, "Зелена 118") == {"": ["Ткач"], "field": ["Бойко"]}


@pytest.mark.parametrize(
    "line", ["ПАТ Київстар", "тел. 067 123 45 67", "моб.:0671234567", "https://t.me/yulia_hz", "t.me/yulia_hz"]
)
def test_what_only_says_what_follows_may_be_missing(index: Index, client: Client, line: str) -> None:
    contacts = [{"kind": "phone", "value": "+380671234567"}, {"kind": "telegram", "value": "@yulia_hz"}]
    put(index, [client(1, person={"company": "ПрАТ «Київстар»"}, contacts=contacts), client(2)])
    assert index.find(parse(line), 50).serials() == [1]


def test_of_a_whole_e_mail_address_those_who_have_it(index: Index, client: Client) -> None:
    def mailed(serial: int, address: str) -> Card:
        return client(serial, "Василенко", contacts=[{"kind": "email", "value": address}])

    put(index, [mailed(1, "zoriana.vasylenko14@example.com"), mailed(2, "o.vasylenko@example.com")])
    assert index.find(parse("vasylenko@example.com"), 50).total == 2
    assert index.find(parse("o.vasylenko@example.com"), 50).serials() == [2]
    assert index.find(parse("василенко o.vasylenko@example.com"), 50).serials() == [2]
    assert index.find(parse("vasylenko@exam"), 50).total == 2
    assert index.find(parse("василенко -o.vasylenko@example.com"), 50).serials() == [1]
    assert index.find(parse("o.vasylenko@example.com or zoriana"), 50).total == 2


def test_a_house_is_not_looked_for_where_somebody_is_found_as_typed(index: Index, client: Client) -> None:
    put(index, [client(1, "Бойко", addresses=[{"house": "15"}]), client(2, "Ткач", notes={"text": "кабінет 15"})])
    assert index.find(parse("15"), 50).serials() == [2]
    assert index.find(parse("-бойко 15"), 50).serials() == [2]


def test_a_house_is_looked_for_in_every_alternative(index: Index, client: Client) -> None:
    addresses = [[{"street": "Морська", "house": house}] for house in ("15", "16", "17")]
    put(index, [client(serial, "Бойко", addresses=each) for serial, each in enumerate(addresses, 1)])
    assert index.find(parse("морська 15 or 16"), 50).serials() == [1, 2]


@pytest.mark.parametrize("line", ["Дмитрий", "Lvbnhbq"])
def test_names_in_another_language_are_told_however_many_are_found(index: Index, client: Client, line: str) -> None:
    put(index, [client(serial, f"Бойко{serial}", "Дмитрий") for serial in range(60)] + [client(70, "Ткач", "Дмитро")])
    found = index.find(parse(line), 50)
    assert [(phase.how, phase.count) for phase in found.phases][1:] in (
        [("language", 1)],
        [("layout", 60), ("language", 1)],
    )
    assert found.rows(60, 1)[0].name == "Ткач Дмитро"


def test_a_house_is_looked_for_however_many_have_its_figures(index: Index, client: Client) -> None:
    put(index, [client(serial, f"А{serial}", notes={"text": "Морська, 15 разів"}) for serial in range(60)])
    put(index, [client(70, "Ткач", addresses=[{"street": "Морська", "house": "15"}])])
    found = index.find(parse("Морська 15"), 50)
    assert 70 in found.serials()


def test_an_address_is_nearer_than_its_letters_and_figures_apart(index: Index, client: Client) -> None:
    put(
        index,
        [client(1, "Бойко", email="superolena85@gmail.com"), client(2, "Ткач", "Олена", notes={"text": "85 років"})],
    )
    assert told(index, "olena85") == {"part": ["Бойко"]}
