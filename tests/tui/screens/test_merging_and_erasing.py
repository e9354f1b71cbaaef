"""Two cards become one; a client is erased."""

import pytest

from store import erasing
from store.door import Store
from store.errors import NotFound
from tests.tui.screens.operator import BROAD, Operator, add, at_work, only


async def asked_to_merge(operator: Operator, typed: str, name: str) -> None:
    await operator.press("U")
    await operator.sees("Whose card goes into")
    await operator.type(typed)
    await operator.until(lambda: only(operator) == name, f"{name} alone to be found")
    await operator.press("enter")
    await operator.sees("Merge ")


async def erasing_asked(operator: Operator) -> None:
    operator.main.action_erase()
    await operator.sees("for good?", "type the client number")


@pytest.fixture
def double(store: Store) -> str:
    """The number of another card of Шевченко Олена."""
    return add(store, "Шевченко", "О.", "+380441112233")


async def test_two_cards_are_merged_after_a_question_that_shows_what_is_taken(store: Store, double: str) -> None:
    async with at_work(store) as operator:
        await operator.press("end")
        await asked_to_merge(operator, "441112233", "Шевченко О.")
        await operator.sees("First name: Олена stays, not О.", "Contacts: + phone, +380 44 111 22 33")
        await operator.press("enter")
        assert store.find("шевченко").total == 2, "Enter merges nobody"
        await operator.press("m")
        await operator.sees("3 of 3", "u parts them again")
    merged = store.get(double)
    assert merged.old and [row["value"] for row in merged.card.document["contacts"]] == [
        "+380501234567",
        "+380441112233",
    ]


async def test_the_other_card_may_be_kept_instead(store: Store, double: str) -> None:
    async with at_work(store) as operator:
        await operator.press("end")
        await asked_to_merge(operator, "441112233", "Шевченко О.")
        await operator.sees("Олена stays, not О.")
        await operator.press("s")
        await operator.sees("О. stays, not Олена")
        await operator.press("m")
        await operator.sees("3 of 3")
    assert not store.get(double).old


async def test_undo_shows_that_another_card_comes_back_and_parts_them(store: Store, double: str) -> None:
    async with at_work(store) as operator:
        await operator.press("end")
        await asked_to_merge(operator, "441112233", "Шевченко О.")
        await operator.press("m")
        await operator.sees("u parts them again")
        await operator.press("u")
        await operator.sees("cards merged", "1 other card was changed together with it")
        await operator.press("u")
        await operator.sees("4 of 4")
    assert store.get(double).card.number == double


async def test_nobody_is_merged_with_a_card_itself(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("end", "U")
        await operator.sees("Whose card goes into")
        await operator.type("Шевченко")
        await operator.until(lambda: only(operator) == "Шевченко Олена", "her alone to be found")
        await operator.press("enter")
        await operator.sees("one and the same card")


async def test_a_card_that_others_merged_gives_way_and_it_is_told_where_it_went(store: Store, double: str) -> None:
    kept = next(card for card in store.cards() if card.name == "Шевченко Олена")
    async with at_work(store, BROAD) as operator:
        await operator.press("end", "up", "enter")
        await operator.sees("First name  О.")
        store.merge(kept.serial, store.get(double).card.serial)
        await operator.sees(f"was merged into {kept.number}")
        await operator.sees_no("First name  О.")


async def test_a_client_is_erased_only_where_its_number_is_typed(store: Store) -> None:
    card = next(card for card in store.cards() if card.name == "Шевченко Олена")
    async with at_work(store) as operator:
        await operator.press("end")
        await erasing_asked(operator)
        await operator.press("enter")
        await operator.sees("nothing was erased")
        await erasing_asked(operator)
        await operator.type("11111")
        await operator.press("enter")
        await operator.sees("nothing was erased")
        await erasing_asked(operator)
        await operator.press("escape")
        assert store.find("шевченко").total == 1
        await erasing_asked(operator)
        await operator.type("".join(letter for letter in card.number if letter.isdigit()))
        await operator.press("enter")
        await operator.sees("2 of 2", "is erased; the number stays taken")
    with pytest.raises(NotFound):
        store.get(card.number)


async def test_a_client_that_others_erased_while_it_is_shown_gives_way(store: Store) -> None:
    card = next(card for card in store.cards() if card.name == "Шевченко Олена")
    async with at_work(store, BROAD) as operator:
        await operator.press("end", "enter")
        await operator.sees("First name  Олена")
        erasing.erase(store, card.number)
        await operator.sees("was erased on")
        await operator.sees_no("First name  Олена")


async def test_nothing_is_merged_or_erased_where_the_store_is_read_only(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "read_only", True)
    async with at_work(store) as operator:
        for act in (operator.main.action_merge, operator.main.action_erase):
            act()
            await operator.sees("The store is read-only for you")
            operator.main.fall_silent()
            await operator.sees_no("The store is read-only for you")
