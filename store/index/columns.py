"""What cards say, gathered value by value over many cards or one: nine of ten values are in many cards.

What a value is found by is worked out once for all that have it; what is left to do a card is to note its place.
"""

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from store.card import Card, Row, texts
from store.index.figures import single_figures
from store.index.plan import Plan, SectionPlan, form_of
from store.index.said import Said, said_day, said_identifier, said_name, said_number, said_of, said_state
from store.index.terms import REST_BITS, rest_of

if TYPE_CHECKING:
    from store.index.extract import Named

_REST = (1 << REST_BITS) - 1

_NUMBER = object()
"""Stands for numbers: values are texts, yes or no, or lists of texts."""

REMEMBERED = 1 << 14
"""So many values of a field are remembered, then all are forgotten."""

Places = list[int]
"""Where cards have their place, one after the other; twice where a card says a thing twice."""

Column = defaultdict[Any, Places]
"""The values of a field, each with the cards that have it."""


class Told(NamedTuple):
    """All that some cards say."""

    saids: list[tuple[Said, Places]]
    numbers: dict[str, dict[int, int]]
    """The ordered numbers they are sorted by, by the code of their field, then by card."""
    digits: dict[int, set[str]]
    """What is found by any run of four digits, by card."""
    sums: dict[int, int]
    """By what it is known that a card is indexed as it was read."""


class Columns:
    """Cards as columns: add them, each with a place of its own, then ask what they told."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._sections: dict[str, _Section] = {}
        self._names = _column()
        self._states = _column()
        self._numbers = _column()
        self._former = _column()
        self._figures: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._days: defaultdict[str, Column] = defaultdict(_column)
        self._sums: dict[int, int] = {}

    def add(self, card: Card, name: str, place: int, had: "Iterable[Named]" = ()) -> None:
        """Take in a card.

        Args:
            card: The card. A value of another shape than the schema says is passed over.
            name: What it is listed by.
            place: Its place, higher than of those before it.
            had: The numbers and identifiers the client had once: they find it still.
        """
        document = card.document
        for key, value in document.items():
            if not value:
                continue
            section = self._sections.get(key)
            if section is None:
                plan = self._plan.by_section.get(key)
                if plan is None:
                    continue
                section = self._sections[key] = _Section(plan)
            if isinstance(value, dict):
                section.add(value, place)
            elif isinstance(value, list):
                for row in value:
                    if isinstance(row, dict):
                        section.add(row, place)
        person = document.get("person")
        company = person.get("company") if isinstance(person, dict) else None
        self._names[f"{name} {company}" if company and isinstance(company, str) else name].append(place)
        self._states[card.trashed].append(place)
        self._numbers[card.number].append(place)
        # Said of nobody, but others name the client by it.
        self._sums[place] = zlib.crc32(str(document.get("uid")).encode("utf-8", "surrogatepass"))
        codes = self._plan.single_codes
        for figure, number in single_figures(document).items():
            self._figures[codes[figure]][place] = number
        for code, day in self._plan.days_of(document):
            self._days[code][day].append(place)
        for old in had:
            self._former[old.kind == "number", old.value].append(place)

    def told(self) -> Told:
        """What the cards told."""
        plan = self._plan
        saids: list[tuple[Said, Places]] = []
        for section in self._sections.values():
            section.tell(saids, plan)
        _tell(saids, self._names, plan.remembered["name"], said_name)
        _tell(saids, self._states, {}, said_state)
        _tell(saids, self._numbers, {}, said_number)
        _tell(saids, self._former, {}, _said_former)
        numbers: dict[str, dict[int, int]] = dict(self._figures)
        saids += [(plan.said_figures[code], [*values]) for code, values in numbers.items()]
        for code, column in self._days.items():
            _tell(saids, column, plan.remembered[code], partial(said_day, code))
            last = numbers.setdefault(code, {})
            for day in sorted(column):
                last.update(dict.fromkeys(column[day], day))
        digits: dict[int, set[str]] = {}
        sums = dict(self._sums)
        sorted_by: dict[str, list[tuple[int, Places, bool]]] = {}
        for said, places in saids:
            if said.number is not None:
                sorted_by.setdefault(said.code, []).append((said.number, places, said.is_least))
            if said.digits:
                for place in places:
                    digits.setdefault(place, set()).add(said.digits)
            if total := said.sum:
                for place in places:
                    sums[place] += total
        for values in self._figures.values():
            for place, number in values.items():
                sums[place] += number
        for code, found in sorted_by.items():
            numbers[code] = known = numbers.get(code, {})
            if len(found) > 1:
                found.sort(reverse=found[0][2])
            # The last one stays: of several values the greatest, of texts the least.
            for number, places, _ in found:
                known.update(dict.fromkeys(places, number))
            if code in plan.long:
                numbers[rest_of(code)] = {place: number & _REST for place, number in known.items()}
                numbers[code] = {place: number >> REST_BITS for place, number in known.items()}
        return Told(saids, numbers, digits, {place: total & 0xFFFFFFFF for place, total in sums.items()})


class _Section(dict[str, "Column | None"]):
    """The columns of a section by the fields' keys; None for what is no field."""

    def __init__(self, plan: SectionPlan) -> None:
        super().__init__()
        self._plan = plan
        self._kinded = [(field, code, _column()) for field, code in plan.kinded]

    def __missing__(self, key: str) -> "Column | None":
        self[key] = column = _column() if key in self._plan.plain else None
        return column

    def add(self, row: Row, place: int) -> None:
        """Take in a row."""
        for key, value in row.items():
            column = self[key]
            if column is None:
                continue
            if value.__class__ in (int, float):
                # Of another program: no value, but something. As a key, 1 would be the same as yes.
                value = _NUMBER
            try:
                column[value].append(place)
            except TypeError:
                for text in texts(value):
                    column[text].append(place)
        for field, code, column in self._kinded:
            if value := row.get(field.key):
                code_of_kind = self._plan.by_kind.get(str(row.get("kind")), code)
                for text in texts(value):
                    column[field.kind_in(row), code_of_kind, text].append(place)

    def tell(self, saids: list[tuple[Said, Places]], plan: Plan) -> None:
        """Add what its values are found by."""
        before = len(saids)
        for key, column in self.items():
            if column is None:
                continue
            field, code, remembered = self._plan.plain[key]
            for nothing in (None, ""):
                column.pop(nothing, None)
            _tell(saids, column, remembered, partial(said_of, plan, field, code, form_of(field)))
        for field, _, column in self._kinded:
            for (kind, code, text), places in column.items():
                saids.append((said_of(plan, field, code, kind, text), places))
        if having := set().union(*[places for _, places in saids[before:]]):
            saids.append((self._plan.said, [*having]))


def _column() -> Column:
    return defaultdict(list)


def _tell(
    saids: list[tuple[Said, Places]],
    column: Mapping[Any, Places],
    remembered: dict[Any, Said],
    make: Callable[[Any], Said],
) -> None:
    """Add what the values of a column are found by; they are remembered for the next cards."""
    if len(remembered) > REMEMBERED:
        remembered.clear()
    for value, places in column.items():
        said = remembered.get(value)
        if said is None:
            said = remembered[value] = make(value)
        saids.append((said, places))


def _said_former(old: tuple[bool, str]) -> Said:
    is_number, value = old
    return said_number(value) if is_number else said_identifier("", value)
