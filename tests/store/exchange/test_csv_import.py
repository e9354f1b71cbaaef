import csv
import io
from pathlib import Path

import pytest

from store.door import Store
from store.errors import Invalid, NotFound
from store.exchange import import_csv, load_mapping
from store.exchange.csv_file import LONGEST_CELL
from tests.store.exchange.conftest import Import, balanced, documents, plain_rows

RUSSIAN = (
    "Фамилия;Имя;Отчество;Телефон;Дата рождения;E-mail;Город\n"
    'Иванов;Пётр;Сергеевич;"067 123-45-67, 050 765-43-21";12.03.85;petr@example.com;Киев\n'
)


def test_a_russian_file_of_excel_is_understood_without_a_question(store: Store, take_in: Import) -> None:
    report = take_in(RUSSIAN, "cp1251")
    assert (report.rows, report.created, report.problems) == (1, 1, [])
    (document,) = documents(store)
    assert document["person"] == {
        "last_name": "Иванов",
        "first_name": "Пётр",
        "patronymic": "Сергеевич",
        "birth_date": "1985-03-12",
    }
    assert [row["value"] for row in document["contacts"]] == ["+380671234567", "+380507654321", "petr@example.com"]
    assert plain_rows(document, "contacts")[0]["typed"] == "067 123-45-67"
    assert plain_rows(document, "addresses") == [{"city": "Киев"}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter_is_found(store: Store, take_in: Import, delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["ПІБ", "Телефон", "Сума"], ["Шевченко Олена", "067 123-45-67, 0507654321", "1 250,00"]])
    report = take_in(out.getvalue())
    assert report.delimiter == delimiter
    (document,) = documents(store)
    assert [row["value"] for row in document["contacts"]] == ["+380671234567", "+380507654321"]
    assert document["purchases"][0]["amount"] == "1250.00"


def test_one_column_of_phones_is_not_cut_at_their_commas(store: Store, take_in: Import) -> None:
    take_in("Телефон\n067 123-45-67, 050 765-43-21\n050 111-22-33, 050 111-22-34\n")
    assert [len(document["contacts"]) for document in documents(store)] == [2, 2]


def test_contacts_of_google_keep_their_labels(store: Store, take_in: Import) -> None:
    take_in(
        "First Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,"
        "Phone 1 - Label,Phone 1 - Value,Phone 2 - Value\n"
        "Olena,Shevchenko,* myContacts ::: VIP,Work,olena@example.com,Mobile,067 123 45 67,050 765 43 21\n"
    )
    (document,) = documents(store)
    assert document["person"] == {"last_name": "Shevchenko", "first_name": "Olena"}
    assert document["tags"] == {"tags": ["VIP"]}
    assert [(row["kind"], row["value"], row.get("label")) for row in document["contacts"]] == [
        ("email", "olena@example.com", "work"),
        ("phone", "+380671234567", "mobile"),
        ("phone", "+380507654321", None),
    ]


def test_contacts_of_outlook_are_understood(store: Store, take_in: Import) -> None:
    take_in(
        "First Name,Last Name,E-mail Address,Mobile Phone,Business City,Birthday,Company\n"
        "John,Smith,john@example.com,+442079460018,London,3/25/1985,Daydream Ltd\n"
    )
    (document,) = documents(store)
    assert document["person"]["birth_date"] == "1985-03-25"
    assert document["person"]["company"] == "Daydream Ltd"
    assert plain_rows(document, "addresses") == [{"kind": "work", "city": "London"}]
    assert document["contacts"][1]["label"] == "mobile"


def test_a_file_without_a_header_is_understood_by_its_values(store: Store, take_in: Import) -> None:
    report = take_in("Шевченко Олена Петрівна;0671234567;o@example.com\nБойко Іван Ілліч;0507654321;i@example.com\n")
    assert report.created == 2
    assert [document["person"]["last_name"] for document in documents(store)] == ["Шевченко", "Бойко"]
    assert [len(document["contacts"]) for document in documents(store)] == [2, 2]


def test_a_title_above_the_header_is_no_client(store: Store, take_in: Import) -> None:
    report = take_in("Клієнти салону;;\n;;\nПІБ;Телефон;Місто\nШевченко Олена;0671234567;Київ\n")
    assert (report.created, report.skipped, report.failed) == (1, 2, 0)
    assert [(problem.code, problem.row) for problem in report.problems] == [("row-above-header", 1)]


def test_a_row_with_only_a_phone_is_a_client_and_an_empty_row_is_counted(store: Store, take_in: Import) -> None:
    report = take_in("ПІБ;Телефон\n;0671234567\n;\n\n")
    assert (report.rows, report.created, report.skipped) == (3, 1, 2)
    assert plain_rows(documents(store)[0], "contacts")[0]["value"] == "+380671234567"


def test_what_cannot_be_read_is_kept_as_typed_and_reported(store: Store, take_in: Import) -> None:
    report = take_in("ПІБ;Телефон;Дата народження;E-mail\nБойко Іван;питати в мами;31.02.1985;не@пошта\n")
    assert balanced(report)
    assert report.created == 1
    assert {(problem.row, problem.path, problem.code, problem.value) for problem in report.problems} == {
        (2, "contacts.value", "phone-unreadable", "питати в мами"),
        (2, "person.birth_date", "date-unreadable", "31.02.1985"),
        (2, "contacts.value", "email-unreadable", "не@пошта"),
    }
    (document,) = documents(store)
    assert [row["value"] for row in document["contacts"]] == ["питати в мами", "не@пошта"]
    assert "Дата народження: 31.02.1985" in document["notes"]["text"]


def test_a_column_nobody_knows_is_reported_and_goes_to_the_notes(store: Store, take_in: Import) -> None:
    report = take_in("ПІБ;Знижка;Примітки\nБойко Іван;5%;тихий\n")
    assert [(problem.code, problem.value) for problem in report.problems] == [("header-unknown", "Знижка")]
    assert documents(store)[0]["notes"]["text"] == "тихий\nЗнижка: 5%"


def test_a_mapping_decides_what_the_header_does_not_tell(store: Store, take_in: Import, tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    file.write_text('{"Хто": "name", "Знижка": "-", "Звідки": "addresses.city"}', encoding="utf-8")
    report = take_in("Хто;Знижка;Звідки\nБойко Іван;5%;Львів\n", mapping=load_mapping(file))
    assert report.problems == []
    (document,) = documents(store)
    assert document["person"]["last_name"] == "Бойко"
    assert plain_rows(document, "addresses") == [{"city": "Львів"}]
    assert "notes" not in document


def test_inner_quotes_that_nobody_doubled_are_forgiven(store: Store, take_in: Import) -> None:
    take_in('Компанія;Місто\nТОВ "Мрія";Київ\n"ФОП "Світанок" Бойко";Львів\n')
    assert [document["person"]["company"] for document in documents(store)] == ['ТОВ "Мрія"', 'ФОП "Світанок" Бойко']
    assert [document["addresses"][0]["city"] for document in documents(store)] == ["Київ", "Львів"]


def test_a_number_is_ours_only_with_its_letter(store: Store, take_in: Import) -> None:
    take_in("Номер;ПІБ\nК-4821-7;Бойко\n48217;Коваль\n0671234567;Мороз\n")
    ours, theirs, phone = documents(store)
    assert ours["number"] == "K-4821-7"
    assert plain_rows(theirs, "identifiers") == [{"kind": "account", "value": "48217"}]
    assert plain_rows(phone, "contacts")[0]["value"] == "+380671234567"


def test_the_line_of_excel_that_names_the_delimiter_is_no_row(store: Store, take_in: Import) -> None:
    report = take_in("sep=;\r\nПІБ;Телефон\r\nБойко Іван;0671234567\r\n")
    assert (report.rows, report.created) == (1, 1)


def test_a_mapping_to_a_field_that_is_not_there_is_refused(take_in: Import) -> None:
    with pytest.raises(Invalid) as refused:
        take_in("Хто\nБойко\n", mapping={"Хто": "person.nickname"})
    assert refused.value.problems[0].code == "path-unknown"


def test_a_dry_run_reports_the_same_and_writes_nothing(store: Store, take_in: Import) -> None:
    text = "ПІБ;Телефон\nБойко Іван;0671234567\nБойко Іван;ой\n;\n"
    dry = take_in(text, dry_run=True)
    assert documents(store) == []
    real = take_in(text)
    assert (dry.created, dry.skipped, dry.problems) == (real.created, real.skipped, real.problems)
    assert dry.changeset == "" != real.changeset


def test_an_import_is_undone_at_once(store: Store, take_in: Import) -> None:
    report = take_in("ПІБ;Телефон\nБойко Іван;0671234567\nШевченко Олена;0507654321\n")
    store.undo(report.changeset)
    assert documents(store) == []


def test_a_client_found_by_phone_is_updated_and_keeps_what_the_file_omits(store: Store, take_in: Import) -> None:
    take_in("ПІБ;Телефон;Місто\nБойко Іван;0671234567;Київ\nШевченко Олена;0507654321;Львів\n")
    text = "Телефон;E-mail;Примітки\n067 123 45 67;ivan@example.com;дзвонити зранку\n0507654321;;\n0931112233;;\n"
    report = take_in(text, update_by="contacts.value")
    assert (report.created, report.updated, report.unchanged) == (1, 1, 1)
    assert balanced(report)
    first = documents(store)[0]
    assert first["person"]["last_name"] == "Бойко"
    assert [row["value"] for row in first["contacts"]] == ["+380671234567", "ivan@example.com"]
    assert plain_rows(first, "addresses") == [{"city": "Київ"}]
    again = take_in(text, update_by="contacts.value")
    assert (again.updated, again.unchanged, again.changeset) == (0, 3, "")


def test_a_row_that_two_clients_answer_to_fails_and_says_so(store: Store, take_in: Import) -> None:
    take_in("ПІБ;Телефон\nБойко Іван;0671234567\nБойко Олена;0671234567\n")
    report = take_in("Телефон;Місто\n0671234567;Київ\n", update_by="contacts.value")
    assert (report.failed, report.updated) == (1, 0)
    assert [(problem.row, problem.code) for problem in report.problems] == [(2, "update-ambiguous")]


def test_two_rows_of_one_client_in_one_file_meet_in_one_card(store: Store, take_in: Import) -> None:
    report = take_in(
        "Номер картки;ПІБ;Товар;Дата покупки\n111;Бойко Іван;Кава;01.10.2026\n111;Бойко Іван;Чай;02.10.2026\n",
        update_by="identifiers.value",
    )
    assert (report.created, report.updated) == (1, 1)
    assert [row["item"] for row in documents(store)[0]["purchases"]] == ["Кава", "Чай"]


def test_a_card_number_that_is_anothers_fails_its_row_alone(store: Store, take_in: Import) -> None:
    report = take_in("ПІБ;Номер картки\nБойко Іван;111\nШевченко Олена;111\nМороз Яна;222\n")
    assert (report.created, report.failed) == (2, 1)
    assert [(problem.row, problem.code, problem.value) for problem in report.problems] == [(3, "value-twice", "111")]
    later = take_in("ПІБ;Номер картки\nКоваль Ія;222\n")
    assert (later.failed, later.problems[0].details["number"]) == (1, documents(store)[1]["number"])


def test_a_field_to_update_by_must_exist(take_in: Import) -> None:
    with pytest.raises(Invalid) as refused:
        take_in("ПІБ\nБойко\n", update_by="person.nickname")
    assert refused.value.code == "update-by-unknown"


def test_text_that_is_written_as_a_formula_for_excel_is_that_text(store: Store, take_in: Import) -> None:
    take_in('Прізвище,Телефон,Місто\n="Коваль",="0671234567",="Київ"\n"=""Бойко""",0501234567,Львів\n')
    first, second = documents(store)
    assert first["person"]["last_name"] == "Коваль" and first["addresses"][0]["city"] == "Київ"
    assert first["contacts"][0]["value"] == "+380671234567"
    assert second["person"]["last_name"] == '="Бойко"'


HOSTILE = ("=1+1", "[/]", "[red]x", "\x1b]52;c;x\x07", "a\u202eb", "@SUM(A1)", "x" * 300_000, "yz" * 150_000)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:10]))
def test_hostile_text_is_stored_as_given(store: Store, take_in: Import, text: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Прізвище", "Примітки"], [text, text]])
    assert take_in(out.getvalue()).created == 1
    (document,) = documents(store)
    assert document["person"]["last_name"] == text
    assert document["notes"]["text"] == text


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"", "file-empty", None),
        (b"\n\n\n", "file-empty", None),
        ("ПІБ;Телефон\n".encode(), "file-header-only", 1),
        ('ПІБ;Телефон\nБойко;067\n"Мороз;050\nКоваль;093\n'.encode(), "quote-unclosed", 3),
        ('ПІБ;Телефон\n"Мороз;050\nКоваль;"093"\n'.encode(), "quote-unclosed", 2),
        ("ПІБ;Телефон\nБойко;06\x007\n".encode(), "file-nul", 2),
        (b"PK\x03\x04rest", "file-of-other-kind", None),
        (b"%PDF-1.7", "file-of-other-kind", None),
        (b'{"person": {}}', "file-of-other-kind", None),
        (f"ПІБ;Телефон\n{'x' * (LONGEST_CELL + 1)};0\n".encode(), "cell-too-long", 2),
    ],
)
def test_a_bad_file_is_told_with_its_row_and_nothing_is_written(
    store: Store, take_in: Import, content: bytes, code: str, row: int | None
) -> None:
    with pytest.raises(Invalid) as refused:
        take_in(content)
    assert (refused.value.code, refused.value.problems[0].row) == (code, row)
    assert documents(store) == []


def test_a_missing_file_and_a_folder_are_told_apart(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound) as missing:
        import_csv(store, tmp_path / "none.csv")
    assert missing.value.code == "file-missing"
    with pytest.raises(Invalid) as folder:
        import_csv(store, tmp_path)
    assert folder.value.code == "file-is-folder"


def test_progress_only_grows_and_reaches_its_end(take_in: Import) -> None:
    told: list[tuple[int, int]] = []
    take_in("ПІБ;Телефон\n" + "Бойко Іван;0671234567\n" * 1200, progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0


def test_a_label_of_google_is_about_all_the_numbers_in_its_cell(store: Store, take_in: Import) -> None:
    report = take_in(
        "First Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
        "Olena,* Work,olena@example.com,Mobile,067 123 45 67 ::: 050 765 43 21\n"
    )
    (document,) = documents(store)
    assert [row["label"] for row in document["contacts"]] == ["work", "mobile", "mobile"]
    assert report.problems == []


def test_a_byte_that_was_spoilt_does_not_garble_the_whole_file(store: Store, take_in: Import) -> None:
    spoilt = "Прізвище;Місто\nШевченко;Київ\nКоваль;Львів\n".encode().replace("ч".encode(), b"\xff")
    report = take_in(spoilt)
    assert [document["person"]["last_name"] for document in documents(store)] == ["Шев�енко", "Коваль"]
    assert [(problem.row, problem.code, problem.value) for problem in report.problems] == [
        (2, "letters-unreadable", "Шев�енко")
    ]


def test_rows_of_nothing_but_delimiters_are_empty(take_in: Import) -> None:
    with pytest.raises(Invalid) as refusal:
        take_in(";;;\n;;;\n")
    assert refusal.value.problems[0].code == "file-empty"


def test_cells_beyond_the_header_are_kept_and_told(store: Store, take_in: Import) -> None:
    report = take_in("Прізвище;Телефон\nКоваль;0671234567;приватне\n")
    assert [(problem.code, problem.details["column"]) for problem in report.problems] == [("cell-without-header", 3)]
    assert documents(store)[0]["notes"] == {"text": "приватне"}


def test_a_file_without_what_clients_are_known_by_is_refused_and_makes_no_doubles(take_in: Import) -> None:
    with pytest.raises(Invalid) as refusal:
        take_in("ПІБ;Телефон\nКоваль Іван;0671234567\n", update_by="identifiers.value")
    assert [problem.code for problem in refusal.value.problems] == ["update-by-absent"]
    assert take_in("ПІБ\nКоваль Іван\n", update_by="person.last_name").created == 1


def test_a_column_of_the_map_that_the_file_does_not_have_is_told(take_in: Import) -> None:
    report = take_in("ПІБ;Знижка\nКоваль Іван;5\n", mapping={"Знишка": "preferences.sizes"})
    assert [(problem.code, problem.value) for problem in report.problems] == [
        ("header-unknown", "Знижка"),
        ("mapped-column-missing", "Знишка"),
    ]


def test_the_day_a_card_was_made_comes_along_and_nothing_else_is_taken_for_it(store: Store, take_in: Import) -> None:
    take_in("uid,created,person.last_name\nA1,2024-03-01T10:00:00Z,Коваль\nA2,колись,Бойко\n")
    old, new = documents(store)
    assert old["created"] == "2024-03-01T10:00:00Z"
    assert new["created"] == new["updated"]


def test_a_file_that_cannot_be_read_to_its_end_is_told(store: Store, tmp_path: Path) -> None:
    # A file of the system that opens like any other and refuses to be read.
    with pytest.raises(Invalid) as refusal:
        import_csv(store, "/proc/self/mem")
    assert refusal.value.problems[0].code == "file-unreadable"
    assert store.find("").total == 0


@pytest.mark.parametrize("path", ["contacts[+].value", "contacts.value", "contacts[0].value"])
def test_a_mapping_may_name_a_row_as_commands_do(store: Store, take_in: Import, tmp_path: Path, path: str) -> None:
    file = tmp_path / "map.json"
    file.write_text(f'{{"Тел.": "{path}"}}', "utf-8")
    take_in("ПІБ;Тел.\nІванов Іван;0671112233\n", mapping=load_mapping(file))
    (document,) = documents(store)
    assert plain_rows(document, "contacts") == [{"kind": "phone", "value": "+380671112233", "typed": "0671112233"}]


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("05.11.2025 14:30", "Дата замовлення: 05.11.2025 14:30"),
        ("2025-11-05T14:30:00Z", "Дата замовлення: 2025-11-05T14:30:00Z"),
        ("2025-11-05T00:00:00", ""),
        ("05.11.2025 0:00", ""),
    ],
)
def test_a_day_with_a_time_is_a_day_and_the_time_is_not_lost(
    store: Store, take_in: Import, cell: str, note: str
) -> None:
    take_in(f"Прізвище;Дата замовлення;Товар\nІваненко;{cell};Чай\n")
    (document,) = documents(store)
    assert document["purchases"][0]["date"] == "2025-11-05"
    assert document.get("notes", {}).get("text", "") == note


@pytest.mark.parametrize(
    ("cell", "due", "note"),
    [
        ("01.12.2026 10:30", "2026-12-01T10:30", ""),
        ("2026-12-01T10:30:00", "2026-12-01T10:30", ""),
        ("2026-12-01 00:00:00", "2026-12-01", ""),
        ("2026-12-01T10:30:00Z", "2026-12-01", "tasks[+].due: 2026-12-01T10:30:00Z"),
    ],
)
def test_a_day_that_may_have_a_time_has_it(store: Store, take_in: Import, cell: str, due: str, note: str) -> None:
    take_in(f"Прізвище;tasks[+].text;tasks[+].due\nІваненко;подзвонити;{cell}\n")
    (document,) = documents(store)
    assert (document["tasks"][0]["due"], document.get("notes", {}).get("text", "")) == (due, note)


def test_a_purchase_whose_day_cannot_be_read_is_not_of_today(store: Store, take_in: Import) -> None:
    report = take_in("Прізвище;Дата замовлення;Товар;Сума\nІваненко;минулого літа;Чай;100\nБойко;;Сік;7\n")
    told, today = documents(store)
    assert "purchases" not in told
    assert told["notes"]["text"].split("\n") == ["Дата замовлення: минулого літа", "Товар: Чай", "Сума: 100"]
    assert [problem.path for problem in report.problems] == ["purchases.date"]
    assert today["purchases"][0]["date"] == store.reading.today.isoformat()


def test_a_row_whose_kind_cannot_be_read_is_kept_with_the_usual_one(store: Store, take_in: Import) -> None:
    take_in("Прізвище;interactions[+].text;interactions[+].kind\nІваненко;просила знижку;телепатія\n")
    (document,) = documents(store)
    assert document["interactions"][0]["text"] == "просила знижку"
    assert document["notes"]["text"] == "interactions[+].kind: телепатія"


def test_of_two_columns_of_one_field_in_a_row_of_a_table_neither_is_lost(store: Store, take_in: Import) -> None:
    report = take_in("Прізвище;Місто;Місто\nІваненко;Київ;Львів\nБойко;Суми;Суми\n")
    two, one = documents(store)
    assert (two["addresses"][0]["city"], two["notes"]["text"]) == ("Київ", "Місто: Львів")
    assert (one["addresses"][0]["city"], "notes" in one) == ("Суми", False)
    assert [problem.code for problem in report.problems] == ["field-given-twice"]


def test_an_identifier_in_another_spelling_is_the_one_that_is_there(store: Store, take_in: Import) -> None:
    take_in("Прізвище;Картка\nІваненко;2000000000011\n")
    report = take_in("Прізвище;Картка\nІваненко;2000 0000 00011\n", update_by="identifiers.value")
    (document,) = documents(store)
    assert (report.unchanged, [row["value"] for row in document["identifiers"]]) == (1, ["2000000000011"])


def test_rows_that_failed_keep_nothing_and_only_they_do(take_in: Import) -> None:
    report = take_in("Прізвище;Картка;Дата народження\nА;777;колись\nБ;777;колись\nВ;778;01.02.1980\n")
    assert (report.created, report.failed, report.kept) == (2, 1, 1)


@pytest.mark.parametrize("header", ["Ф.І.О.", "ФІО", "Пацієнт", "ПІБ пацієнта", "Ф.И.О. пациента", "Контрагент"])
def test_a_name_is_called_in_many_ways(store: Store, take_in: Import, header: str) -> None:
    take_in(f"{header};Телефон\nІванов Іван;0671112233\n")
    (document,) = documents(store)
    assert document["person"] == {"last_name": "Іванов", "first_name": "Іван"}
