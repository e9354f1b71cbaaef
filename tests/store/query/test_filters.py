"""Filters are understood in three languages, and dates and ages count from today."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.derived import age
from store.errors import Invalid
from store.query import (
    All,
    Any,
    Condition,
    Node,
    Not,
    Phrase,
    Present,
    Sort,
    Spans,
    Target,
    Whole,
    Word,
    Words,
    parse_sort,
    words_of,
)
from store.query import parse as read
from store.query.days import age_spans, birthday_code
from store.query.nodes import Span
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tests.store.index.conftest import SCHEMA, TODAY, parse


def asked(line: str, schema: Schema = SCHEMA) -> Node:
    query = read(line, schema, TODAY)
    assert not query.problems, query.problems
    return query.root


def day(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal()


def spans(line: str) -> tuple[Span, ...]:
    node = asked(line)
    assert isinstance(node, Condition) and isinstance(node.test, Spans)
    return node.test.spans


@pytest.mark.parametrize(
    "lines",
    [
        (
            "city:Київ",
            "місто:Київ",
            "город:Київ",
            "МІСТО:Київ",
            "addresses.city:Київ",
            "misto:Київ",
            "адреси.місто:Київ",
        ),
        ("age:30..40", "вік:30..40", "возраст:30..40", "age:30-40", "age:30…40"),
        ("spent:>10000", "витратив:>10000", "потратил:>10_000", "spent:>10k", "витратив:>10тис", "spent:>10000грн"),
        (
            "spent:>10000",
            "spent:>10 тис",
            "spent:>10 тис.",
            "spent:>10 тыс. грн",
            "spent:>10тис грн",
            "spent:>10 000 грн",
        ),
        ("spent:>=1500000", "spent:>=1,5 млн", "витратив:>=1.5 млн грн"),
        ("spent:10000..20000", "spent:10..20 тис", "spent:10-20 тис", "spent:10 тис..20 тис", "spent:10тис..20 тисяч"),
        ("spent:500000..2000000", "spent:500 тис..2 млн", "spent:500тыс-2млн грн"),
        ("tag:vip", "тег:vip", "мітка:vip", "метка:vip", "tags.tags:vip", "теги:vip"),
        ("last_purchase:>90d", "остання_покупка:>90д", "последняя_покупка:>90д", "last-purchase:>90d"),
        ("birthday:7d", "день_народження:7д", "др:7д", "birthday:<=7d", "birthday:тиждень"),
        ("birthday:9.03", 'birthday:"9 березня"', "др:9_марта", "birthday:9-march"),
        ("birthday:march", "birthday:березень", "birthday:март", "birthday:1.03..31.03"),
        ("no:email", "немає:email", "нет:почта", "-has:email", "без:імейл", "no:contacts.email"),
        ("has:consent", "є:згода", "есть:согласие", "має:згода", "є:consent"),
        ("consent:marketing", "згода:рекламу", "согласие:реклама", "consent:market"),
        ("task:overdue", "завдання:прострочено", "задача:просрочено"),
        ("task:week", "завдання:тиждень", "task:7d"),
        ("rfm:champions", "сегмент:чемпіони", "rfm:чемпионы"),
        ("updated:<30d", "змінено:<30д", "изменено:<30д"),
        (
            "updated:today",
            "updated:сьогодні",
            "updated:сегодня",
            "updated:26.11.2026",
            "updated:26.11",
            "updated:=today",
        ),
        (
            "status:delivered",
            "статус:доставлено",
            "покупки.стан:доставлено",
            "status:deliv",
            "purchases.status:delivered",
        ),
        ("sex:female", "стать:жіноча", "пол:женский", "sex:ж"),
        ("done:yes", "виконано:так", "выполнено:да", "tasks.done:+"),
        ("identifier:2000", "ідентифікатор:2000", "identifiers.value:2000"),
        ("loyalty:2000", "картка:2000", "карта:2000", "identifiers.loyalty:2000", "ідентифікатори.картка:2000"),
        ("first_name:Олена", "ім'я:Олена", "імʼя:Олена", "имя:Олена", "ІМ’Я:Олена"),
        ("note:їжак", "notes.text:їжак", "нотатки:їжак", "заметка:їжак"),
        ("birth:1987", "birth:01.01.1987..31.12.1987"),
        ("in:trash", "у:кошику", "в:корзине"),
    ],
)
def test_a_filter_is_the_same_in_every_language(lines: tuple[str, ...]) -> None:
    first, *others = map(parse, lines)
    assert not first.problems
    for line, other in zip(lines[1:], others, strict=True):
        assert (other.root, other.in_trash, other.problems) == (first.root, first.in_trash, ()), line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("spent:100", ((10000, 10000),)),
        ("spent:>100", ((10001, None),)),
        ("spent:>=100,50", ((10050, None),)),
        ("spent:<100", ((None, 9999),)),
        ("spent:..100", ((None, 10000),)),
        ("spent:100..", ((10000, None),)),
        ('spent:"1 250,00"', ((125000, 125000),)),
        ("spent:1.5k", ((150000, 150000),)),
        ("spent:≥100", ((10000, None),)),
        ("bought:0", ((0, 0),)),
        ("completeness:<50%", ((None, 49),)),
        ("quantity:2.5", ((2500, 2500),)),
        ("rating:>3", ((3001, None),)),
        ("purchase_date:2026-10-30", ((day("2026-10-30"),) * 2,)),
        ("purchase_date:10.2026", ((day("2026-10-01"), day("2026-10-31")),)),
        ("purchase_date:2026-02", ((day("2026-02-01"), day("2026-02-28")),)),
        ("purchase_date:>2025", ((day("2026-01-01"), None),)),
        ("purchase_date:<2025", ((None, day("2024-12-31")),)),
        ("purchase_date:<=2025", ((None, day("2025-12-31")),)),
        ("purchase_date:12.03.85", ((day("1985-03-12"),) * 2,)),
        ("purchase_date:вчора", ((day("2026-11-25"),) * 2,)),
        ("purchase_date:week", ((day("2026-11-23"), day("2026-11-29")),)),
        ("purchase_date:місяць", ((day("2026-11-01"), day("2026-11-30")),)),
        ("purchase_date:-7d..today", ((day("2026-11-19"), day("2026-11-26")),)),
        ("last_purchase:>90d", ((None, day("2026-08-27")),)),
        ("last_purchase:>=90d", ((None, day("2026-08-28")),)),
        ("last_purchase:<30d", ((day("2026-10-28"), TODAY.toordinal()),)),
        ("last_purchase:30d", ((day("2026-10-27"), TODAY.toordinal()),)),
        ("last_purchase:30d..90d", ((day("2026-08-28"), day("2026-10-27")),)),
        ("last_purchase:..30d", ((day("2026-10-27"), TODAY.toordinal()),)),
        ("last_purchase:>3м", ((None, day("2026-08-25")),)),
        ("last_purchase:>1р", ((None, day("2025-11-25")),)),
        ("last_purchase:>2т", ((None, day("2026-11-11")),)),
        ("last_purchase:=1d", ((day("2026-11-25"),) * 2,)),
        ("updated:<30d", ((day("2026-10-28"), TODAY.toordinal()),)),
        ("bought:2.5", ((3, 2),)),
        ("bought:<2.5", ((None, 2),)),
        ("bought:>2.5", ((3, None),)),
        ("bought:>=2.5", ((3, None),)),
        ("bought:<=2.5", ((None, 2),)),
        ("bought:1.5..3.5", ((2, 3),)),
        ("spent:<100.005", ((None, 10000),)),
        ("spent:>-100.005", ((-10000, None),)),
        ("spent:100.005", ((10001, 10001),)),
        ("due:<7d", ((TODAY.toordinal(), day("2026-12-02")),)),
        ("due:7d", ((TODAY.toordinal(), day("2026-12-03")),)),
        ("due:>7d", ((day("2026-12-04"), None),)),
        ("due:7d..14d", ((day("2026-12-03"), day("2026-12-10")),)),
        ("due:>today", ((day("2026-11-27"), None),)),
        ("task:overdue", ((1, day("2026-11-25")),)),
        ("task:<today", ((1, day("2026-11-25")),)),
        ("task:today", ((TODAY.toordinal(),) * 2,)),
        ("birthday:today", ((birthday_code(11, 26),) * 2,)),
        ("birthday:60d", ((birthday_code(11, 26), None), (None, birthday_code(1, 25)))),
        ("birthday:9.03", ((birthday_code(3, 9),) * 2,)),
        ("birthday:03-09", ((birthday_code(3, 9),) * 2,)),
        ("birthday:20.12..10.01", ((birthday_code(12, 20), None), (None, birthday_code(1, 10)))),
        ("birthday:травень..червень", ((birthday_code(5, 1), birthday_code(6, 31)),)),
        ("birthday:<2d", ((birthday_code(11, 26), birthday_code(11, 27)),)),
        ("birthday:400d", ((None, None),)),
    ],
)
def test_a_range_is_understood(line: str, expected: tuple[Span, ...]) -> None:
    assert spans(line) == expected


def test_who_was_born_on_a_leap_day_keeps_the_first_of_march_in_a_common_year() -> None:
    query = read("birthday:today", SCHEMA, datetime.date(2027, 3, 1))
    assert query.root == Condition(Target("birthday"), Spans(((birthday_code(2, 29), birthday_code(3, 1)),)))
    leap = read("birthday:today", SCHEMA, datetime.date(2028, 3, 1))
    assert leap.root == Condition(Target("birthday"), Spans(((birthday_code(3, 1),) * 2,)))


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 12, 31)),
    st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31)),
    st.integers(0, 110),
    st.integers(0, 30),
)
def test_an_age_is_counted_as_the_card_shows_it(born: datetime.date, today: datetime.date, low: int, more: int) -> None:
    ((first, last),) = age_spans(low, low + more, today)
    shown = age(born.isoformat(), today)
    within = (first is None or born.toordinal() >= first) and (last is None or born.toordinal() <= last)
    assert within == (shown is not None and low <= shown <= low + more)


def test_nobody_is_older_than_the_calendar() -> None:
    assert spans("age:>3000") == ()
    assert spans("age:<3000") == ((None, TODAY.toordinal()),)


def test_what_is_there_and_what_is_not() -> None:
    assert asked("has:phone") == Condition(Target("contacts.value", "phone"), Present())
    assert asked("no:purchases") == Not(Condition(Target("purchases"), Present()))
    assert asked("has:last_purchase") == Condition(Target("last_purchase"), Present())
    assert asked("has:spent") == Condition(Target("spent"), Spans(((1, None),)))
    assert asked("no:згода") == Not(Condition(Target("consent"), Spans(((TODAY.toordinal(), None),))))
    assert asked("no:birth_date") == Not(Condition(Target("person.birth_date"), Present()))


def test_a_text_is_asked_by_its_words_and_in_quotation_marks_as_a_whole() -> None:
    assert asked("city:Івано-Фр") == Condition(Target("addresses.city"), Words(words_of("Івано-Фр")))
    assert asked('city:"Івано-Франківськ"') == Condition(Target("addresses.city"), Whole("Івано-Франківськ"))
    assert asked('note:"кличе гав"') == Condition(Target("notes.text"), Phrase(words_of("кличе гав", whole=True)))
    assert asked('note:"кличе"') == Condition(Target("notes.text"), Words(words_of("кличе", whole=True)))


def test_a_phone_is_asked_by_its_digits() -> None:
    expected = Condition(Target("contacts.value", "phone"), Words((Word("671234567", ("671234567",)),)))
    assert asked("phone:067-123-45-67") == asked('телефон:"(067) 123-45-67"') == expected


def test_a_contact_of_any_kind_is_asked_by_words_and_by_digits() -> None:
    node = asked("contact:0671")
    assert isinstance(node, Any)
    assert {each.target.kind for each in node.nodes if isinstance(each, Condition)} == {
        "",
        "phone",
        "viber",
        "whatsapp",
    }
    assert asked("contact:olena") == Condition(Target("contacts.value"), Words(words_of("olena")))


WORDY_OF_ADDRESS = ("country", "region", "city", "street", "house", "flat", "postcode", "note")


def test_a_name_is_asked_in_all_its_parts_and_a_section_in_all_its_texts() -> None:
    node = asked("name:шевч")
    assert isinstance(node, Any) and len(node.nodes) == 4
    assert isinstance(asked("піб:шевч_оле"), All)
    assert asked("addresses:київ") == Any(
        tuple(Condition(Target(f"addresses.{key}"), Words(words_of("київ"))) for key in WORDY_OF_ADDRESS)
    )


def test_an_exclusion_and_an_or_take_filters_too() -> None:
    assert asked("-city:київ or шевч") == Any((Not(asked("city:київ")), *words_of("шевч")))


OWN = Schema.from_data(
    STANDARD_SECTIONS,
    [
        {
            "key": "pets",
            "shape": "table",
            "labels": {"uk": "Тварини", "en": "Pets"},
            "fields": [
                {"key": "nick", "kind": "text", "labels": {"uk": "Кличка тварини", "ru": "Кличка"}},
                {
                    "key": "species",
                    "kind": "choice",
                    "choices": ["cat", {"code": "dog", "labels": {"uk": "Собака", "ru": "Собака"}}],
                },
                {"key": "weight", "kind": "number"},
                {"key": "status", "kind": "text"},
            ],
        }
    ],
)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("nick:мурч", "pets.nick"),
        ("pets.nick:мурч", "pets.nick"),
        ("кличка:мурч", "pets.nick"),
        ("кличка_тварини:мурч", "pets.nick"),
        ("тварини.кличка:мурч", "pets.nick"),
        ("species:собака", "pets.species"),
        ("weight:>3", "pets.weight"),
        ("pets.status:гав", "pets.status"),
        ("status:new", "purchases.status"),
        ("has:тварини", "pets"),
    ],
)
def test_fields_of_ones_own_are_asked_by_their_keys_and_labels(line: str, key: str) -> None:
    node = asked(line, OWN)
    assert isinstance(node, Condition) and node.target.key == key


def test_the_names_of_one_schema_are_not_those_of_another() -> None:
    assert parse("nick:мурч").problems
    assert not read("nick:мурч", OWN, TODAY).problems


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("", Sort(None)),
        ("name", Sort(None)),
        ("-піб", Sort(None, descending=True)),
        ("-spent", Sort(Target("spent"), descending=True)),
        ("city", Sort(Target("addresses.city"))),
        ("місто", Sort(Target("addresses.city"))),
        ("number", Sort(Target("number"))),
        ("person.birth_date", Sort(Target("person.birth_date"))),
        ("age", Sort(Target("birth"), descending=True)),
        ("-вік", Sort(Target("birth"))),
        ("email", Sort(Target("contacts.value", "email"))),
    ],
)
def test_an_order_is_understood(text: str, sort: Sort) -> None:
    assert parse_sort(text, SCHEMA) == sort


@pytest.mark.parametrize("text", ["shoe_size", "-", "has", "purchases", "rfm", "relations.client", "contacts.typed"])
def test_what_has_no_order_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_sort(text, SCHEMA)
    assert refused.value.code == "sort-unknown"


def test_a_key_typed_on_another_keyboard_is_the_one_that_is_offered() -> None:
    (mistake,) = parse("vscnj:rb]d").problems
    assert mistake.problem.details["known"] == ["місто"]
    (mistake,) = parse("rks'yn:x").problems
    assert mistake.problem.details["known"] == ["клієнт"]
    (mistake,) = parse("dsgjkytyj:нет").problems
    assert "віполнено" not in mistake.problem.details["known"]
