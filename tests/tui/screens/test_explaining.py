"""Why clients are in a list: as much at once as the list tells, the rest by their cards, as far as there is time."""

from dataclasses import replace
from itertools import count

from store.door import Store
from tests.tui.screens.operator import add
from tui.screens.explaining import Explainer


def test_what_the_list_tells_needs_no_card(store: Store) -> None:
    found = store.find("шев")
    reasons, others = Explainer(store).at_once(found, found.rows(0, 9), "")
    assert [reason.hits for reason in reasons.values()] == [((0, 3),)] and others == []


def test_cards_are_asked_until_time_is_over_and_the_others_later(store: Store) -> None:
    for name in ("Ааз", "Бик", "Вовк"):
        add(store, name, "Ян", contacts=[{"kind": "email", "value": f"office@{len(name)}.example"}])
    found, explainer = store.find("office"), Explainer(store)
    reasons, others = explainer.at_once(found, found.rows(0, 9), "")
    assert not reasons and len(others) == 3
    asked = count(1)
    first = explainer.by_card(others, 1, lambda: next(asked) > 2)
    assert len(first) == 2
    rest = explainer.by_card([each for each in others if each.serial not in first], 1, lambda: False)
    assert len(rest) == 1
    assert all(reason.text.startswith("e-mail office@") for reason in (*first.values(), *rest.values()))


def test_a_card_that_is_gone_is_passed_over(store: Store) -> None:
    for name in ("Ааз", "Бик"):
        add(store, name, "Ян", contacts=[{"kind": "email", "value": "office@one.example"}])
    found, explainer = store.find("office"), Explainer(store)
    _, others = explainer.at_once(found, found.rows(0, 9), "")
    gone = [replace(each, serial=10_000 - place) for place, each in enumerate(others)]
    assert len(explainer.by_card([*gone, *others], 1, lambda: False)) == 2
