from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import numbers
from store.errors import Invalid

PAYLOADS = st.integers(1000, 99_999_999).map(str)


def none_taken(_: object) -> set[str]:
    return set()


@given(PAYLOADS, st.data())
def test_one_wrong_digit_is_always_noticed(payload: str, data: st.DataObject) -> None:
    digits = payload + numbers.check_digit(payload)
    place = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    slip = digits[:place] + wrong + digits[place + 1 :]
    assert numbers.check_digit(slip[:-1]) != slip[-1]


@given(PAYLOADS)
def test_two_swapped_neighbours_are_always_noticed(payload: str) -> None:
    digits = payload + numbers.check_digit(payload)
    for place, (first, second) in enumerate(pairwise(digits)):
        if first != second:
            slip = digits[:place] + second + first + digits[place + 2 :]
            assert numbers.check_digit(slip[:-1]) != slip[-1]


@given(
    PAYLOADS, st.sampled_from(["K-", "К-", "k", "к ", "", "№ "]), st.sampled_from(["", " ", "-", "—", ".", "\u00a0"])
)
def test_a_number_is_read_in_any_spelling(payload: str, letter: str, divider: str) -> None:
    digits = payload + numbers.check_digit(payload)
    assert numbers.parse(letter + divider.join(digits)) == numbers.pretty(payload)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "client-number-unreadable"), ("K-12", "client-number-unreadable"), ("K-48A1-7", "client-number-unreadable")],
)
def test_what_is_no_number_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        numbers.parse(typed)
    assert refusal.value.problems[0].code == code
    assert refusal.value.problems[0].value == typed


def test_a_number_with_a_wrong_digit_is_told_apart_from_what_is_no_number() -> None:
    wrong = (int(numbers.check_digit("4821")) + 1) % 10
    with pytest.raises(Invalid) as refusal:
        numbers.parse(f"K-4821-{wrong}")
    assert refusal.value.code == "number-check-digit"


@pytest.mark.parametrize(
    ("payload", "shown"),
    [("4821", "K-4821-"), ("48213", "K-482-13-"), ("482137", "K-482-137-"), ("48213756", "K-4821-3756-")],
)
def test_numbers_are_shown_in_groups_that_can_be_said(payload: str, shown: str) -> None:
    assert numbers.pretty(payload) == shown + numbers.check_digit(payload)


@pytest.mark.parametrize(
    ("clients", "digits"), [(0, 4), (1000, 4), (1001, 5), (10_000, 5), (10_001, 6), (1_000_000, 7)]
)
def test_numbers_grow_by_a_digit_with_each_tenfold_of_clients(clients: int, digits: int) -> None:
    assert numbers.length(clients) == digits


def test_free_numbers_are_free_different_and_the_easiest_comes_first() -> None:
    asked: set[str] = set()

    def taken(offered: Iterable[str]) -> set[str]:
        found = set(list(offered)[::2])
        asked.update(found)
        return found

    free = numbers.free(5, 100, taken)
    assert len(set(free)) == 5
    assert asked and not asked & set(free)
    efforts = [numbers.effort("".join(filter(str.isdigit, number))[:-1]) for number in free]
    assert efforts == sorted(efforts)


def test_a_pattern_is_easier_than_a_jumble() -> None:
    assert numbers.effort("4114") < numbers.effort("4821")
    assert numbers.effort("1212") < numbers.effort("1352")


def test_no_number_offends() -> None:
    offered = numbers.free(3000, 100, none_taken)
    assert not [number for number in offered if "666" in number or "1488" in number.replace("-", "")]
    assert numbers.offends("K-1488-0") and not numbers.offends("K-4821-7")


def test_a_store_of_many_clients_gets_as_many_numbers_as_it_needs() -> None:
    assert len(set(numbers.free(20_000, 20_000, none_taken))) == 20_000
