"""Tests know nothing of the machine they run on: home, settings, locale, language and operator are theirs alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui import i18n

LOCALE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
PROGRAM = ("KARTOTEKA_STORE", "KARTOTEKA_LANG", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
COLOURS = ("COLORTERM", "NO_COLOR", "EDITOR", "VISUAL")


@pytest.fixture(autouse=True)
def a_machine_of_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home: Path = tmp_path_factory.mktemp("home")
    for name in (*LOCALE, *PROGRAM, *COLOURS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("KARTOTEKA_OPERATOR", "tester")
    i18n.activate("en")
    yield
    i18n.activate("en")
