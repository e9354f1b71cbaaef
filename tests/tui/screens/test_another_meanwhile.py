"""Two operators at one card: what another saved meanwhile is kept, and told where it is the same field."""

import pytest

from store import trash
from store.door import Edit, Store
from tests.tui.screens.operator import BROAD, Operator, add, at_work, number_of, opened


async def renamed_while_another_saves(operator: Operator, number: str, **person: str) -> None:
    """The operator has typed another last name, not saved yet, when somebody saves the same card."""
    await opened(operator, "шев")
    await operator.press("e", "ctrl+u")
    await operator.type("Шевчук")
    card = operator.store.get(number).card
    after = {**card.document, "person": {**card.document["person"], **person}}
    operator.store.write([Edit(card.serial, card.document, after)])


async def test_what_another_saved_meanwhile_is_kept_and_told(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await renamed_while_another_saves(operator, number, company="Ромашка")
        await operator.sees("just saved this card")
        await operator.press("ctrl+s")
        await operator.sees("Saved. Others changed meanwhile", "Ромашка")
        assert operator.stored(number)["person"]["last_name"] == "Шевчук"
        assert operator.stored(number)["person"]["company"] == "Ромашка"


@pytest.mark.parametrize(("choice", "kept"), [([], "Шевчук"), (["right"], "Шевцова")])
async def test_a_conflict_shows_all_three_values_and_lets_choose(store: Store, choice: list[str], kept: str) -> None:
    number = number_of(store, "шев")
    async with at_work(store, BROAD) as operator:
        await renamed_while_another_saves(operator, number, last_name="Шевцова")
        await operator.press("ctrl+s")
        await operator.sees("Whose values stay?", "Шевченко", "Шевчук", "Шевцова")
        await operator.press(*choice, "ctrl+s")
        await operator.sees_no("Whose values stay?")
        await operator.sees("Saved")
        assert operator.stored(number)["person"]["last_name"] == kept


async def test_going_back_from_a_conflict_loses_nothing(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store, BROAD) as operator:
        await renamed_while_another_saves(operator, number, last_name="Шевцова")
        await operator.press("ctrl+s")
        await operator.sees("Whose values stay?")
        await operator.press("escape")
        await operator.sees("● not saved", "Шевчук Олена")
        assert operator.stored(number)["person"]["last_name"] == "Шевцова"


async def test_a_value_another_client_has_is_refused_with_its_owner(store: Store) -> None:
    owner = add(store, "Мельник", "Олег", identifiers=[{"kind": "loyalty", "value": "2000000012345"}])
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("3", "a")
        await operator.type("loy")
        await operator.press("enter")
        await operator.type("2000000012345")
        await operator.press("ctrl+s")
        await operator.sees(
            "Not saved. See Identifiers 1: Identifier", "! “2000000012345” already belongs to client", owner
        )


async def test_a_card_put_into_the_trash_meanwhile_is_restored_and_then_saved(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("e", "ctrl+u")
        await operator.type("Шевчук")
        await operator.press("enter", "escape")
        trash.remove(store, [store.get(number).card.serial])
        await operator.sees("put this card into the trash; r restores it")
        await operator.press("ctrl+s")
        await operator.sees("is in the trash. Restore the card first.")
        await operator.press("r")
        await operator.sees("is out of the trash")
        await operator.press("ctrl+s")
        await operator.until(lambda: operator.stored(number)["person"]["last_name"] == "Шевчук")
