import pytest

from store.door import Store
from tests.tui.screens.operator import at_work
from tui.settings import Settings


async def test_an_own_key_works_and_is_the_one_that_is_shown(store: Store) -> None:
    async with at_work(store, settings=Settings(keys={"client.new": "f5"})) as operator:
        await operator.sees("F5 new")
        await operator.press("f5")
        await operator.sees("(no name yet)")


async def test_an_own_theme_is_taken_and_an_unknown_one_is_no_fault(store: Store) -> None:
    async with at_work(store, settings=Settings(theme="nord")) as operator:
        assert operator.app.theme == "nord"
    async with at_work(store, settings=Settings(theme="of another program")) as operator:
        await operator.sees("3 of 3")


async def test_a_fault_of_a_worker_is_told_and_work_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_work(store) as operator:
        with monkeypatch.context() as broken:
            broken.setattr(store, "find", lambda *_, **__: 1 // 0)
            await operator.press("slash", "б")
            await operator.sees("This did not work: ZeroDivisionError")
        await operator.press("о")
        await operator.sees("1 of 3")


async def test_after_saving_the_index_is_merged_once_the_operator_rests(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    merged: list[bool] = []
    monkeypatch.setattr("tui.screens.finding.TIDY", 0.01)
    monkeypatch.setattr(store.index, "tidy", lambda: merged.append(True))
    async with at_work(store) as operator:
        await operator.press("e")
        await operator.type("ко")
        assert not merged
        await operator.press("ctrl+s")
        await operator.until(lambda: merged, "the index to be merged")


async def test_the_palette_finds_a_command_and_does_it(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("colon")
        await operator.sees("What do you want to do?")
        await operator.type("new cl")
        await operator.press("enter")
        await operator.sees("(no name yet)")


async def test_help_begins_with_where_the_operator_is(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("question_mark")
        await operator.sees("Help", "In the list of clients", "Ctrl+P")
        assert operator.screen.index("In the list of clients") < operator.screen.index("Anywhere")
        await operator.press("escape")
        await operator.press("slash", "f1")
        await operator.sees("In the search line")
