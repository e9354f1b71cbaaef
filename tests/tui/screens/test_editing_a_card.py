from contextlib import nullcontext

import pytest

from store.door import Store
from tests.tui.screens.operator import at_work, number_of, only, opened, under_cursor


async def test_a_field_is_edited_in_place_and_saved(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("e", "ctrl+u")
        await operator.type("Шевчук")
        await operator.press("ctrl+s")
        await operator.sees("Saved", "Шевчук Олена")
        assert store.get(number_of(store, "Шевчук")).card.document["person"]["last_name"] == "Шевчук"


async def test_the_same_with_cyrillic_letters_as_command_keys(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("о", "о", "у")  # j, j, e
        await operator.until(lambda: operator.main.pane is not None and operator.main.pane.panel.form.editing)
        await operator.press("ctrl+u")
        await operator.type("Шевчук")
        await operator.press("ctrl+ы")
        await operator.sees("Saved", "Шевчук Олена")


async def test_a_wrong_date_is_told_at_its_field_and_keeps_what_was_typed(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("down", "down", "down", "e")
        await operator.type("12.13.85")
        await operator.press("enter")
        await operator.sees("! “12.13.85” is not a date")
        await operator.press("ctrl+s")
        await operator.sees("Not saved. See Person: Birth date", "12.13.85")
        assert "birth_date" not in operator.stored(number)["person"]
        await operator.press("e", "ctrl+u")
        await operator.type("12.03.85")
        await operator.press("ctrl+s")
        await operator.sees("Saved")
        assert operator.stored(number)["person"]["birth_date"] == "1985-03-12"


async def test_a_choice_is_taken_by_its_label_and_by_the_arrows(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("down", "down", "down", "down", "e")
        await operator.type("fem")
        await operator.press("enter", "down", "down", "ctrl+s")
        await operator.sees("Saved")
        assert operator.stored(number)["person"]["sex"] == "female"
        assert operator.stored(number)["person"]["language"] == "ru"


async def test_esc_in_a_field_gives_its_value_back(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("e")
        await operator.type("ххх")
        await operator.sees("not saved")
        await operator.press("escape")
        await operator.sees_no("not saved", "ххх")


async def test_rows_are_added_opened_and_removed_by_keyboard(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("2", "a")
        await operator.press("enter")
        await operator.type("067 765 43 21")
        await operator.press("enter", "escape", "escape")
        await operator.sees("2 rows", "+380 67 765 43 21")
        await operator.press("ctrl+s")
        await operator.sees("Saved")
        assert [row["value"] for row in operator.stored(number)["contacts"]] == ["+380501234567", "+380677654321"]
        await operator.press("home", "d", "ctrl+s")
        await operator.sees("1 row")
        await operator.until(lambda: len(operator.stored(number)["contacts"]) == 1)
        assert operator.stored(number)["contacts"][0]["value"] == "+380677654321"


async def test_a_letter_that_removes_a_typed_row_by_mistake_is_taken_back_by_itself(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("2", "a", "enter")
        await operator.type("067 765 43 21")
        await operator.press("enter", "escape", "d")
        await operator.sees_no("not saved")
        await operator.press("d")
        await operator.sees("not saved", "+380 67 765 43 21")
        await operator.press("ctrl+s")
        await operator.sees("Saved")
    assert len(operator.stored(number)["contacts"]) == 2


async def test_enter_goes_on_into_a_note_that_is_empty(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("6", "a", "enter")
        for _ in range(8):
            if operator.app.screen is not operator.main:
                break
            await operator.press("enter")
            await operator.pilot.pause()
        await operator.sees("Ctrl+E")
        await operator.type("подзвонив")
        await operator.press("ctrl+s")
        await operator.until(lambda: operator.app.screen is operator.main)
        await operator.press("ctrl+s")
        await operator.sees("Saved")
    assert operator.stored(number)["interactions"][0]["text"] == "подзвонив"


async def test_a_row_taken_off_by_mistake_is_brought_back_after_leaving_as_well(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("2", "a", "enter")
        await operator.type("067 765 43 21")
        await operator.press("enter", "escape", "d", "escape")
        await operator.sees("u brings back what was discarded")
        await operator.press("u")
        await operator.until(lambda: operator.main.pane is not None and operator.main.pane.has_focus_within)
        await operator.press("2")
        await operator.sees("not saved", "+380 67 765 43 21")


async def test_a_row_typed_and_taken_off_is_gone_after_saving_nothing(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("2", "a", "enter")
        await operator.type("067 765 43 21")
        await operator.press("enter", "escape", "d")
        await operator.sees("2 rows")
        await operator.press("ctrl+s")
        await operator.sees("Nothing to save", "1 row")


async def test_a_row_added_by_mistake_leaves_nothing(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("2", "a", "escape", "escape")
        await operator.sees("1 row")
        await operator.sees_no("not saved")


async def test_esc_with_changes_asks_and_stay_keeps_them(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("e")
        await operator.type("ко")
        await operator.press("enter", "escape", "escape")
        await operator.sees("Save the changes of Шевченкоко Олена?", "Person: Last name: Шевченко → Шевченкоко")
        await operator.press("escape")
        await operator.sees_no("Save the changes")
        await operator.sees("Шевченкоко", "not saved")


async def test_the_question_shows_rows_and_texts_that_cannot_be_read_as_they_were_typed(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("2", "a", "enter")
        await operator.type("12")
        await operator.press("escape", "escape", "d", "escape")
        await operator.sees("Save the changes", "Contacts: phone, +380 50 123 45 67, yes → —")
        await operator.press("escape", "a", "enter")
        await operator.type("12")
        await operator.press("enter", "escape", "escape", "escape")
        await operator.sees("Contacts: — → phone, 12", "Not readable yet")


async def test_esc_with_changes_discards_them_when_told(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("e")
        await operator.type("ко")
        await operator.press("enter", "escape", "escape")
        await operator.sees("Save the changes")
        await operator.press("d")
        await operator.until(lambda: operator.app.focused is operator.main.sidebar.list)
        assert operator.stored(number)["person"]["last_name"] == "Шевченко"
        await operator.until(lambda: not list(store.drafts.list()), "the draft to go")


async def test_a_new_client_is_made_with_the_number_offered(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("n")
        await operator.until(lambda: operator.main.pane is not None and operator.main.pane.panel.form.editing)
        assert operator.main.pane is not None
        number = operator.main.pane.header.number
        await operator.type("Гнатюк")
        await operator.press("enter")
        await operator.type("Марія")
        await operator.press("ctrl+s")
        await operator.sees("Saved", "Гнатюк Марія", number)
        assert operator.stored(number)["person"] == {"last_name": "Гнатюк", "first_name": "Марія"}
        await operator.press("escape", "escape")
        await operator.sees("4 of 4", "Гнатюк Марія")


async def test_save_and_new_begins_the_next_card_at_once(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("n")
        await operator.until(lambda: operator.main.pane is not None and operator.main.pane.panel.form.editing)
        await operator.type("Гнатюк")
        await operator.press("ctrl+n")
        await operator.sees("(no name yet)")
        await operator.type("Лисенко")
        await operator.press("ctrl+s")
        await operator.until(lambda: store.find("").total == 5)


async def test_another_number_can_be_chosen_of_five(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("n")
        await operator.until(lambda: operator.main.pane is not None and operator.main.pane.panel.form.editing)
        await operator.type("Гнатюк")
        await operator.press("enter", "escape", "m")
        await operator.sees("Which client number?", "5 ")
        offered = [answer.value for answer in operator.app.screen._answers]  # type: ignore[attr-defined]
        await operator.press("3")
        await operator.sees_no("Which client number?")
        await operator.press("ctrl+s")
        await operator.sees("Saved")
        assert operator.stored(offered[2])["person"]["last_name"] == "Гнатюк"


async def test_undo_shows_before_and_after_and_takes_it_back(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("e", "ctrl+u")
        await operator.type("Шевчук")
        await operator.press("ctrl+s")
        await operator.sees("Saved")
        await operator.press("u")
        await operator.sees("Take this change back?", "Last name: Шевченко → Шевчук")
        await operator.press("u")
        await operator.sees("Taken back", "Шевченко Олена")
        assert operator.stored(number)["person"]["last_name"] == "Шевченко"


async def test_the_history_says_who_changed_what(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("e", "ctrl+u")
        await operator.type("Шевчук")
        await operator.press("ctrl+s")
        await operator.sees("Saved")
        await operator.press("h")
        await operator.sees("History: Шевчук Олена", "tester", "Шевченко → Шевчук", "the card was made")
        await operator.press("escape")
        await operator.sees_no("History:")


async def test_undo_in_the_list_is_about_the_client_under_the_cursor(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("e", "ctrl+u")
        await operator.type("Шевчук")
        await operator.press("ctrl+s")
        await operator.sees("Saved")
        await operator.press("escape", "escape")
        # What is found again after a save brings the cursor back to whom it was saved of.
        await operator.until(lambda: operator.main.found.total == 3 and under_cursor(operator) == "Шевчук Олена")
        await operator.press("home", "h")
        await operator.sees("History: Бондар Юхим")
        await operator.press("escape")
        await operator.sees_no("History")
        await operator.press("end", "u")
        await operator.sees("Last name: Шевченко → Шевчук")


async def test_next_client_without_leaving_the_card(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("enter")
        await operator.until(lambda: operator.main.has_class("-card"))
        await operator.press("2", "ctrl+down")
        await operator.sees("Ковальчук Іван", "+380 93 987 65 43")
        await operator.press("K")
        await operator.sees("Бондар Юхим", "+380 67 111 22 33")


async def test_a_note_is_written_in_several_lines(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("left", "enter")
        await operator.sees("Notes", "Ctrl+E")
        await operator.type("перше")
        await operator.press("enter")
        await operator.type("друге")
        await operator.press("ctrl+s")
        await operator.sees_no("Ctrl+E")
        await operator.press("ctrl+s")
        await operator.sees("Saved")
        assert operator.stored(number)["notes"] == {"text": "перше\nдруге"}


async def test_a_note_is_written_in_the_operators_own_editor(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.dialogs.editor.edit_text", lambda text: text + " і ще")
    monkeypatch.setattr("textual.app.App.suspend", lambda app: nullcontext())
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("left", "enter")
        await operator.sees("Ctrl+E")
        await operator.type("перше")
        await operator.press("ctrl+e")
        await operator.sees("перше і ще")
        await operator.press("escape")
        await operator.sees_no("Ctrl+E")
        await operator.sees("перше і ще", "not saved")


async def test_a_missing_editor_is_told_and_the_text_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    monkeypatch.setattr("textual.app.App.suspend", lambda app: nullcontext())
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("left", "enter")
        await operator.sees("Ctrl+E")
        await operator.type("перше")
        await operator.press("ctrl+e")
        await operator.sees("no-such-editor cannot be started", "перше")


async def test_a_relation_names_another_client_found_by_name(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        for _ in range(10):
            await operator.press("right")
        await operator.sees("Relations")
        await operator.press("a")
        await operator.until(lambda: operator.app.screen is not operator.main)
        await operator.type("бонд")
        await operator.until(lambda: only(operator) == "Бондар Юхим", "him alone to be found")
        await operator.press("enter")
        await operator.until(lambda: operator.app.screen is operator.main)
        await operator.sees("Бондар Юхим")
        await operator.until(lambda: operator.main.pane is not None and operator.main.pane.panel.form.editing)
        await operator.type("chi")
        await operator.press("ctrl+s")
        await operator.sees("Saved")
        uid = operator.stored(number_of(store, "бонд"))["uid"]
        assert operator.stored(number)["relations"][0]["client"] == uid
        assert operator.stored(number)["relations"][0]["kind"] == "child"


async def test_what_is_typed_into_the_next_field_takes_the_place_of_its_value(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("e")
        await operator.type("ко")
        await operator.press("enter")
        await operator.type("Ольга")
        await operator.press("ctrl+s")
        await operator.sees("Saved", "Шевченкоко Ольга")


async def test_a_default_of_a_new_row_gives_way_to_what_is_typed(store: Store) -> None:
    number = number_of(store, "шев")
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("5", "a")
        await operator.type("12.10.2026")
        await operator.press("enter")
        await operator.type("Хліб")
        await operator.press("enter")
        await operator.type("3")
        await operator.press("ctrl+s")
        await operator.sees("Saved")
        row = operator.stored(number)["purchases"][0]
        assert (row["date"], row["item"], row["quantity"]) == ("2026-10-12", "Хліб", "3")


async def test_choices_are_named_by_their_labels_where_something_else_was_typed(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("down", "down", "down", "down", "e")
        await operator.type("xyz")
        await operator.press("enter")
        await operator.sees("! “xyz” is none of the choices: female, male")


async def test_the_value_under_the_cursor_is_copied(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("2", "y")
        await operator.sees("Copied: +380 50 123 45 67")
        assert operator.app.clipboard == "+380 50 123 45 67"
        await operator.press("Y")
        await operator.until(lambda: operator.app.clipboard == number_of(store, "шев"))


async def test_quitting_with_changes_asks(store: Store) -> None:
    async with at_work(store) as operator:
        await opened(operator, "шев")
        await operator.press("e")
        await operator.type("ко")
        await operator.press("ctrl+q")
        await operator.sees("Save the changes")
        await operator.press("escape")
        await operator.sees_no("Save the changes")
        assert operator.app.is_running


async def test_five_hundred_cards_mount_no_more_widgets_than_one(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("enter")
        await operator.until(lambda: operator.main.has_class("-card"))
        widgets = len(list(operator.main.walk_children()))
        for _ in range(5):
            await operator.press("e", "x", "escape", "2", "enter", "escape", "J", "K", "1")
        assert len(list(operator.main.walk_children())) == widgets


async def test_ctrl_n_at_the_search_asks_about_a_card_that_lies_behind_the_list(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("n")
        await operator.sees("● new")
        await operator.type("Зюзіна")
        await operator.press("enter", "escape")
        await operator.search("мимріна")
        await operator.sees("Nobody found")
        await operator.press("ctrl+n")
        await operator.sees("Save the changes of Зюзіна?")
        await operator.press("escape")
        await operator.sees("Nobody found")
        assert store.find("зюзіна").total == 0
        await operator.press("ctrl+n")
        await operator.sees("Save the changes of Зюзіна?")
        await operator.press("s")
        await operator.sees("Мимріна", "● new")
        assert store.find("зюзіна").total == 1


async def test_a_card_that_cannot_be_saved_comes_before_the_list(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("зюзіна а;я@пошта.укр")
        await operator.sees("Nobody found")
        await operator.press("ctrl+n")
        await operator.sees("● new")
        await operator.press("escape")
        await operator.search("мимріна")
        await operator.sees("Nobody found")
        await operator.press("ctrl+n")
        await operator.sees("Save the changes of Зюзіна?")
        await operator.press("s")
        await operator.sees("Not saved.", "● new", "Зюзіна")
        assert operator.main.has_class("-card")
        assert operator.main.pane is not None and operator.main.pane.has_focus_within
