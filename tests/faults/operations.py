"""All that is done to a store, each as one act on a small store that is always the same.

Another operation is two lines: what it does (`_something`), and its row in `OPERATIONS`. From then on it is killed at
each of its calls, each of its calls fails, and every state that a loss of power may leave of it is replayed.
"""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from tinydb import TinyDB

from store import erased, erasing, numbers, trash
from store.card import Document
from store.clients import committing
from store.door import Edit, Store, open_store
from store.drafts import Draft
from store.errors import NotAllowed, Unsure
from store.exchange import import_csv
from store.lookup import INDEX
from store.snapshots import snapshots, take
from store.snapshots.backup import Backup, back_up
from store.snapshots.restoring import prove, restore

EARLIER = Path(__file__).parent.parent / "data" / "format-0"
"""A store of the first format."""

SERIALS = (*range(1, 9), *range(64, 72), *range(128, 136))
"""Of the clients: in three segments, few in each, so that a store is quickly looked through."""

IN_TRASH = 66
ERASED = 8
"""No other's name begins with this one's."""
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
    creates: bool = False
    """True where opening the store makes it."""
    after: Act | None = None
    """What the next operator does first, where the store was damaged before; then it must be as wanted."""
    is_variant: bool = False
    """True where it goes like another one: the short size tries less of it."""
    outside: Callable[[Path], str] = lambda root: ""
    """What is wrong beside the store, in the folder that holds it; "" where all is well."""


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


def _merge(store: Store) -> object:
    return store.merge(4, 70)


def _erase(store: Store) -> object:
    return erasing.erase(store, numbers.pretty(f"{1000 + ERASED}"))


def _traces(root: Path) -> str:
    """Once a client is erased, no file says its name, be it of a snapshot or of the index."""
    store = root / "store"
    if not erased.known(store) or (store / erasing.FILE).exists():
        return ""
    name = f"Клієнт{ERASED}".encode()
    said = [file.name for file in store.rglob("*") if file.is_file() and name in file.read_bytes()]
    return f"still named in {said}" if said else ""


def _back_up(store: Store) -> object:
    # Another folder in it each time.
    return _whole(back_up(store, store.path.parent / "copies"))


def _back_up_archive(store: Store) -> object:
    return _whole(back_up(store, store.path.parent / "copies" / f"{os.urandom(4).hex()}.tar.gz"))


def _whole(made: Backup) -> Backup:
    """Who is told that a backup lacks damaged files throws it away."""
    if made.damaged:
        shutil.rmtree(made.path) if made.path.is_dir() else made.path.unlink()
        raise NotAllowed("backup-lacks-files", reason=os.strerror(errno.EIO))
    return made


def _copies_wrong(root: Path) -> str:
    """A backup that has its name is whole; of one that has not, nothing is left to be taken for one."""
    for copy in (root / "copies").glob("[!.]*"):
        if copy.name != "other.txt":
            prove(copy)
    return ""


def _make_folder_of_copies(store: Store) -> object:
    folder = store.path.parent / "copies"
    folder.mkdir()
    return (folder / "other.txt").write_bytes(b"")


def _keep_and_change(store: Store) -> object:
    take(store)
    return _change_since(store)


def _change_since(store: Store) -> object:
    _edit_many(store)
    _remove(store)
    return _create(store)


def _bring_back_snapshot(store: Store) -> object:
    kept = [each for each in snapshots(store.path) if each.contents.why == "asked"]
    return restore(store, kept[-1].path, yes=True)


def _back_up_and_change(name: str) -> Act:
    def act(store: Store) -> object:
        back_up(store, store.path.parent / name)
        return _change_since(store)

    return act


def _bring_back(name: str) -> Act:
    return lambda store: restore(store, store.path.parent / name, yes=True)


def _earlier_store_kept(store: Store) -> object:
    with open_store(_earlier(store.path.parent / "earlier"), operator="olena") as earlier:
        back = next(each for each in snapshots(earlier.path) if each.contents.why == "upgrade")
    shutil.copytree(back.path, store.path.parent / "kept")
    shutil.rmtree(store.path.parent / "earlier")
    return None


def _earlier(path: Path, dice: int = 0) -> Path:
    return Path(shutil.copytree(EARLIER, path))


def _by_another_hand(file: Path, write: Callable[[Path], object]) -> object:
    """Change a file where it lies, but not the snapshots that share it."""
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content)
    return write(file)


def _write_with_tinydb(file: Path) -> object:
    with TinyDB(file, encoding="utf-8") as plain:
        return plain.table("clients").update({"tags": {"tags": ["інше"]}}, doc_ids=[130])


def _foreign(store: Store) -> object:
    return _by_another_hand(store.folder.file(2), _write_with_tinydb)


def _to_be_caught_up(path: Path, dice: int = 0) -> object:
    """A store and the index of a moment before: what was saved since it is to be taken in when it is opened."""
    make_base(path, dice)
    before = shutil.copytree(path, path.with_name("before"))
    with open_store(path, operator="olena") as store:
        _edit_many(store)
    for file in path.glob(f"{INDEX}*"):
        file.unlink()
    for file in before.glob(f"{INDEX}*"):
        shutil.copy2(file, path / file.name)
    shutil.rmtree(before)
    return None


def _damage(store: Store) -> object:
    """A damaged segment with a save that no snapshot has, one written by another hand, and a half-written file."""
    take(store)
    store.write([_with_task(store, 70, "lost")])
    _by_another_hand(store.folder.file(1), lambda file: file.write_bytes(file.read_bytes()[:-40]))
    _foreign(store)
    return (store.folder.path / ".00000.json.0123456789ab.aside").write_bytes(b"{")


def _repair(store: Store) -> object:
    report = store.repair()
    # What stopped it before what it left.
    for finding in sorted(report.findings, key=lambda finding: "reason" not in finding.details):
        if finding.code not in ("changes-lost", "changes-lost-perhaps"):
            raise Unsure(finding.code, **finding.details)
    return report


def _nothing_there(path: Path, dice: int = 0) -> object:
    path.parent.mkdir(parents=True, exist_ok=True)
    return None


def _without_index(path: Path, dice: int = 0) -> object:
    make_base(path, dice)
    for file in path.glob(f"{INDEX}*"):
        file.unlink()
    return None


def _renumber(store: Store) -> object:
    document = store.card(5).document
    return store.write([Edit(5, document, {**document, "number": NEW_NUMBER})])


def _file_to_import(store: Store) -> Path:
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
        Operation("edit that moves older changes out", _older_changes_out, is_variant=True),
        Operation("delete", _remove),
        Operation("restore from the trash", _restore),
        Operation("change of a number", _renumber),
        Operation("merge", _merge),
        Operation("erase", _erase, prepare=_keep_and_change, outside=_traces),
        Operation("import", _import, prepare=_write_file),
        Operation("undo", _undo, prepare=_edit),
        Operation("undo of an import", _undo, prepare=_write_and_import, is_variant=True),
        Operation("reindex", _reindex, in_files=False),
        Operation("first save of a day", _edit, prepare=_forget_snapshots),
        Operation("emptying the trash", _empty_trash),
        Operation("draft", _draft, in_files=False),
        Operation("making a store", None, base=_nothing_there, creates=True, opening_finishes=True),
        Operation("opening after a kill", None, prepare=_half_a_save, opening_finishes=True),
        Operation("opening later", None, base=_to_be_caught_up, in_files=False),
        Operation("opening without an index", None, base=_without_index, in_files=False, is_variant=True),
        Operation("upgrade", None, base=_earlier, opening_finishes=True),
        Operation("backup", _back_up, prepare=_make_folder_of_copies, in_files=False, outside=_copies_wrong),
        Operation("backup to an archive", _back_up_archive, in_files=False, outside=_copies_wrong, is_variant=True),
        Operation("restore of a snapshot", _bring_back_snapshot, prepare=_keep_and_change),
        Operation("restore of a backup", _bring_back("kept"), prepare=_back_up_and_change("kept"), is_variant=True),
        Operation(
            "restore of an archive",
            _bring_back("kept.tar.gz"),
            prepare=_back_up_and_change("kept.tar.gz"),
            is_variant=True,
        ),
        Operation("restore of an earlier format", _bring_back("kept"), prepare=_earlier_store_kept, is_variant=True),
        Operation("repair", _repair, prepare=_damage, after=_repair),
    )
}


def copy_of(base: Path, path: Path) -> Path:
    """The same folder once more, quickly: segments are the very files, as no save ever writes into one."""
    shutil.rmtree(path, ignore_errors=True)
    written_into = ("lock", "store.json", INDEX, f"{INDEX}-wal", f"{INDEX}-shm")

    def copied(source: str, target: str) -> str:
        if os.path.basename(source) in written_into:
            return shutil.copy2(source, target)
        os.link(source, target)
        return target

    return Path(shutil.copytree(base, path, copy_function=copied))
