"""The state of the whole store, kept and brought back from the palette."""

from pathlib import Path

from tinydb import TinyDB

from store.door import Store
from store.snapshots import snapshots
from tests.tui.screens.operator import add, at_work


async def test_a_snapshot_is_kept_and_brought_back_with_a_question(store: Store) -> None:
    async with at_work(store) as operator:
        operator.main.action_snapshot()
        await operator.sees("Kept: the state of")
        add(store, "Пізній", "Іван")
        await operator.sees("4 of 4")
        operator.main.action_restore_state()
        await operator.sees("Snapshots of the store", "by hand")
        await operator.press("enter")
        await operator.sees("Bring back the state of")
        await operator.press("r")
        await operator.sees("Changes: 1")
        await operator.press("y")
        await operator.sees("3 of 3", "is back")
        assert [each.contents.why for each in snapshots(store.path)][-2:] == ["restore", "restored"]


async def test_a_state_is_left_as_it_is_where_the_operator_says_so(store: Store) -> None:
    async with at_work(store) as operator:
        operator.main.action_restore_state()
        await operator.sees("Snapshots of the store", "of the day")
        await operator.press("enter")
        await operator.sees("Bring back the state of")
        await operator.press("escape")
        await operator.sees_no("Bring back the state of")
        assert len(snapshots(store.path)) == 1 and len(list(store.cards())) == 3


async def test_a_backup_is_written_to_a_folder_and_brought_back_from_it(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "копія"
    async with at_work(store) as operator:
        operator.main.action_backup()
        await operator.sees("Back up to")
        await operator.type(str(target))
        await operator.press("enter")
        await operator.reads("3 clients", "written and read again")
        add(store, "Пізній", "Іван")
        await operator.sees("4 of 4")
        operator.main.action_restore_backup()
        await operator.sees("Bring back from")
        await operator.type(str(target))
        await operator.press("enter")
        await operator.sees("Bring back the state of", "3 clients")
        await operator.press("r")
        await operator.sees("Changes: 1")
        await operator.press("y")
        await operator.sees("3 of 3", "is back")


async def test_a_place_that_holds_no_backup_or_takes_none_is_told(store: Store, tmp_path: Path) -> None:
    async with at_work(store) as operator:
        operator.main.action_restore_backup()
        await operator.sees("Bring back from")
        await operator.type(str(tmp_path))
        await operator.press("enter")
        await operator.reads("not a backup that")
        await operator.press("escape")
        await operator.sees_no("not a backup that")
        operator.main.action_backup()
        await operator.sees("Back up to")
        await operator.press("escape")
        await operator.sees_no("Back up to")
        operator.main.action_backup()
        await operator.sees("Back up to")
        await operator.type(str(store.path / "in it"))
        await operator.press("enter")
        await operator.reads("place outside")
        assert len(list(store.cards())) == 3


async def test_what_plain_tinydb_wrote_appears_by_itself(store: Store) -> None:
    async with at_work(store) as operator:
        with TinyDB(store.folder.file(0), encoding="utf-8") as plain:
            plain.table("clients").update({"person": {"last_name": "Чужинець"}}, doc_ids=[1])
        operator.main.look_for_foreign_changes()
        await operator.sees("Чужинець")
