"""The program as it is started, in a pseudo-terminal of 80x24 columns: an operator's hour in a minute."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.door import Store, open_store
from tests.tui.screens.operator import add
from tests.tui.terminal.pty import Terminal


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "store"
    with open_store(path, create=True) as store:
        add(store, "Бондар", "Юхим", "+380671112233")
        add(store, "Шевченко", "Олена", "+380501234567")
    yield path


def program(folder: Path, **environment: str) -> Terminal:
    argv = [sys.executable, "-m", "tui", "--lang", "en", "--store", str(folder)]
    return Terminal(argv, environment={"KARTOTEKA_OPERATOR": "tester", **environment})


def last_name(store: Store, query: str) -> str:
    return str(store.card(store.find(query).rows(0, 1)[0].serial).document["person"]["last_name"])


def test_find_open_edit_save_quit(folder: Path) -> None:
    with program(folder) as terminal:
        terminal.wait_until("2 of 2")
        terminal.press("/", "шев")
        terminal.wait_until("1 of 2")
        terminal.press("Enter", "Enter")
        terminal.wait_until("1 Person")
        terminal.press("e", "\x15", "Шевчук")
        terminal.wait_until("not saved")
        terminal.press("\x13")
        terminal.wait_until("Saved")
        terminal.press("q")
        assert terminal.wait() == 0
    with open_store(folder) as store:
        assert last_name(store, "олена") == "Шевчук"


def test_typed_at_once_without_waiting_for_the_screen(folder: Path) -> None:
    with program(folder) as terminal:
        terminal.wait_until("2 of 2")
        terminal.send("n" + "Гнатюк" + "\r" + "Марія" + "\x13")
        terminal.wait_until("Saved")
        terminal.press("q")
        assert terminal.wait() == 0
    with open_store(folder) as store:
        assert last_name(store, "марія") == "Гнатюк"


def test_command_keys_typed_in_a_ukrainian_layout(folder: Path) -> None:
    with program(folder) as terminal:
        terminal.wait_until("2 of 2")
        terminal.press("о")  # j
        terminal.press("у")  # e
        terminal.wait_until("1 Person")
        terminal.wait_until("F1 ")
        terminal.press("\x15", "Шевчук", "\x13")
        terminal.wait_until("Saved")
        terminal.press("й")  # q
        assert terminal.wait() == 0
    with open_store(folder) as store:
        assert last_name(store, "олена") == "Шевчук"


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_draft_outlives_a_dropped_line_and_is_offered_back(folder: Path, number: signal.Signals) -> None:
    with program(folder) as terminal:
        terminal.wait_until("2 of 2")
        terminal.press("e", "ко")
        terminal.wait_until("Бондарко")
        terminal.kill(number)
        assert terminal.wait() == 128 + number
    with program(folder) as terminal:
        terminal.wait_until("Бондарко Юхим: typed")
        terminal.press("Enter")
        terminal.wait_until("not saved")
        terminal.press("\x13")
        terminal.wait_until("Saved")
        terminal.press("q")
        assert terminal.wait() == 0
    with open_store(folder) as store:
        assert last_name(store, "юхим") == "Бондарко"
        assert not list(store.drafts.list())


@pytest.mark.parametrize(
    ("editor", "message"), [("no-such-editor", "no-such-editor cannot be started"), ("false", "false ended with")]
)
def test_an_editor_that_does_not_work_is_told_and_the_note_is_still_there(
    folder: Path, editor: str, message: str
) -> None:
    with program(folder, VISUAL="", EDITOR=editor) as terminal:
        terminal.wait_until("2 of 2")
        terminal.press("Enter")
        terminal.wait_until("1 Person")
        terminal.press("[", "Enter")
        terminal.wait_until("in $EDITOR")
        terminal.press("abc", "\x05")
        terminal.wait_until(message)
        terminal.press("def", "\x13")
        terminal.wait_until("abcdef")
        terminal.press("\x13")
        terminal.wait_until("Saved")
        terminal.press("q")
        assert terminal.wait() == 0


def test_a_small_window_asks_for_room_and_goes_on(folder: Path) -> None:
    with program(folder) as terminal:
        terminal.wait_until("2 of 2")
        terminal.resize(30, 8)
        terminal.wait_until("Make the window larger")
        terminal.resize(80, 24)
        terminal.wait_until("Бондар Юхим")
        terminal.press("q")
        assert terminal.wait() == 0
