"""The search line suggests filters and their values, and takes nothing from who types."""

import pytest

from store.door import Store
from tests.tui.screens.operator import add, at_work
from tui.sidebar.sidebar import Offer


@pytest.fixture
def cities(store: Store) -> Store:
    for name, city in (("Ткач", "Київ"), ("Гриценко", "Київ"), ("Левченко", "Кривий Ріг")):
        add(store, name, "Ян", addresses=[{"city": city}])
    return store


async def test_a_key_and_then_a_value_are_taken_with_tab(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.search("cit")
        await operator.sees("Tab city:")
        await operator.press("tab")
        await operator.sees("Tab Київ 2", "Кривий Ріг 1")
        assert operator.main.sidebar.search.value == "city:"
        await operator.press("tab")
        await operator.sees("2 of 6")
        assert operator.main.sidebar.search.value == "city:Київ "
        assert operator.main.sidebar.search.has_focus


async def test_shift_tab_shows_the_next_and_the_right_arrow_takes_it(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.search("city:к")
        await operator.sees("Tab Київ 2")
        await operator.press("shift+tab")
        await operator.sees("Tab Кривий Ріг 1")
        await operator.press("right")
        await operator.sees("1 of 6", "Левченко")
        assert operator.main.sidebar.search.value == 'city:"Кривий Ріг" '


async def test_enter_and_letters_are_never_taken_for_a_suggestion(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.search("city:к")
        await operator.sees("Tab Київ 2")
        await operator.type("и")
        await operator.sees("2 of 6")
        await operator.press("enter")
        assert operator.main.sidebar.search.value == "city:ки"
        assert operator.app.focused is operator.main.sidebar.list
        await operator.sees_no("Tab Київ")


async def test_the_beginning_of_a_name_suggests_nothing(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.search("ci")
        await operator.sees("of 6")
        await operator.sees_no("Tab ")
        await operator.press("escape", "tab")
        assert operator.main.sidebar.search.value == ""


async def test_suggestions_of_an_older_line_are_not_shown(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.search("ткач")
        await operator.sees("1 of 6")
        operator.main.post_message(operator.main.Completed("тка", 3, [Offer("city:", 0, 3)]))
        for _ in range(3):
            await operator.pilot.pause()
        await operator.sees_no("Tab city:")


async def test_tab_takes_no_suggestion_for_a_word_that_has_grown_meanwhile(
    cities: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(cities) as operator:
        await operator.search("cit")
        await operator.sees("Tab city:")
        monkeypatch.setattr(type(operator.main), "_complete", lambda *_: None)
        await operator.type("y:")
        await operator.press("tab")
        assert operator.main.sidebar.search.value == "city:"
        await operator.type("ки ткач")
        await operator.press("tab")
        await operator.sees("1 of 6")
        assert operator.main.sidebar.search.value == "city:ки ткач"


async def test_a_suggestion_is_read_also_where_nobody_is_found(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.search("last_pu")
        await operator.sees("Tab last_purchase:", "Nobody found among 6")


async def test_signs_alone_are_said_to_ask_for_nobody(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.search("::")
        await operator.reads("nobody can be found by that")
