"""The state of the whole store, kept and brought back from the palette."""

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


async def test_what_plain_tinydb_wrote_appears_by_itself(store: Store) -> None:
    async with at_work(store) as operator:
        with TinyDB(store.folder.file(0), encoding="utf-8") as plain:
            plain.table("clients").update({"person": {"last_name": "Чужинець"}}, doc_ids=[1])
        operator.main.look_for_foreign_changes()
        await operator.sees("Чужинець")
