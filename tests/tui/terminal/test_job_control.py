"""A program that nobody could wake is not stopped."""

import subprocess
import sys
from typing import Any

import pytest

from store.door import Store
from tests.tui.screens.conftest import store as store
from tests.tui.screens.operator import at_work

ASK = "from tui.terminal.job_control import can_be_woken; print(can_be_woken())"


@pytest.mark.parametrize(
    ("start", "answer"),
    [({"process_group": 0}, "True"), ({}, "False"), ({"start_new_session": True}, "False")],
    ids=["a job of a shell", "part of the parent's job", "a session of its own"],
)
def test_only_a_shell_that_made_a_job_of_it_can_wake_it(start: dict[str, Any], answer: str) -> None:
    asked = subprocess.run([sys.executable, "-c", ASK], check=True, capture_output=True, text=True, **start)
    assert asked.stdout.strip() == answer


async def test_who_presses_it_for_undo_is_told_the_key_where_the_program_could_not_be_woken(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app.can_be_woken", lambda: False)
    async with at_work(store) as operator:
        await operator.press("ctrl+z")
        await operator.sees("u takes the last change back; Ctrl+Z does nothing here")
