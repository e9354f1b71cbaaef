from collections.abc import Iterator
from pathlib import Path

import pytest

from store.door import Store, open_store
from tests.tui.screens.operator import add


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", create=True) as opened:
        add(opened, "Бондар", "Юхим", "+380671112233")
        add(opened, "Шевченко", "Олена", "+380501234567")
        add(opened, "Ковальчук", "Іван", "+380939876543")
        yield opened


@pytest.fixture
def cities(store: Store) -> Store:
    add(store, "Ткач", "Ірина", addresses=[{"city": "Київ"}], tags={"tags": ["vip"]})
    add(store, "Гриценко", "Петро", addresses=[{"city": "Київ"}])
    add(store, "Левченко", "Лев", addresses=[{"city": "Львів"}])
    return store
