"""The lines of a list that was found in several ways."""

import datetime
from collections.abc import Sequence

import pytest

from store.index import ListRow, Phase
from store.query import Query, parse
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tui.sidebar.rows import Grouped, GroupLine


def asked(line: str) -> Query:
    return parse(line, Schema.from_data(STANDARD_SECTIONS), datetime.date(2026, 11, 26))


class Found:
    """So many clients in each phase."""

    def __init__(self, **counts: int) -> None:
        self.query = asked("шев")
        self.phases: tuple[Phase, ...] = ()
        self.total = 0
        for how, number in counts.items():
            self.phases += (Phase("" if how == "own" else how, asked("шев"), number, self.total),)
            self.total += number

    def rows(self, start: int, count: int) -> list[ListRow]:
        last = min(start + count, self.total)
        return [ListRow(at, f"K-{at}", f"client {at}", "", "", (), False, "") for at in range(start, last)]

    def position(self, serial: int) -> int | None:
        return serial if serial < self.total else None

    def serials(self) -> list[int]:
        return list(range(self.total))


def shown(rows: Sequence[ListRow | GroupLine]) -> list[str]:
    return [row.name if isinstance(row, ListRow) else row.text.split(":")[0] for row in rows]


def test_a_list_found_as_asked_has_no_lines_between() -> None:
    grouped = Grouped(Found(own=3))
    assert shown(grouped.rows(0, 10)) == ["client 0", "client 1", "client 2"]
    assert (grouped.total, grouped.line_of(2), grouped.client_at(2)) == (3, 2, 2)


def test_each_other_way_of_finding_has_a_line_before_it() -> None:
    grouped = Grouped(Found(own=1, part=2, typo=1))
    lines = ["client 0", "Inside words", "client 1", "client 2", "With a typing error", "client 3"]
    assert shown(grouped.rows(0, 10)) == lines
    assert grouped.total == 6
    assert [grouped.line_of(place) for place in range(4)] == [0, 2, 3, 5]
    assert [grouped.client_at(line) for line in (0, 2, 3, 5)] == [0, 1, 2, 3]
    assert [line for line in range(6) if grouped.is_group(line)] == [1, 4]


@pytest.mark.parametrize("start", range(6))
@pytest.mark.parametrize("count", range(1, 7))
def test_any_window_is_a_part_of_the_whole(start: int, count: int) -> None:
    grouped = Grouped(Found(layout=2, language=2))
    whole = shown(grouped.rows(0, 10))
    assert shown(grouped.rows(start, count)) == whole[start : start + count]


def test_a_phase_that_found_nobody_has_no_line() -> None:
    assert shown(Grouped(Found(own=1, part=0)).rows(0, 5)) == ["client 0"]
