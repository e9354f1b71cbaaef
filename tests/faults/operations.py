"""All that is done to a store, each as one act on a small store that is always the same.

Merging and erasing clients join as the program learns them; restoring a backup, repairing and upgrading a store are
still to come.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from store import numbers, trash
from store.card import Document
from store.clients import committing
from store.door import Edit, Store, open_store
from store.drafts import Draft
from store.exchange import import_csv
from store.snapshots.backup import back_up
from tests.faults.truth import index_files

SERIALS = (*range(1, 9), *range(64, 72), *range(128, 136))
"""Of the clients: in three segments, few in each, so that a store is quickly looked through."""

IN_TRASH = 66
NEW_NUMBER = numbers.pretty("7777")

Act = Callable[[Store], object]


class Killed(BaseException):
    """A process that ends here."""


@dataclass(frozen=True, slots=True)
class Operation:
    """Something an operator does."""

    name: str
    act: Act | None
    """None: nothing but opening the store."""
    prepare: Act = lambda store: None
    """What must have been done before."""
    in_files: bool = True
    """False where it changes nothing in the segments."""
    base: Callable[[Path, int], object] | None = None
    """What makes the store, where it is another one."""
    opening_finishes: bool = False
    """True where whoever opens the store does the rest: no kill leaves the old state."""


def make_base(path: Path, dice: int = 0) -> None:
    """A store of three segments, one client in the trash.

    Args:
        path: Where.
        dice: Another number makes another store.
    """
    with open_store(path, create=True, operator="olena") as store:
        for first in (1, 64, 128):
            with store.writing() as state:
                assert store._lock is not None
                store._lock.write(replace(state, next_serial=first))
            store.write([Edit(None, None, _client(n, dice)) for n in SERIALS if first <= n < first + 8])
        store.write([Edit(IN_TRASH, store.card(IN_TRASH).document, None)])
        store.write([_with_task(store, 3, "call", operator_note=f"{dice}")])


def _client(n: int, dice: int) -> Document:
    document: Document = {
        "number": numbers.pretty(f"{1000 + n}"),
        "person": {"last_name": f"Клієнт{n}", "first_name": "Олена" if n % 2 else "Петро"},
    }
    if n % 5 == dice % 5:
        document["contacts"] = [{"kind": "phone", "value": f"+38067123{n:04}", "main": True}]
        document["notes"] = {"text": "x" * (n * (dice * 17 + 3) % 900 + 1)}
    return document


def _with_task(store: Store, serial: int, text: str, *, operator_note: str = "") -> Edit:
    before = store.card(serial).document
    tasks = [*before.get("tasks", ()), {"text": text}, *([{"text": operator_note}] if operator_note else ())]
    return Edit(serial, before, {**before, "tasks": tasks})


def _create(store: Store) -> object:
    return store.write([Edit(None, None, {"person": {"last_name": "Новий"}})])


def _edit(store: Store) -> object:
    return store.write([_with_task(store, 5, "new")])


def _edit_many(store: Store) -> object:
    return store.write([_with_task(store, serial, "new") for serial in (5, 70, 129)])


def _remove(store: Store) -> object:
    return store.write([Edit(5, store.card(5).document, None)])


def _restore(store: Store) -> object:
    return trash.restore(store, [IN_TRASH])


def _empty_trash(store: Store) -> object:
    return trash.empty(store, older_than=0)


def _back_up(store: Store) -> object:
    # Another folder in it each time.
    return back_up(store, store.path.parent / "backups of all")


def _renumber(store: Store) -> object:
    document = store.card(5).document
    return store.write([Edit(5, document, {**document, "number": NEW_NUMBER})])


def _file_to_import(store: Store) -> Path:
    # Beside the store: what is imported is no part of it.
    return store.path.parent / "clients.csv"


def _write_file(store: Store) -> object:
    known = "".join(f"{numbers.pretty(payload)},Змінений,Олена\n" for payload in ("1005", "1070"))
    return _file_to_import(store).write_text(f"number,Прізвище,Ім'я\n{known},Новий,Перший\n,Новий,Другий\n", "utf-8")


def _import(store: Store) -> object:
    return import_csv(store, _file_to_import(store), update_by="number")


def _write_and_import(store: Store) -> object:
    _write_file(store)
    return _import(store)


def _undo(store: Store) -> object:
    return store.undo()


def _reindex(store: Store) -> object:
    store.rebuild_index()
    return None


def _draft(store: Store) -> object:
    document = store.card(5).document
    store.drafts.save(Draft(document["uid"], 5, {**document, "notes": {"text": "typed"}}, document))
    return store.drafts.load(document["uid"])


def _older_changes_out(store: Store) -> object:
    """A save that moves the older half of the segment's changes to a file of their own."""
    committing.JOURNAL_BYTES = 1_000
    return _edit(store)


def _half_a_save(store: Store) -> object:
    """Leave a save of several segments when it counts already and nothing is in its place yet."""

    def killed() -> bool:
        raise Killed

    store.folder.finish = killed  # type: ignore[method-assign]
    with suppress(Killed):
        _edit_many(store)
    return None


def _forget_snapshots(store: Store) -> object:
    shutil.rmtree(store.path / "backups", ignore_errors=True)
    return None


OPERATIONS = {
    operation.name: operation
    for operation in (
        Operation("create", _create),
        Operation("edit", _edit),
        Operation("edit of many", _edit_many),
        Operation("edit that moves older changes out", _older_changes_out),
        Operation("delete", _remove),
        Operation("restore from the trash", _restore),
        Operation("change of a number", _renumber),
        Operation("import", _import, prepare=_write_file),
        Operation("undo", _undo, prepare=_edit),
        Operation("undo of an import", _undo, prepare=_write_and_import),
        Operation("reindex", _reindex, in_files=False),
        Operation("first save of a day", _edit, prepare=_forget_snapshots),
        Operation("opening after a kill", None, prepare=_half_a_save, opening_finishes=True),
        Operation("emptying the trash", _empty_trash),
        Operation("backup", _back_up, in_files=False),
        Operation("draft", _draft, in_files=False),
    )
}


def copy_of(base: Path, path: Path) -> Path:
    """The same store once more, quickly: its segments are the very files, as no save ever writes into one."""
    shutil.rmtree(path, ignore_errors=True)
    written_into = {base / "lock", base / "store.json", *index_files(base)}

    def copied(source: str, target: str) -> str:
        if Path(source) in written_into:
            return shutil.copy2(source, target)
        os.link(source, target)
        return target

    return Path(shutil.copytree(base, path, copy_function=copied))
