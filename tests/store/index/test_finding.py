"""An operator finds the client meant, however it is typed."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import folding
from store.card import Card, rows
from store.index import Index
from store.layouts import other_layouts
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tests.store.index.conftest import SCHEMA, Client, found, parse, put, serials
from tests.store.index.people import cards

OLENA = "Шевченко Олена"


@pytest.mark.parametrize(
    "line",
    ["шевч", "оле шев", "ШЕВЧЕНКО ОЛЕНА", "Shevchenko", "olena shev", '"шевченко олена"', "шевч -ірина"],
)
def test_words_in_any_order_each_a_beginning_find_the_client(index: Index, client: Client, line: str) -> None:
    put(index, [client(1, "Шевченко", "Олена"), client(2, "Шевченко", "Ірина"), client(3, "Олененко", "Шевела")])
    assert OLENA in found(index, line)


def test_a_word_that_is_nowhere_finds_nobody(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", "Олена")])
    assert found(index, "шевченко тарас") == []


def test_a_phrase_must_stand_together_and_in_its_order(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", "Олена", notes={"text": "дзвонити зранку, не ввечері"})])
    assert found(index, '"дзвонити зранку"') == [OLENA]
    assert found(index, '"зранку дзвонити"') == []
    assert found(index, '"дзвонити зран"') == []


def test_what_is_excluded_is_left_out(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", "Олена", city="Київ"), client(2, "Шевченко", "Ірина", city="Одеса")])
    assert found(index, "шевч -київ") == ["Шевченко Ірина"]
    assert found(index, "-київ") == ["Шевченко Ірина"]


@pytest.mark.parametrize(
    "line",
    [
        *("067 123-45-67", "8 067 123 45 67", "+380 (67) 1234567", "380671234567", "00380671234567", "0671234567"),
        *("067.123.45.67", "1234567", "123-45", "4567", "567", "6712", "+38 067 123-45-67", "380 67 123"),
        *("067 123 шевч", "олена 4567", "шевч 567"),
    ],
)
def test_a_phone_is_found_in_any_spelling_and_by_any_run_of_four(index: Index, client: Client, line: str) -> None:
    put(index, [client(1, "Шевченко", "Олена", phone="+380671234567"), client(2, "Бойко", "Ян", phone="+380509998800")])
    assert found(index, line) == [OLENA]


def test_a_run_of_digits_is_not_pieced_together_from_two_phones(index: Index, client: Client) -> None:
    contacts = [{"kind": "phone", "value": "+380671234500"}, {"kind": "phone", "value": "+380502345678"}]
    put(index, [client(1, "Шевченко", "Олена", contacts=contacts)])
    assert found(index, "12345678") == []


@pytest.mark.parametrize("line", ["K-1001-7", "к 1001 7", "К-1001", "10017", "1001-7", "k1001"])
def test_a_client_number_is_found_in_any_spelling(index: Index, client: Client, line: str) -> None:
    put(index, [client(1, "Шевченко", "Олена"), client(2, "Бойко", "Ян")])
    assert found(index, line) == [OLENA]


def test_a_letter_k_alone_does_not_mean_every_number(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", "Олена"), client(2, "Коваль", "Ян")])
    assert found(index, "к") == ["Коваль Ян"]


@pytest.mark.parametrize("line", ["olena.shev@gmail.com", "olena.shev", "shev@gm", "gmail.com", "shev"])
def test_an_e_mail_is_found_by_its_parts(index: Index, client: Client, line: str) -> None:
    put(index, [client(1, "Бойко", "Ян", email="olena.shev@gmail.com"), client(2, "Лис", "Зоя")])
    assert found(index, line) == ["Бойко Ян"]


@pytest.mark.parametrize("line", ["2000 0000 1234", "200000001234", "20000000", "ua213223", "UA21 3223", "3223"])
def test_an_identifier_is_found_however_it_is_grouped(index: Index, client: Client, line: str) -> None:
    identifiers = [{"kind": "loyalty", "value": "2000 0000 1234"}, {"kind": "account", "value": "UA21 3223 1300"}]
    put(index, [client(1, "Шевченко", "Олена", identifiers=identifiers), client(2, "Бойко", "Ян")])
    assert found(index, line) == [OLENA]


@pytest.mark.parametrize("line", ["itdxtyrj", "itdx jkt", "ITDX", "itdx tag:vip"])
def test_the_wrong_layout_finds_as_a_second_group(index: Index, client: Client, line: str) -> None:
    put(index, [client(1, "Шевченко", "Олена", tags=["vip"]), client(2, "Бойко", "Ян", tags=["vip"])])
    hits = index.find(parse(line))
    assert [(row.name, row.group) for row in hits.rows(0, 10)] == [(OLENA, "layout")]
    assert [(phase.how, phase.count) for phase in hits.phases] == [("", 0), ("layout", 1)]


def test_many_found_in_another_layout_are_counted_and_listed_whole(index: Index, client: Client) -> None:
    street = [{"id": "a1", "street": "вул. Шевченка"}]
    put(index, [client(serial, f"Авдій{serial:05}", "Ян", addresses=street) for serial in range(1, 1101)])
    put(index, [client(1101, "Шевченко", "Олена"), client(1102, "Itdx", "Ян")])
    hits = index.find(parse("itdx"), 50)
    assert hits.total == 1102
    assert [(row.name, row.group) for row in hits.rows(0, 3)] == [
        ("Itdx Ян", ""),
        (OLENA, "layout"),
        ("Авдій00001 Ян", "layout"),
    ]
    assert hits.rows(1101, 9)[0].name == "Авдій01100 Ян"
    assert hits.position(1100) == 1101


def test_a_latin_name_typed_in_a_cyrillic_layout_is_found(index: Index, client: Client) -> None:
    put(index, [client(1, "Smith", "John")])
    assert found(index, "ыьшер") == found(index, "іьшер") == ["Smith John"]


def test_a_layout_in_which_words_fall_to_pieces_is_the_last_way(index: Index, client: Client) -> None:
    # On a Russian keyboard `ґ` is a sign: `лаа ан людм` are the beginnings of all others' names.
    others = [client(n, "Лавренко", "Людмила Андріївна") for n in range(2, 5)]
    put(index, [client(1, "Ґалаґан", "Людмила"), *others])
    hits = index.find(parse("ґлааґан людм"), 10)
    assert [row.serial for row in hits.rows(0, 10)] == [1]
    assert [phase.how for phase in hits.phases] == ["", "typo"]


def test_of_two_layouts_that_find_somebody_one_is_taken(index: Index, client: Client) -> None:
    # On a Russian keyboard it is `заъ ан`, on a Ukrainian one `заїґан`.
    put(index, [client(1, "Заїґан", "Ольга"), client(2, "Забіла", "Анна")])
    hits = index.find(parse("заъґан"), 10)
    assert [row.serial for row in hits.rows(0, 10)] == [1]


def test_an_address_typed_in_a_cyrillic_layout_is_found(index: Index, client: Client) -> None:
    put(index, [client(1, OLENA, email="olena.kravchuk@ukr.net")])
    hits = index.find(parse("щдутфюлкфмсргл"), 10)
    assert [(row.serial, row.group) for row in hits.rows(0, 10)] == [(1, "layout")]


def test_those_found_as_typed_come_before_those_of_another_layout(index: Index, client: Client) -> None:
    put(index, [client(1, "Сав", "Аня"), client(2, "Cfdenko", "Яна")])
    assert [(row.name, row.group) for row in index.find(parse("cfd")).rows(0, 10)] == [
        ("Cfdenko Яна", ""),
        ("Сав Аня", "layout"),
    ]


def test_tags_cities_and_numbers_filter(index: Index, client: Client) -> None:
    put(
        index,
        [
            client(1, "Шевченко", "Олена", city="Івано-Франківськ", tags=["vip", "опт"]),
            client(2, "Шевченко", "Ірина", city="Київ", tags=["vip-gold"]),
        ],
    )
    assert found(index, "шевч tag:опт") == found(index, "city:івано") == found(index, 'tag:"vip"') == [OLENA]
    assert len(found(index, "tag:vip")) == 2
    assert found(index, "шевч -tag:опт") == found(index, "number:1002") == ["Шевченко Ірина"]


def test_an_unknown_filter_does_not_hide_the_rest(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", "Олена")])
    assert found(index, "шевч shoes:30") == [OLENA]


def test_removed_cards_are_found_only_in_the_trash(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", "Олена", trashed=True), client(2, "Шевченко", "Ірина")])
    assert found(index, "шевч") == ["Шевченко Ірина"]
    assert found(index, "шевч in:trash") == found(index, "in:trash") == [OLENA]


def test_notes_purchases_interactions_and_fields_of_ones_own_are_searched(place: Path, client: Client) -> None:
    own = [
        {"key": "pets", "shape": "table", "fields": [{"key": "nick", "kind": "text", "searchable": True}]},
        {"key": "person", "fields": [{"key": "nickname", "kind": "text", "searchable": True}]},
    ]
    index = Index.open(place, Schema.from_data(STANDARD_SECTIONS, own))
    card = client(
        1,
        *("Шевченко", "Олена"),
        notes={"text": "любить їжаків"},
        purchases=[{"item": "кавоварка"}],
        interactions=[{"text": "спитала про доставку"}],
        pets=[{"nick": "Мурчик"}],
    )
    card.document["person"]["nickname"] = "Ластівка"
    put(index, [card])
    for line in ("їжак", "кавовар", "доставку", "мурч", "ласт"):
        assert found(index, line) == [OLENA], line
    index.close()


@pytest.mark.parametrize("many", [30, 1200])
def test_those_of_that_name_come_before_those_who_only_mention_it(index: Index, client: Client, many: int) -> None:
    street = [{"id": "a1", "street": "вул. Шевченка"}]
    put(index, [client(serial, f"Авдій{serial:05}", "Ян", addresses=street) for serial in range(1, many + 1)])
    put(index, [client(many + place, "Шевченко", first) for place, first in enumerate(("Олена", "Юрій"), start=1)])
    hits = index.find(parse("шевч"), 5)
    assert [row.name for row in hits.rows(0, 4)] == [
        "Шевченко Олена",
        "Шевченко Юрій",
        "Авдій00001 Ян",
        "Авдій00002 Ян",
    ]
    names = ["Шевченко Олена", "Шевченко Юрій", *(f"Авдій{serial:05} Ян" for serial in range(1, many + 1))]
    for start in (0, 20, many - 10):
        assert [row.name for row in hits.rows(start, 30)] == names[start : start + 30]
    assert [hits.position(serial) for serial in (many + 2, 1, many)] == [1, 2, many + 1]
    assert hits.total == many + 2


def test_a_company_counts_as_a_name(index: Index, client: Client) -> None:
    named = {"last_name": "Яценко", "first_name": "Ян", "company": "ТОВ Ромашка"}
    put(index, [client(1, person=named), client(2, "Бойко", "Ян", notes={"text": "ромашковий чай"})])
    assert [row.name for row in index.find(parse("ромашк")).rows(0, 9)] == ["Яценко Ян", "Бойко Ян"]


def test_a_client_that_is_not_in_the_list_has_no_place_in_it(index: Index, client: Client) -> None:
    put(index, [client(1, "Шевченко", "Олена"), client(2, "Бойко", "Ян")])
    assert index.find(parse("шевч")).position(2) is None
    assert index.find(parse("шевч")).position(99) is None
    assert index.find(parse("")).position(1) == 1


PEOPLE = list(cards(150))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.open(tmp_path_factory.mktemp("crowd") / "index.sqlite3", SCHEMA)
    put(index, PEOPLE)
    return index


def said(card: Card) -> list[str]:
    """Everything of a card that a search is to see, read without the index's own code."""
    texts = []
    for section in SCHEMA.sections:
        for row in rows(card.document, section.key):
            for field in section.fields:
                value = row.get(field.key)
                if field.searchable and field.kind_in(row) != "phone" and value:
                    texts += value if isinstance(value, list) else [value]
    return texts


def agrees(card: Card, word: str) -> bool:
    """Whether a card holds a word that begins with the typed one."""
    known = {form for text in said(card) for stored in folding.words(text) for form in folding.forms(stored)}
    return any(stored.startswith(typed) for typed in folding.forms(word) for stored in known)


words_of_somebody = st.sampled_from(
    sorted({word for card in PEOPLE for text in said(card) for word in folding.words(text) if not word.isdigit()})
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(words_of_somebody, st.integers(1, 9)), min_size=1, max_size=3))
def test_the_search_agrees_with_a_walk_over_all_documents(crowd: Index, typed: list[tuple[str, int]]) -> None:
    beginnings = [word[:length] for word, length in typed]
    line = " ".join(beginnings)
    expected = {card.serial for card in PEOPLE if all(agrees(card, word) for word in beginnings)}
    hits = crowd.find(parse(line), 200)
    assert {row.serial for row in hits.rows(0, 200) if not row.group} == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(PEOPLE), st.data())
def test_every_stored_word_finds_its_card_at_every_letter_typed(crowd: Index, card: Card, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from([word for text in said(card) for word in text.split()]))
    for end in range(1, len(word) + 1):
        if parse(word[:end]).words:
            assert card.serial in serials(crowd, word[:end]), word[:end]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(PEOPLE), st.integers(0, 9), st.integers(3, 12))
def test_every_run_of_a_phone_finds_its_card(crowd: Index, card: Card, start: int, length: int) -> None:
    digits = card.document["contacts"][0]["value"][1:]
    run = digits[start : start + length]
    if len(run) > 3 or start + length >= len(digits) > start + 2:
        assert card.serial in serials(crowd, run), run


def test_a_whole_value_is_not_the_beginning_of_a_longer_one(index: Index, client: Client) -> None:
    long = "Товариство з обмеженою відповідальністю «Науково-виробниче підприємство Технології»"
    put(index, [client(1, "Бойко", person={"company": long}), client(2, "Коваль", person={"company": long[:60]})])
    index.read = lambda wanted: iter(
        [Card(n, {"person": {"company": text}}) for n, text in ((1, long), (2, long[:60])) if n in wanted]
    )
    assert serials(index, f'company:"{long[:60]}"') == {2}
    assert serials(index, f'company:"{long}"') == {1}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("client:К-1002", ["Бойко"]),
        ("клієнт:10027", ["Бойко"]),
        ("relations.client:кравч", ["Бойко", "Ткач"]),
        ('client:"Кравченко Анна"', ["Бойко"]),
        ("client:кравченко -client:ганна", ["Бойко"]),
        ("client:бойко", []),
        ("client:магазин", []),
    ],
)
def test_a_relation_is_asked_by_the_number_and_the_name_of_the_other(
    index: Index, client: Client, line: str, names: list[str]
) -> None:
    anna = client(2, "Кравченко", "Анна", notes={"text": "магазин"})
    hanna = client(3, "Кравченко", "Ганна")
    related = {each.serial: [{"id": "r1", "client": each.document["uid"]}] for each in (anna, hanna)}
    put(index, [anna, hanna, client(5, "Бойко", relations=related[2]), client(6, "Ткач", relations=related[3])])
    assert found(index, line) == names
    put(index, [client(2, "Кравченко", "Анна", trashed=True), client(5, "Бойко", relations=related[2], trashed=True)])
    assert found(index, f"in:trash {line}") == [name for name in names if name == "Бойко"]


def test_many_others_are_asked_about_at_once(index: Index, client: Client) -> None:
    others = [client(n, "Кравченко", f"Ян{n}") for n in range(1, 260)]
    naming = [
        client(300 + n, f"А{n}", relations=[{"id": "r1", "client": other.document["uid"]}])
        for n, other in enumerate([*others[::50], client(299, "Бойко")])
    ]
    put(index, [*others, client(299, "Бойко"), *naming])
    assert found(index, "client:кравченко") == ["А0", "А1", "А2", "А3", "А4", "А5"]
    assert found(index, "client:бойко") == ["А6"]


def test_a_phrase_in_a_field_stands_side_by_side_in_one_value(index: Index, client: Client) -> None:
    def talked(serial: int, name: str, *texts: str) -> Card:
        rows = [{"id": f"t{place}", "text": text} for place, text in enumerate(texts)]
        return client(serial, name, interactions=rows)

    put(index, [talked(1, "Бойко", "просить знижку", "на ціну"), talked(2, "Ткач", "хоче знижку на ціну")])
    for key in ("interactions.text", "спілкування"):
        assert found(index, f'{key}:"знижку на ціну"') == ["Ткач"], key
        assert found(index, f'{key}:"ціну на"') == []
        assert found(index, f'{key}:"знижку"') == ["Бойко", "Ткач"]
        assert found(index, f'-{key}:"знижку на"') == ["Бойко"]


def test_a_card_of_another_hand_without_a_number_of_revisions_is_indexed(index: Index, client: Client) -> None:
    odd = client(1, "Шевченко", "Олена")
    odd.document["revision"] = "abc"
    put(index, [odd])
    assert found(index, "шевч") == [OLENA]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(PEOPLE))
def test_every_last_name_is_found_in_the_wrong_layout(crowd: Index, card: Card) -> None:
    name = card.document["person"]["last_name"].lower()
    for typed in other_layouts(name):
        if any("a" <= letter <= "z" for letter in typed) != any("a" <= letter <= "z" for letter in name):
            assert card.serial in serials(crowd, typed), typed


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet='абвшіїkce0123456789 "-:@+()*^tagincityrsh', max_size=25))
def test_no_line_makes_the_search_fail(crowd: Index, line: str) -> None:
    hits = crowd.find(parse(line))
    assert len(hits.rows(0, 500)) == hits.total
