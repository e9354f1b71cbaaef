"""Many operators save at once, and some of their processes are killed: nothing is lost, nothing is there twice."""

from pathlib import Path

from tests.faults.conftest import Run
from tests.faults.ledger import note
from tests.faults.scale import SCALE


def test_processes_killed_while_all_save_lose_and_double_nothing(run: Run, tmp_path: Path) -> None:
    found = run("writers", str(tmp_path), str(SCALE.writers), str(SCALE.edits))
    promise = f"{SCALE.writers} processes × {SCALE.edits} edits while random ones are killed"
    bad = found["lost"] + found["doubled"] + bool(found["wrong"])
    note(promise, found["acknowledged"], f"saves, {found['killed']} kills", bad, "lost, doubled or not as in the index")
    assert (found["lost"], found["doubled"], found["wrong"], found["errors"]) == (0, 0, "", [])
    assert found["acknowledged"] >= SCALE.writers * SCALE.edits
    assert found["killed"] >= SCALE.writers // 2
