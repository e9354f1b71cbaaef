import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import Invalid
from store.kinds import KINDS, Reading, kind_of
from store.schema import Choice, Field

READING = Reading(datetime.date(2026, 11, 22))  # a Sunday
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40)


def field(kind: str, **options: Any) -> Field:
    return Field("x", kind, {}, **options)


def read(kind: str, typed: str, **options: Any) -> Any:
    return KINDS[kind].read(typed, field(kind, **options), READING)


def code_of(kind: str, typed: str, **options: Any) -> str:
    with pytest.raises(Invalid) as refusal:
        read(kind, typed, **options)
    (problem,) = refusal.value.problems
    assert (problem.path, problem.value) == ("", typed)
    return problem.code


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("067 123-45-67", "+380671234567"),
        ("8 067 123 45 67", "+380671234567"),
        ("8(067)1234567", "+380671234567"),
        ("+38 (067) 123.45.67", "+380671234567"),
        ("380671234567", "+380671234567"),
        ("00380671234567", "+380671234567"),
        ("8 (495) 123-45-67", "+74951234567"),
        ("8 (499) 123-45-67", "+74991234567"),
        ("+84 95 123 45 67", "+84951234567"),
        ("0441234567 дод. 12", "+380441234567;ext=12"),
        ("+1 202-555-0143", "+12025550143"),
        ("+48 22 123 45 67", "+48221234567"),
    ],
)
def test_a_phone_is_brought_to_one_form_however_it_is_typed(typed: str, stored: str) -> None:
    assert read("phone", typed) == stored
    assert KINDS["phone"].check(stored, field("phone")) is None


@pytest.mark.parametrize("typed", ["123", "телефон", "067 123", "+380 67 123 45 678 9", "067-CALL-NOW"])
def test_what_is_no_phone_is_refused(typed: str) -> None:
    assert code_of("phone", typed) == "phone-unreadable"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("12.03.85", "1985-03-12"),
        ("12/03/1985", "1985-03-12"),
        ("1985-03-12", "1985-03-12"),
        ("12031985", "1985-03-12"),
        ("12 березня 1985 р.", "1985-03-12"),
        ("12 марта", "2026-03-12"),
        ("12 нояб 2025", "2025-11-12"),
        ("5 сент. 2025", "2025-09-05"),
        ("12 Mar 1985", "1985-03-12"),
        ("12-мар-85", "1985-03-12"),
        ("12.бер.1985", "1985-03-12"),
        ("March 12, 1985", "1985-03-12"),
        ("03/25/1985", "1985-03-25"),
        ("Сьогодні", "2026-11-22"),
        ("завтра", "2026-11-23"),
        ("вчера", "2026-11-21"),
        ("+3d", "2026-11-25"),
        ("-2w", "2026-11-08"),
        ("+3м", "2027-02-22"),
        ("пн", "2026-11-23"),
        ("sunday", "2026-11-29"),
        ("п’ятниця", "2026-11-27"),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, stored: str) -> None:
    assert read("date", typed) == stored


def test_a_month_later_than_the_thirty_first_is_the_last_of_the_month() -> None:
    reading = Reading(datetime.date(2026, 1, 31))
    assert KINDS["date"].read("+1m", field("date"), reading) == "2026-02-28"


@pytest.mark.parametrize("typed", ["31.02.2020", "13.13.2020", "березень", "1", "+3x", "12.03.85 14:05"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    assert code_of("date", typed) == "date-unreadable"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("30.10.2026 14:05", "2026-10-30T14:05"),
        ("завтра о 9:30", "2026-11-23T09:30"),
        ("14:05", "2026-11-22T14:05"),
        ("30.10.2026", "2026-10-30"),
    ],
)
def test_a_date_may_say_the_time_where_its_field_does(typed: str, stored: str) -> None:
    assert read("date", typed, with_time=True) == stored
    assert KINDS["date"].check(stored, field("date", with_time=True)) is None
    assert KINDS["date"].check("2026-10-30T14:05", field("date")) == "date-unreadable"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("9.03", "--03-09"),
        ("--03-09", "--03-09"),
        ("29 лютого", "--02-29"),
        ("12.03.27", "1927-03-12"),
        ("09.03.1987", "1987-03-09"),
    ],
)
def test_a_birthday_may_lack_its_year_and_lies_in_the_past(typed: str, stored: str) -> None:
    assert read("birthday", typed) == stored
    assert KINDS["birthday"].check(stored, field("birthday")) is None


def test_nobody_is_born_tomorrow() -> None:
    assert code_of("birthday", "23.11.2026") == "date-in-future"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1 250,00", "1250"),
        ("1'250.00", "1250"),
        ("1,250.50", "1250.5"),
        ("1.250,5", "1250.5"),
        ("1,250,000", "1250000"),
        ("007", "7"),
        ("−3", "-3"),
        ("-0", "0"),
        (".5", "0.5"),
    ],
)
def test_a_number_is_read_with_any_dividers(typed: str, stored: str) -> None:
    assert read("number", typed) == stored
    assert KINDS["number"].check(stored, field("number")) is None


@pytest.mark.parametrize(
    ("language", "shown"), [("uk", "-1\u00a0250,50"), ("ru", "-1\u00a0250,50"), ("en", "-1,250.50")]
)
def test_money_is_shown_as_the_language_writes_it_and_reads_back(language: str, shown: str) -> None:
    assert KINDS["money"].show("-1250.50", field("money"), language) == shown
    assert read("money", shown) == "-1250.50"


@pytest.mark.parametrize("typed", ["1.2.3", "abc", "1,2,3", "--1", "1e5", "12 34 x"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert code_of("number", typed) == "number-unreadable"


def test_a_number_outside_its_bounds_is_refused_with_the_bounds() -> None:
    with pytest.raises(Invalid) as refusal:
        read("number", "6", least=1, most=5)
    assert refusal.value.code == "number-too-large"
    assert refusal.value.problems[0].details == {"least": 1, "most": 5}
    assert code_of("number", "0", least=1) == "number-too-small"
    assert KINDS["number"].check("9", field("number", most=5)) == "number-too-large"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1 250 грн", "1250.00"),
        ("₴5,5", "5.50"),
        ("1,250", "1250.00"),
        ("0,125", "0.125"),
        ("1.250", "1.25"),
        ("$1,250.00", "1250.00"),
        ("-3", "-3.00"),
    ],
)
def test_money_has_two_decimals_and_its_sign_is_not_minded(typed: str, stored: str) -> None:
    assert read("money", typed) == stored


def test_a_choice_is_typed_by_its_code_its_label_or_their_beginning() -> None:
    choices = (Choice("vip", {"uk": "Особливий"}), Choice("plain", {"uk": "Звичайний"}))
    assert [read("choice", typed, choices=choices) for typed in ("VIP", "звичайний", "осо")] == ["vip", "plain", "vip"]
    assert code_of("choice", "інше", choices=choices) == "choice-unknown"
    assert KINDS["choice"].check("інше", field("choice", choices=choices)) == "choice-unknown"


def test_tags_are_words_between_commas_each_once() -> None:
    assert read("tags", "VIP, #чай ; vip,, кава") == ["VIP", "чай", "кава"]
    assert KINDS["tags"].texts(["VIP", "чай"]) == ["VIP", "чай"]


def test_yes_and_no_are_said_in_every_language() -> None:
    assert [read("yes_no", typed) for typed in ("так", "Да", "yes", "+", "1")] == [True] * 5
    assert [read("yes_no", typed) for typed in ("ні", "нет", "no", "-", "0")] == [False] * 5
    assert code_of("yes_no", "мабуть") == "yes-no-unreadable"


@pytest.mark.parametrize("typed", ["x@", "@x.ua", "a b@c.d", "x.ua", "a@b"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert code_of("email", typed) == "email-unreadable"


def test_an_address_keeps_its_name_as_typed_and_its_domain_small() -> None:
    assert read("email", "Ivan.Petrenko@Mail.UA") == "Ivan.Petrenko@mail.ua"
    assert read("email", "петро@пошта.укр") == "петро@пошта.укр"


def test_a_link_opens_pages_and_nothing_else() -> None:
    assert read("link", "example.com/шлях") == "https://example.com/шлях"
    assert code_of("link", "javascript:alert(1)") == "link-unreadable"
    assert code_of("link", "file:///etc/passwd") == "link-unreadable"
    assert KINDS["link"].check("javascript://x.y/%0aalert(1)", field("link")) == "link-unreadable"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_typed_is_no_value(kind: str) -> None:
    assert read(kind, "  \u00a0 ") is None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_half_a_letter_from_a_broken_file_is_refused_and_not_stored(kind: str) -> None:
    assert code_of(kind, "a\ud800") == "text-unreadable"


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(value=st.one_of(TEXTS, st.none(), st.booleans(), st.integers(), st.lists(TEXTS, max_size=2), st.floats()))
def test_whatever_another_hand_stored_can_be_shown_searched_and_ordered(kind: str, value: Any) -> None:
    known = KINDS[kind]
    known.check(value, field(kind))
    assert isinstance(known.show(value, field(kind), "uk"), str)
    assert all(isinstance(text, str) for text in known.texts(value))
    known.order(value)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", ["uk", "ru", "en"])
@given(typed=st.one_of(TEXTS, st.from_regex(r"[0-9.,/+\-: ]{1,16}", fullmatch=True)))
def test_what_is_shown_reads_back_as_the_same_value(kind: str, language: str, typed: str) -> None:
    known, place = KINDS[kind], field(kind)
    try:
        value = known.read(typed, place, READING)
    except Invalid:
        return
    if value is not None:
        assert known.check(value, place) is None or kind == "client"
        assert known.read(known.show(value, place, language), place, READING) == value


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2026, 11, 22)), st.sampled_from(["uk", "ru", "en"]))
def test_every_day_reads_back_as_itself(day: datetime.date, language: str) -> None:
    for kind in ("date", "birthday"):
        assert read(kind, KINDS[kind].show(day.isoformat(), field(kind), language)) == day.isoformat()


def test_a_contact_is_of_the_kind_its_row_says() -> None:
    contact = field("text", kind_by="kind", kinds={"phone": "phone"})
    assert kind_of(contact, {"kind": "phone"}).name == "phone"
    assert kind_of(contact, {"kind": "telegram"}).name == "text"
    assert kind_of(field("a-kind-of-a-later-version"), {}).name == "text"


@pytest.mark.parametrize(
    ("kind", "value", "ordinal"),
    [
        ("number", "1.5", 1500),
        ("number", "-0.0015", -2),
        ("number", "2.00049", 2000),
        ("money", "1250.00", 125000),
        ("money", "3.005", 301),
        ("money", "дорого", None),
        ("money", "9" * 30, None),
        ("money", None, None),
        ("date", "2026-10-30", datetime.date(2026, 10, 30).toordinal()),
        ("date", "2026-10-30T14:05", datetime.date(2026, 10, 30).toordinal()),
        ("date", "30.10.2026", None),
        ("birthday", "1987-03-09", datetime.date(1987, 3, 9).toordinal()),
        ("birthday", "--03-09", None),
        ("text", "12", None),
        ("tags", ["12"], None),
    ],
)
def test_a_value_has_a_place_in_a_range_or_none(kind: str, value: object, ordinal: int | None) -> None:
    assert KINDS[kind].ordinal(value, Field("f", kind, {})) == ordinal


@pytest.mark.parametrize("typed", ["1 маршрут", "3 червонця", "5 мартіні", "1 декада", "2 junk"])
def test_a_word_that_only_begins_like_a_month_is_none(typed: str) -> None:
    assert code_of("date", typed) == "date-unreadable"


def test_nobody_was_born_in_the_first_thousand_years() -> None:
    assert code_of("birthday", "12.03.0085") == "date-too-long-ago"


@pytest.mark.parametrize(("typed", "shown"), [("1.001", "1,0010"), ("1.0015", "1,0015"), ("12.5", "12,50")])
def test_an_amount_of_three_decimals_is_not_shown_as_thousands(typed: str, shown: str) -> None:
    value = read("money", typed)
    assert KINDS["money"].show(value, field("money"), "uk") == shown
    assert read("money", shown) == value
