"""The write-ahead log is brought home beside the saves, and begins anew."""

import threading
from itertools import pairwise
from pathlib import Path

import pytest

from store.errors import Damaged
from store.index import Index
from store.index.files import log_size
from store.index.homing import EVERY, Homing
from tests.store.index.conftest import SCHEMA, put
from tests.store.index.people import cards

HERE = "here"


class Log:
    """Notes who copies, and lets nobody go on copying aside before it is said."""

    def __init__(self) -> None:
        self.copied: list[str] = []
        self.may_end = threading.Event()
        self._caller = threading.get_ident()

    def __call__(self) -> None:
        is_here = threading.get_ident() == self._caller
        self.copied.append(HERE if is_here else "aside")
        if not is_here:
            assert self.may_end.wait(60)


def test_it_is_copied_aside_and_the_rest_by_the_next_who_saves() -> None:
    log = Log()
    homing = Homing(log, lambda: False)
    for _ in range(EVERY):
        assert log.copied == []
        homing.updated()
    for _ in range(EVERY):
        homing.updated()  # while it is still copied
    (aside,) = [thread for thread in threading.enumerate() if thread.name == "index log"]
    log.may_end.set()
    aside.join()
    assert log.copied == ["aside"]
    homing.updated()
    assert log.copied == ["aside", HERE]
    homing.updated()
    homing.finish()
    assert log.copied == ["aside", HERE, "aside"], "so many more were written meanwhile"


def test_what_goes_wrong_aside_is_left_to_whoever_asks_next(monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", raised.append)
    begun: list[str] = []

    def damaged() -> None:
        begun.append("")
        raise Damaged("index-damaged", file="index.sqlite3", reason="")

    homing = Homing(damaged, lambda: True)
    for _ in range(EVERY):
        homing.updated()
    homing.finish()
    assert begun and not raised


def test_closing_waits_for_it_and_nothing_is_lost(tmp_path: Path) -> None:
    index = Index.open(tmp_path / "index.sqlite3", SCHEMA)
    some = list(cards(3 * EVERY, seed=1))
    for card in some:
        put(index, [card])
    index.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "index log"]
    again = Index.open(tmp_path / "index.sqlite3", SCHEMA)
    assert again.count() == len(some)
    again.close()


def test_many_who_save_once_leave_no_long_log_beside_one_that_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, much = tmp_path / "index.sqlite3", 200_000
    monkeypatch.setattr("store.index.index.MUCH_LOG", much)
    stays = Index.open(place, SCHEMA)
    sizes = []
    for card in cards(60, seed=2):
        once = Index.open(place, SCHEMA)
        put(once, [card])
        once.close()
        sizes.append(log_size(place))
    assert sum(later - earlier for earlier, later in pairwise(sizes) if later > earlier) > much, "it grew at all"
    assert max(sizes) < 3 * much
    assert stays.count() == 60
    stays.close()
