"""The filter panel writes the search line, and reads it."""

from store.door import Store
from tests.tui.screens.operator import NARROW, add, at_work


async def test_filters_are_chosen_with_counts_and_stand_in_the_search_line(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("f")
        await operator.sees("all clients", "Age", "6")
        await operator.type("city")
        await operator.press("enter")
        await operator.sees("Addresses: City", "Київ", "2  city:")
        await operator.press("enter")
        await operator.sees("[+] Київ")
        assert operator.main.wish.line == 'city:"Київ"'
        await operator.type("льв")
        await operator.sees("[ ] Львів")
        await operator.press("enter")
        await operator.sees("[+] Львів")
        assert operator.main.wish.line == 'city:"Київ" or city:"Львів"'
        await operator.press("backspace", "backspace", "backspace", "minus")
        await operator.sees("[−] Київ")
        assert operator.main.wish.line == 'city:"Львів" -city:"Київ"'
        await operator.press("backspace")
        await operator.sees("its values")
        await operator.press("escape")
        await operator.sees("1 of 6", "Левченко")
        assert operator.main.sidebar.search.value == 'city:"Львів" -city:"Київ"'


async def test_a_range_can_be_typed_in_the_panel_and_nonsense_cannot(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("f")
        await operator.type("spent")
        await operator.press("enter")
        await operator.sees("≥ 1000")
        await operator.type("100..200")
        await operator.sees("as typed: 100..200")
        await operator.press("enter")
        assert operator.main.wish.line == "spent:100..200"
        await operator.reads("spent:100..200", "[+] 100..200")
        await operator.type(">5x")
        await operator.reads("this is no number; write 30, >30, <=30 or 30..40")
        await operator.press("backspace", "enter")
        await operator.reads("[+] >5")
        assert operator.main.wish.line == "spent:100..200 or spent:>5"


async def test_what_was_typed_by_hand_is_marked_in_the_panel_and_taken_off_there(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.search("місто:київ витратив:..100")
        await operator.press("enter", "f")
        await operator.type("city")
        await operator.press("enter")
        await operator.sees("[+] Київ")
        await operator.type("київ")
        await operator.press("enter")
        await operator.sees("[ ] Київ")
        assert operator.main.wish.line == "витратив:..100"
        await operator.press("escape")
        await operator.type("spent")
        await operator.press("enter")
        await operator.sees("[+] ..100")
        await operator.press("enter")
        await operator.sees_no("..100")
        assert operator.main.wish.line == ""


async def test_the_panel_counts_anew_what_somebody_else_saves(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("f")
        await operator.type("city")
        await operator.press("enter")
        await operator.reads("[ ] Київ 2 city")
        add(cities, "Новий", "Кий", addresses=[{"city": "Київ"}])
        await operator.reads("[ ] Київ 3 city")


async def test_the_panel_fits_the_smallest_screen(cities: Store) -> None:
    async with at_work(cities, NARROW) as operator:
        await operator.press("f")
        await operator.sees("Age")
        lines = operator.screen.splitlines()
        assert len(lines) == 24 and "Esc" in lines[-1] and all(len(line) <= 80 for line in lines)


async def test_a_blank_chooses_in_the_panel(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("f")
        await operator.type("city")
        await operator.press("enter")
        await operator.sees("[ ] Київ")
        await operator.press("space")
        await operator.sees("[+] Київ")
        await operator.press("minus")
        await operator.sees("[−] Київ")
        assert operator.main.wish.line == '-city:"Київ"'


async def test_the_cursor_of_the_panel_stays_on_its_value(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("f")
        await operator.type("city")
        await operator.press("enter")
        await operator.reads("▌ [ ] Київ 2")
        for number in range(3):
            add(cities, f"Новий{number}", "Лев", addresses=[{"city": "Львів"}])
        await operator.reads("[ ] Львів 4", "▌ [ ] Київ 2")


async def test_a_figure_comes_before_the_fields_behind_it(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("f")
        await operator.type("task")
        await operator.sees("▌  Open task")
        await operator.press("escape", "f")
        await operator.type("cons")
        await operator.sees("▌  Valid consent")


async def test_arrows_in_a_panel_where_nothing_can_be_taken_do_nothing(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.press("f")
        await operator.sees("all clients")
        await operator.type("ззззз")
        await operator.sees("Nothing is called so")
        await operator.press("down", "up", "pagedown", "escape")
        await operator.until(lambda: operator.app.screen is operator.main)


async def test_the_panel_counts_among_those_who_are_listed(cities: Store) -> None:
    async with at_work(cities) as operator:
        await operator.search("левченко")
        await operator.press("enter", "space")
        await operator.press("escape", "m")
        await operator.sees("Marked: 1")
        await operator.press("f")
        await operator.sees("those marked", "1")
        await operator.type("city")
        await operator.press("enter")
        await operator.sees("Львів", "1  city:")
        await operator.sees_no("] Київ")


async def test_the_panel_is_laid_out_anew_in_another_window(cities: Store) -> None:
    async with at_work(cities, (40, 12)) as operator:
        await operator.press("f")
        await operator.type("city")
        await operator.press("enter", "down")
        await operator.sees("Київ", "Львів")
        await operator.sees_no('city:"Львів"')
        await operator.pilot.resize_terminal(*NARROW)
        await operator.sees('city:"Львів"')
        await operator.pilot.resize_terminal(40, 12)
        await operator.sees_no('city:"Львів"')
        await operator.sees("Львів", "6 ")
