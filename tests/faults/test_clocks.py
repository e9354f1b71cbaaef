"""A clock that jumps confuses nobody: order is by sequence."""

import datetime
import os
from pathlib import Path

import pytest

from store.door import Edit, open_store
from tests.faults.operations import make_base
from tests.faults.truth import what_is_wrong

YEARS = (2026, 1970, 2038, 2039, 2001, 2026, 1970, 9999)


def test_the_order_of_changes_is_that_of_saving_whatever_the_clock_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_base(tmp_path / "store")
    for place, year in enumerate(YEARS):
        moment = datetime.datetime(year, 1, 19, 3, 14, 8, tzinfo=datetime.UTC)
        monkeypatch.setattr("store.clock.now", lambda moment=moment: moment)
        with open_store(tmp_path / "store", operator="olena") as store:
            before = store.card(5).document
            store.write([Edit(5, before, {**before, "notes": {"text": f"{place}"}})])
            assert store.history(5)[0].at.startswith(f"{year}-01-19")
    with open_store(tmp_path / "store", operator="olena") as store:
        said = [change.fields[0].after for change in store.history(5)[: len(YEARS)]]
        assert said == [f"{place}" for place in reversed(range(len(YEARS)))]
        assert [change.seq for change in store.changes()] == sorted((c.seq for c in store.changes()), reverse=True)
        assert [change.fields[0].after for change in store.changes(limit=len(YEARS))] == said
        # What was done last is undone first.
        for place in reversed(range(len(YEARS) - 1)):
            store.undo()
            assert store.card(5).document["notes"]["text"] == f"{place}"
    assert what_is_wrong(tmp_path / "store") == ""


def test_a_modification_time_that_did_not_move_hides_no_foreign_change(tmp_path: Path) -> None:
    make_base(tmp_path / "store")
    file = tmp_path / "store" / "clients" / "00000.json"
    other = tmp_path / "other"
    make_base(other)
    with open_store(other, operator="olena") as store:
        before = store.card(5).document
        store.write([Edit(5, before, {**before, "person": {**before["person"], "last_name": "Перейменований"}})])
    times = file.stat()
    content = (other / "clients" / "00000.json").read_bytes()
    file.unlink()
    file.write_bytes(content)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    with open_store(tmp_path / "store") as store:
        assert store.find("перейменований").total == 1
