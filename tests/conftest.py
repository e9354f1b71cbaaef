"""Tests know nothing of the machine they run on: home, settings, locale, language and operator are theirs alone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tui import i18n

LOCALE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "TZ")
PROGRAM = ("KARTOTEKA_STORE", "KARTOTEKA_LANG", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
COLOURS = ("COLORTERM", "NO_COLOR", "EDITOR", "VISUAL")

# A busy machine is no fault of the program: nothing here is timed. CI has the same examples each time.
settings.register_profile(
    "kartoteka", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("kartoteka")


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
