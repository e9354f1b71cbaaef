import io

import pytest

from store.exchange.encoding import encoding_of

TEXTS = (
    "Прізвище;Ім'я;Телефон\nШевченко;Олена;0671234567\n",
    "Фамилия;Имя;Телефон\nИванов;Пётр;0671234567\n",
    "ПІБ;Місто\nЇжакевич Євген;Київ\nҐалаґан Юлія;Рівне\n",
    "name;phone\nЩербак Ольга;0501112233\n",
    "Шевченко",
    "Іваненко Ірина;+380671234567\n",
    "ИВАНОВ ПЕТР;0671234567\n",
    "Київ",
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-u", "koi8-r")


def possible() -> list[tuple[str, str]]:
    found = []
    for text in TEXTS:
        for encoding in ENCODINGS:
            try:
                text.encode(encoding)
            except UnicodeEncodeError:
                continue
            found.append((text, encoding))
    return found


@pytest.mark.parametrize(("text", "encoding"), possible())
def test_a_short_file_is_read_in_whatever_encoding_it_was_saved(text: str, encoding: str) -> None:
    saved = text.encode(encoding)
    assert saved.decode(encoding_of(io.BytesIO(saved))) == text


def test_one_byte_that_is_no_utf8_at_the_end_of_a_long_file_is_noticed() -> None:
    saved = b"name,phone\n" + b"Anna,0671234567\n" * 100_000 + "Шевченко Олена,0".encode("cp1251")
    assert encoding_of(io.BytesIO(saved)) == "cp1251"


def test_western_names_do_not_become_cyrillic() -> None:
    saved = "Name;City\nMüller;Zürich\n".encode("cp1252")
    assert saved.decode(encoding_of(io.BytesIO(saved))) == "Name;City\nMüller;Zürich\n"
