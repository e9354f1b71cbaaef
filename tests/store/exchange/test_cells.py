import pytest

from store.exchange.addresses import split_address
from store.exchange.names import split_name
from store.exchange.phones import phones_in


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("067 123-45-67", ["+380671234567"]),
        ("8 067 123 45 67", ["+380671234567"]),
        ("+380 (67) 123-45-67", ["+380671234567"]),
        ("067 123-45-67, 050 765-43-21", ["+380671234567", "+380507654321"]),
        ("067 123-45-67/050 7654321", ["+380671234567", "+380507654321"]),
        ("067 123-45-67; 050 765-43-21", ["+380671234567", "+380507654321"]),
        ("0671234567 0507654321", ["+380671234567", "+380507654321"]),
        ("0671234567 та 0507654321", ["+380671234567", "+380507654321"]),
        ("067/123-45-67", ["+380671234567"]),
        ("067 123-45-67 дод. 12", ["+380671234567;ext=12"]),
        ("671234567", ["+380671234567"]),
        ("380671234567.0", ["+380671234567"]),
        ("8 916 123-45-67", ["+79161234567"]),
        ("+44 20 7946 0018", ["+442079460018"]),
        ("немає телефону", [""]),
        ("3,80671E+11", [""]),
        ("067 123 45 6", [""]),
    ],
)
def test_phones_are_read_however_they_were_typed(cell: str, values: list[str]) -> None:
    found = phones_in(cell, "UA")
    assert [phone.value for phone in found] == values
    assert all(phone.typed for phone in found)


def test_what_stands_beside_a_phone_is_kept() -> None:
    (phone,) = phones_in("моб. 067 123 45 67 (мама)", "UA")
    assert (phone.value, phone.label, phone.note) == ("+380671234567", "mobile", "мама")
    (phone,) = phones_in("Viber 067 123 45 67", "UA")
    assert (phone.value, phone.kind) == ("+380671234567", "viber")


@pytest.mark.parametrize(
    ("cell", "last", "first", "patronymic"),
    [
        ("Шевченко Олена Петрівна", "Шевченко", "Олена", "Петрівна"),
        ("Олена Петрівна Шевченко", "Шевченко", "Олена", "Петрівна"),
        ("Шевченко О. П.", "Шевченко", "О.", "П."),
        ("О.П. Шевченко", "Шевченко", "О.", "П."),
        ("Олена Шевченко", "Шевченко", "Олена", ""),
        ("Шевченко Олена", "Шевченко", "Олена", ""),
        ("Абрамович Роман", "Абрамович", "Роман", ""),
        ("Иванов Пётр Сергеевич", "Иванов", "Пётр", "Сергеевич"),
        ("Мамедов Гейдар Алі огли", "Мамедов", "Гейдар", "Алі огли"),
        ("John Smith", "Smith", "John", ""),
        ("Smith, John", "Smith", "John", ""),
        ("Shevchenko Olena", "Shevchenko", "Olena", ""),
        ("Олена", "", "Олена", ""),
        ("Іваненко", "Іваненко", "", ""),
    ],
)
def test_a_whole_name_is_taken_apart(cell: str, last: str, first: str, patronymic: str) -> None:
    wanted = {"last_name": last, "first_name": first, "patronymic": patronymic}
    assert split_name(cell) == {key: value for key, value in wanted.items() if value}


def test_a_firm_is_no_person() -> None:
    assert split_name("ТОВ «Мрія»") == {"company": "ТОВ «Мрія»"}


def test_a_whole_address_is_taken_apart_by_its_marks() -> None:
    assert split_address("01001, м. Київ, вул. Хрещатик, буд. 1, кв. 5") == {
        "postcode": "01001",
        "city": "Київ",
        "street": "вул. Хрещатик",
        "house": "1",
        "flat": "5",
    }
    assert split_address("десь у центрі") == {"street": "десь у центрі"}


@pytest.mark.parametrize(
    ("cell", "city", "street", "house", "flat"),
    [
        ("Київ, вул. Хрещатик, 22, кв. 15", "Київ", "вул. Хрещатик", "22", "15"),
        ("Кривий Ріг, просп. Миру, 15-А", "Кривий Ріг", "просп. Миру", "15-А", ""),
        ("м.Львів вул.Городоцька 367", "Львів", "вул.Городоцька", "367", ""),
        ("вул. Хрещатик 22/15", "", "вул. Хрещатик", "22/15", ""),
        ("Івано-Франківськ, пл. Ринок, 5 а", "Івано-Франківськ", "пл. Ринок", "5 а", ""),
        ("Одеса", "Одеса", "", "", ""),
        ("десь біля пл. Ринок", "", "десь біля пл. Ринок", "", ""),
        ("вул. 8 Березня", "", "вул. 8 Березня", "", ""),
    ],
)
def test_an_address_is_taken_apart_by_the_names_of_cities_too(
    cell: str, city: str, street: str, house: str, flat: str
) -> None:
    wanted = {"city": city, "street": street, "house": house, "flat": flat}
    assert split_address(cell) == {key: value for key, value in wanted.items() if value}
