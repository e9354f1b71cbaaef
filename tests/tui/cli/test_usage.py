"""What the command line says to words it does not understand, and in which language."""

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Type
from tui.cli.commands import COMMANDS


def test_a_mistyped_command_is_answered_with_the_nearest_ones(kartoteka: Type) -> None:
    done = kartoteka("fnd", "шевч")
    assert done.code == 2
    assert "fnd" in done.err
    assert "find" in done.err
    assert done.out == ""


def test_words_that_are_no_command_lead_to_find(kartoteka: Type) -> None:
    done = kartoteka("шевченко")
    assert done.code == 2
    assert "kartoteka find шевченко" in done.err


def test_an_unknown_option_is_refused_with_the_usage(kartoteka: Type) -> None:
    done = kartoteka("find", "шевч", "--colour")
    assert done.code == 2
    assert "--colour" in done.err
    assert "kartoteka find" in done.err


def test_options_are_not_abbreviated(kartoteka: Type) -> None:
    assert kartoteka("find", "шевч", "--lim", "5").code == 2


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1.5", "²"])
def test_a_limit_that_is_no_number_is_refused(kartoteka: Type, limit: str) -> None:
    done = kartoteka("find", "шевч", "--limit", limit)
    assert done.code == 2
    assert limit in done.err
    assert "\0" not in done.err


def test_with_json_a_wrong_usage_is_json_too(kartoteka: Type) -> None:
    done = kartoteka("fnd", "--json")
    assert done.code == 2
    assert done.error["code"] == "usage"
    assert "fnd" in done.error["message"]
    assert done.out == ""


def test_common_options_may_stand_before_and_after_the_command(kartoteka: Type, olena: str) -> None:
    before = kartoteka("--json", "--lang", "uk", "find", "шевч")
    after = kartoteka("find", "шевч", "--lang=uk", "--json")
    assert before.code == after.code == 0
    assert before.value == after.value
    assert before.value["clients"][0]["number"] == olena


def test_the_store_may_be_named_before_and_after_the_command(kartoteka: Type, olena: str, tmp_path: object) -> None:
    elsewhere = f"{tmp_path}/elsewhere"
    for arguments in (("--store", elsewhere, "find", "шевч"), ("find", "шевч", "--store", elsewhere)):
        done = kartoteka(*arguments)
        assert done.code == 3
        assert elsewhere in done.err


@pytest.mark.parametrize(("language", "word"), [("uk", "використання"), ("ru", "использование"), ("en", "usage")])
def test_help_and_argparse_speak_the_language_asked_for(kartoteka: Type, language: str, word: str) -> None:
    for arguments in (("--lang", language, "--help"), ("set", "--help", "--lang", language)):
        assert kartoteka(*arguments).out.startswith(word)
    assert kartoteka("set", "--lang", language).err.startswith(word)


@pytest.mark.parametrize(
    ("language", "missing"), [("uk", "бракує аргументів"), ("ru", "не хватает аргументов"), ("en", "are required")]
)
def test_a_missing_argument_is_told_in_the_language_asked_for(kartoteka: Type, language: str, missing: str) -> None:
    assert missing in kartoteka("show", "--lang", language).err


def test_an_unknown_language_is_refused(kartoteka: Type) -> None:
    assert kartoteka("find", "x", "--lang", "de").code == 2


def test_help_lists_every_command_with_what_it_does(kartoteka: Type) -> None:
    lines = kartoteka("--help").out.splitlines()
    for command in COMMANDS:
        assert any(line.split()[:1] == [command.name] and len(line.split()) > 2 for line in lines), command.name


def test_the_version_is_printed(kartoteka: Type) -> None:
    assert kartoteka("--version").out.startswith("kartoteka ")
    assert kartoteka("--version", "--json").value["version"]


def test_the_keys_are_printed_from_the_registry(kartoteka: Type) -> None:
    from tui.commands.registry import COMMANDS as KEYS

    printed = kartoteka("--keys").out
    assert [command.id for command in KEYS if command.title not in printed] == []
    assert {command["id"] for command in kartoteka("--keys", "--json").value} == {command.id for command in KEYS}


def test_the_keys_are_printed_in_the_operators_language(kartoteka: Type) -> None:
    printed = kartoteka("--keys", "--lang", "uk").out
    assert any("Ctrl+S" in line and "Зберегти картку" in line for line in printed.splitlines())


def test_a_folder_that_is_no_store_is_named(kartoteka: Type, tmp_path: object) -> None:
    done = kartoteka("find", "x", "--store", str(tmp_path))
    # The folder of the test is empty: no store is made of it by a question.
    assert done.code == 3
    assert str(tmp_path) in done.err
    assert "Traceback" not in done.err


def test_bytes_that_are_no_text_are_refused_not_stored(kartoteka: Type) -> None:
    done = kartoteka("new", "person.last_name=\udcd8\udcf1")
    assert done.code == 2
    assert "UTF-8" in done.err


def test_an_empty_folder_becomes_a_store_and_another_does_not(kartoteka: Type, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    assert kartoteka("find", "шевч").code == 3
    assert kartoteka("new", "person.last_name=Шевченко").code == 0
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("Dear")
    done = kartoteka("new", "person.last_name=Шевченко", "--store", str(other), "--json")
    assert (done.code, done.error["code"]) == (3, "not-a-store")
    assert [each.name for each in other.iterdir()] == ["letter.txt"]


def test_with_json_an_interruption_is_json_too(kartoteka: Type, olena: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.cli.find.opened", interrupted)
    done = kartoteka("find", "шевч", "--json")
    assert (done.code, done.error["code"]) == (130, "interrupted")
    assert kartoteka("find", "шевч").err == "Interrupted.\n"


def test_of_many_mistakes_the_first_are_told(kartoteka: Type, olena: str) -> None:
    done = kartoteka("find", " ".join(f"foo{number}:1" for number in range(200)))
    assert done.code == 2 and "and 180 more" in done.err
    assert kartoteka("find", "foo:1 " * 200).err.count("foo") < 4


@pytest.mark.parametrize(
    "line",
    ["export - --query=--", "find x --limit=--", "find x --store=--", "changes --since=--", "--lang=--"],
)
def test_an_option_with_two_dashes_for_a_value_is_refused(kartoteka: Type, olena: str, line: str) -> None:
    done = kartoteka(*line.split())
    assert done.code == 2, done.err
    assert "expected one argument" in done.err or "invalid choice" in done.err
    assert not done.out


@pytest.mark.parametrize("line", ["changes --limit 9223372036854775808", "find шев --limit " + "9" * 5_000])
def test_a_limit_beyond_all_counting_is_no_limit(kartoteka: Type, olena: str, line: str) -> None:
    assert kartoteka(*line.split()).code == 0


def test_an_export_takes_words_that_exclude(kartoteka: Type, olena: str) -> None:
    taras = kartoteka("new", "person.last_name=Бойко").out.strip()
    done = kartoteka("export", "-", "--query", "-шевч")
    assert done.code == 0, done.err
    assert taras in done.out
    assert olena not in done.out


@pytest.mark.parametrize(
    "line", ["export --format csv -q", "export --format -x f.csv", "find x --json=--", "find --=--"]
)
def test_what_is_no_option_is_refused_as_it_was_typed(kartoteka: Type, olena: str, line: str) -> None:
    done = kartoteka(*line.split())
    assert done.code == 2
    assert "\0" not in done.err and "x00" not in done.err
    assert "expected one argument" not in done.err or "-x" in line


def test_an_empty_name_of_a_change_takes_nothing_back(kartoteka: Type, olena: str) -> None:
    assert kartoteka("undo", "").code == 1
    assert kartoteka("show", olena).code == 0


@pytest.mark.parametrize("field", ["tags.tags=,", "preferences.likes=;", "person.last_name= "])
def test_a_card_that_would_say_nothing_is_not_made(kartoteka: Type, olena: str, field: str) -> None:
    done = kartoteka("new", field)
    assert done.code == 2
    assert "would say nothing" in done.err
