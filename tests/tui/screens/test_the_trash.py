"""A client is put into the trash and comes back."""

from store.card import Document
from store.door import Edit, Store
from tests.tui.screens.operator import BROAD, Operator, add, at_work, number_of


async def removed(operator: Operator) -> None:
    await operator.press("end", "D")
    await operator.sees("Put Шевченко Олена into the trash?")
    await operator.press("d")
    await operator.sees("2 of 2", "Шевченко Олена is in the trash")


async def test_a_removal_asks_and_enter_does_not_remove(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("end", "D")
        await operator.sees("Put Шевченко Олена into the trash?")
        await operator.press("enter", "escape")
        await operator.sees_no("into the trash")
        assert store.find("шев").total == 1


async def test_undo_right_after_a_removal_means_it(store: Store) -> None:
    async with at_work(store) as operator:
        await removed(operator)
        assert store.find("шев").total == 0
        await operator.press("u")
        await operator.sees("Шевченко Олена: the card went to the trash")
        await operator.press("u")
        await operator.sees("3 of 3", "Шевченко Олена")


async def test_undo_means_the_client_under_the_cursor_once_another_card_was_opened(store: Store) -> None:
    async with at_work(store) as operator:
        await removed(operator)
        await operator.press("enter")
        await operator.sees("1 Person")
        await operator.press("u")
        await operator.sees("Ковальчук Іван: the card was made")


async def test_a_card_that_is_removed_while_it_is_open_gives_way_to_the_list(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("end", "enter")
        await operator.sees("1 Person")
        await operator.press("D")
        await operator.sees("Put Шевченко Олена into the trash?")
        await operator.press("d")
        await operator.until(lambda: operator.app.focused is operator.main.sidebar.list)
        await operator.sees("2 of 2")


async def test_the_card_beside_the_list_becomes_that_of_the_next_client(store: Store) -> None:
    async with at_work(store, BROAD) as operator:
        await operator.press("home", "D")
        await operator.sees("Put Бондар Юхим into the trash?")
        await operator.press("d")
        await operator.sees("2 of 2", "Last name   Ковальчук")


async def test_the_last_client_removed_leaves_no_card_beside_the_list(store: Store) -> None:
    async with at_work(store, BROAD) as operator:
        for name in ("Бондар", "Ковальчук", "Шевченко"):
            await operator.sees(f"Last name   {name}")
            await operator.press("D")
            await operator.sees("into the trash?")
            await operator.press("d")
        await operator.sees("3 clients are in the trash, and nobody else")
        await operator.sees_no("Last name")


async def test_one_found_in_the_trash_is_restored_by_a_key(store: Store) -> None:
    async with at_work(store) as operator:
        await removed(operator)
        await operator.search("in:trash")
        await operator.press("enter")
        await operator.sees("✗ Шевченко Олена", "r restore")
        await operator.press("r")
        await operator.sees("Nobody in the trash")
        assert store.find("шев").total == 1


async def test_a_card_in_the_trash_can_be_looked_at_and_restored_but_not_edited(store: Store) -> None:
    async with at_work(store) as operator:
        await removed(operator)
        await operator.search("in:trash")
        await operator.sees("✗ Шевченко Олена")
        await operator.press("enter", "enter")
        await operator.sees("in the trash", "1 Person")
        await operator.press("e")
        await operator.sees("This card is in the trash; r restores it")
        await operator.press("r")
        await operator.sees("Шевченко Олена is out of the trash")
        await operator.press("e")
        await operator.until(lambda: operator.main.pane is not None and operator.main.pane.panel.form.editing)


async def test_what_another_client_was_given_meanwhile_is_told_when_a_card_comes_back(store: Store) -> None:
    card = [{"kind": "loyalty", "value": "2000000012345"}]
    first = store.get(add(store, "Ткач", "Ірина", identifiers=card)).card
    store.write([Edit(first.serial, first.document, None)], why="remove")
    number = add(store, "Тесля", "Інна", identifiers=card)
    async with at_work(store) as operator:
        await operator.search("in:trash")
        await operator.press("enter")
        await operator.sees("✗ Ткач Ірина")
        await operator.press("r")
        await operator.sees("is out of the trash. Without “2000000012345”", number)
        assert store.card(first.serial).trashed is False


async def test_restoring_what_is_not_in_the_trash_says_where_to_look(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("r")
        await operator.sees("This card is not in the trash; in:trash finds those that are")


async def test_a_card_that_was_just_made_goes_to_the_trash_only_by_a_meant_key_and_comes_back(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("end", "u")
        await operator.sees("Шевченко Олена: the card was made", "1 client goes to the trash by it")
        await operator.press("enter")
        await operator.sees("1 client goes to the trash by it")
        await operator.press("d")
        await operator.sees("2 of 2", "Taken back; u again brings it back")
        # The cursor is on another client now.
        await operator.press("u")
        await operator.sees("Take this change back?", "Шевченко Олена")
        await operator.press("u")
        await operator.sees("3 of 3", "Шевченко Олена")


async def test_after_an_undo_that_leaves_the_client_in_the_list_the_next_means_the_cursor(store: Store) -> None:
    number = number_of(store, "Шевченко")
    document = operator_edit(store, number)
    async with at_work(store) as operator:
        await operator.press("end", "u")
        await operator.sees("Шевченко Олена", "Ромашка")
        before = operator.main.found
        await operator.press("u")
        await operator.sees("Taken back; u again brings it back")
        assert store.get(number).card.document["person"] == document["person"]
        await operator.until(lambda: operator.main.found is not before, "the list to follow")
        await operator.press("home", "u")
        await operator.sees("Бондар Юхим: the card was made")


async def test_after_another_search_undo_means_who_was_found(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("end", "u")
        await operator.sees("Шевченко Олена: the card was made")
        await operator.press("d")
        await operator.sees("2 of 2")
        await operator.search("бонд")
        await operator.sees("1 of 2")
        await operator.press("enter", "u")
        await operator.sees("Бондар Юхим: the card was made")


def operator_edit(store: Store, number: str) -> Document:
    """Give a client a company; the document as it was."""
    card = store.get(number).card
    store.write([Edit(card.serial, card.document, with_company(card.document))])
    return card.document


def with_company(document: Document) -> Document:
    return {**document, "person": {**document["person"], "company": "Ромашка"}}


async def test_the_trash_is_counted_by_itself(store: Store) -> None:
    async with at_work(store) as operator:
        await removed(operator)
        await operator.search("in:trash")
        await operator.sees("In the trash: 1")
        await operator.type(" бондар")
        await operator.sees("In the trash: 0")
