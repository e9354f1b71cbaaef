"""The search line offers keys and values in the operator's language as they are typed."""

from collections.abc import Sequence

import pytest

from store.query import Target, parse
from store.query.completing import Suggestion, complete, written
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tests.store.query.crowd import SCHEMA, TODAY

CITIES = (("Івано-Франківськ", 5), ("Київ", 12), ("Кривий Ріг", 3))


def values_of(target: Target, beginning: str) -> Sequence[tuple[str, int]]:
    if target.key == "addresses.city":
        return [(city, count) for city, count in CITIES if city.casefold().startswith(beginning.casefold())]
    return [("vip", 7)] if target.key == "tags.tags" else []


def offered(typed: str, language: str = "uk") -> list[Suggestion]:
    """What is offered where `|` stands in the line."""
    cursor = typed.index("|") if "|" in typed else len(typed)
    return complete(typed.replace("|", ""), cursor, SCHEMA, language, values_of)


def texts(typed: str, language: str = "uk") -> list[str]:
    return [suggestion.text for suggestion in offered(typed, language)]


@pytest.mark.parametrize(
    ("typed", "language", "text"),
    [
        ("міс", "uk", "місто:"),
        ("шевч міс", "uk", "місто:"),
        ("-міс", "uk", "місто:"),
        ("гор", "ru", "город:"),
        ("cit", "uk", "city:"),
        ("cit", "en", "city:"),
        ("останн", "uk", "остання_покупка:"),
        ("last", "en", "last_purchase:"),
        ("пошт", "uk", "пошта:"),
        ("клич", "uk", "кличка:"),
        ("тварин", "uk", "тварини:"),
        ("ма", "uk", "має:"),
    ],
)
def test_a_key_is_offered_in_the_language_in_which_it_was_begun(typed: str, language: str, text: str) -> None:
    assert text in texts(typed, language)


def test_a_key_is_offered_once_and_in_the_language_of_the_operator() -> None:
    assert texts("тег", "uk").count("тег:") == 1
    assert texts("пр", "uk")[0] == "прізвище:" and texts("пр", "ru")[0] == "профиль:"


@pytest.mark.parametrize("typed", ["", "м", "шевч ", "067", '"стара ', "https:", "невідоме:"])
def test_nothing_is_offered_where_no_filter_is_begun(typed: str) -> None:
    assert offered(typed) == []


@pytest.mark.parametrize(
    ("typed", "language", "text"),
    [
        ("місто:ки", "uk", "місто:Київ"),
        ("місто:", "uk", "місто:Київ"),
        ("-місто:ки", "uk", "місто:Київ"),
        ("місто:кр", "uk", 'місто:"Кривий Ріг"'),
        ('місто:"кр', "uk", 'місто:"Кривий Ріг"'),
        ("тег:", "uk", "тег:vip"),
        ("теги:", "uk", "теги:vip"),
        ("статус:", "uk", "статус:доставлено"),
        ("статус:", "ru", "статус:отменено"),
        ("status:", "en", "status:delivered"),
        ("статус:дост", "uk", "статус:доставлено"),
        ("status:дос", "en", "status:доставлено"),
        ("картка_лояльності:", "uk", ""),
        ("має:зго", "uk", "має:згода"),
        ("немає:пош", "uk", "немає:пошта"),
        ("завдання:", "uk", "завдання:прострочено"),
        ("task:", "en", "task:overdue"),
        ("день_народження:бер", "uk", "день_народження:березень"),
        ("остання_покупка:", "uk", "остання_покупка:>90д"),
        ("rfm:ч", "uk", "rfm:чемпіони"),
        ("згода:", "uk", "згода:рекламу"),
        ("у:", "uk", "у:кошику"),
        ("виконано:", "uk", "виконано:так"),
        ("pets.species:со", "uk", "pets.species:Собака"),
    ],
)
def test_a_value_is_offered(typed: str, language: str, text: str) -> None:
    found = texts(typed, language)
    assert text in found if text else found == []


def test_what_is_offered_takes_the_place_of_what_was_typed() -> None:
    line = "шевч місто:ки| тег:vip"
    (suggestion,) = offered(line)
    whole = line.replace("|", "")
    assert whole[: suggestion.start] + suggestion.text + whole[suggestion.end :] == "шевч місто:Київ тег:vip"
    assert suggestion.note == "12"
    inside, *_ = offered("-міс|то:ки")
    assert ("-місто:ки"[: inside.start], inside.text, "-місто:ки"[inside.end :]) == ("-", "місто:", "ки")


def test_a_key_says_what_it_is_of() -> None:
    assert [(s.text, s.note) for s in offered("місто")] == [("місто:", "addresses.city")]


@pytest.mark.parametrize(
    "typed", ["місто:", "статус:", "завдання:", "rfm:", "згода:", "має:пр", "день_народження:", "у:"]
)
@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_all_that_is_offered_is_understood(typed: str, language: str) -> None:
    assert texts(typed, language)
    for text in texts(typed, language):
        assert not parse(text, SCHEMA, TODAY).problems, text


@pytest.mark.parametrize("value", ["Київ", "Кривий Ріг", 'ТОВ "Ромашка"', ">5", "a..b", "чорно-білий"])
def test_a_value_is_written_so_that_it_is_read_as_that_value(value: str) -> None:
    assert not parse(f"city:{written(value)}", SCHEMA, TODAY).problems


@pytest.mark.parametrize(
    ("typed", "language", "months"),
    [
        ("birthday:с", "uk", [("сьогодні", "today"), ("січень", ""), ("серпень", "")]),
        ("birthday:сент", "uk", [("сентябрь", "")]),
        ("birthday:ма", "ru", [("март", ""), ("май", "")]),
    ],
)
def test_months_are_offered_in_the_operators_language_and_without_their_numbers(
    typed: str, language: str, months: list[tuple[str, str]]
) -> None:
    assert [(each.text.partition(":")[2], each.note) for each in offered(typed, language)] == months


@pytest.mark.parametrize(
    ("typed", "language", "text"), [("нет:по", "ru", "нет:почта"), ("немає:те", "uk", "немає:телефон")]
)
def test_of_what_clients_have_or_have_not_the_most_asked_comes_first(typed: str, language: str, text: str) -> None:
    assert texts(typed, language)[0] == text
    assert len(texts(typed, language)) > 1


@pytest.mark.parametrize(
    ("label", "typed", "key"),
    [
        ("Вага, кг", "ваг", "вага_кг:"),
        ("Телефон (дом.)", "телефон_д", "телефон_дом:"),
        ("Скидка/бонус", "ски", "скидка_бонус:"),
        ("2-га вага", "wei", "weight:"),
    ],
)
def test_what_is_offered_for_a_field_of_ones_own_is_understood(label: str, typed: str, key: str) -> None:
    own = [{"key": "pets", "fields": [{"key": "weight", "kind": "number", "labels": {"uk": label}}]}]
    schema = Schema.from_data(STANDARD_SECTIONS, own)
    assert [each.text for each in complete(typed, len(typed), schema, "uk", values_of)] == [key]
    query = parse(f"{key}>10", schema, TODAY)
    assert not query.problems
    assert query.root == parse("pets.weight:>10", schema, TODAY).root
