"""What can be chosen for a field in the filter panel: its presence, its values, ranges that make sense."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from store import folding
from store.index.plan import WHOLE
from store.kinds.choices import YesNoKind
from store.query.completing import quoted
from store.query.keys import AHEAD, Key
from store.schema import Schema
from tui.forms.askable import Askable
from tui.i18n import N_, _
from tui.i18n.figures import SEGMENTS, segment_label
from tui.i18n.labels import choice_label

RANGES = {
    "age": ("..17", "18..25", "26..35", "36..45", "46..60", "61.."),
    "money": (">=500", ">=1000", ">=5000", ">=10000", ">=50000", ">=100000"),
    "number": ("1", "2", "3", "4", "5", ">=10"),
    "count": ("1", ">=2", ">=5", ">=10", ">=20"),
    "percent": ("<50", "50..79", ">=80"),
}
DAYS = (
    ("today", N_("today")),
    ("yesterday", N_("yesterday")),
    ("7d", N_("within 7 days")),
    ("30d", N_("within 30 days")),
    ("90d", N_("within 90 days")),
    (">90d", N_("more than 90 days ago")),
    (">180d", N_("more than 180 days ago")),
    (">365d", N_("more than a year ago")),
)
COMING = (
    ("today", N_("today")),
    ("tomorrow", N_("tomorrow")),
    ("7d", N_("within 7 days")),
    ("30d", N_("within 30 days")),
    (">30d", N_("later than in 30 days")),
)
BIRTHDAYS = (("today", N_("today")), ("7d", N_("within 7 days")), ("30d", N_("within 30 days")))
TASKS = (
    ("overdue", N_("overdue")),
    ("today", N_("today")),
    ("week", N_("within 7 days")),
    ("open", N_("any open one")),
)


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """One thing to choose: the filter it is, and its words."""

    token: str
    label: str
    count: int | None = None
    """How many clients it would find with the rest of the line; None while that is not known."""


def has_values(key: Key) -> bool:
    """Whether the values of a field are counted; not those of a table's rows of all kinds, which are phones as well."""
    is_of_many_kinds = key.field is not None and bool(key.field.kinds) and not (key.target and key.target.kind)
    return key.kind in WHOLE and not is_of_many_kinds


def presets(asked: Askable, schema: Schema, today: datetime.date) -> list[FilterChoice]:
    """What can be chosen without looking at the cards: presence, ranges, figures' words, choices."""
    name = asked.key.name
    found = [FilterChoice(f"has:{name}", _("there is one")), FilterChoice(f"no:{name}", _("there is none"))]
    match asked.key.kind:
        case "rfm":
            return [FilterChoice(f"rfm:{code}", segment_label(code)) for code in SEGMENTS]
        case "task":
            return [*_worded(name, TASKS), *found]
        case "consent":
            return [*_of_choices(schema, name), *found]
        case "round":
            months = [FilterChoice(f"{name}:{month}", word) for month, word in _months()]
            return [*_worded(name, BIRTHDAYS), *months, *found]
        case "date":
            ahead = asked.key.field is not None and asked.key.field.key in AHEAD
            years = [FilterChoice(f"{name}:{year}", str(year)) for year in range(today.year, today.year - 4, -1)]
            return [*_worded(name, COMING if ahead else DAYS), *years, *found]
        case "birthday":
            decades = [f"{year}..{year + 9}" for year in range(today.year // 10 * 10 - 10, today.year - 90, -10)]
            return [*(FilterChoice(f"{name}:{span}", span.replace("..", "–")) for span in decades), *found]
        case "section":
            return found
    ranges = RANGES.get(asked.key.kind, ())
    return [*(FilterChoice(f"{name}:{each}", _span(each)) for each in ranges), *found]


def of_values(asked: Askable, values: Sequence[tuple[str, int]]) -> list[FilterChoice]:
    """The values of a field that there are, with their counts."""
    name, field, section = asked.key.name, asked.key.field, asked.key.section
    made: list[FilterChoice] = []
    for value, number in values:
        if field is not None and section is not None and field.kind == "choice" and field.choices:
            made.append(FilterChoice(f"{name}:{value}", choice_label(section, field, value), number))
        elif field is not None and field.kind == YesNoKind.name:
            made.append(FilterChoice(f"{name}:{value}", _("yes") if value == "yes" else _("no"), number))
        elif folding.words(value):
            made.append(FilterChoice(f"{name}:{quoted(value)}", value, number))
    return made


def typed_choice(asked: Askable, typed: str) -> FilterChoice | None:
    """What was typed, as a filter of that field."""
    text = " ".join(typed.split())
    if not text:
        return None
    value = quoted(text) if " " in text else text
    return FilterChoice(f"{asked.key.name}:{value}", _("as typed: {text}").format(text=text))


def _of_choices(schema: Schema, name: str) -> list[FilterChoice]:
    section = schema.section("consents")
    field = section.field("kind") if section else None
    if section is None or field is None:
        return []
    return [FilterChoice(f"{name}:{each.code}", choice_label(section, field, each.code)) for each in field.choices]


def _worded(name: str, words: Sequence[tuple[str, str]]) -> list[FilterChoice]:
    return [FilterChoice(f"{name}:{value}", _(label)) for value, label in words]


def _months() -> list[tuple[str, str]]:
    words = (
        ("january", _("January")),
        ("february", _("February")),
        ("march", _("March")),
        ("april", _("April")),
        ("may", _("May")),
        ("june", _("June")),
        ("july", _("July")),
        ("august", _("August")),
        ("september", _("September")),
        ("october", _("October")),
        ("november", _("November")),
        ("december", _("December")),
    )
    return list(words)


def _span(text: str) -> str:
    low, dots, high = text.partition("..")
    if not dots:
        return text.replace(">=", "≥ ").replace("<=", "≤ ").replace("<", "< ").replace(">", "> ")
    if not low:
        return f"≤ {high}"
    return f"{low}–{high}" if high else f"≥ {low}"
