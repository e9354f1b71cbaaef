"""Two operators at one card: what another saved meanwhile is kept, and told where it is the same field."""

from dataclasses import replace

import pytest

from store import trash
from store.door import Edit, Store, open_store
from store.erasing import erase
from tests.tui.screens.operator import BROAD, Operator, add, at_work, number_of, opened
from tui.screens import speaking


async def renamed_while_another_saves(operator: Operator, number: str, **person: str) -> None:
    """The operator has typed another last name, not saved yet, when somebody saves the same card."""
    await opened(operator, "шев")
    await operator.press("e", "ctrl+u")
    await operator.type("Шевчук")
    card = operator.store.get(number).card
    after = {**card.document, "person": {**card.document["person"], **person}}
    operator.store.write([Edit(card.serial, card.document, after)])


def saved_by(who: str, store: Store, number: str, **person: str) -> None:
    """Another operator saves the card."""
    with open_store(store.path, operator=who) as other:
        card = other.get(number).card
        after = {**card.document, "person": {**card.document["person"], **person}}
        other.write([Edit(card.serial, card.document, after)])


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


async def test_a_conflict_names_who_changed_the_field_and_not_who_saved_last(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store, BROAD) as operator:
        await opened(operator, "шев")
        await operator.press("e", "ctrl+u")
        await operator.type("Шевчук")
        saved_by("ira", store, number, last_name="Шевцова")
        await operator.sees("ira just saved this card and changed the same")
        saved_by("petro", store, number, company="Ромашка")
        await operator.sees("petro just saved this card and changed the same")
        await operator.press("ctrl+s")
        await operator.sees("ira changed the same fields. Whose values stay?")
        await operator.sees_no("just saved this card")


async def test_it_is_told_who_saved_also_where_a_row_was_just_typed(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store, BROAD) as operator:
        await opened(operator, "шев")
        await operator.press("2", "a", "enter")
        await operator.type("067 765 43 21")
        await operator.press("enter", "escape")
        saved_by("ira", store, number, last_name="Шевцова")
        await operator.sees("ira just saved this card; yours is merged with it")
        await operator.press("ctrl+s")
        await operator.sees("Saved. Others changed meanwhile")
    assert len(operator.stored(number)["contacts"]) == 2


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


async def test_a_save_of_another_is_told_once_and_not_at_every_save_of_other_cards(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await renamed_while_another_saves(operator, number, company="Ромашка")
        await operator.sees("just saved this card")
        await operator.press("enter")
        await operator.sees_no("just saved this card")
        add(store, "Мельник", "Олег")
        await operator.until(lambda: operator.main.found.total == store.find("шев").total)
        await operator.main.desk.catch_up(store.get(number).card.serial)
        assert "just saved this card" not in operator.screen
        card = store.get(number).card
        store.write([Edit(card.serial, card.document, {**card.document, "notes": {"text": "ще"}})])
        await operator.sees("just saved this card")


async def test_what_was_typed_for_a_client_who_is_erased_can_be_discarded(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("e", "ctrl+u")
        await operator.type("Шевчук")
        await operator.press("enter")
        erase(store, number)
        await operator.sees("was erased")
        await operator.press("escape", "escape")
        await operator.sees("Save the changes of")
        await operator.press("d")
        await operator.sees_no("Save the changes of", "Шевчук")
        assert operator.main.serial is None
        await operator.press("n")
        await operator.sees("Last name")


async def test_how_a_phone_was_typed_goes_with_the_phone(store: Store) -> None:
    number = add(store, "Мельник", "Олег", "+380680045969")
    async with at_work(store, BROAD) as operator:
        await opened(operator, "мельн")
        await operator.press("2", "enter", "down", "e", "ctrl+u")
        await operator.type("067 999 88 77")
        await operator.press("enter")
        card = store.get(number).card
        typed = store.apply_typed(card.document, [("contacts[0].value", "050 222 33 44")])
        store.write([Edit(card.serial, card.document, typed)])
        await operator.press("ctrl+s")
        await operator.sees("Whose values stay?", "+380 67 999 88 77", "+380 50 222 33 44")
        assert "typed" not in operator.screen.casefold()
        await operator.press("right", "ctrl+s")
        await operator.sees("Saved")
        phone = operator.stored(number)["contacts"][0]
        assert (phone["value"], phone["typed"]) == ("+380502223344", "050 222 33 44")


async def test_whoever_waits_for_another_who_writes_is_told_for_whom(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "WAITING", 0.0)
    number = number_of(store, "шев")
    with open_store(store.path, operator="ira") as other:
        async with at_work(store) as operator:
            await opened(operator, "шев")
            await operator.press("e")
            await operator.type("а")
            with other.writing() as state:
                other.note(replace(state, pid=1))  # of another process, as far as anybody can see
                await operator.press("ctrl+s")
                await operator.sees("Waiting for ira, who writes to the store")
            await operator.sees("Saved")
    assert store.get(number).card.document["person"]["last_name"] == "Шевченкоа"
