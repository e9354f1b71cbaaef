import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store import access, clock
from store.access import Access


def line(number: str, at: str = "2026-11-22T09:00:00Z") -> Access:
    return Access(at, "olena", "erase", number, "01JD", ("person.last_name",), "abc")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    access.add(tmp_path, [line("K-1-1"), line("K-2-2")])
    access.add(tmp_path, [line("K-3-3")])
    return tmp_path


def log(store: Path) -> Path:
    (file,) = (store / "access").iterdir()
    return file


def test_lines_are_added_and_read_in_order(store: Path) -> None:
    assert [entry.number for entry in access.entries(store)] == ["K-1-1", "K-2-2", "K-3-3"]
    assert next(access.entries(store)) == line("K-1-1")
    assert access.broken(store) == []
    assert log(store).stat().st_mode & 0o777 == 0o600


def test_the_chain_goes_on_from_month_to_month(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "stamp", lambda: "2126-12-01T00:00:00Z")
    access.add(store, [line("K-4-4")])
    assert len(list((store / "access").iterdir())) == 2
    assert access.broken(store) == []


def test_the_chain_holds_where_a_clock_was_ahead_once(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for moment in ("2126-12-01T00:00:00Z", "2126-11-01T00:00:00Z"):
        monkeypatch.setattr(clock, "stamp", lambda moment=moment: moment)
        access.add(store, [line("K-4-4", moment)])
    assert access.broken(store) == []
    assert len(list(access.entries(store))) == 5


def test_a_log_that_another_operator_made_is_added_to(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "stamp", lambda: log(store).stem + "-15T00:00:00Z")
    log(store).chmod(0o660)
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    access.add(store, [line("K-4-4")])
    assert len(list(access.entries(store))) == 4
    assert log(store).stat().st_mode & 0o777 == 0o660


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [lines[0].replace(b"K-1-1", b"K-9-9"), *lines[1:]],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [lines[0], b"no json", *lines[2:]],
    ],
    ids=["changed", "taken out", "moved", "spoilt"],
)
def test_a_line_that_was_tampered_with_breaks_the_chain(
    store: Path, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    lines = log(store).read_bytes().splitlines()
    log(store).write_bytes(b"\n".join(change(lines)) + b"\n")
    assert access.broken(store)


def test_a_line_that_a_crash_cut_off_gives_way_to_the_next(store: Path) -> None:
    with open(log(store), "ab") as file:
        file.write(b'{"at":"2026-')
    assert access.broken(store) == []
    access.add(store, [line("K-4-4")])
    assert [entry.number for entry in access.entries(store)][-2:] == ["K-3-3", "K-4-4"]
    assert access.broken(store) == []
