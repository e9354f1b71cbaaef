"""The harness has teeth: writers with a fault each are caught by it."""

from pathlib import Path

import pytest

from tests.faults.conftest import Run


@pytest.mark.parametrize("mutant", ["no file fsync", "no folder fsync", "rename before fsync"])
@pytest.mark.parametrize("operation", ["edit", "edit of many"])
def test_a_writer_that_spares_the_disk_is_caught(run: Run, tmp_path: Path, mutant: str, operation: str) -> None:
    tally = run("crash_states", operation, str(tmp_path), "200", "0", mutant)
    assert set(tally) - {"old", "new"}, "nothing was noticed"


def test_writers_without_a_lock_are_caught(run: Run, tmp_path: Path) -> None:
    found = run("writers", str(tmp_path), "4", "40", "no lock")
    assert found["lost"] or found["doubled"] or found["wrong"], "nothing was noticed"
