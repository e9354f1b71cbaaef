"""What is typed into the search bar is read as it was meant."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.layouts import other_layouts
from store.query import (
    All,
    Any,
    Condition,
    Digits,
    Node,
    Not,
    Number,
    Phrase,
    Query,
    Target,
    Whole,
    Words,
    narrowed,
    rewrite,
    words_of,
)
from tests.store.index.conftest import parse


def nodes(query: Query) -> tuple[Node, ...]:
    return query.root.nodes if isinstance(query.root, All) else (query.root,)


def run_of(line: str) -> Digits:
    node = parse(line).root
    assert isinstance(node, Digits)
    return node


def asked(line: str) -> list[str]:
    return [word.forms[0] for word in parse(line).words]


def test_words_are_folded_and_their_order_is_kept() -> None:
    assert asked("Шевч  ОЛЕ") == ["shevch", "ole"]


@pytest.mark.parametrize("line", ["067 123-45 67", "(067)1234567", "067.123.45.67", "067-123-45-67"])
def test_a_phone_is_one_run_of_digits_however_it_is_parted(line: str) -> None:
    digits = run_of(line)
    assert digits.run == "0671234567"
    assert digits.in_phone == "671234567"


@pytest.mark.parametrize(
    ("line", "in_phone"),
    [
        ("+38 (067) 123-45-67", "380671234567"),
        ("00380671234567", "380671234567"),
        ("8 067 123 45 67", "0671234567"),
        ("8 (916) 123-45-67", "9161234567"),
        ("067 123", "067123"),
        ("4567", "4567"),
    ],
)
def test_the_prefixes_of_a_call_at_home_and_abroad_are_left_off(line: str, in_phone: str) -> None:
    assert run_of(line).in_phone == in_phone


@pytest.mark.parametrize("line", ["К-4821-7", "K-4821-7", "k48217", "к 4821 7", "К-4821"])
def test_a_client_number_is_asked_for_as_a_number_only(line: str) -> None:
    assert parse(line).root in (Number("48217"), Number("4821"))


def test_what_must_not_be_there_and_what_must_stand_together() -> None:
    assert nodes(parse('"олена петрівна" -київ -"стара адреса"')) == (
        Phrase(words_of("олена петрівна", whole=True)),
        Not(*words_of("київ")),
        Not(Phrase(words_of("стара адреса", whole=True))),
    )


def test_a_digit_after_a_dash_is_not_an_exclusion() -> None:
    assert run_of("067 -123").run == "067123"


def test_digits_are_excluded_where_no_digits_stand_before() -> None:
    assert nodes(parse("шевч -067")) == (*words_of("шевч"), Not(Digits("067", ("067",))))


def test_or_joins_its_two_neighbours() -> None:
    assert nodes(parse("шевч або бойко оле")) == (Any((*words_of("шевч"), *words_of("бойко"))), *words_of("оле"))
    assert parse("067 123 or -оле ИЛИ яна").root == Any(
        (Digits("067123", ("067", "123")), Not(*words_of("оле")), *words_of("яна"))
    )


@pytest.mark.parametrize(("line", "place"), [("шевч or", (5, 7)), ("шевч або або оле", (5, 8))])
def test_an_or_without_a_neighbour_is_told(line: str, place: tuple[int, int]) -> None:
    (mistake,) = parse(line).problems
    assert (mistake.problem.code, (mistake.start, mistake.end)) == ("or-alone", place)


@pytest.mark.parametrize("line", ["in:trash або бойко", "бойко або in:trash", "шевч або бойко or in:trash"])
def test_where_to_look_is_none_of_two_things(line: str) -> None:
    query = parse(line)
    (mistake,) = query.problems
    assert mistake.problem.code == "or-place"
    assert line[mistake.start : mistake.end] == ("or" if "or " in line else "або")
    without = f"{line[: mistake.start].rstrip()}{line[mistake.end :]}"
    assert (query.in_trash, query.root) == (True, parse(without).root)


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("spent:>10 000", "spent:>10000"),
        ("-spent:<1 000 000 оле", "-spent:<1000000 оле"),
        ("витрачено:10 000..20 000", "spent:10000..20000"),
        ("spent:500..1 000", "spent:500..1000"),
        ("purchases.amount:1 250", "purchases.amount:1250"),
        ("spent:>10,000", "spent:>10000"),
        ("spent:>10,5", "spent:>10.5"),
        ("spent:>0,500", "spent:>0.5"),
        ("spent:>1 250грн", "spent:>1250"),
        ("spent:>1 250 грн", "spent:>1250"),
        ("spent:>1250 ₴ оле", "spent:>1250 оле"),
        ("spent:1250,50..10 000", "spent:1250.50..10000"),
        ("spent:1 250,50..10 000", "spent:1250.50..10000"),
        ("spent:1 000-10 000", "spent:1000..10000"),
        ("spent:1000-10 000", "spent:1000..10000"),
    ],
)
def test_thousands_may_be_parted(line: str, means: str) -> None:
    assert (parse(line).root, parse(line).problems) == (parse(means).root, ())


@pytest.mark.parametrize(
    "line",
    [
        "age:30 067",
        "bought:5 010",
        "spent:0 010",
        "spent:>10 067 12",
        "spent:>10 067-12",
        "spent:>10 0671",
        "city:10 000",
    ],
)
def test_digits_that_are_no_thousands_are_looked_for(line: str) -> None:
    key, digits = line.split(maxsplit=1)
    (asked,) = nodes(parse(key))
    assert nodes(parse(line)) == (asked, *nodes(parse(digits)))


@pytest.mark.parametrize("line", [". or київ", "- або київ", '"" или київ', "№ or київ", "_ or or ½"])
def test_an_or_behind_signs_alone_has_no_neighbour(line: str) -> None:
    query = parse(line)
    assert {mistake.problem.code for mistake in query.problems} == {"or-alone"}
    assert query.root == parse(line.split()[-1]).root


def test_an_or_that_begins_a_line_is_a_word() -> None:
    assert not parse("or").problems
    assert parse("or шевч").root == All((*words_of("or"), *words_of("шевч")))


def test_words_are_rewritten_where_they_are_asked_for_only() -> None:
    query = parse('шевч or оле -бойко "ян лис" city:київ')
    changed = rewrite(query.root, lambda word: words_of(word.text[::-1])[0])
    assert changed == parse('чвеш or ело -бойко "ян лис" city:київ').root


def test_simple_filters_are_read() -> None:
    query = parse('шевч tag:vip -city:"Київ" in:trash')
    assert nodes(query) == (
        *words_of("шевч"),
        Condition(Target("tags.tags"), Words(words_of("vip"))),
        Not(Condition(Target("addresses.city"), Whole("Київ"))),
    )
    assert query.in_trash


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("shoe:30", "filter-unknown", "shoe"),
        ("-shoe:30", "filter-unknown", "shoe"),
        ("city:", "filter-empty", "city:"),
        ('city:""', "filter-empty", '""'),
        ("city:!", "filter-value", "!"),
        ("city:>5", "filter-range", ">5"),
        ("city:а..я", "filter-range", "а..я"),
        ("in:attic", "filter-place", "attic"),
        ("number:K", "filter-client-number", "K"),
        ("number:>1", "filter-range", ">1"),
        ("phone:067..068", "filter-range", "067..068"),
        ("spent:10%", "filter-number", "10%"),
        ("age:>30%", "filter-number", ">30%"),
        ("phone:06", "filter-phone", "06"),
        ("age:old", "filter-number", "old"),
        ("spent:>", "filter-number", ">"),
        ("age:40..30", "filter-backwards", "40..30"),
        ("updated:soon", "filter-date", "soon"),
        ("updated:2026-13-01", "filter-date", "2026-13-01"),
        ("updated:2026..2025", "filter-backwards", "2026..2025"),
        ("last_purchase:90d..30d", "filter-backwards", "90d..30d"),
        ("birthday:>7d", "filter-birthday", ">7d"),
        ("birthday:32.13", "filter-birthday", "32.13"),
        ("birthday:31.02", "filter-birthday", "31.02"),
        ("birthday:7d..3d", "filter-backwards", "7d..3d"),
        ("birthday:<0d", "filter-backwards", "<0d"),
        ("in:-", "filter-place", "-"),
        ("task:.", "filter-task", "."),
        ("task:9d..3d", "filter-backwards", "9d..3d"),
        ("status:weird", "filter-choice", "weird"),
        ("consent:weird", "filter-choice", "weird"),
        ("rfm:weird", "filter-segment", "weird"),
        ("done:perhaps", "filter-yes-no", "perhaps"),
        ("done:.", "filter-yes-no", "."),
        ("spent:>100USD", "filter-currency", ">100USD"),
        ("purchases.amount:€5..€9", "filter-currency", "€5..€9"),
        ("relations:олена", "filter-section", "олена"),
        ("has:wings", "filter-field", "wings"),
    ],
)
def test_a_mistake_in_a_filter_is_told_with_its_place_and_the_rest_still_asks(line: str, code: str, place: str) -> None:
    query = parse(f"шевч {line} оле")
    (mistake,) = query.problems
    assert (mistake.problem.code, mistake.problem.value) == (code, line)
    assert query.line[mistake.start : mistake.end] == place
    assert query.root == parse("шевч оле").root


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("cty", "city"),
        ("мсто", "місто"),
        ("горд", "город"),
        ("spnt", "spent"),
        ("date", "purchases.date"),
        ("дата", "purchases.date"),
        ("person.lst_name", "person.last_name"),
        ("жжж", "city"),
        ("ыыы", "city"),
        ("xyzzy", "city"),
    ],
)
def test_an_unknown_key_is_told_with_those_like_it(typed: str, known: str) -> None:
    (mistake,) = parse(f"{typed}:5").problems
    assert known in mistake.problem.details["known"]


def test_an_address_of_the_web_is_no_filter() -> None:
    assert not parse("https://firma.com.ua").problems


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("itdxtyrj", "шевченко"),
        ("];fr", "їжак"),
        ("]:FR", "ЇЖАК"),
        ("'pf", "єза"),
        ("'lefhl", "эдуард"),
        ("ыьшер", "smith"),
        ("ішьзіщт", "simpson"),
        ("ъжак", "їжак"),
        ("ыван", "іван"),
        ("@", None),
    ],
)
def test_the_wrong_keyboard_layout_is_read_as_it_was_meant(typed: str, meant: str | None) -> None:
    readings = [reading.casefold() for reading in other_layouts(typed)]
    assert readings == [] if meant is None else meant.casefold() in readings


def test_filters_are_not_garbled_by_a_wrong_layout() -> None:
    (reading, *_) = parse("itdx city:Київ").other_layouts()
    assert [word.text for word in reading.words] == ["шевч"]
    assert nodes(reading)[1] == parse("city:Київ").root


@given(st.text(max_size=60))
def test_no_line_is_ever_refused(line: str) -> None:
    query = parse(line)
    query.other_layouts()
    assert all(form for word in query.words for form in word.forms)


@pytest.mark.parametrize("line", ["", "шевч", '"олена пет', 'city:"Кривий Ріг', "К-48 21", "067 123", "-київ", 'тег:"'])
def test_more_behind_a_line_leaves_what_it_asks(line: str) -> None:
    asked = nodes(parse(narrowed(line, "tag:vip")))
    assert asked == (*nodes(parse(line)), *nodes(parse("tag:vip")))
    assert narrowed(line, "") in (line, line + '"', "К-48-21")


@pytest.mark.parametrize("more", ["or tag:vip", "АБО бойко", "или"])
def test_more_behind_a_line_is_no_alternative_to_it(more: str) -> None:
    first, *rest = nodes(parse(narrowed("city:Київ or city:Львів", more)))
    assert first == parse("city:Київ or city:Львів").root
    assert [node for node in rest if isinstance(node, Any)] == []


def test_the_same_mistake_is_one_however_often_it_is_typed() -> None:
    query = parse("foo:1 шевч foo:1 bar:2 foo:1")
    assert len(query.problems) == 4
    assert [problem.value for problem in query.wrong] == ["foo:1", "bar:2"]


@pytest.mark.parametrize("line", ["😀", "*", " -😀 ", "ь", "- -", '"', '"!"'])
def test_signs_alone_are_told_and_do_not_pass_for_everybody(line: str) -> None:
    (mistake,) = parse(line).problems
    assert (mistake.problem.code, line[mistake.start : mistake.end]) == ("says-nothing", line.strip())
    assert not parse("").problems and not parse("  ").problems and not parse("in:trash").problems


def test_signs_between_words_say_nothing_and_part_no_or() -> None:
    assert parse("шевч * оле").root == parse("шевч оле").root
    assert parse("шевч or - бойко").root == parse("шевч or бойко").root
    assert [mistake.problem.code for mistake in parse("шевч or 😀").problems] == ["or-alone"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_line_is_read_as_it_is_seen(form: Literal["NFC", "NFD"]) -> None:
    for line in ("країна:Україна", "останній_контакт:<30d", "мова:українська", "їжак"):
        assert parse(unicodedata.normalize(form, line)) == parse(line)


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e"])
def test_what_nobody_sees_is_not_read(unseen: str) -> None:
    for line in ("tag:vip", "067 123", "age:30..40", "шевч оле"):
        assert parse(unseen + line[:2] + unseen + line[2:] + unseen) == parse(line)


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f"])
def test_an_amount_copied_off_the_screen_is_one_amount(blank: str) -> None:
    assert parse(f"spent:>10{blank}000").root == parse("spent:>10000").root
    assert parse(f"067{blank}123").root == parse("067 123").root
    assert parse(f"Шевченко{blank}Олена").root == parse("Шевченко Олена").root


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("0670062096,", "0670062096"),
        ("067 006 20 96;", "067 006 20 96"),
        ("Шевченко;067 006 20 96", "Шевченко 067 006 20 96"),
        ("К-662-23-6, Шевченко", "К-662-23-6 Шевченко"),
        ("-067,", "-067"),
        ("чай;", "чай"),
    ],
)
def test_commas_beside_digits_say_nothing(line: str, same: str) -> None:
    assert parse(line).root == parse(same).root


@pytest.mark.parametrize("line", ["067 11, 050 22", "067 11 ,050 22", "067 11;050 22"])
def test_commas_part_numbers(line: str) -> None:
    assert nodes(parse(line)) == (Digits("06711", ("067", "11")), Digits("05022", ("050", "22")))


def test_a_fraction_is_words() -> None:
    assert asked("2,5 кг") == ["2", "5", "kh"]


@pytest.mark.parametrize("more", ["067 123", "200", "000"])
def test_digits_behind_an_amount_are_not_its_thousands(more: str) -> None:
    assert nodes(parse(narrowed("spent:>500", more))) == (parse("spent:>500").root, parse(more).root)
    assert parse(f"itdx spent:>500  {more}").other_layouts()[0].line.endswith(f">500  {more}")


@pytest.mark.parametrize("dash", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
def test_all_dashes_are_one(dash: str) -> None:
    for line in ("067-123-45-67", "шевченко -олександр", "age:30-40", "Івано-Франківськ"):
        assert parse(line.replace("-", dash)).root == parse(line).root


def test_a_quotation_mark_within_a_word_is_an_apostrophe() -> None:
    assert parse('Лук"яненко').root == parse("Лук'яненко").root
    assert parse('місто:"Кривий Ріг" "олена петрівна"').problems == ()
    assert parse("mailto:olena@example.com").root == parse("olena@example.com").root


@pytest.mark.parametrize("line", ["без:пошти", "немає:телефону", "нет:почты", "немає:тегів", "нет:города"])
def test_what_is_missing_may_stand_in_the_genitive(line: str) -> None:
    assert parse(line).problems == ()
