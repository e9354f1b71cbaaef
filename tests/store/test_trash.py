import datetime
import errno
from pathlib import Path

import pytest
from tinydb import TinyDB
from tinydb.operations import delete as without

from store import clock, disk, trash
from store.card import Card
from store.door import Store
from store.errors import Conflict, NotAllowed, NotFound, Unsure
from store.snapshots import snapshots
from tests.store.stores import add, change, opened, remove

CARD = (("identifiers[+].kind", "loyalty"), ("identifiers[+].value", "2000000012345"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path / "store")


@pytest.fixture
def olena(store: Store) -> Card:
    return add(store, *CARD, last_name="Шевченко")


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    moment = clock.now() + datetime.timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_removed_card_rests_in_the_trash_and_comes_back_whole(store: Store, olena: Card) -> None:
    trash.remove(store, [olena.serial])
    assert [card.number for card in trash.cards(store)] == [olena.number]
    assert store.find("шевченко").total == 0 and store.find("in:trash").total == 1
    assert trash.restore(store, [olena.serial]).given_up == ()
    assert store.card(olena.serial).document["identifiers"] == olena.document["identifiers"]
    assert trash.cards(store) == [] and store.find("шевченко").total == 1
    with pytest.raises(Conflict) as refusal:
        trash.restore(store, [olena.serial])
    assert refusal.value.code == "client-not-in-trash"


def test_an_identifier_of_the_trash_may_be_given_to_another_with_a_word_about_it(store: Store, olena: Card) -> None:
    other = add(store, last_name="Коваль")
    with pytest.raises(Conflict):
        change(store, other, *CARD)
    remove(store, olena)
    written = change(store, other, *CARD)
    assert [(each.value, each.number) for each in written.freed] == [("2000000012345", olena.number)]
    assert store.get("2000000012345").card.serial == other.serial


def test_who_comes_back_is_without_what_another_has_now_and_that_is_told(store: Store, olena: Card) -> None:
    remove(store, olena)
    other = add(store, *CARD, last_name="Коваль")
    (given_up,) = trash.restore(store, [olena.serial]).given_up
    assert (given_up.value, given_up.number) == ("2000000012345", other.number)
    assert "identifiers" not in store.card(olena.serial).document
    assert store.history(olena.serial)[0].fields and store.check().findings == ()


def test_an_undo_of_the_removal_is_refused_where_another_has_the_identifier(store: Store, olena: Card) -> None:
    written = remove(store, olena)
    add(store, *CARD, last_name="Коваль")
    with pytest.raises(Conflict) as refusal:
        store.undo(written.changeset)
    assert refusal.value.code == "value-taken" and store.card(olena.serial).trashed


def test_the_number_of_a_client_in_the_trash_is_nobodys(store: Store, olena: Card) -> None:
    remove(store, olena)
    with pytest.raises(Conflict):
        add(store, ("number", olena.number), last_name="Коваль")


def test_emptying_erases_the_card_and_its_changes_but_its_numbers_stay_taken(store: Store, olena: Card) -> None:
    first = olena.number
    olena = change(store, olena, ("number", store.free_numbers(1)[0])).cards[0]
    change(store, olena, ("person.position", "кравчиня"))
    kept = add(store, last_name="Коваль")
    remove(store, store.card(olena.serial))
    assert trash.empty(store, older_than=0) == (olena.number,)
    with pytest.raises(NotFound):
        store.card(olena.serial)
    content = store.folder.file(0).read_text(encoding="utf-8")
    assert "кравчиня" not in content and "Шевченко" not in content and "Коваль" in content
    assert store.find("in:trash").total == 0 and store.check().findings == ()
    for number in (first, olena.number):
        assert store.index.numbers_taken([number]) == {number}
        with pytest.raises(NotFound):
            store.get(number)
    store.rebuild_index()
    assert store.index.numbers_taken([first, olena.number]) == {first, olena.number}
    assert store.card(kept.serial).name == "Коваль" and add(store, last_name="Новий").serial > kept.serial


def test_emptying_also_takes_what_was_merged_into_the_card(store: Store, olena: Card) -> None:
    kept = add(store, last_name="Шевченко")
    store.merge(kept.serial, olena.serial)
    remove(store, store.card(kept.serial))
    assert trash.empty(store, older_than=0) == (kept.number,)
    content = store.folder.file(0).read_text(encoding="utf-8")
    assert "Шевченко" not in content and "2000000012345" not in content
    assert store.index.numbers_taken([kept.number, olena.number]) == {kept.number, olena.number}
    assert store.check().findings == ()


def test_emptying_also_takes_the_older_changes_in_files_of_their_own(
    store: Store, olena: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.clients.committing.JOURNAL_BYTES", 600)
    for count in range(6):
        change(store, store.card(olena.serial), ("person.position", f"посада {count}"))
    remove(store, store.card(olena.serial))
    trash.empty(store, older_than=0)
    assert [change_.why for change_ in store.history(olena.serial)] == ["empty"]
    texts = [file.read_text(encoding="utf-8") for file in store.folder.path.glob("*.json")]
    assert len(texts) > 1 and not any("посада" in text for text in texts)


def test_by_rule_only_who_was_removed_long_ago_goes_and_a_snapshot_has_them_still(
    store: Store, olena: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove(store, olena)
    later(monkeypatch, 60)
    recent = add(store, last_name="Коваль")
    remove(store, recent)
    later(monkeypatch, 31)
    add(store, last_name="Бондар")
    assert [card.number for card in trash.cards(store)] == [recent.number]
    assert olena.number in (snapshots(store.path)[-1].path / "clients" / "00000.json").read_text(encoding="utf-8")


def test_who_does_not_say_when_they_were_removed_does_not_go_by_rule(store: Store, olena: Card) -> None:
    remove(store, olena)
    with TinyDB(store.folder.file(0), encoding="utf-8") as foreign:
        foreign.table("trash").update(without("updated"))
    assert trash.empty(store, older_than=90) == ()
    assert trash.empty(store, older_than=0) == (olena.number,)


def test_a_clock_that_jumps_years_ahead_erases_nobody(
    store: Store, olena: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove(store, olena)
    later(monkeypatch, 4000)
    add(store, last_name="Коваль")
    assert [card.number for card in trash.cards(store)] == [olena.number]


def test_the_store_says_after_how_many_days(store: Store, olena: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    assert trash.days(store) == 90
    trash.keep(store, 0)
    remove(store, olena)
    for _ in range(5):
        later(monkeypatch, 30)
        add(store, last_name="Коваль")
    assert trash.days(opened(store.path)) == 0 and len(trash.cards(store)) == 1


def test_what_was_emptied_is_not_offered_to_be_taken_back(store: Store, olena: Card) -> None:
    other = add(store, last_name="Коваль")
    remove(store, olena)
    trash.empty(store, older_than=0)
    assert store.undo().cards[0].serial in (olena.serial, other.serial)


@pytest.mark.parametrize(("call", "refusal"), [("write_new", NotAllowed), ("sync", Unsure)])
def test_a_disk_that_refuses_is_told_and_the_trash_is_emptied_once_there_is_room(
    store: Store, olena: Card, monkeypatch: pytest.MonkeyPatch, call: str, refusal: type[Exception]
) -> None:
    remove(store, olena)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full, pytest.raises(refusal):
        full.setattr(disk, call, refuse)
        trash.empty(store, older_than=0)
    trash.empty(store, older_than=0)
    assert trash.cards(store) == []
    assert store.check().findings == ()
