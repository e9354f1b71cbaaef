import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import card
from store.demo import fill
from store.door import Edit, Store, open_store
from store.errors import Invalid
from store.exchange import export, import_csv, import_jsonl
from store.exchange.lossless import ENVELOPE_CELLS, EXTRA, flatten, unflatten
from store.schema import Schema, Section
from store.standard import STANDARD_SECTIONS
from tests.store.exchange.conftest import content, documents

SCHEMA = Schema.from_data(STANDARD_SECTIONS)

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)


def sections(section: Section) -> st.SearchStrategy[Any]:
    keys = st.sampled_from([field.key for field in section.fields]) | st.text(max_size=3)
    row = st.dictionaries(keys, st.text(max_size=6) | anything | st.lists(st.text(max_size=3), max_size=3), max_size=4)
    return (st.lists(row, max_size=3) if section.is_table else row) | anything


hostile_documents = st.fixed_dictionaries(
    {},
    optional={
        **{section.key: sections(section) for section in SCHEMA.sections[:6]},
        "uid": st.text() | anything,
        "number": anything,
        "a/b~c": anything,
        "": anything,
    },
)


def rebuilt(cells: dict[str, str]) -> card.Document:
    gathered: dict[str, dict[int | None, dict[str, str]]] = {}
    for column, cell in cells.items():
        if column in ENVELOPE_CELLS:
            gathered.setdefault("", {}).setdefault(None, {})[column] = cell
        elif column != EXTRA:
            path = card.Path.parse(column)
            gathered.setdefault(path.section, {}).setdefault(path.row, {})[path.field] = cell
    return unflatten(gathered, cells.get(EXTRA, ""), SCHEMA)


@given(hostile_documents)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_document_loses_anything_in_cells(document: card.Document) -> None:
    cells = flatten(document, SCHEMA)
    assert all(cell and "\0" not in cell for cell in cells.values())
    assert rebuilt({column: cell.encode().decode() for column, cell in cells.items()}) == document


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12) | (
    st.sampled_from(
        ['"', '""', ",", ";", "\r\n", "\n", "\r", "=1+1", "+380", "-", "@x", "\u00a0", " x ", "\x1b[31m", "'"]
    )
)
storable_documents = st.fixed_dictionaries(
    {"person": st.dictionaries(st.sampled_from(["last_name", "first_name", "company"]), texts, min_size=1)},
    optional={
        "contacts": st.lists(
            st.fixed_dictionaries({"kind": st.just("other"), "value": texts}, optional={"note": texts}),
            min_size=1,
            max_size=3,
        ),
        "tags": st.fixed_dictionaries({"tags": st.lists(texts, min_size=1, max_size=3)}),
        "notes": st.fixed_dictionaries({"text": texts}),
        "legacy": anything,
    },
)


@given(st.lists(storable_documents, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_export_comes_back_as_it_went(
    tmp_path_factory: pytest.TempPathFactory, clients: list[card.Document]
) -> None:
    folder = tmp_path_factory.mktemp("exchange")
    with open_store(folder / "one", create=True) as one, open_store(folder / "two", create=True) as two:
        one.write([Edit(None, None, document) for document in clients])
        export(one, folder / "out.csv")
        report = import_csv(two, folder / "out.csv")
        assert (report.created, report.problems) == (len(clients), [])
        assert list(map(content, documents(two))) == list(map(content, documents(one)))


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store, 80)
    return store


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_a_whole_store_moves_to_another(filled: Store, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"out.{format}"
    assert export(filled, out, format=format) == 80
    with open_store(tmp_path / "other", create=True) as other:
        report = (import_csv if format == "csv" else import_jsonl)(other, out)
        assert (report.created, report.problems) == (80, [])
        assert list(map(content, documents(other))) == list(map(content, documents(filled)))


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_importing_an_export_into_its_own_store_changes_nothing(filled: Store, tmp_path: Path, format: str) -> None:
    before = documents(filled)
    export(filled, tmp_path / "out", format=format)
    report = (import_csv if format == "csv" else import_jsonl)(filled, tmp_path / "out")
    assert (report.rows, report.unchanged, report.changeset) == (80, 80, "")
    assert documents(filled) == before


def test_a_cell_changed_in_a_spreadsheet_changes_that_field_alone(filled: Store, tmp_path: Path) -> None:
    export(filled, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    rows[4][header.index("person.birth_date")] = "12.03.85"
    with (tmp_path / "out.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    before = documents(filled)
    report = import_csv(filled, tmp_path / "out.csv")
    assert (report.updated, report.unchanged) == (1, 79)
    changed = documents(filled)[4]
    assert changed["person"] == {**before[4]["person"], "birth_date": "1985-03-12"}
    assert {**content(changed), "person": 0} == {**content(before[4]), "person": 0}


def test_an_export_can_be_of_those_a_search_finds(filled: Store, tmp_path: Path) -> None:
    name = documents(filled)[0]["person"]["last_name"]
    count = export(filled, tmp_path / "out.jsonl", query=name, format="jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert 0 < count == len(lines) < 80
    assert documents(filled)[0] in map(json.loads, lines)


def test_a_spreadsheet_is_not_made_to_run_what_a_client_wrote(store: Store, tmp_path: Path) -> None:
    person = {"last_name": '=HYPERLINK("x")', "first_name": "@SUM(A1)", "birth_date": "1985-03-12"}
    contacts = [{"kind": "phone", "value": "+380671234567"}]
    store.write([Edit(None, None, {"person": person, "contacts": contacts})])
    export(store, tmp_path / "out.csv", for_spreadsheet=True)
    saved = (tmp_path / "out.csv").read_bytes()
    assert saved.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(saved.decode("utf-8-sig").splitlines())
    assert row["person.last_name"] == '\'=HYPERLINK("x")'
    assert row["person.first_name"] == "'@SUM(A1)"
    assert row["contacts[0].value"].startswith("+380 67")
    assert "extra" not in row


def test_an_export_that_fails_leaves_the_old_file_as_it_was(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")

    class Stopped(Exception):
        pass

    def stop(done: int, of: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        export(filled, out, progress=stop)
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.csv"]


def test_an_export_to_stdout_is_the_file_itself(filled: Store, tmp_path: Path, capfdbinary: Any) -> None:
    export(filled, tmp_path / "out.csv")
    export(filled, "-")
    assert capfdbinary.readouterr().out == (tmp_path / "out.csv").read_bytes()


def test_an_export_nobody_can_write_is_told(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        export(filled, tmp_path / "missing" / "out.csv")
    assert refused.value.code == "file-unwritable"
    with pytest.raises(Invalid) as unknown:
        export(filled, tmp_path / "out", format="xml")
    assert unknown.value.code == "format-unknown"


def test_a_line_that_is_no_document_fails_alone(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"person": {"last_name": "Бойко"}}\nnot json\n[1]\n\n', encoding="utf-8")
    report = import_jsonl(store, file)
    assert (report.rows, report.created, report.failed, report.skipped) == (4, 1, 2, 1)
    assert [(problem.row, problem.code) for problem in report.problems] == [
        (2, "line-unreadable"),
        (3, "line-unreadable"),
    ]


def test_a_document_the_schema_refuses_fails_alone(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"person": {"birth_date": "soon"}}\n{"person": {"last_name": "Бойко"}}\n', encoding="utf-8")
    report = import_jsonl(store, file)
    assert (report.created, report.failed) == (1, 1)
    assert (report.problems[0].row, report.problems[0].path) == (1, "person.birth_date")
