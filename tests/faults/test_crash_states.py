"""Whatever a lost power leaves of an operation, the store opens, whole, with all that was acknowledged."""

from pathlib import Path

import pytest

from tests.faults.conftest import Run
from tests.faults.ledger import note
from tests.faults.operations import OPERATIONS
from tests.faults.scale import SCALE

PROMISE = "every state a lost power may leave is replayed"


@pytest.mark.parametrize("dice", range(SCALE.crash_stores))
@pytest.mark.parametrize("operation", OPERATIONS)
def test_lost_power_leaves_the_old_or_the_new_state(run: Run, tmp_path: Path, operation: str, dice: int) -> None:
    most = SCALE.crash_states // (SCALE.of_variants if OPERATIONS[operation].is_variant else 1)
    tally = run("crash_states", operation, str(tmp_path), str(most), str(dice))
    bad = {state: count for state, count in tally.items() if state not in ("old", "new", "unchanged")}
    note(PROMISE, sum(tally.values()), "crash states", sum(bad.values()), "saves lost, halves or files unreadable")
    assert not bad
    if OPERATIONS[operation].in_files or OPERATIONS[operation].opening_finishes:
        assert set(tally) >= {"new"}
