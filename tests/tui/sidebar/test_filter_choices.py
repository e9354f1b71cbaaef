"""What the filter panel offers of every field is a filter, and finds as many as stand beside it."""

from collections.abc import Iterator

import pytest

from store.door import Store
from tests.store.query.crowd import SCHEMA, TODAY, documents, store_of
from tui.forms.askable import Askable, filterable
from tui.sidebar.filter_choices import has_values, of_values, presets


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with store_of(tmp_path_factory.mktemp("crowd") / "store", documents(60)) as store:
        yield store


@pytest.mark.parametrize("asked", filterable(SCHEMA), ids=lambda asked: asked.key.name)
def test_what_is_offered_is_understood_and_finds_as_many_as_it_says(crowd: Store, asked: Askable) -> None:
    target = asked.key.target
    values = []
    if target is not None and has_values(asked.key):
        values = of_values(asked, [(each.value, each.count) for each in crowd.facets("", target, 200)])
    for choice in [*values, *presets(asked, SCHEMA, TODAY)]:
        found = crowd.find(choice.token, limit=0)
        assert not found.query.problems and not found.query.is_empty, choice
        assert choice.count in (None, found.total), choice


def test_values_are_offered_of_texts_and_choices_and_of_no_address(crowd: Store) -> None:
    offered = {asked.key.name for asked in filterable(SCHEMA) if has_values(asked.key)}
    assert {"city", "tag", "status", "telegram"} <= offered
    assert not offered & {"email", "phone", "website", "loyalty", "contact"}


def test_the_consents_offered_are_those_of_the_store(crowd: Store) -> None:
    (consent,) = [asked for asked in filterable(SCHEMA) if asked.key.name == "consent"]
    section = SCHEMA.section("consents")
    kinds = section.field("kind") if section else None
    assert kinds is not None
    told = {choice.token for choice in presets(consent, SCHEMA, TODAY)}
    assert {f"consent:{choice.code}" for choice in kinds.choices} <= told
