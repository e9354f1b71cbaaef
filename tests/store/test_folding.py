"""Spellings of one name meet, and what was typed so far finds the whole."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.folding import fold, forms, identifier_key, literal, number_key, sort_key, word_spans, words

LETTERS = "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюяABCGHIKSXYZabcghkscxyzéłß0123'’ʼ*-. "
texts = st.one_of(st.text(max_size=40), st.text(alphabet=LETTERS, max_size=40))


def meets(stored: str, typed: str) -> bool:
    """Whether every typed word begins some stored one, in any of their forms."""
    known = [form for word in words(stored) for form in forms(word)]
    return all(any(k.startswith(f) for k in known for f in forms(word)) for word in words(typed))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Григорій", "григорий", "Grigoriy", "Hryhorii", "Ґригорій", "GRIGORIJ"),
        ("Шевченко", "Shevchenko", "ШЕВЧЕНКО"),
        ("Щербак", "Shcherbak", "Scherbak", "Szczerbak"),
        ("Юлія", "Yuliia", "Iuliia", "Julia", "Юлия", "Yuliya"),
        ("Харченко", "Kharchenko"),
        ("Соловьёв", "Соловьев", "Solovyov", "Solovev", "Solovyev"),
        ("Запоріжжя", "Zaporizhzhia"),
        ("Київ", "Kyiv"),
        ("Лук'янчук", "Лук*янчук", 'Лук"янчук', "Лукянчук"),
        ('ТОВ"Юнона"', 'ТОВ "Юнона"', "тов юнона"),
        ("В'ячеслав", "В’ячеслав", "Вʼячеслав", "В`ячеслав", "В′ячеслав", "Вячеслав", "Viacheslav", "Vyacheslav"),
        ("Андрієнко", "Andriienko", "Andriyenko", "Andrienko"),
        ("Згорани", "Zghorany"),
        ("Хрущов", "Khrushchov"),
        ("Чайковский", "Tchaikovsky", "Chaikovskii"),
        ("Ковальчик", "Kowalczyk", "Kovalchyk"),
        ("Їжак", "їжак", "Yizhak", "Izhak"),
        ("Анна", "Ана", "Anna"),
        ("Філіп", "Philip", "Filip"),
        ("Оскар", "Oscar", "Oskar"),
        ("Müller", "Muller", "MÜLLER"),
        ("Алексей", "Aleksey", "Alexei"),
        ("Євген", "Yevhen", "Ievhen", "Евген"),
    ],
)
def test_spellings_of_one_name_meet(spellings: tuple[str, ...]) -> None:
    for stored in spellings:
        for typed in spellings:
            if stored.isascii() and typed.isascii():
                continue  # Two romanisations meet through the Cyrillic name they both stand for.
            assert meets(stored, typed), (stored, typed)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Шевченко", "Шевчук"),
        ("Олена", "Олег"),
        ("Кравець", "Гравець"),
        ("Мороз", "Марас"),
        ("Ткач", "Дьяк"),
        ("2*яблуко", "2яблуко"),
    ],
)
def test_different_names_stay_apart(stored: str, typed: str) -> None:
    assert not meets(stored, typed)


@pytest.mark.parametrize("romanised", ["Shcherbak", "Kharchenko", "Zaporizhzhia", "Zhuk", "Yushchenko", "Tsymbal"])
def test_a_romanised_name_loses_its_client_at_no_letter_from_the_second_on(romanised: str) -> None:
    cyrillic = {
        "Shcherbak": "Щербак",
        "Kharchenko": "Харченко",
        "Zaporizhzhia": "Запоріжжя",
        "Zhuk": "Жук",
        "Yushchenko": "Ющенко",
        "Tsymbal": "Цимбал",
    }[romanised]
    for end in range(2, len(romanised) + 1):
        assert meets(cyrillic, romanised[:end]), romanised[:end]


@given(texts)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts, st.integers(min_value=0, max_value=40))
def test_the_fold_of_a_beginning_is_a_beginning_of_the_fold(text: str, end: int) -> None:
    assert fold(text).startswith(fold(text[:end]))


@given(texts)
def test_composed_and_decomposed_letters_are_the_same(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert fold(composed) == fold(unicodedata.normalize("NFD", composed))


@given(texts)
def test_every_word_is_found_by_each_of_its_beginnings(text: str) -> None:
    for word in words(text):
        known = forms(word)
        for end in range(1, len(word) + 1):
            typed = forms(word[:end])
            assert not typed or any(k.startswith(f) for k in known for f in typed[:1])


@given(texts)
def test_spans_of_words_hold_the_words(text: str) -> None:
    folded = [literal(word) for start, end in word_spans(text) for word in words(text[start:end])]
    assert [word for word in folded if word] == fold(text).split()


@pytest.mark.parametrize("spelling", ["K-4821-7", "К-4821-7", "к 4821 7", "48217", "k48217", "К–4821–7"])
def test_a_client_number_is_one_in_any_spelling(spelling: str) -> None:
    assert number_key(spelling) == "48217"


def test_identifiers_meet_whatever_stands_between_and_in_whichever_alphabet() -> None:
    assert identifier_key("АВ 123456") == identifier_key("ab-123456") == "AB123456"


def test_names_sort_as_ukrainian_and_russian_do() -> None:
    names = ["Ґава", "Гук", "Єва", "Еней", "Жук", "Ёлка", "Іва", "Ирина", "Їжак", "Йосип", "Яна", "Щука", "Adam", "Аня"]
    assert sorted(names, key=sort_key) == [
        *("Аня", "Гук", "Ґава", "Еней", "Єва", "Ёлка", "Жук", "Ирина"),
        *("Іва", "Їжак", "Йосип", "Щука", "Яна", "Adam"),
    ]


def test_a_shorter_name_comes_before_a_longer_one_and_apostrophes_do_not_count() -> None:
    names = ["Шевченко Яна", "Шевченкова Анна", "Дем'ян", "Демко", "Дем’янюк"]
    assert sorted(names, key=sort_key) == ["Демко", "Дем'ян", "Дем’янюк", "Шевченко Яна", "Шевченкова Анна"]
