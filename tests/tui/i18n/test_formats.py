"""Numbers and moments as people of the language write them."""

import pytest

from tui import i18n
from tui.i18n.formats import count, moment


@pytest.mark.parametrize(
    ("language", "written"), [("uk", "1\N{NO-BREAK SPACE}204"), ("ru", "1\N{NO-BREAK SPACE}204"), ("en", "1,204")]
)
def test_thousands_stand_apart(language: str, written: str) -> None:
    i18n.activate(language)
    assert count(1204) == written


def test_a_moment_is_told_by_the_clock_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Europe/Kyiv")
    time.tzset()
    try:
        i18n.activate("uk")
        assert moment("2026-07-22T22:14:03Z") == "23.07.2026 01:14"
        i18n.activate("en")
        assert moment("2026-07-22T22:14:03Z") == "2026-07-23 01:14"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_a_foreign_hand_wrote_as_a_moment_is_shown_as_it_is() -> None:
    assert moment("yesterday") == "yesterday"
