"""Plain TinyDB, one file, in the same harness: what the store's segments, lock and atomic writes are for."""

import random
from pathlib import Path

from tinydb import TinyDB

from tests.faults.conftest import Run
from tests.faults.ledger import note
from tests.faults.rot import damage
from tests.faults.scale import SCALE


def test_kills_leave_plain_tinydb_unreadable(run: Run, tmp_path: Path) -> None:
    outcomes = run("plain", "kill", str(tmp_path))
    bad = [outcome for outcome in outcomes if outcome["left"] not in ("old", "new")]
    note("plain TinyDB: kill at every system call of an edit", len(outcomes), "kill points", len(bad), "unreadable")
    assert bad


def test_two_processes_lose_each_others_saves_in_plain_tinydb(run: Run, tmp_path: Path) -> None:
    found = run("plain", "writers", str(tmp_path))
    note("plain TinyDB: 4 processes save at once", found["acknowledged"], "saves", found["lost"], "lost")
    assert found["lost"] or found["errors"]


def test_plain_tinydb_shows_wrong_values_from_a_damaged_file(tmp_path: Path) -> None:
    file = tmp_path / "db.json"
    cases = SCALE.damages // 4
    unnoticed = 0
    for case in range(cases):
        file.unlink(missing_ok=True)
        with TinyDB(file) as db:
            db.insert_multiple({"name": f"Client {n}", "phone": f"+38067123{n:04}"} for n in range(40))
            right = db.all()
        damage(file, random.Random(case))
        try:
            with TinyDB(file) as db:
                unnoticed += db.all() != right
        except (ValueError, TypeError, AttributeError):
            pass
    note("plain TinyDB: damaged files", cases, "damages", unnoticed, "wrong values shown")
    assert unnoticed
