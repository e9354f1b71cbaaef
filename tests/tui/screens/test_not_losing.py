import asyncio
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from store import erasing, trash
from store.door import Edit, Store, open_store
from store.drafts import Draft
from store.errors import Damaged, NotAllowed
from tests.tui.screens.operator import PATIENCE, Operator, at_work, number_of
from tui.screens.desk import Desk
from tui.screens.drafting import DraftKeeper
from tui.terminal.application import LOOKS


@pytest.fixture
def typed_and_left(store: Store) -> Iterator[Store]:
    document = store.get(store.find("шев").rows(0, 1)[0].number).card.document
    after = {**document, "person": {**document["person"], "company": "Ромашка"}}
    store.drafts.save(Draft(document["uid"], 2, after, document, {"person.birth_date": "скоро"}))
    yield store


async def begun(operator: Operator) -> None:
    await operator.press("n")
    await operator.until(lambda: operator.main.pane is not None and operator.main.pane.panel.form.editing)


async def test_what_is_typed_is_on_disk_before_it_is_entered(store: Store) -> None:
    async with at_work(store) as operator:
        await begun(operator)
        await operator.type("Гна")
        await operator.until(
            lambda: [draft.document["person"]["last_name"] for draft in store.drafts.list()] == ["Гна"], "the draft"
        )


async def test_leaving_at_once_still_writes_the_draft(store: Store) -> None:
    async with at_work(store) as operator:
        await begun(operator)
        await operator.type("Гнатюк")
        operator.app.exit()
    assert [draft.document["person"]["last_name"] for draft in store.drafts.list()] == ["Гнатюк"]


async def test_a_note_is_in_the_draft_while_it_is_written(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("enter")
        await operator.until(lambda: operator.main.has_class("-card"))
        await operator.press("left", "enter")
        await operator.sees("Ctrl+E")
        await operator.type("довга розповідь")
        await operator.until(
            lambda: [draft.document.get("notes") for draft in store.drafts.list()] == [{"text": "довга розповідь"}]
        )


async def test_a_saved_card_leaves_no_draft(store: Store) -> None:
    async with at_work(store) as operator:
        await begun(operator)
        await operator.type("Гнатюк")
        await operator.until(lambda: list(store.drafts.list()))
        await operator.press("ctrl+s")
        await operator.sees("Saved")
        await operator.until(lambda: not list(store.drafts.list()), "the draft to go")


async def test_a_draft_is_offered_back_and_enter_restores_it_with_its_wrong_text(typed_and_left: Store) -> None:
    async with at_work(typed_and_left) as operator:
        await operator.sees("Шевченко Олена: typed", "not saved", "Company")
        await operator.press("enter")
        await operator.sees("Ромашка", "скоро", "● not saved")


async def test_a_draft_of_a_client_in_the_trash_says_so_and_the_client_can_be_restored(typed_and_left: Store) -> None:
    serial = typed_and_left.find("шев").rows(0, 1)[0].serial
    trash.remove(typed_and_left, [serial])
    async with at_work(typed_and_left) as operator:
        await operator.sees("Шевченко Олена: typed")
        await operator.press("enter")
        await operator.sees("put this card into the trash; r restores it", "● not saved")
        await operator.press("r")
        await operator.until(lambda: not typed_and_left.card(serial).trashed, "the client to come back")
        await operator.sees("Ромашка", "● not saved")


async def test_a_draft_put_off_stays(typed_and_left: Store) -> None:
    async with at_work(typed_and_left) as operator:
        await operator.sees("Шевченко Олена: typed")
        await operator.press("escape")
        await operator.sees_no("Шевченко Олена: typed")
    assert len(list(typed_and_left.drafts.list())) == 1


async def test_a_draft_is_discarded_only_after_a_second_question(typed_and_left: Store) -> None:
    async with at_work(typed_and_left) as operator:
        await operator.sees("Шевченко Олена: typed")
        await operator.press("d")
        await operator.sees("for good?")
        await operator.press("enter")
        assert list(typed_and_left.drafts.list())
        await operator.press("delete")
        await operator.sees_no("for good?")
        await operator.until(lambda: not list(typed_and_left.drafts.list()), "the draft to go")


def test_a_draft_that_cannot_be_written_is_told_and_the_next_one_tried(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        keeper = DraftKeeper(store.drafts)
        store.drafts.path.parent.write_text("in the way")
        keeper.keep(Draft("u1", None, {"uid": "u1"}, None))
        keeper.close()
        assert isinstance(keeper.error, OSError | NotAllowed)


def test_a_slow_disk_holds_up_nobody_who_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        keeper = DraftKeeper(store.drafts)
        begun, finished = threading.Event(), threading.Event()

        def save(_draft: Draft) -> None:
            begun.set()
            assert finished.wait(PATIENCE)

        monkeypatch.setattr(store.drafts, "save", save)
        keeper.keep(Draft("u1", None, {"uid": "u1"}, None))
        assert begun.wait(PATIENCE)
        typing = threading.Thread(target=keeper.keep, args=(Draft("u1", None, {"uid": "u1"}, None),))
        typing.start()
        typing.join(PATIENCE)
        was_held_up = typing.is_alive()
        finished.set()
        keeper.close()
        assert not was_held_up


async def test_a_notebook_that_cannot_be_read_marks_nobody(store: Store) -> None:
    store.notebook.path.mkdir(parents=True)
    async with at_work(store) as operator:
        await operator.sees("Шевченко")
        await operator.press("space")
        await operator.sees("The disk refused to write")


async def test_a_read_only_store_is_said_to_be_and_refuses_edits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "read_only", True)
    async with at_work(store) as operator:
        await operator.sees("read-only")
        await operator.press("enter")
        await operator.until(lambda: operator.main.has_class("-card"))
        await operator.press("e")
        await operator.sees("The store is read-only for you")
        assert operator.main.pane is not None
        assert not operator.main.pane.panel.form.editing
        await operator.sees_no("The store is read-only for you")
        await operator.press("2", "a")
        await operator.sees("The store is read-only for you", "1 row")
        await operator.sees_no("The store is read-only for you")
        await operator.press("ctrl+n")
        await operator.sees("The store is read-only for you")


async def test_a_store_that_cannot_be_asked_any_more_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> int:
        raise Damaged("not-a-store", path="/gone")

    async with at_work(store) as operator:
        monkeypatch.setattr(store, "data_version", gone)
        await operator.sees("/gone is not a Kartoteka store")


async def test_a_letter_typed_ahead_of_a_card_goes_into_its_field(store: Store) -> None:
    async with at_work(store) as operator:
        operator.app.simulate_key("n")
        for char in "Нуль":
            operator.app.post_message(events.Key(char, char))
        await operator.sees("Нуль", "● new")


async def test_letters_typed_ahead_wait_for_a_card_however_long_it_takes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.terminal.application.PATIENCE", 0.0)
    begin, looks = Desk.begin, 0

    async def slowly(desk: Desk, name: str) -> None:
        nonlocal looks
        while looks < 10 * LOOKS:
            looks += 1
            await asyncio.sleep(0)
        await begin(desk, name)

    monkeypatch.setattr(Desk, "begin", slowly)
    async with at_work(store) as operator:
        for char in "nНуль":
            operator.app.post_message(events.Key(char, char))
        await operator.sees("Нуль", "● new")
    assert looks == 10 * LOOKS


async def test_a_damaged_card_is_told_and_the_others_can_be_used(store: Store) -> None:
    for file in (store.path / "clients").glob("*.json"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Шевченко", "Шевченк0"), encoding="utf-8")
    async with at_work(store) as operator:
        await operator.press("enter")
        await operator.sees("damaged")
        add_more = operator.main.sidebar.list.row
        assert add_more is not None


async def test_a_word_typed_into_a_question_by_mistake_answers_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("tui.dialogs.question.monotonic", lambda: now)
    async with at_work(store) as operator:
        await operator.press("n")
        await operator.until(lambda: operator.main.pane is not None and operator.main.pane.panel.form.editing)
        await operator.type("Гнатюк")
        await operator.press("enter", "escape", "escape")
        await operator.sees("Save the changes")
        await operator.type("/davies")
        await operator.sees("Save the changes")
        now = 1.0
        await operator.press("d")
        await operator.sees_no("Save the changes")


async def test_what_was_discarded_is_brought_back_until_something_else_is_done(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.press("n")
        await operator.until(lambda: operator.main.pane is not None and operator.main.pane.panel.form.editing)
        await operator.type("Гнатюк")
        await operator.press("enter", "escape", "escape", "d")
        await operator.sees("u brings back what was discarded: Гнатюк")
        await operator.press("u")
        await operator.sees("● new", "Гнатюк")
        await operator.until(lambda: [draft.uid for draft in store.drafts.list()], "the draft to be kept again")
        await operator.press("escape", "d")
        await operator.sees("discarded: Гнатюк")
        await operator.press("home", "enter")
        await operator.until(lambda: operator.main.has_class("-card"))
        await operator.press("escape", "u")
        await operator.sees("Take this change back?")


async def asked_to_save(operator: Operator) -> None:
    """Type something into the card of the first client and go back."""
    await operator.press("home", "e")
    await operator.until(lambda: operator.main.pane is not None and operator.main.pane.panel.form.editing)
    await operator.type("ко")
    await operator.press("enter", "escape", "escape")
    await operator.sees("Save the changes")


async def discarded(operator: Operator) -> None:
    """Type something into the card of the first client and discard it."""
    await asked_to_save(operator)
    await operator.press("d")
    await operator.sees("u brings back what was discarded: Бондарко")


async def test_after_a_removal_undo_means_that_and_not_what_was_discarded_before(store: Store) -> None:
    async with at_work(store) as operator:
        await discarded(operator)
        await operator.press("end", "D")
        await operator.sees("into the trash?")
        await operator.press("d")
        await operator.sees("is in the trash")
        await operator.press("u")
        await operator.sees("Take this change back?", "Шевченко")


async def test_another_search_forgets_what_was_discarded_and_says_so(store: Store) -> None:
    async with at_work(store) as operator:
        await discarded(operator)
        await operator.search("шев")
        await operator.sees_no("brings back what was discarded")


async def test_what_was_discarded_of_a_client_who_was_erased_meanwhile_is_not_shown_again(store: Store) -> None:
    async with at_work(store) as operator:
        await discarded(operator)
        await asyncio.to_thread(erasing.erase, store, number_of(store, "бондар"))
        await operator.press("u")
        await operator.sees("was erased on")
        await operator.sees_no("Бондар")


async def test_enter_at_the_end_of_a_word_typed_by_mistake_saves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("tui.dialogs.question.monotonic", lambda: now)
    async with at_work(store) as operator:
        await asked_to_save(operator)
        await operator.type("/davies")
        await operator.press("enter")
        await operator.sees("Save the changes")
        assert store.find("бондарко").total == 0
        now = 1.0
        await operator.press("enter")
        await operator.sees("Saved")


async def test_what_was_saved_before_the_program_was_ended_is_not_offered(store: Store) -> None:
    document = store.blank()
    document |= {"person": {"last_name": "Гнатюк"}, "contacts": [{"kind": "phone", "value": "+380671234567"}]}
    store.drafts.save(Draft(document["uid"], None, document, None))
    store.write([Edit(None, None, document)], why="new")
    card = store.get(store.find("шев").rows(0, 1)[0].number).card
    document_uid = card.document["uid"]
    edited = {**card.document, "contacts": [*card.document["contacts"], {"kind": "phone", "value": "+380677654321"}]}
    store.drafts.save(Draft(str(document_uid), card.serial, edited, card.document))
    store.write([Edit(card.serial, card.document, edited)])
    async with at_work(store) as operator:
        await operator.until(lambda: not list(store.drafts.list()), "both to go")
        assert operator.app.screen is operator.main


async def test_who_stays_with_the_card_they_left_open_types_into_none(store: Store) -> None:
    async with at_work(store) as operator:
        await operator.search("ковал")
        await operator.press("enter", "enter")
        await operator.sees("Last name   Ковальчук")
        await operator.press("e")
        await operator.type("а")
        await operator.press("enter", "escape")
        await operator.search("бонд")
        await operator.sees("1 of 3")
        await operator.press("enter", "e")
        await operator.sees("Save the changes")
        await operator.press("escape")
        await operator.sees_no("Save the changes")
        await operator.sees("1 of 3", "Бондар")
        await operator.press("z", "z")
        assert operator.main.focused is operator.main.sidebar.list
        assert operator.main.pane is not None and operator.main.pane.card is not None
        assert operator.main.pane.card.editing.after()["person"]["last_name"] == "Ковальчука"


async def test_a_snapshot_of_the_day_that_fails_is_told_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.snapshots.daily.take", refused)
    shutil.rmtree(store.path / "backups", ignore_errors=True)
    store.daily._done = ""
    async with at_work(store) as operator:
        await operator.search("ковал")
        await operator.press("enter", "enter", "e")
        await operator.type("а")
        await operator.press("ctrl+s")
        await operator.sees("Saved. The snapshot of the day failed: No space left on device")
        await operator.press("e")
        await operator.type("б")
        await operator.press("ctrl+s")
        await operator.until(lambda: store.find("ковальчукаб").total == 1)
        await operator.sees("Saved")
        await operator.sees_no("snapshot")
