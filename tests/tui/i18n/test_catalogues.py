"""The three catalogues say everything the program says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import tui
from tui.i18n import LANGUAGES
from tui.i18n.extraction import FUNCTIONS, messages

ROOT = Path(tui.__file__).parent
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[sdr]|%[sdr]")
FORMS = {"uk": 3, "ru": 3, "en": 2}


def catalogue(language: str) -> Catalog:
    path = ROOT / "i18n" / "locales" / language / "LC_MESSAGES" / "kartoteka.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts_of_the_code() -> set[str | tuple[str, ...]]:
    found: set[str | tuple[str, ...]] = set()
    for path in ROOT.rglob("*.py"):
        with path.open("rb") as file:
            found.update(text for _line, _function, text, _comments in messages(file, (), (), {}))
    return found


def said(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [str(message.string)]


def translated(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_program_is_in_the_catalogue_and_no_other(language: str) -> None:
    known = {message.id if isinstance(message.id, str) else tuple(message.id) for message in translated(language)}
    assert texts_of_the_code() - known == set(), "run `make catalogues` and translate"
    assert known - texts_of_the_code() == set(), "run `make catalogues`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_in_every_plural_form(language: str) -> None:
    untranslated = [
        message.id
        for message in translated(language)
        if not all(said(message)) or (message.pluralizable and len(said(message)) != FORMS[language])
    ]
    assert untranslated == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_text(language: str) -> None:
    wrong = []
    for message in translated(language):
        wanted = set(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[1]))
        wrong += [text for text in said(message) if set(PLACEHOLDER.findall(text)) != wanted]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_catalogue_is_doubtful_or_obsolete(language: str) -> None:
    texts = catalogue(language)
    assert not texts.fuzzy
    assert [message.id for message in texts if message.fuzzy] == []
    assert list(texts.obsolete) == []


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_a_translation_speaks_no_other_language(language: str) -> None:
    foreign = {"uk": "ыъэёЫЪЭЁ", "ru": "іїєґІЇЄҐ"}[language]
    assert [text for message in translated(language) for text in said(message) if set(text) & set(foreign)] == []


def test_texts_are_plain_strings_that_extraction_finds() -> None:
    """`_(f"…")` or `_(name + "…")` would be looked up in vain."""
    built = []
    for path in ROOT.rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        for node in calls:
            takes_text = isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS
            if takes_text and any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in node.args[:1]):
                built.append(f"{path}:{node.lineno}")
    assert built == []
