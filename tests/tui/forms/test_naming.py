"""Clients are called by their names, whatever they are noted by."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.door import Edit, Store, open_store
from tests.tui.screens.operator import add, at_work, number_of
from tui.forms.describing import change_lines
from tui.forms.naming import named_in, named_in_changes, names_of


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", create=True) as store:
        add(store, "Бойко", "Олена")
        add(store, "Ткач", "Іван")
        mother, son = (store.get(number_of(store, name)).card for name in ("бойко", "ткач"))
        relation = {"client": mother.document["uid"], "kind": "parent"}
        store.write([Edit(son.serial, son.document, {**son.document, "relations": [relation]})], why="edit")
        yield store


def test_a_change_names_who_is_related(family: Store) -> None:
    son = family.get(number_of(family, "ткач")).card
    (uid,) = named_in(son.document, family.schema)
    changes = family.history(son.serial)[0].fields
    assert set(named_in_changes(changes, family.schema)) == {uid}
    names = names_of(family, [uid, "01JDGONE"])
    assert set(names) == {uid} and names[uid].startswith("Бойко Олена")
    assert "Бойко Олена" in change_lines(changes, family.schema, names)[0]


async def test_the_history_and_the_question_about_undo_name_them_too(family: Store) -> None:
    async with at_work(family, (120, 30)) as operator:
        await operator.search("ткач")
        await operator.sees("1 of 2")
        await operator.press("enter", "h")
        await operator.sees("History: Ткач Іван", "Бойко Олена")
        await operator.press("escape", "u")
        await operator.sees("Take this change back?", "Бойко Олена")
