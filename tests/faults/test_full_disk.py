"""A full disk refuses a save and says so; what was there stays, and the save succeeds once there is room."""

import json
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.door import open_store
from store.errors import NotAllowed, StoreError, Unsure
from tests.faults.ledger import note
from tests.faults.operations import OPERATIONS, make_base
from tests.faults.scale import SCALE
from tests.faults.truth import digest, what_is_wrong

SIZE_KB = 3_072
OPERATIONS_TRIED = ("create", "edit", "edit of many", "delete", "import", "undo", "reindex", "first save of a day")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if os.geteuid():
        pytest.skip("only root may mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE_KB}k", "tmpfs", str(place)], capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"no disk may be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path, left: int) -> Path:
    """Leave so many bytes."""
    ballast = disk / "ballast"
    status = os.statvfs(disk)
    with open(ballast, "wb") as file:
        file.write(bytes(max(status.f_bavail * status.f_frsize - left, 0)))
    return ballast


@pytest.mark.parametrize("name", OPERATIONS_TRIED)
def test_a_full_disk_is_told_and_the_save_succeeds_once_there_is_room(small_disk: Path, name: str) -> None:
    operation, path = OPERATIONS[name], small_disk / "store"
    assert operation.act is not None
    make_base(path)
    with open_store(path, operator="olena") as store:
        operation.prepare(store)
    dice = random.Random(name)
    # Saves free as much as they take: room for the few pages that a save takes is where it gets tight.
    levels = [0, *(dice.randrange(1, 400) * 1024 for _ in range(SCALE.levels - 1))]
    refused = 0
    for level in levels:
        with open_store(path, operator="olena") as store:
            before = digest(path)
            ballast = fill(small_disk, level)
            try:
                operation.act(store)
            except NotAllowed as error:
                refused += 1
                assert digest(path) == before
                assert "space" in json.dumps(dict(error.details)) or "full" in json.dumps(dict(error.details))
            except Unsure:
                refused += 1
            except StoreError as error:
                refused += 1
                assert error.code.startswith("index-"), error
                assert digest(path) == before
            ballast.unlink()
            if refused and name not in ("delete", "undo"):
                operation.act(store)
            if name in ("delete", "undo"):
                break
        assert what_is_wrong(path) == ""
    note("a full disk", len(levels), "fill levels", 0, "lost saves or untrue messages")
    assert refused
