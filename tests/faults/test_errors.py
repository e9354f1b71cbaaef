"""Any system call may fail: the store is as before or as wanted, says truly which, and the next try succeeds."""

from pathlib import Path

import pytest

from tests.faults.conftest import Run
from tests.faults.ledger import note
from tests.faults.operations import OPERATIONS
from tests.faults.scale import SCALE

PROMISE = "each system call fails with ENOSPC, EDQUOT, EIO, EROFS, EMFILE or EINTR"
LEAST_CASES = 15


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_failing_call_is_told_truly_and_the_next_try_succeeds(run: Run, tmp_path: Path, operation: str) -> None:
    # The commonest of all completely, whatever the size.
    every = SCALE.every_error or operation == "edit"
    most = 100_000 if operation == "edit" else SCALE.failed_calls
    outcomes = run("failing", operation, str(tmp_path), "every" if every else "one", str(most))
    bad = [outcome for outcome in outcomes if outcome["wrong"]]
    note(PROMISE, len(outcomes), "failed calls", len(bad), "untrue messages, lost saves or failed second tries")
    assert not bad, bad[:3]
    assert len(outcomes) >= LEAST_CASES
    # The harness hits: some of them were refused.
    assert {outcome["said"] for outcome in outcomes} > {"done"}
