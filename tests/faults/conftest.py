"""Programs of the harness run beside the tests: what forks must not have the threads of a test runner."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults import ledger

Run = Callable[..., Any]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what an earlier run of `make faults` has tried."""
    done = ledger.done()
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in done])
    items[:] = [item for item in items if item.nodeid not in done]


@pytest.fixture(autouse=True)
def timed() -> None:
    """How long a test takes is noted with what it reached."""
    ledger.begin()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `tests.faults.PROGRAM` and return what it prints; a place for its stores is its last argument but one."""

    def run(program: str, *arguments: str) -> Any:
        command = [sys.executable, "-m", f"tests.faults.{program}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=Path(__file__).parents[2])
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        if isinstance(found, dict) and "missing" in found:
            pytest.skip(found["missing"])
        return found

    return run
