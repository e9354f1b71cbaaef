"""Each code of the store is said as a sentence."""

import ast
import datetime
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import store
from store.errors import Clash, Conflict, Invalid, NotFound, Problem
from store.kinds import KINDS, Reading
from store.schema import Field, Schema
from store.standard import STANDARD_SECTIONS
from tui import i18n
from tui.i18n.problems import say
from tui.i18n.sentences import SENTENCES

CODE_AT = {
    "NotFound": 0,
    "Conflict": 0,
    "NotAllowed": 0,
    "Damaged": 0,
    "Busy": 0,
    "Unsure": 0,
    "Finding": 0,
    "refused": 0,
    "Refused": 0,
    "Unreadable": 0,
    "Problem": 1,
    "report": 1,
    "keep": 3,
}
"""Which argument of what raises or tells a problem is its code."""


def codes_of_the_store() -> Iterator[tuple[str, str]]:
    for path in sorted(Path(store.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name not in CODE_AT:
                continue
            named = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            given = named or node.args[CODE_AT[name] : CODE_AT[name] + 1]
            if given and isinstance(given[0], ast.JoinedStr):
                continue  # `{kind}-unreadable`: the kinds are asked themselves below
            for part in ast.walk(given[0]) if given else ():
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value, f"{path.name}:{node.lineno}"


def test_every_code_that_the_store_raises_has_its_sentence() -> None:
    found = dict(codes_of_the_store())
    assert len(found) > 20, "the codes are not found any more: see CODE_AT"
    assert {code: place for code, place in found.items() if code not in SENTENCES} == {}


def test_every_kind_says_what_is_wrong_with_a_value_in_words_we_have() -> None:
    hostile = ["", "x", "99.99.9999", "\ud800", 5, -1, 1.5, None, [], {}, ["\ud800"], "2026-02-30", "1e9999", True]
    unsaid = set()
    for name, kind in KINDS.items():
        field = Field("it", name, {}, least=1, most=5)
        unsaid |= {code for value in hostile if (code := kind.check(value, field)) and code not in SENTENCES}
    assert unsaid == set()


@pytest.mark.parametrize("name", list(KINDS))
def test_every_kind_says_in_words_we_have_what_it_cannot_read(name: str) -> None:
    unsaid = set()
    for typed in ("99.99.9999", "???", "-", "1e9999", "\ud800", "a b@c", "+", "9" * 400, "0", "[/]"):
        try:
            KINDS[name].read(typed, Field("it", name, {}, least=1, most=5), Reading(datetime.date(2026, 11, 22)))
        except Invalid as error:
            unsaid |= {problem.code for problem in error.problems if problem.code not in SENTENCES}
    assert unsaid == set()


def test_sentences_name_their_values_plainly() -> None:
    for code, sentence in SENTENCES.items():
        for _text, name, spec, conversion in string.Formatter().parse(sentence):
            assert name is None or (name.isidentifier() and not spec and not conversion), code


def test_a_problem_says_where_and_what_and_keeps_what_was_typed() -> None:
    i18n.activate("en")
    schema = Schema.from_data(STANDARD_SECTIONS)
    problem = Problem("person.birth_date", "date-unreadable", "99.99.99")
    assert say(problem, schema).startswith("Person: Birth date: ")
    assert "99.99.99" in say(problem, schema)
    assert say(problem).startswith("person.birth_date: ")


def test_choices_are_named_as_the_form_offers_them() -> None:
    i18n.activate("uk")
    problem = Problem("person.sex", "choice-unknown", "x", details={"choices": ["female", "male"]})
    assert "жіноча, чоловіча" in say(problem, Schema.from_data(STANDARD_SECTIONS))
    assert "жіноча, чоловіча" in say(problem)
    own = Problem("pets.sex", "choice-unknown", "x", details={"choices": ["cat", "dog"]})
    assert "cat, dog" in say(own)


def test_a_problem_of_an_imported_row_names_the_row() -> None:
    i18n.activate("en")
    assert say(Problem("contacts[0].value", "phone-unreadable", "12", row=7)).startswith("Row 7, contacts[0].value: ")


def test_all_problems_are_said_not_only_the_first() -> None:
    i18n.activate("en")
    several = Invalid([Problem("a.b", "date-unreadable", "x"), Problem("c.d", "phone-unreadable", "y")])
    assert len(say(several).splitlines()) == 2


def test_a_conflict_names_the_fields() -> None:
    i18n.activate("en")
    assert "person.sex" in say(Conflict("changed-meanwhile", [Clash("person.sex", None, "male", "female")]))


def test_braces_in_what_was_typed_are_only_text() -> None:
    i18n.activate("en")
    assert "{reference!r:>9}" in say(NotFound("client-missing", reference="{reference!r:>9}"))


def test_an_unknown_code_or_a_missing_value_is_shown_and_does_not_end_the_program() -> None:
    i18n.activate("en")
    assert say(NotFound("never-heard-of")) == "never-heard-of"
    assert "…" in say(NotFound("client-missing"))


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_a_missing_file_a_folder_and_a_forbidden_file_are_said_with_their_name(language: str) -> None:
    i18n.activate(language)
    for error in (
        FileNotFoundError(2, "", "a.csv"),
        PermissionError(13, "", "a.csv"),
        IsADirectoryError(21, "", "a.csv"),
    ):
        assert "a.csv" in say(error)
    assert "disk full" in say(OSError(28, "disk full", "a.csv"))


@pytest.mark.parametrize(("language", "known"), [("uk", "місто, тег"), ("ru", "город, тег"), ("en", "city, tag")])
def test_filters_that_exist_are_told_in_the_operators_language(language: str, known: str) -> None:
    problem = Problem("", "filter-unknown", "спасибо", details={"known": ["city", "tag", "own.field"]})
    i18n.activate(language)
    try:
        assert f"{known}, own.field" in say(problem)
    finally:
        i18n.activate("en")


def test_a_long_value_is_not_repeated_whole() -> None:
    assert len(say(NotFound("client-missing", number="9" * 100_000))) < 1_200
