"""Whoever holds the lock and hangs stops nobody from reading, and is named to those who wait."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.door import Edit, open_store
from store.errors import Busy
from tests.faults.operations import make_base
from tests.faults.truth import what_is_wrong

HOLDER = """
import os, signal, sys
from store.door import open_store
with open_store(sys.argv[1], operator="hanna") as store, store.writing():
    print("held", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    make_base(tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def holder(path: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
        yield process
        process.kill()


def test_others_open_read_and_search_while_it_hangs(path: Path, holder: "subprocess.Popen[str]") -> None:
    with open_store(path, operator="petro") as store:
        assert store.card(5).number
        assert store.find("клієнт5").total
        assert store.history(3)
        assert store.data_version()


def test_who_waits_is_told_who_holds_it(
    path: Path, holder: "subprocess.Popen[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.segments.lock.PATIENCE", 0.05)
    with open_store(path, operator="petro") as store:
        before = store.card(5).document
        with pytest.raises(Busy) as caught:
            store.write([Edit(5, before, {**before, "tasks": [{"text": "waits"}]})])
        assert caught.value.code == "store-locked"
        assert (caught.value.details["operator"], caught.value.details["pid"]) == ("hanna", holder.pid)
        assert caught.value.details["since"]
        assert store.card(5).document == before


def test_saves_go_on_once_it_goes_on_or_is_killed(path: Path, holder: "subprocess.Popen[str]") -> None:
    holder.send_signal(signal.SIGCONT)
    assert holder.wait() == 0
    assert what_is_wrong(path) == ""


def test_saves_go_on_once_it_is_killed(path: Path, holder: "subprocess.Popen[str]") -> None:
    holder.kill()
    holder.wait()
    assert what_is_wrong(path) == ""
