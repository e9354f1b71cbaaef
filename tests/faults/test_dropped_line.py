"""A line that drops, a shutdown, a kill at any keystroke: at most a second of typing is lost, and nothing is left."""

import fcntl
import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from store.door import open_store
from tests.faults.ledger import note
from tests.faults.scale import SCALE
from tests.tui.terminal.pty import Terminal

TYPED = "Гнатюк-Захарченко-Підгаєцький-Новосельцев"
PROMISE = "dropped line, SIGTERM, kill -9 at random keystrokes"
LIMIT = 1.0
"""Seconds of typing that may be lost."""


def drop(terminal: Terminal, how: str) -> None:
    if how == "line":
        terminal.hang_up()
    else:
        terminal.kill(signal.SIGTERM if how == "SIGTERM" else signal.SIGKILL)


def session_of(leader: int) -> list[int]:
    """The processes that a program has left behind."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                fields = Path("/proc", name, "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
            except OSError:
                continue
            if int(fields.split()[3]) == leader and fields.split()[0] != "Z":
                found.append(int(name))
    return found


def lock_is_free(path: Path) -> bool:
    with open(path / "lock", "rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def drafted(path: Path) -> str:
    with open_store(path, operator="tester") as store:
        drafts = list(store.drafts.list())
        said = [str(draft.document.get("person", {}).get("last_name", "")) for draft in drafts]
        said += [text for draft in drafts for text in draft.texts.values()]
        for draft in drafts:
            store.drafts.remove(draft.uid)
    return max(said, key=len, default="")


def note_seen(terminal: Terminal, seen: list[float]) -> None:
    """Note the time for every letter that has come to be shown: a machine may be slow to read what is typed."""
    text = terminal.text
    while len(seen) < len(TYPED) and TYPED[: len(seen) + 1] in text:
        seen.append(time.monotonic())


@pytest.mark.parametrize("how", ["line", "SIGTERM", "SIGKILL"])
def test_a_drop_at_any_keystroke_loses_at_most_a_second(tmp_path: Path, how: str) -> None:
    path = tmp_path / "store"
    open_store(path, create=True).close()
    command = [sys.executable, "-m", "tui", "--store", str(path), "--lang", "en"]
    dice = random.Random(how)
    lost, drops = [], SCALE.drops // 3
    for _ in range(drops):
        with Terminal(command) as terminal:
            terminal.wait_until("help")
            terminal.press("n")
            terminal.wait_until("● new")
            seen: list[float] = []
            for letter in TYPED[: dice.randrange(3, len(TYPED))]:
                terminal.send(letter)
                terminal.read(dice.random() * 0.08)
                note_seen(terminal, seen)
            end = time.monotonic() + dice.random() * 1.2
            while time.monotonic() < end:
                terminal.read(0.02)
                note_seen(terminal, seen)
            dropped = time.monotonic()
            drop(terminal, how)
            assert terminal.wait() is not None, "it does not end"
            assert session_of(terminal.pid) == []
        assert lock_is_free(path)
        kept = drafted(path)
        assert TYPED.startswith(kept)
        lost.append(max((dropped - at for at in seen[len(kept) :]), default=0.0))
    bad = sum(seconds > LIMIT for seconds in lost)
    note(PROMISE, drops, "drops", bad, "lost more than a second of typing, left a process or a lock")
    assert not bad, lost
