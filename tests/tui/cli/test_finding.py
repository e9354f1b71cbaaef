"""Finding clients from a shell."""

from tests.tui.cli.conftest import Type


def test_nobody_found_is_exit_1_and_no_error(kartoteka: Type, olena: str) -> None:
    done = kartoteka("find", "петренко", "--json")
    assert done.code == 1
    assert done.value == {"total": 0, "clients": []}


def test_what_was_found_says_where_and_how_it_matched(kartoteka: Type, olena: str) -> None:
    value = kartoteka("find", "shevch", "--json").value
    assert value["total"] == 1
    client = value["clients"][0]
    assert (client["number"], client["name"]) == (olena, "Шевченко Олена")
    assert {"field": "person.last_name", "value": "Шевченко", "how": "transliterated"} in client["matched"]


def test_a_query_in_the_wrong_keyboard_layout_finds(kartoteka: Type, olena: str) -> None:
    client = kartoteka("find", "itdxtyrj", "--json").value["clients"][0]
    assert {match["how"] for match in client["matched"]} == {"layout"}


def test_four_digits_of_a_phone_find(kartoteka: Type, olena: str) -> None:
    assert olena in kartoteka("find", "4567").out


def test_a_word_with_a_dash_excludes_and_is_no_option(kartoteka: Type, olena: str) -> None:
    taras = kartoteka("new", "person.last_name=Шевченко", "person.first_name=Тарас").out.strip()
    found = kartoteka("find", "шевч", "-олена")
    assert found.code == 0
    assert taras in found.out
    assert olena not in found.out


def test_after_two_dashes_everything_is_words(kartoteka: Type, olena: str) -> None:
    assert olena in kartoteka("find", "--", "шевч").out


def test_the_limit_cuts_the_list_and_not_the_total(kartoteka: Type) -> None:
    for name in ("Бойко", "Бойченко", "Бойчук"):
        kartoteka("new", f"person.last_name={name}")
    value = kartoteka("find", "бой", "--limit", "2", "--json").value
    assert value["total"] == 3
    assert len(value["clients"]) == 2
    assert "--limit" in kartoteka("find", "бой", "--limit", "2").err


def test_who_is_meant_by_a_slip_is_counted_whatever_the_limit_and_is_told_of(kartoteka: Type) -> None:
    for name in ("Коваль", "Коваль", "Ковальов", "Приковаль"):
        kartoteka("new", f"person.last_name={name}")
    found = [kartoteka("find", "коваль", "--limit", str(limit), "--json").value["total"] for limit in (1, 2, 3, 9)]
    assert found == [4, 4, 4, 4]
    assert "Inside words: 1" in kartoteka("find", "коваль").err
    assert "Inside words" not in kartoteka("find", "коваль", "--limit", "2").err


def test_an_export_of_a_query_writes_whom_it_names_and_nobody_by_a_slip(kartoteka: Type) -> None:
    for name in ("Коваль", "Приковаль"):
        kartoteka("new", f"person.last_name={name}")
    out = kartoteka("export", "-", "--query", "коваль", "--format", "jsonl").out
    assert out.count("\n") == 1 and "Приковаль" not in out
    assert kartoteka("export", "-", "--query", "rjdfkm", "--format", "jsonl").out == ""


def test_clients_come_in_the_order_asked_for(kartoteka: Type) -> None:
    for name, city in (("Бойко", "Харків"), ("Бойченко", "Київ"), ("Бойчук", "Львів")):
        kartoteka("new", f"person.last_name={name}", f"addresses[+].city={city}")
    clients = kartoteka("find", "бой", "--sort", "city", "--json").value["clients"]
    assert [client["name"] for client in clients] == ["Бойченко", "Бойчук", "Бойко"]


def test_an_unknown_order_is_refused_with_those_there_are(kartoteka: Type, olena: str) -> None:
    done = kartoteka("find", "шевч", "--sort", "shoe")
    assert done.code == 2
    assert "city" in done.err


def test_a_filter_that_is_not_understood_is_refused_and_not_left_out(kartoteka: Type, olena: str) -> None:
    done = kartoteka("find", "шевч", "shoe:42")
    assert (done.code, done.out) == (2, "")
    assert "“shoe:42”" in done.err and "city" in done.err
    problems = kartoteka("find", "шевч", "shoe:42", "--json").error["problems"]
    assert (problems[0]["code"], problems[0]["value"]) == ("filter-unknown", "shoe:42")


def test_an_export_of_a_query_that_is_not_understood_lets_nobody_out(kartoteka: Type, olena: str) -> None:
    done = kartoteka("export", "-", "--query", "emial:yes")
    assert (done.code, done.out) == (2, "")
    assert "“emial:yes”" in done.err and "email" in done.err


def test_totals_are_said_in_the_plural_of_the_language(kartoteka: Type, olena: str) -> None:
    assert "1 клієнт" in kartoteka("find", "шевч", "--lang", "uk").err
    kartoteka("new", "person.last_name=Шевчук")
    assert "2 клієнти" in kartoteka("find", "шевч", "--lang", "uk").err


def test_a_choice_that_there_is_not_is_answered_with_what_a_filter_takes_in_the_language(
    kartoteka: Type, olena: str
) -> None:
    for language, named in (("uk", "замовлено, оплачено"), ("ru", "доставлено"), ("en", "new, paid")):
        done = kartoteka("find", "status:нема", "--lang", language)
        assert done.code == 2 and named in done.err


def test_several_values_with_a_comma_between_are_told_how_they_are_asked_for(kartoteka: Type, olena: str) -> None:
    done = kartoteka("find", "місто:Київ,Львів", "--lang", "uk")
    assert done.code == 1 and "місто:Київ або місто:Львів" in done.err


def test_a_filter_whose_value_was_typed_on_another_keyboard_says_how_it_was_read(kartoteka: Type, olena: str) -> None:
    kartoteka("set", olena, "addresses[+].city=Київ")
    found = kartoteka("find", "city:rb]d", "шевч")
    assert olena in found.out
    assert "In another keyboard layout, “city:київ шевч”: 1" in found.err
    assert kartoteka("find", "city:rb]d", "-шевч").code == 1
