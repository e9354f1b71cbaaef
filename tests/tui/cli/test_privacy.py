"""A client erased by the command line."""

import io
import sys
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Type


class Keyboard(io.StringIO):
    """A terminal somebody types at."""

    def isatty(self) -> bool:
        return True


def typing(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard(text))


def test_a_client_is_erased_and_what_remains_is_told(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    done = kartoteka("privacy", "erase", olena, "--yes", "--json")
    assert (done.code, done.value["number"], done.value["already"]) == (0, olena, False)
    shown = kartoteka("show", olena, "--json")
    assert (shown.code, shown.error["code"], shown.error["number"]) == (1, "client-erased", olena)
    assert kartoteka("new", f"number={olena}", "person.last_name=Інша").code == 5
    assert kartoteka("privacy", "erase", olena, "--json").value["already"] is True
    (log,) = (tmp_path / "store" / "access").iterdir()
    assert olena in log.read_text(encoding="utf-8")
    assert kartoteka("check").code == 0


def test_it_is_asked_for_the_number_and_another_one_erases_nobody(
    kartoteka: Type, olena: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for typed in ("y\n", "\n", "K-1111-1\n", ""):
        typing(monkeypatch, typed)
        done = kartoteka("privacy", "erase", olena)
        assert done.code == 1 and "Nothing was erased" in done.err and "Шевченко Олена" in done.err
    typing(monkeypatch, "к 4821 7\n")
    assert kartoteka("privacy", "erase", olena).code == 0
    assert kartoteka("show", olena).code == 1


def test_a_script_must_say_yes(kartoteka: Type, olena: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for stdin in (io.StringIO(f"{olena}\n"), None):
        monkeypatch.setattr(sys, "stdin", stdin)
        assert kartoteka("privacy", "erase", olena).code == 2
    assert kartoteka("show", olena).code == 0


def test_undo_says_clearly_that_it_is_final(kartoteka: Type, olena: str) -> None:
    kartoteka("privacy", "erase", olena, "--yes")
    undone = kartoteka("undo", "--json")
    assert (undone.code, undone.error["code"]) == (4, "erase-final")
    listed = kartoteka("changes").out
    assert "client erased for good" in listed and "Шевченко" not in listed


def test_a_backup_from_before_is_restored_without_the_client_and_says_so(
    kartoteka: Type, olena: str, tmp_path: Path
) -> None:
    backup = str(tmp_path / "before.tar")
    assert kartoteka("backup", backup).code == 0
    kartoteka("privacy", "erase", olena, "--yes")
    assert kartoteka("restore", backup, "--yes", "--json").value["erased_again"] == [olena]
    told = kartoteka("restore", backup, "--yes").err
    assert olena in told and "not brought back" in told
    assert kartoteka("find", "шевченко").code == 1
