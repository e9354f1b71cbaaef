"""Filters of what follows from a card, and of what is there or not."""

from store import folding
from store.query import aliases, values
from store.query.asked import Asked, Refused, no_choice
from store.query.days import Unreadable, age_spans, birthday_spans, day_spans
from store.query.field_filters import NAMES
from store.query.keys import Keys
from store.query.nodes import Any, Condition, Node, Not, Number, Present, Spans, Target, Whole
from store.query.vocabulary import Vocabulary

_TRASH = Vocabulary.of_entries(aliases.TRASH)
_TASKS = Vocabulary.of_entries(aliases.TASKS)
_WEEK = Vocabulary.of_entries({"week": aliases.DAYS["week"]})
_SEGMENTS = Vocabulary.of_entries(aliases.SEGMENTS)


def trash(asked: Asked) -> None:
    """`in:trash`, and nothing else."""
    if _TRASH.code_of(asked.value) is None:
        raise Refused("filter-place")


def number(asked: Asked) -> Node:
    """A beginning of the client's number."""
    asked.refuse_range()
    if not (digits := folding.digits(asked.value)):
        raise Refused("filter-client-number")
    return Number(digits)


def presence(asked: Asked) -> Node:
    """`has:`: the value is the key of what is to be there."""
    found = asked.keys.find(asked.value)
    if found and found.kind == "name":
        return Any(tuple(Condition(target, Present()) for target in NAMES))
    if found is None or found.target is None or found.kind == "client_number":
        raise Refused("filter-field", known=_on_cards(asked.keys, asked.value) or _on_cards(asked.keys, ""))
    match found.target.key:
        case "consent":
            return Condition(found.target, Spans(((asked.now, None),)))
        case "spent" | "bought":
            return Condition(found.target, Spans(((1, None),)))
        case "rfm":
            return Condition(Target("last_purchase"), Present())
    return Condition(found.target, Present())


def _on_cards(keys: Keys, typed: str) -> list[str]:
    """The known keys that are most like a typed one, of those that something on a card is called."""
    return [name for name in keys.near(typed) if (key := keys.find(name)) and key.target]


def absence(asked: Asked) -> Node:
    """`no:`: what is not to be there."""
    return Not(presence(asked))


def age(asked: Asked) -> Node:
    """An age in full years, as days of birth."""
    spans = [
        span for low, high in values.number_spans(asked.value, "age") for span in age_spans(low, high, asked.today)
    ]
    return asked.condition(Spans(tuple(spans)))


def birthday(asked: Asked) -> Node:
    """Days round the year."""
    return asked.condition(Spans(birthday_spans(asked.value, asked.today)))


def task(asked: Asked) -> Node:
    """Tasks not done: `overdue`, `open`, `week` (today and the next seven days), or by their days."""
    match _TASKS.code_of(asked.value):
        case "overdue":
            return asked.condition(Spans(((1, asked.now - 1),)))
        case "open":
            return asked.condition(Present())
    if _WEEK.code_of(asked.value):
        return asked.condition(Spans(((asked.now, asked.now + 7),)))
    try:
        spans = day_spans(asked.value, asked.today, ahead=True)
    except Unreadable as error:
        raise Unreadable("filter-task" if error.code == "filter-date" else error.code) from error
    # 0 is a task without a day.
    return asked.condition(Spans(tuple((1 if low is None else low, high) for low, high in spans)))


def consent(asked: Asked) -> Node:
    """A consent of that kind that stands today."""
    field = asked.keys.path("consents.kind")
    code = field.choices.code_of(asked.value) if field else None
    if code is None:
        raise no_choice(field)
    return Condition(Target("consent", code), Spans(((asked.now, None),)))


def segment(asked: Asked) -> Node:
    """A segment of `store.rfm`."""
    code = _SEGMENTS.code_of(asked.value)
    if code is None:
        raise Refused("filter-segment", known=list(aliases.SEGMENTS))
    return asked.condition(Whole(code))
