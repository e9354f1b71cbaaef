"""Files that somebody made by hand, or spoilt: each row for itself, nothing lost, no traceback."""

import json
from pathlib import Path

import pytest

from store import erasing, trash
from store.door import Store
from store.errors import Invalid
from store.exchange import import_csv, import_jsonl, load_mapping
from store.exchange.importing import ImportReport
from store.exchange.phones import phones_in
from tests.store.exchange.conftest import Import, balanced, documents


def both(store: Store, file: Path) -> list[ImportReport]:
    """What is said before, and what comes to pass."""
    read = import_jsonl if file.suffix == ".jsonl" else import_csv
    return [read(store, file, dry_run=dry_run) for dry_run in (True, False)]


def told(report: ImportReport) -> tuple[int, int, list[str]]:
    return report.created, report.failed, [problem.code for problem in report.problems]


@pytest.mark.parametrize("content", ["тел," + "x" * 140_000, '{"a":' * 100_000])
def test_a_mapping_that_cannot_be_read_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "map").write_text(content, encoding="utf-8")
    with pytest.raises(Invalid, match="mapping-unreadable"):
        load_mapping(tmp_path / "map")


@pytest.mark.parametrize("contacts", [["a"], [None], "a", {"kind": "phone"}])
def test_a_known_clients_document_of_another_shape_fails_its_row_alone(
    store: Store, tmp_path: Path, contacts: object
) -> None:
    import_csv(store, written(tmp_path / "a.csv", "Прізвище\nБойко\n"))
    (known,) = documents(store)
    lines = [{"uid": known["uid"], "contacts": contacts}, {"person": {"last_name": "Ткач"}}]
    file = written(tmp_path / "b.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    assert [(report.created, report.failed, balanced(report)) for report in both(store, file)] == [(1, 1, True)] * 2


def test_tables_that_a_document_leaves_empty_stay(store: Store, tmp_path: Path) -> None:
    import_csv(store, written(tmp_path / "a.csv", "Прізвище,Телефон\nБойко,0671112233\n"))
    (known,) = documents(store)
    file = written(tmp_path / "b.jsonl", json.dumps({"uid": known["uid"], "contacts": []}) + "\n")
    import_jsonl(store, file)
    (after,) = documents(store)
    assert after["contacts"] == known["contacts"]


@pytest.mark.parametrize("section", ["person", "notes", "contacts"])
def test_what_is_no_section_in_our_own_column_is_kept_in_the_notes(store: Store, take_in: Import, section: str) -> None:
    odd = json.dumps({f"/{section}": [1] if section != "contacts" else {"a": 1}}).replace('"', '""')
    report = take_in(f'extra,клиент,улыбка\n"{odd}",Бойко Олена,да\n')
    (document,) = documents(store)
    assert document["person"]["last_name"] == "Бойко" and "extra-unreadable" in told(report)[2]
    assert "1" in document["notes"]["text"] and "да" in document["notes"]["text"]


def test_of_two_columns_of_our_own_for_one_field_the_second_is_kept_in_the_notes(store: Store, take_in: Import) -> None:
    report = take_in("person.last_name,person.last_name\nАльфа,Бета\n")
    (document,) = documents(store)
    assert document["person"]["last_name"] == "Альфа" and "Бета" in document["notes"]["text"]
    assert told(report)[2] == ["field-given-twice"]


def test_a_number_of_an_erased_client_fails_its_row_as_was_said_before(store: Store, tmp_path: Path) -> None:
    import_csv(store, written(tmp_path / "a.csv", "Прізвище\nБойко\n"))
    number = documents(store)[0]["number"]
    erasing.erase(store, number)
    file = written(tmp_path / "b.csv", f"number,person.last_name\n{number},Ткач\n,Мельник\n")
    assert [told(report) for report in both(store, file)] == [(1, 1, ["number-erased"])] * 2


def test_a_number_of_a_client_in_the_trash_fails_its_row_as_was_said_before(store: Store, tmp_path: Path) -> None:
    import_csv(store, written(tmp_path / "a.csv", "Прізвище\nБойко\n"))
    number = documents(store)[0]["number"]
    trash.remove(store, [store.get(number).card.serial])
    file = written(tmp_path / "b.csv", f"number,person.last_name\n{number},Ткач\n,Мельник\n")
    assert [told(report) for report in both(store, file)] == [(1, 1, ["value-taken"])] * 2


@pytest.mark.parametrize("cell", ["067123456" + " " * 60_000 + "y", "0671234567 x" + " " * 60_000])
def test_of_many_blanks_one_is_looked_at(cell: str) -> None:
    # Each of them may be where a number ends or an extension begins: quadratic, it took minutes.
    assert all(len(phone.typed) < 20 for phone in phones_in(cell, "UA"))


def written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file
