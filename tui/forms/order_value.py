"""What a list in some order goes by, client by client: told beside their names, so that the order says something."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from store import folding
from store.card import Document, Row, rows
from store.derived import age
from store.index.figures import NO_DAY, single_figures, task_days
from store.index.plan import NUMERIC
from store.kinds import KINDS, kind_of
from store.query.keys import Key
from store.schema import Field, Section
from tui.forms.wording import shown
from tui.i18n import language
from tui.i18n.formats import count, moment

_NO_FIELD = Field("", "", {})

_NOT_CHOSEN = 99
"""Where a choice stands that the schema does not know."""


def order_value(document: Document, key: Key, today: datetime.date) -> str:
    """What a card is sorted by, as the operator reads it; empty for nothing, and for the number, which is seen anyway.

    Args:
        document: The card.
        key: What the list goes by (see `store.query.sorting`).
        today: The day that ages count to.
    """
    if key.target is None or key.target.key == "number" or key.kind == "client":
        return ""  # who is related is noted by a uid, which tells nobody anything
    if key.field is not None and key.section is not None:
        row, value = deciding(document, key.section, key.field, key.target.kind)
        return shown(value, key.section, key.field, row, {})
    birth_date = next((row.get("birth_date") for row in rows(document, "person")), None)
    if key.kind == "age":
        years = age(birth_date, today)
        return "" if years is None else str(years)
    if key.kind == "round":
        return KINDS["birthday"].show(birth_date, _NO_FIELD, language())
    name = key.target.key
    if name in ("created", "updated"):
        return moment(str(document.get(name) or ""))
    figure = max(task_days(document), default=None) if name == "task" else single_figures(document).get(name)
    return "" if figure is None else _figure_shown(figure, key.kind)


def _figure_shown(figure: int, kind: str) -> str:
    match kind:
        case "money":
            return KINDS["money"].show(f"{Decimal(figure) / 100:.2f}", _NO_FIELD, language())
        case "count":
            return count(figure)
        case "percent":
            return f"{figure} %"
    day = "" if figure == NO_DAY else datetime.date.fromordinal(figure).isoformat()
    return KINDS["date"].show(day, _NO_FIELD, language())


def deciding(document: Document, section: Section, field: Field, kind: str = "") -> tuple[Row, Any]:
    """Of the values of a field the one a list goes by, with its row: the greatest number or day, else what comes first.

    Args:
        document: The card.
        section: Where the field is.
        field: The field.
        kind: Where not empty, only rows of that kind count.

    Returns:
        An empty row and None where there is no value.
    """
    by_form: dict[str, list[tuple[Row, Any]]] = {form: [] for form in _forms(section, field)}
    for row, value in _values(document, section, field):
        if not kind or row.get("kind") == kind:
            by_form.setdefault(field.kind_in(row), []).append((row, value))
    for form, held in by_form.items():
        if form not in NUMERIC and held:
            return min(held, key=lambda each: _key(field, *each))
        of = kind_of(field, held[0][0]) if held else None
        numbers = [(number, *each) for each in held if of and (number := of.ordinal(each[1], field)) is not None]
        if numbers:
            _, row, value = max(numbers, key=lambda each: each[0])
            return row, value
    return {}, None


def _forms(section: Section, field: Field) -> list[str]:
    """Where the row decides what its value is: who has one of the first of these kinds stands before the others."""
    kinds = section.field("kind") if field.key == "value" else None
    return [field.kind_in({"kind": choice.code}) for choice in (kinds.choices if kinds else ())]


def _values(document: Document, section: Section, field: Field) -> Iterator[tuple[Row, Any]]:
    for row in rows(document, section.key):
        value = row.get(field.key)
        for each in value if isinstance(value, list) else [value]:
            if each is not None and each != "":
                yield row, each


def _key(field: Field, row: Row, value: Any) -> tuple[int, str]:
    match field.kind_in(row):
        case "choice":
            return next((at for at, each in enumerate(field.choices) if each.code == value), _NOT_CHOSEN), ""
        case "yes_no":
            return int(value is True), ""
        case "phone":
            return int(folding.digits(str(value))[:12] or 0), ""
    return 0, folding.sort_key(str(value))
