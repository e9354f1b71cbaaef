"""Erasing that is killed, refused by the disk or met by another."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store import access, disk, erasing
from store.card import Card
from store.door import Edit, Store
from store.errors import Busy, NotAllowed, NotFound
from store.snapshots import snapshots, take
from store.snapshots.restoring import prove
from tests.store.erasable import friend, left, lukeria
from tests.store.stores import opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store") as store:
        yield store


class Killed(BaseException):
    """The program dies."""


CALLS = ("open", "write", "fsync", "rename", "unlink", "pwrite", "fchmod", "ftruncate")


def dying_at(monkeypatch: pytest.MonkeyPatch, count: int) -> Callable[[], int]:
    """Die at the call of that number; tells how many calls there were."""
    calls = 0

    def wrap(name: str) -> None:
        real = getattr(os, name)

        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls >= count:
                raise Killed
            return real(*arguments, **options)

        monkeypatch.setattr(os, name, call)

    for name in CALLS:
        wrap(name)
    return lambda: calls


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store of two segments with a client in the one, a friend of hers in the other, and a snapshot."""
    path = tmp_path_factory.mktemp("full") / "store"
    with opened(path) as store:
        card = lukeria(store)
        store.write([Edit(None, None, {"person": {"last_name": f"Клієнт {n}"}}) for n in range(70)])
        friend(store, card)
        take(store)
    return path, card.number


def test_killed_at_any_call_it_is_finished_by_who_opens_the_store_next(full: tuple[Path, str], tmp_path: Path) -> None:
    """After any call either nothing was done and everything is there, or all of it is done by the next opening."""
    path, number = full
    outcomes, count = [], 0
    while True:
        count += 1
        place = tmp_path / str(count)
        shutil.copytree(path, place)
        store = opened(place)
        with pytest.MonkeyPatch.context() as patch:
            calls = dying_at(patch, count)
            try:
                erasing.erase(store, number)
                done = True
            except Killed:
                done = False
            made = calls()
        store.index.close()  # the process is gone, and so are its locks
        if store._lock:
            store._lock.close()
        with opened(place) as again:
            try:
                again.get(number)
                outcomes.append("old")
                assert not (place / "erasing.json").exists()
                prove(snapshots(place)[0].path)
            except NotFound:
                outcomes.append("new")
                assert left(place) == []
                assert len(list(access.entries(place))) == 1 and access.broken(place) == []
                for snapshot in snapshots(place):
                    prove(snapshot.path)
            assert again.check().findings == ()
        shutil.rmtree(place)
        if done:
            assert made < count
            break
    assert outcomes == sorted(outcomes, reverse=True)
    assert outcomes.count("old") > 3 and outcomes.count("new") > 40


@pytest.mark.parametrize("writes", range(5))
def test_a_disk_that_refuses_is_told_and_erasing_again_finishes_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    card = lukeria(store)
    take(store)
    real, room = disk.write_new, writes

    def refuse(*arguments: Any, **options: Any) -> Any:
        nonlocal room
        room -= 1
        if room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments, **options)

    with monkeypatch.context() as full, pytest.raises(NotAllowed) as refusal:
        full.setattr(disk, "write_new", refuse)
        erasing.erase(store, card.number)
    assert refusal.value.code == ("erase-unfinished" if writes else "disk-refused")
    begun = [finding.code for finding in store.check().findings if finding.code == "erase-interrupted"]
    assert len(begun) == (1 if writes else 0)
    assert erasing.erase(store, card.number).number == card.number
    assert left(store.path) == [] and store.check().findings == ()


def test_who_is_just_being_erased_by_another_is_left_to_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "OPENING_PATIENCE", 0)
    monkeypatch.setattr("store.segments.lock.PATIENCE", 0)
    card = lukeria(store)
    (store.path / erasing.FILE).write_text("{}", encoding="utf-8")
    with store.writing():
        other = opened(store.path, "petro")
        with pytest.raises(Busy):
            other_erases(other, card)
    assert other.get(card.number).card.serial == card.serial
    other.close()


def other_erases(other: Store, card: Card) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        pool.submit(erasing.erase, other, card.number).result()
