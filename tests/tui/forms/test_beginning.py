"""What was searched for in vain stands in the new card."""

from datetime import date

import pytest

from store.kinds import Reading
from store.query import parse
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tui.forms.beginning import begin_with, takes_something
from tui.forms.editing import Editing

SCHEMA = Schema.from_data(STANDARD_SECTIONS)
READING = Reading(today=date(2026, 11, 22))


def begun(line: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    editing = Editing({"number": "K-1000-0"}, SCHEMA, READING, new=True)
    begin_with(editing, line)
    document = editing.after()
    return document.get("person", {}), [(row["kind"], row["value"]) for row in document.get("contacts", [])]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("гнатюк", {"last_name": "Гнатюк"}),
        ("Гнатюк Марія Іванівна", {"last_name": "Гнатюк", "first_name": "Марія", "patronymic": "Іванівна"}),
        ("нечуй-левицька олена", {"last_name": "Нечуй-Левицька", "first_name": "Олена"}),
        ("McDonald", {"last_name": "McDonald"}),
        ("де ла круз анна марія", {"last_name": "Де", "first_name": "Ла", "patronymic": "Круз Анна Марія"}),
        ('"Гнатюк Марія"', {"last_name": "Гнатюк", "first_name": "Марія"}),
        ("city:Київ гнатюк -марія tag:vip", {"last_name": "Гнатюк"}),
        ("Жмеринчук або Дримба", {"last_name": "Жмеринчук"}),
        ("прізвище:жмеринчук ім'я:остап", {"last_name": "Жмеринчук", "first_name": "Остап"}),
        ("прізвище:жмеринчук остап", {"last_name": "Жмеринчук", "first_name": "Остап"}),
        ("остап прізвище:жмеринчук", {"last_name": "Жмеринчук", "first_name": "Остап"}),
        ("іваненко піб:петро", {"last_name": "Іваненко", "first_name": "Петро"}),
        ("прізвище:бойко ім'я:ян ілліч", {"last_name": "Бойко", "first_name": "Ян", "patronymic": "Ілліч"}),
        ("гнатюк birth_date:1985", {"last_name": "Гнатюк"}),
        ("гнатюк birth:17.05.1990", {"last_name": "Гнатюк", "birth_date": "1990-05-17"}),
        ("гнатюк марія 17.05.1990", {"last_name": "Гнатюк", "first_name": "Марія", "birth_date": "1990-05-17"}),
        ("гнатюк 1990-05-17", {"last_name": "Гнатюк", "birth_date": "1990-05-17"}),
        ("гнатюк birth_date:09.03.1987", {"last_name": "Гнатюк", "birth_date": "1987-03-09"}),
        ("піб:жмеринчук остап", {"last_name": "Жмеринчук", "first_name": "Остап"}),
        ('піб:"жмеринчук остап" -київ', {"last_name": "Жмеринчук", "first_name": "Остап"}),
        ("стать:жіноча гнатюк", {"last_name": "Гнатюк", "sex": "female"}),
        ("вік:30..40 витратив:>100 гнатюк", {"last_name": "Гнатюк"}),
        ("місяць:січень гнатюк", {"last_name": "Гнатюк"}),
        ("жмишенко, іван", {"last_name": "Жмишенко", "first_name": "Іван"}),
        ("Жмишенко Іван, 0679998877", {"last_name": "Жмишенко", "first_name": "Іван"}),
        ("Жмишенко І.П.", {"last_name": "Жмишенко", "first_name": "І.П."}),
        ("тел. 0679998877 Жмишенко", {"last_name": "Жмишенко"}),
        ("пані Жмишенко Ольга", {"last_name": "Жмишенко", "first_name": "Ольга"}),
        ("О'Ніл Шон", {"last_name": "О'Ніл", "first_name": "Шон"}),
        ("ТОВ «Ромашчина»", {"company": "ТОВ «Ромашчина»"}),
        ("тов. Ромашчина, 0679998877", {"company": "тов. Ромашчина"}),
        ("«Ромашчина»", {"company": "«Ромашчина»"}),
        ("Ромашчина ТОВ", {"company": "Ромашчина ТОВ"}),
        ("ФОП Жмишенко Ольга", {"last_name": "Жмишенко", "first_name": "Ольга"}),
        ("ат іван", {"last_name": "Ат", "first_name": "Іван"}),
        ("компанія:Рошен ТОВ Смак", {"company": "Рошен", "last_name": "ТОВ", "first_name": "Смак"}),
        ("K-1234", {}),
        ("", {}),
    ],
)
def test_words_become_the_name_and_filters_do_not(line: str, person: dict[str, str]) -> None:
    assert begun(line)[0] == person


@pytest.mark.parametrize(
    ("line", "contacts"),
    [
        ("0671112233", [("phone", "+380671112233")]),
        ("+380 (67) 111-22-33 Гнатюк", [("phone", "+380671112233")]),
        ("гнатюк maria@example.com", [("email", "maria@example.com")]),
        ("4821", []),
        ("0671234567 0507654321", [("phone", "+380671234567"), ("phone", "+380507654321")]),
        ("067 123 45 67 050 765 43 21 гнатюк", [("phone", "+380671234567"), ("phone", "+380507654321")]),
        ("12.05 0671234567", [("phone", "+380671234567")]),
        ("Жмурик телефон:0679998811", [("phone", "+380679998811")]),
        ("Жмурик телефон:4567 пошта:gmail website:example", []),
        ("instagram:sonce.ua", [("instagram", "sonce.ua")]),
        ("пошта:maria@example.com вайбер:0671112233", [("email", "maria@example.com"), ("viber", "+380671112233")]),
    ],
)
def test_phone_and_mail_become_contacts_and_a_few_digits_do_not(line: str, contacts: list[tuple[str, str]]) -> None:
    assert begun(line)[1] == contacts


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("гнатюк марія вул. Морська, буд. 15, кв 3", {"street": "вул. Морська", "house": "15", "flat": "3"}),
        ("гнатюк марія вулиця Морська 15", {"street": "вулиця Морська", "house": "15"}),
        ("гнатюк марія місто Одеса", {"city": "Одеса"}),
    ],
)
def test_what_a_street_begins_is_no_part_of_the_name(line: str, address: dict[str, str]) -> None:
    editing = Editing({"number": "K-1000-0"}, SCHEMA, READING, new=True)
    begin_with(editing, line)
    document = editing.after()
    assert document["person"] == {"last_name": "Гнатюк", "first_name": "Марія"}
    (row,) = document["addresses"]
    assert address.items() <= row.items()


def test_what_is_no_phone_after_all_is_kept_to_be_corrected() -> None:
    editing = Editing({"number": "K-1000-0"}, SCHEMA, READING, new=True)
    begin_with(editing, "0000000000000")
    assert [problem.value for problem in editing.problems] == ["0000000000000"]


@pytest.mark.parametrize(
    "line",
    ["status:доставлено", "consents.kind:sms", "currency:USD", "purchases.item:чайник", "task.text:x", "картка:2000"],
)
def test_nothing_is_said_to_have_happened_that_was_only_looked_for(line: str) -> None:
    editing = Editing({"number": "K-1000-0"}, SCHEMA, READING, new=True)
    begin_with(editing, f"гнатюк {line}")
    assert editing.after().keys() <= {"number", "person"} and not editing.problems


def test_what_filters_say_of_one_table_is_one_row() -> None:
    editing = Editing({"number": "K-1000-0"}, SCHEMA, READING, new=True)
    begin_with(editing, 'місто:київ вулиця:"верхній вал" -тег:нова тег:vip тег:опт картка:2000000012345 гнатюк')
    document = editing.after()
    assert [(row["city"], row["street"]) for row in document["addresses"]] == [("Київ", "Верхній Вал")]
    assert document["tags"] == {"tags": ["vip", "опт"]}
    assert [(row["kind"], row["value"]) for row in document["identifiers"]] == [("loyalty", "2000000012345")]


@pytest.mark.parametrize("line", ["вік:130", "-шевч", "spent:>1000", "birthday:7d", "shoe:Київ"])
def test_a_card_is_not_offered_where_nothing_would_stand_in_it(line: str) -> None:
    assert not takes_something(parse(line, SCHEMA, READING.today), SCHEMA)
    assert begun(line) == ({}, [])


@pytest.mark.parametrize("line", ["шевч", "0671112233", "місто:Київ", "birth:17.05.1990", "вік:130 гнатюк"])
def test_a_card_is_offered_where_something_would(line: str) -> None:
    assert takes_something(parse(line, SCHEMA, READING.today), SCHEMA)
