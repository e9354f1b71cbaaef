"""Files of clients go in and out by commands."""

import json
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Type

CLIENTS = """Прізвище;Ім'я;Телефон;Дата народження;Улюблена квітка
Шевченко;Олена;067 123-45-67;09.03.1987;мак
Бойко;;12;99.99.99;
"""


@pytest.fixture
def spreadsheet(tmp_path: Path) -> str:
    file = tmp_path / "clients.csv"
    file.write_bytes(CLIENTS.encode("cp1251"))
    return str(file)


def test_an_import_accounts_for_every_row(kartoteka: Type, spreadsheet: str) -> None:
    report = kartoteka("import", spreadsheet, "--json").value
    assert report["rows"] == 2
    assert report["created"] + report["updated"] + report["unchanged"] + report["skipped"] + report["failed"] == 2
    assert kartoteka("find", "шевч", "--json").value["total"] == 1


def test_an_import_tells_each_problem_with_row_field_code_and_value(kartoteka: Type, spreadsheet: str) -> None:
    problems = kartoteka("import", spreadsheet, "--json").value["problems"]
    dates = [problem for problem in problems if problem["value"] == "99.99.99"]
    assert [problem["row"] for problem in dates] == [3]
    assert all(problem["field"] and problem["code"] and problem["message"] for problem in dates)
    assert "99.99.99" in kartoteka("import", spreadsheet).err


def test_an_import_is_taken_back_as_one(kartoteka: Type, spreadsheet: str) -> None:
    changeset = kartoteka("import", spreadsheet, "--json").value["changeset"]
    assert len(kartoteka("undo", changeset, "--json").value["cards"]) == 2
    assert kartoteka("find", "шевч").code == 1


def test_a_trial_import_writes_nothing_and_makes_no_store(kartoteka: Type, spreadsheet: str, tmp_path: Path) -> None:
    report = kartoteka("import", spreadsheet, "--dry-run", "--json").value
    assert report["created"] == 2
    assert not (tmp_path / "store").exists()
    kartoteka("new", "person.last_name=Інший")
    assert "2" in kartoteka("import", spreadsheet, "--dry-run").out
    assert kartoteka("find", "шевч").code == 1


def test_columns_go_where_the_map_says(kartoteka: Type, spreadsheet: str, tmp_path: Path) -> None:
    mapping = tmp_path / "map.json"
    mapping.write_text(json.dumps({"Улюблена квітка": "preferences.note"}), encoding="utf-8")
    assert kartoteka("import", spreadsheet, "--map", str(mapping)).code == 0
    number = kartoteka("find", "шевч", "--json").value["clients"][0]["number"]
    assert kartoteka("show", number, "--json").value["preferences"]["note"] == "мак"


def test_a_second_import_updates_by_the_field_named(kartoteka: Type, spreadsheet: str, tmp_path: Path) -> None:
    kartoteka("import", spreadsheet)
    later = tmp_path / "later.csv"
    later.write_text("Телефон,Посада\n+380671234567,директорка\n", encoding="utf-8")
    report = kartoteka("import", str(later), "--update-by", "contacts.value", "--json").value
    assert (report["created"], report["updated"]) == (0, 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [("gone.csv", None), ("empty.csv", b""), ("nul.csv", b"a,b\n\0,\0\n"), ("book.xlsx", b"PK\x03\x04rubbish")],
)
def test_a_file_that_cannot_be_imported_is_named_and_nothing_is_written(
    kartoteka: Type, olena: str, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = kartoteka("import", str(tmp_path / name), "--json")
    assert done.code == 2
    assert name in done.error["message"]
    assert kartoteka("find", "--json").value["total"] == 1


def test_for_a_file_that_is_not_there_no_store_is_made(kartoteka: Type, tmp_path: Path) -> None:
    assert kartoteka("import", str(tmp_path / "gone.csv")).code == 2
    assert not (tmp_path / "store").exists()


def test_an_unknown_field_of_the_map_or_the_update_is_refused(kartoteka: Type, spreadsheet: str) -> None:
    assert kartoteka("import", spreadsheet, "--update-by", "shoe.size").code == 2


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_was_exported_comes_back_the_same(
    kartoteka: Type, olena: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    before = kartoteka("show", olena, "--json").value
    file = tmp_path / f"clients.{form}"
    assert kartoteka("export", str(file), "--json").value == {"clients": 1, "file": str(file), "format": form}
    monkeypatch.setenv("KARTOTEKA_STORE", str(tmp_path / "another"))
    assert kartoteka("import", str(file)).code == 0
    after = kartoteka("show", olena, "--json").value
    for card in (before, after):
        for name in ("created", "updated", "revision", "contacts"):
            card.pop(name)
    assert before == after


def test_an_export_to_stdout_is_nothing_but_data(kartoteka: Type, olena: str) -> None:
    lines = kartoteka("export", "-", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["number"] for line in lines] == [olena]


def test_an_export_of_a_search_holds_who_was_found(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    kartoteka("new", "person.last_name=Бойко")
    file = tmp_path / "found.jsonl"
    kartoteka("export", str(file), "--query", "шевч")
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1


def test_a_file_name_that_says_no_format_is_refused(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    done = kartoteka("export", str(tmp_path / "clients.doc"))
    assert done.code == 2
    assert "--format" in done.err
    assert not (tmp_path / "clients.doc").exists()


def test_a_place_that_cannot_be_written_is_told(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    done = kartoteka("export", str(tmp_path / "nowhere" / "clients.csv"))
    assert done.code == 2
    assert "nowhere" in done.err


def test_a_spreadsheet_gets_no_formulas(kartoteka: Type, tmp_path: Path) -> None:
    kartoteka("new", "person.last_name==HYPERLINK(1)")
    file = tmp_path / "people.csv"
    kartoteka("export", str(file), "--for-spreadsheet")
    assert "'=HYPERLINK(1)" in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("name", "text"), [("a.jsonl", "[1]\n\n"), ("a.csv", "Прізвище;Картка\nА;К-1\nБ;К-1\n;\n")])
def test_a_file_of_which_no_row_could_be_taken_is_an_error_empty_rows_or_not(
    kartoteka: Type, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    ended = kartoteka("import", str(tmp_path / name))
    assert ended.code == (2 if name == "a.jsonl" else 0)
    if name == "a.csv":
        assert "kept" not in ended.err, "what failed is not kept"
        assert kartoteka("import", str(tmp_path / name)).code == 2


def test_choices_are_told_in_the_language_of_the_operator(kartoteka: Type, olena: str) -> None:
    assert "жіноча, чоловіча" in kartoteka("--lang", "uk", "set", olena, "person.sex=щось").err
