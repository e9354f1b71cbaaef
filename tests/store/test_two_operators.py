"""Several processes and threads over one store: nothing is lost, and who can't have their way is told."""

import json
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from store.door import Edit, Store, open_store
from store.errors import Busy, Conflict
from store.segments import lock
from tests.store.stores import add, change, opened, person, remove

WRITER = """
import json, sys
from store.door import Edit, open_store
from store.segments import lock
from store.errors import Conflict
lock.PATIENCE = 60.0
path, who, serials, times = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), int(sys.argv[4])
done = refused = 0
with open_store(path, operator=who) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(times):
        for serial in serials:
            before = store.card(serial).document
            after = {**before, "tasks": [*before.get("tasks", ()), {"text": f"{who} {turn}"}]}
            after["person"] = {**before["person"], "position": f"{who} {turn}"}
            try:
                store.write([Edit(serial, before, after)])
                done += 1
            except Conflict as conflict:
                assert [clash.path for clash in conflict.clashes] == ["person.position"], conflict.clashes
                refused += 1
print(json.dumps([done, refused]))
"""


def run_together(path: Path, serials: dict[str, list[int]], times: int) -> dict[str, list[int]]:
    """Let processes write at once; how many saves of each were done and how many refused."""
    processes = {
        who: subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), who, json.dumps(mine), str(times)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for who, mine in serials.items()
    }
    for process in processes.values():
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in processes.values():
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    return {who: json.loads(process.communicate()[0]) for who, process in processes.items()}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path / "store")


def test_two_processes_that_save_different_cards_at_once_lose_nothing(store: Store) -> None:
    serials = [add(store, last_name=f"Клієнт {n}").serial for n in range(6)]
    counts = run_together(store.path, {"olena": serials[:3], "petro": serials[3:]}, 20)
    assert counts == {"olena": [60, 0], "petro": [60, 0]}
    assert all(len(card.document["tasks"]) == 20 for card in store.cards())
    assert not store.check().findings


def test_two_processes_that_save_the_same_card_at_once_lose_nothing_they_were_not_told_of(store: Store) -> None:
    serial = add(store, last_name="Шевченко").serial
    counts = run_together(store.path, {"olena": [serial], "petro": [serial]}, 40)
    card = store.card(serial)
    kept = Counter(row["text"].split()[0] for row in card.document["tasks"])
    assert kept == {who: done for who, (done, _) in counts.items() if done}
    assert card.revision == 1 + sum(kept.values())
    assert [change.revision for change in store.history(serial)] == list(range(card.revision, 0, -1))
    assert not store.check().findings


def test_different_fields_of_one_card_are_merged(store: Store) -> None:
    card = add(store, last_name="Шевченко", first_name="Ольга")
    change(opened(store.path, "petro"), card, ("person.last_name", "Коваль"))
    written = change(store, card, ("person.first_name", "Олена"))
    assert person(written.cards[0]) == {"last_name": "Коваль", "first_name": "Олена"}
    assert written.merged == ("person.last_name",)


def test_the_same_field_of_one_card_is_a_conflict_and_nothing_is_saved(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    other = add(store, last_name="Ткач")
    change(opened(store.path, "petro"), card, ("person.last_name", "Коваль"))
    mine = [
        Edit(each.serial, each.document, store.apply_typed(each.document, [("person.last_name", "Бондар")]))
        for each in (other, card)
    ]
    with pytest.raises(Conflict) as refusal:
        store.write(mine)
    assert refusal.value.code == "changed-meanwhile"
    (clash,) = refusal.value.clashes
    assert (clash.path, clash.before, clash.mine, clash.theirs) == ("person.last_name", "Шевченко", "Бондар", "Коваль")
    assert refusal.value.current.revision == 2
    assert person(store.card(other.serial))["last_name"] == "Ткач"
    assert not list((store.path / "clients").glob(".*"))


def test_a_card_somebody_changed_meanwhile_is_not_removed_unseen(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    change(opened(store.path, "petro"), card, ("person.first_name", "Олена"))
    with pytest.raises(Conflict) as refusal:
        remove(store, card)
    assert [clash.path for clash in refusal.value.clashes] == ["person.first_name"]
    assert not store.card(card.serial).trashed


def test_a_card_somebody_removed_meanwhile_is_not_brought_back_by_an_edit(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    remove(opened(store.path, "petro"), card)
    with pytest.raises(Conflict) as refusal:
        change(store, card, ("person.first_name", "Олена"))
    assert refusal.value.code == "client-in-trash"


def test_threads_of_one_screen_save_one_after_another(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 60.0)  # nothing keeps threads in line: on a slow disk one may wait long
    serials = [add(store, last_name=f"Клієнт {n}").serial for n in range(4)]

    def save(serial: int) -> None:
        for turn in range(10):
            change(store, store.card(serial), ("tasks[+].text", str(turn)))

    threads = [threading.Thread(target=save, args=(serial,)) for serial in serials]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(card.document["tasks"]) == 10 for card in store.cards())
    assert len({change.seq for change in store.changes()}) == 44


def test_who_waits_too_long_is_told_who_holds_the_lock(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    card = add(store, last_name="Шевченко")
    other = open_store(store.path, operator="petro")
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    with other.writing(), pytest.raises(Busy) as refusal:
        change(store, card, ("person.first_name", "Олена"))
    assert refusal.value.code == "store-locked"
    assert refusal.value.details["operator"] == "petro"
    assert change(store, card, ("person.first_name", "Олена")).cards[0].revision == 2


def test_a_save_of_another_process_is_noticed(store: Store) -> None:
    card = add(store, last_name="Шевченко")
    before = store.data_version()
    assert store.data_version() == before
    change(opened(store.path, "petro"), card, ("person.last_name", "Коваль"))
    assert store.data_version() != before
    assert store.find("коваль").total == 1 and store.find("шевченко").total == 0


KILLED = """
import os, sys
from store.door import Edit, open_store
from store.index import Index
store = open_store(sys.argv[1], operator="olena")
Index.update = lambda *_: os._exit(9)
document = store.card(1).document
store.write([Edit(1, document, {**document, "person": {"last_name": "Коваль"}})])
"""


def test_what_a_writer_saved_before_it_was_killed_is_found_by_one_that_is_running(store: Store) -> None:
    add(store, last_name="Шевченко")
    before = store.data_version()
    assert subprocess.run([sys.executable, "-c", KILLED, str(store.path)]).returncode == 9
    assert store.is_left_unfinished
    store.finish_for_the_dead()
    assert not store.is_left_unfinished
    assert store.data_version() != before
    assert store.find("коваль").total == 1
