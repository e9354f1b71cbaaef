"""Saved searches from a shell."""

from pathlib import Path

from store.door import open_store
from store.searches import SavedSearch
from tests.tui.cli.conftest import Type


def saved(tmp_path: Path, *searches: SavedSearch) -> None:
    with open_store(tmp_path / "store", operator="tester") as store:
        for search in searches:
            store.searches.save(search)


def test_the_saved_searches_are_listed_with_their_counts(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    saved(tmp_path, SavedSearch("Шевчі", "шевч", "-name", shared=True), SavedSearch("нікого", "жираф"))
    done = kartoteka("searches")
    assert done.code == 0
    assert [line.split() for line in done.out.splitlines()] == [
        ["нікого", "0", "жираф", "own"],
        ["Шевчі", "1", "шевч", "↓", "Full", "name"],
    ]
    assert kartoteka("searches", "--json").value[1] == {
        "name": "Шевчі",
        "query": "шевч",
        "sort": "-name",
        "shared": True,
        "count": 1,
    }


def test_without_any_it_is_said_and_nothing_was_found(kartoteka: Type, olena: str) -> None:
    done = kartoteka("searches")
    assert done.code == 1 and "no saved search" in done.err
    assert kartoteka("searches", "--json").value == []


def test_a_saved_search_finds_and_exports_and_further_words_narrow_it(
    kartoteka: Type, olena: str, tmp_path: Path
) -> None:
    taras = kartoteka("new", "person.last_name=Шевченко", "person.first_name=Тарас").out.strip()
    kartoteka("new", "person.last_name=Бойко")
    saved(tmp_path, SavedSearch("Шевчі", "шевч", "-name"))
    found = kartoteka("find", "--saved", "шевчі", "--json").value
    assert [client["number"] for client in found["clients"]] == [taras, olena]
    assert kartoteka("find", "--saved", "шевчі", "олена", "--json").value["total"] == 1
    assert len(kartoteka("export", "-", "--saved", "Шевчі", "--format", "jsonl").out.splitlines()) == 2


def test_a_saved_search_that_is_not_there_is_told_with_those_that_are(
    kartoteka: Type, olena: str, tmp_path: Path
) -> None:
    saved(tmp_path, SavedSearch("Шевчі", "шевч"))
    done = kartoteka("find", "--saved", "Шевці")
    assert (done.code, done.out) == (1, "")
    assert "“Шевці”" in done.err and "Шевчі" in done.err


def test_a_saved_search_that_is_not_understood_has_no_count_and_no_further_words(
    kartoteka: Type, olena: str, tmp_path: Path
) -> None:
    saved(tmp_path, SavedSearch("погана", "foo:bar"), SavedSearch("недописана", "шевч or"))
    assert [each["count"] for each in kartoteka("searches", "--json").value] == [None, None]
    assert [line.split()[1] for line in kartoteka("searches").out.splitlines()] == ["unclear", "unclear"]
    assert kartoteka("find", "--saved", "недописана", "олена").code == 2


def test_further_words_are_no_alternative_to_a_saved_search(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    kartoteka("new", "person.last_name=Бойко", "tags.tags=vip")
    saved(tmp_path, SavedSearch("обидві", "шевч or жираф"))
    assert kartoteka("find", "--saved", "обидві", "or", "tag:vip").code == 1
