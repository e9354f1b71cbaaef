"""Killed when it enters any of its system calls, no operation loses what was acknowledged or leaves a half."""

from pathlib import Path

import pytest

from tests.faults.conftest import Run
from tests.faults.ledger import note
from tests.faults.operations import OPERATIONS
from tests.faults.scale import SCALE

PROMISE = "kill at every system call of every operation"
LEAST_POINTS = 30
"""Of the smallest operation."""


def test_of_calls_between_which_nothing_is_changed_each_leaves_the_same(run: Run, tmp_path: Path) -> None:
    all_killed = run("killing", "edit", str(tmp_path / "all"), "0", "1", "1")
    first_killed = run("killing", "edit", str(tmp_path / "first"), "0", "1", "0")
    assert [outcome["left"] for outcome in all_killed] == [outcome["left"] for outcome in first_killed]


@pytest.mark.parametrize("dice", range(SCALE.stores))
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_kill_at_any_system_call_leaves_the_old_or_the_new_state(
    run: Run, tmp_path: Path, operation: str, dice: int
) -> None:
    each = SCALE.of_variants if OPERATIONS[operation].is_variant else 1
    outcomes = run("killing", operation, str(tmp_path), str(dice), str(each), str(int(SCALE.every_kill)))
    bad = [outcome for outcome in outcomes if outcome["left"] not in ("old", "new", "unchanged")]
    note(PROMISE, len(outcomes), "kill points", len(bad), "saves lost or files unreadable")
    assert not bad, bad[:3]
    assert len(outcomes) >= LEAST_POINTS // each
    if OPERATIONS[operation].opening_finishes:
        # What is done when a store is opened is done by whoever opens it next, killed or not.
        assert {outcome["left"] for outcome in outcomes} == {"new"}
    elif OPERATIONS[operation].in_files:
        assert {outcome["left"] for outcome in outcomes} == {"old", "new"}
