from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from store.door import Store
from store.errors import Conflict, Invalid, NotAllowed, NotFound
from store.searches import SavedSearch
from tests.store.stores import add, opened

VIP = SavedSearch("VIP", "tag:vip", "-created", shared=True)
KYIV = SavedSearch("Київ", "city:Київ")


def test_a_shared_search_is_seen_by_all_and_an_own_one_by_its_operator_alone(tmp_path: Path) -> None:
    with opened(tmp_path / "store", "olena") as olena, opened(tmp_path / "store", "petro") as petro:
        olena.searches.save(KYIV)
        olena.searches.save(VIP)
        # The own ones first: what petro shares must not move their digits.
        assert olena.searches.all() == [KYIV, VIP]
        assert petro.searches.all() == [VIP]
        assert petro.searches.named("vip") == VIP


def test_a_search_saved_under_a_known_name_takes_its_place(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        store.searches.save(VIP)
        store.searches.save(KYIV)
        store.searches.save(SavedSearch(" vip ", "tag:vip spent:>1000"))
        assert [(each.name, each.line, each.shared) for each in store.searches.all()] == [
            ("Київ", "city:Київ", False),
            ("vip", "tag:vip spent:>1000", False),
        ]


def test_searches_are_renamed_moved_and_removed(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        for name in ("a", "b", "c"):
            store.searches.save(SavedSearch(name, name, shared=True))
        store.searches.move("c", -5)
        store.searches.rename("a", "A")
        store.searches.remove("b")
        assert [each.name for each in store.searches.all()] == ["c", "A"]
        with pytest.raises(Conflict, match="search-exists"):
            store.searches.rename("c", "a")
        with pytest.raises(NotFound, match="search-missing"):
            store.searches.remove("b")


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_search_needs_a_name_that_fits(tmp_path: Path, name: str) -> None:
    with opened(tmp_path / "store") as store, pytest.raises(Invalid):
        store.searches.save(SavedSearch(name, "x"))


def test_the_other_settings_of_the_store_stay(tmp_path: Path) -> None:
    from store import trash

    with opened(tmp_path / "store") as store:
        trash.keep(store, 17)
        store.searches.save(VIP)
        assert trash.days(store) == 17 and store.searches.all() == [VIP]


@pytest.mark.parametrize("line", ["шевч", "itdxtyrj", "шевчинко", "tag:vip"])
def test_a_line_is_counted_as_its_list_is_long(tmp_path: Path, line: str) -> None:
    with opened(tmp_path / "store") as store:
        add(store, ("tags.tags", "vip"), last_name="Шевченко")
        assert store.count(line) == store.find(line).total == 1


def test_what_two_operators_save_at_once_is_all_kept(tmp_path: Path) -> None:
    def save(store: Store, name: str) -> None:
        for number in range(15):
            store.searches.save(SavedSearch(f"{name} {number}", "tag:vip", shared=True))
            store.searches.save(SavedSearch(f"own {number}", "tag:vip"))

    with opened(tmp_path / "store", "olena") as olena, opened(tmp_path / "store", "petro") as petro:
        both = [Thread(target=save, args=(olena, "O")), Thread(target=save, args=(petro, "P"))]
        for each in both:
            each.start()
        for each in both:
            each.join()
        assert [len(store.searches.all()) for store in (olena, petro)] == [45, 45]


@pytest.mark.parametrize("shared", [True, False])
def test_a_search_whose_sharing_fails_half_way_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: bool
) -> None:
    def refused(*_arguments: object) -> None:
        raise NotAllowed("disk-refused", file="store.json", reason="")

    with opened(tmp_path / "store") as store:
        store.searches.save(replace(KYIV, shared=not shared))
        with monkeypatch.context() as patched:
            patched.setattr("store.searches.settings.write", refused)
            with pytest.raises(NotAllowed):
                store.searches.save(replace(KYIV, shared=shared))
        assert {each.name for each in store.searches.all()} == {"Київ"}
        with monkeypatch.context() as patched:
            patched.setattr(store.notebook, "keep_searches", refused)
            with suppress(NotAllowed):  # what one may do without the other is done
                store.searches.save(replace(KYIV, shared=shared))
        store.searches.save(replace(KYIV, shared=shared))
        assert store.searches.all() == [replace(KYIV, shared=shared)]
