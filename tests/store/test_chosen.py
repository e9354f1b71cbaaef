from pathlib import Path

from store.chosen import Chooser
from store.query import Target
from tests.store.stores import add, change, opened, remove


def test_marked_clients_are_listed_by_name_and_narrowed_by_a_search(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        cards = [add(store, last_name=name) for name in ("Ярема", "Бондар", "Бойко", "Ґава")]
        marks = {card.serial: card.document["uid"] for card in cards[:3]}
        found = Chooser(store).choose(marks)
        assert [row.name for row in found.rows(0, 10)] == ["Бойко", "Бондар", "Ярема"]
        assert found.position(cards[0].serial) == 2 and found.position(cards[3].serial) is None
        assert found.total == 3
        assert [row.name for row in Chooser(store).choose(marks, "бо").rows(0, 10)] == ["Бойко", "Бондар"]
        assert [row.name for row in Chooser(store).choose(marks, sort="-name").rows(0, 10)] == [
            "Ярема",
            "Бондар",
            "Бойко",
        ]


def test_clients_opened_lately_stay_in_that_order(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        cards = [add(store, last_name=name) for name in ("Ярема", "Бондар", "Бойко")]
        opened_ = {card.serial: card.document["uid"] for card in cards}
        assert Chooser(store).choose(opened_, by_name=False).serials() == [card.serial for card in cards]
        assert Chooser(store).choose(opened_, "бо", by_name=False).serials() == [card.serial for card in cards[1:]]


def test_who_is_gone_in_the_trash_or_another_by_now_is_left_out(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        kept, removed = add(store, last_name="А"), add(store, last_name="Б")
        remove(store, removed)
        marks = {kept.serial: kept.document["uid"], removed.serial: removed.document["uid"], 99: "gone"}
        assert Chooser(store).choose(marks).serials() == [kept.serial]
        assert Chooser(store).choose(marks, "in:trash").serials() == [removed.serial]
        assert Chooser(store).choose({kept.serial: "of another"}).serials() == []


def test_what_is_remembered_is_forgotten_when_something_is_saved(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        card = add(store, last_name="А")
        chooser, marks = Chooser(store), {card.serial: card.document["uid"]}
        assert chooser.choose(marks).serials() == [card.serial]
        change(store, card, ("person.last_name", "Я"))
        assert [row.name for row in chooser.choose(marks).rows(0, 1)] == ["Я"]
        remove(store, store.card(card.serial))
        assert chooser.choose(marks).total == 0


def test_a_line_means_the_same_among_the_marked_as_among_all(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        marked = add(store, last_name="Яременко", first_name="Микола")
        add(store, last_name="Бондар", first_name="Николай")
        found = Chooser(store).choose({marked.serial: marked.document["uid"]}, "Николай")
        assert [(row.serial, row.group) for row in found.rows(0, 5)] == [(marked.serial, "language")]
        assert [(phase.how, phase.count) for phase in found.phases] == [("language", 1)]


def test_nobody_is_listed_twice_of_a_line_that_was_shortened_twice(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        card = add(store, last_name="Петренко")
        found = Chooser(store).choose({card.serial: card.document["uid"]}, "тел.моб.Петренко")
        assert (found.total, [row.serial for row in found.rows(0, 5)]) == (1, [card.serial])


def test_what_is_counted_of_the_marked_is_theirs(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        cards = [add(store, last_name=name) for name in ("Ярема", "Бондар", "Бойко")]
        meant = Chooser(store).meant({card.serial: card.document["uid"] for card in cards[:2]})
        assert store.count("бо", among=meant) == 1
        facets = store.facets("", Target("person.last_name"), among=meant)
        assert [(facet.value, facet.count) for facet in facets] == [("Бондар", 1), ("Ярема", 1)]


def test_of_whom_another_keyboard_found_it_is_said(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        cards = [add(store, last_name=name) for name in ("Ярема", "Бондар", "Бойко")]
        marks = {card.serial: card.document["uid"] for card in cards[:2]}
        found = Chooser(store).choose(marks, ",jylfh")
        assert [(row.name, row.group) for row in found.rows(0, 5)] == [("Бондар", "layout")]
        assert [(phase.how, phase.start, phase.count) for phase in found.phases] == [("layout", 0, 1)]


def test_each_of_them_is_listed_once_in_the_way_he_was_found(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        named, slipped, other = (
            add(store, last_name=last, first_name=first)
            for last, first in (("Ковальов", "Микола"), ("Петренко", "Никопай"), ("Бойко", "Олена"))
        )
        marks = {card.serial: card.document["uid"] for card in (other, named, slipped)}
        found = Chooser(store).choose(marks, "Николай")
        assert [(each.how, each.start, each.count) for each in found.phases] == [("typo", 0, 1), ("language", 1, 1)]
        assert [(row.serial, row.group) for row in found.rows(0, 10)] == [
            (slipped.serial, "typo"),
            (named.serial, "language"),
        ]
        assert Chooser(store).choose(marks, "Николай", by_name=False).serials() == [slipped.serial, named.serial]


def test_who_is_opened_again_is_first_again(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        cards = [add(store, last_name=name) for name in ("Ярема", "Бондар")]
        noted = [(card.serial, card.document["uid"]) for card in cards]
        chooser = Chooser(store)
        for order in (noted, noted[::-1]):
            assert chooser.choose(dict(order), by_name=False).serials() == [serial for serial, _ in order]
