import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from store.door import Edit
from tests.store.faults.killing import CLIENTS
from tests.store.stores import opened, segment_files


@pytest.fixture
def full(tmp_path: Path) -> Path:
    with opened(tmp_path / "store") as store:
        store.write([Edit(None, None, {"person": {"last_name": f"Клієнт {n}"}}) for n in range(CLIENTS)])
    return tmp_path / "store"


def run(*arguments: str) -> Any:
    command = [sys.executable, "-m", "tests.store.faults.killing", *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_a_hundred_writers_killed_at_random_moments_lose_nothing_they_said_was_saved(full: Path) -> None:
    acknowledged = run("random", str(full), "100")["acknowledged"]
    assert len(acknowledged) >= 100
    with opened(full) as store:
        saved = {card.serial: {row["text"] for row in card.document.get("tasks", ())} for card in store.cards()}
        assert len(saved) == CLIENTS
        assert not [
            (serial, value) for serials, value in acknowledged for serial in serials if value not in saved[serial]
        ]
        seqs = [change.seq for change in store.changes()]
        assert len(set(seqs)) == len(seqs) == len({(c.changeset, c.serial) for c in store.changes()})
        # The killed left no half: a changeset is on all its cards or on none.
        report = store.check()
    assert not report.findings
    for file in segment_files(full):
        with TinyDB(file, encoding="utf-8", access_mode="r") as plain:
            tables = plain.tables()
            assert {"clients", "changes"} <= tables
            assert all(document.get("uid") for document in plain.table("clients"))


def test_a_commit_of_several_files_cut_off_at_any_step_is_whole_or_not_there(full: Path) -> None:
    outcomes = run("sweep", str(full))["outcomes"]
    assert set(outcomes) == {"old", "new"}
    # Once it counts it counts: from the manifest on every cut ends in the new state.
    assert outcomes == sorted(outcomes, reverse=True)
    assert outcomes.count("old") > 10 and outcomes.count("new") > 5
