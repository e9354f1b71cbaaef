"""One person's name is known in the languages it is said in."""

import pytest

from store.query import Word, words_of
from store.query.given_names import GROUPS, languages


def said(name: str) -> set[str]:
    """Skeletons of the other forms of a name."""
    return {form for word in languages(*words_of(name)) for form in word.forms}


def skeletons(name: str) -> set[str]:
    return set(words_of(name)[0].forms)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Олена", "Елена"),
        ("Елена", "Олена"),
        ("Elena", "Олена"),
        ("Helen", "Олена"),
        ("Сергій", "Сергей"),
        ("Serhii", "Сергей"),
        ("Сергей", "Сергій"),
        ("Михайло", "Michael"),
        ("Michael", "Михайло"),
        ("Mykhailo", "Михаил"),
        ("Микола", "Nicholas"),
        ("Nikolay", "Микола"),
        ("Саша", "Олександр"),
        ("Саша", "Олександра"),
        ("Пётр", "Петро"),
        ("Дарья", "Дарина"),
        ("Дар'я", "Дарина"),
        ("John", "Иван"),
    ],
)
def test_a_name_is_looked_for_in_other_languages(typed: str, stored: str) -> None:
    assert skeletons(stored) & said(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("Олена", "Альона"), ("Олена", "Ольга"), ("Ксенія", "Оксана"), ("Лариса", "Олександра"), ("Ярина", "Ірина")],
)
def test_names_of_others_are_kept_apart(typed: str, stored: str) -> None:
    assert not skeletons(stored) & said(typed)


def test_the_names_are_many_and_each_has_another_form() -> None:
    groups = [line.split() for line in GROUPS.strip().splitlines()]
    assert len(groups) >= 120
    assert all(len(set(names)) > 1 for names in groups)


def test_only_whole_names_are_looked_for() -> None:
    assert languages(*words_of("олен")) == ()
    assert languages(*words_of("шевченко")) == ()
    assert all(word.whole and word.forms for word in languages(*words_of("олена")))


def test_what_folds_to_the_same_is_not_repeated() -> None:
    found: tuple[Word, ...] = languages(*words_of("Юлія"))
    assert not any(set(word.forms) <= skeletons("Юлія") for word in found)
    assert len({word.forms for word in found}) == len(found)
