"""Queries of every form, each as a tree and as the line that asks for it."""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from store import folding
from store.card import rows
from store.query import (
    All,
    Any,
    Condition,
    Digits,
    Node,
    Not,
    Number,
    Phrase,
    Present,
    Spans,
    Target,
    Whole,
    Word,
    Words,
    words_of,
)
from store.query.field_filters import CITY, of_any_language
from store.query.nodes import Span
from store.schema import Field, Schema, Section
from tests.store import stores
from tests.store.query import brute

Chosen = TypeVar("Chosen")

SCALES = {"number": 1000, "money": 100}


class Asked(NamedTuple):
    """A tree and how it is typed."""

    node: Node
    line: str


class Said(NamedTuple):
    """What is said on some cards: queries are made of it, so that they find somebody."""

    words: list[str]
    phrases: list[str]
    runs: list[str]
    numbers: list[str]
    values: dict[str, list[str]]
    """By `section.field`, or `section.field` and a kind with a colon between."""
    figures: dict[str, list[int]]


TODAY = stores.TODAY


def queries(said: Said, schema: Schema) -> st.SearchStrategy[Asked]:
    """Whole lines: up to four things, some excluded, some with `or` between."""
    single = st.one_of(_texts(said), conditions(said, schema))
    item = st.one_of(single, single.map(_excluded), st.lists(single, min_size=2, max_size=3).map(_either))
    return st.lists(item, max_size=4).map(_all)


def conditions(said: Said, schema: Schema) -> st.SearchStrategy[Asked]:
    """Filters of every field, section and figure."""
    fields = [(section, field) for section in schema.sections for field in section.fields]
    return st.one_of(
        _one_of(fields).flatmap(lambda chosen: _of_field(*chosen, said)),
        st.sampled_from(sorted(said.figures)).flatmap(lambda key: _of_figure(key, said.figures[key])),
        _one_of(sorted(_present(schema))).map(lambda key: Asked(_has(key, schema), f"has:{key}")),
        st.sampled_from(["email", "telegram", "loyalty", "tax"]).flatmap(lambda kind: _of_kind(kind, said, schema)),
        st.sampled_from(["phone", "viber"]).flatmap(lambda kind: _of_phone(Target("contacts.value", kind), kind, said)),
        st.sampled_from(["marketing", "processing", "sms", "photo"]).map(_consent),
    )


def said_on(cards: Iterable[dict[str, object]], schema: Schema, today: datetime.date) -> Said:
    """What is said on these cards."""
    words: set[str] = set()
    phrases: set[str] = set()
    runs: set[str] = set()
    numbers: set[str] = set()
    values: dict[str, set[str]] = {}
    figures: dict[str, set[int]] = {}
    for card in cards:
        numbers.add(folding.digits(str(card["number"])))
        for section in schema.sections:
            for row in rows(card, section.key):
                for field in section.fields:
                    for text in brute._strings(row.get(field.key)):
                        kind = row.get("kind")
                        values.setdefault(f"{section.key}.{field.key}", set()).add(text)
                        values.setdefault(f"{section.key}.{field.key}:{kind}", set()).add(text)
                        found = folding.words(text)
                        phrases.update(" ".join(found[at : at + 2]) for at in range(len(found) - 1))
                        words.update(word for word in found if not any(map(str.isdecimal, word)))
                        if len(run := folding.digits(text)) > 6:
                            runs.add(run)
        for key in brute.FIGURES:
            figures.setdefault(key, set()).update(brute.figure(Target(key), card, today))
    return Said(
        sorted(words),
        sorted(phrases),
        sorted(runs),
        sorted(numbers),
        {key: sorted(found) for key, found in values.items()},
        {key: sorted(found) for key, found in figures.items() if found},
    )


def _one_of(values: Sequence[Chosen]) -> st.SearchStrategy[Chosen]:
    """One of the values; unlike `sampled_from`, it does not name them all where it is shown."""

    def chosen(place: int) -> Chosen:
        return values[place]

    return st.integers(0, len(values) - 1).map(chosen)


def _texts(said: Said) -> st.SearchStrategy[Asked]:
    """Words, digits, phrases and client numbers."""
    cut = st.integers(1, 9)
    return st.one_of(
        st.builds(lambda word, end: _word(word[:end]), _one_of(said.words), cut),
        st.builds(
            lambda run, start, length: _digits(run[start : start + length]),
            _one_of(said.runs),
            st.integers(0, 4),
            st.integers(3, 9),
        ),
        _one_of(said.phrases).map(_phrase),
        st.builds(lambda number, end: _number(number[: end + 1]), _one_of(said.numbers), cut),
    )


def _word(text: str) -> Asked:
    found = words_of(text)
    # One letter that folds to nothing, or `або`, is no word to ask for.
    if len(found) != 1 or found[0].text in ("or", "або", "или"):
        found = words_of("шевч")
    return Asked(found[0], found[0].text)


def _digits(run: str) -> Asked:
    return Asked(Digits(run, (run,)), run)


def _number(digits: str) -> Asked:
    return Asked(Number(digits), f"К-{digits}")


def _phrase(text: str) -> Asked:
    found = words_of(text, whole=True)
    node: Node | None = Phrase(found) if len(found) > 1 else found[0] if found else None
    return Asked(node, f'"{text}"') if node else _word("шевч")


def _excluded(asked: Asked) -> Asked:
    return Asked(Not(asked.node), f"-{asked.line}")


def _either(asked: list[Asked]) -> Asked:
    nodes = tuple(dict.fromkeys(each.node for each in asked))
    return Asked(Any(nodes) if len(nodes) > 1 else nodes[0], " or ".join(each.line for each in asked))


def _all(items: list[Asked]) -> Asked:
    chosen: list[Asked] = []
    for item in items:
        if chosen and _ends_in_digits(chosen[-1].node) and _begins_with_digits(item.node):
            continue  # Side by side they are one phone, or one client number.
        chosen.append(item)
    nodes = tuple(dict.fromkeys(each.node for each in chosen))
    return Asked(nodes[0] if len(nodes) == 1 else All(nodes), " ".join(each.line for each in chosen))


def _ends_in_digits(node: Node) -> bool:
    last = node.nodes[-1] if isinstance(node, Any) else node
    last = last.node if isinstance(last, Not) else last
    # Behind an amount they are its thousands.
    return isinstance(last, Digits | Number) or (isinstance(last, Condition) and isinstance(last.test, Spans))


def _begins_with_digits(node: Node) -> bool:
    first = node.nodes[0] if isinstance(node, Any) else node
    return isinstance(first.node if isinstance(first, Not) else first, Digits)


def _of_field(section: Section, field: Field, said: Said) -> st.SearchStrategy[Asked]:
    path = f"{section.key}.{field.key}"
    target = Target(path)
    known = said.values.get(path, ["шевч"])
    match field.kind:
        case "choice":
            return _one_of(field.choices).map(
                lambda choice: Asked(Condition(target, Whole(choice.code)), f"{path}:{choice.code}")
            )
        case "yes_no":
            return st.sampled_from(["yes", "no"]).map(lambda s: Asked(Condition(target, Whole(s)), f"{path}:{s}"))
        case "number" | "money":
            return st.builds(
                lambda low, high: _numbers(path, low, high, SCALES[field.kind]),
                *[st.none() | st.integers(-2000, 200_000) | st.sampled_from([100, 9999, 10_000])] * 2,
            )
        case "date" | "birthday":
            return _days(path, target, known)
        case "phone":
            return _of_phone(target, path, said)
        case "client":
            # Of whom it is asked, one card alone does not tell.
            return st.just(Asked(Condition(target, Present()), f"has:{path}"))
        case "note":
            return st.one_of(
                _one_of(known).map(lambda text: _by_words(path, text, target, quoted=False)),
                _one_of(known).map(lambda text: _by_words(path, text, target, quoted=True)),
            )
    if field.kind_by:
        known = [text for text in known if not folding.digits(text)] or ["шевч"]
    return _of_text(path, target, known)


def _of_kind(kind: str, said: Said, schema: Schema) -> st.SearchStrategy[Asked]:
    path = "contacts.value" if kind in ("email", "telegram") else "identifiers.value"
    return _of_text(kind, Target(path, kind), said.values[f"{path}:{kind}"])


def _of_text(key: str, target: Target, known: Sequence[str]) -> st.SearchStrategy[Asked]:
    return st.one_of(
        st.builds(
            lambda text, end: _by_words(key, text[:end], target, quoted=False),
            _one_of(known),
            st.integers(1, 12),
        ),
        _one_of(known).map(lambda text: _whole(key, text, target)),
    )


def _of_phone(target: Target, key: str, said: Said) -> st.SearchStrategy[Asked]:
    def asked(run: str, start: int, length: int) -> Asked:
        part = run[start : start + length]
        return Asked(Condition(target, Words((Word(part, (part,)),))), f"{key}:{part}")

    return st.builds(asked, _one_of(said.runs), st.integers(0, 4), st.integers(3, 8))


def _by_words(key: str, text: str, target: Target, *, quoted: bool) -> Asked:
    found = words_of(text, whole=quoted)
    if not found:
        text, found = "шевч", words_of("шевч", whole=quoted)
    typed = " ".join(word.text for word in found)
    # As it is typed here, `й` is `и`, and asks for nothing else.
    found = words_of(typed, whole=quoted)
    test = Phrase(found) if quoted and len(found) > 1 else Words(found)
    if target.key == CITY and isinstance(test, Words):
        test = of_any_language(test)
    return Asked(Condition(target, test), f'{key}:"{typed}"' if quoted else f"{key}:{typed.replace(' ', '_')}")


def _whole(key: str, text: str, target: Target) -> Asked:
    text = " ".join(text.replace('"', " ").split())
    return Asked(Condition(target, Whole(text)), f'{key}:"{text}"')


def _numbers(key: str, low: int | None, high: int | None, scale: int) -> Asked:
    if low is None and high is None:
        low = 0
    if low is not None and high is not None and high < low:
        low, high = high, low
    places = len(str(scale)) - 1
    written = ["" if n is None else f"{n / scale:.{places}f}" if scale > 1 else str(n) for n in (low, high)]
    target = Target("birth" if key == "age" else key)
    return Asked(Condition(target, Spans(((low, high),))), f"{key}:{written[0]}..{written[1]}")


def _days(key: str, target: Target, known: list[str]) -> st.SearchStrategy[Asked]:
    days = [day for text in known if (day := next(iter(brute._days([text])), None))] or [739_000]
    return _spans_of_days(key, target, days)


def _spans_of_days(key: str, target: Target, days: list[int]) -> st.SearchStrategy[Asked]:
    def asked(first: int | None, last: int | None) -> Asked:
        if first is not None and last is not None and last < first:
            first, last = last, first
        if first is None and last is None:
            first = days[0]
        low = 1 if key == "task" and first is None else first
        written = ["" if day is None else datetime.date.fromordinal(day).isoformat() for day in (first, last)]
        return Asked(Condition(target, Spans(((low, last),))), f"{key}:{written[0]}..{written[1]}")

    days = [day for day in days if day]
    day: st.SearchStrategy[int | None] = _one_of(days) | st.none()
    return st.builds(asked, day, day)


def _of_figure(key: str, known: list[int]) -> st.SearchStrategy[Asked]:
    if key == "birthday":
        return st.builds(_birthdays, st.integers(1, 12), st.integers(1, 28), st.integers(1, 12), st.integers(1, 28))
    if key == "consent":
        return st.just(Asked(_has("consent", None), "has:consent"))
    if key in ("spent", "bought", "completeness"):
        bound = st.none() | _one_of(known)
        return st.builds(lambda low, high: _numbers(key, low, high, 100 if key == "spent" else 1), bound, bound)
    return _spans_of_days(key, Target(key), known)


def _birthdays(month: int, day: int, last_month: int, last_day: int) -> Asked:
    first, last = month * 31 + day, last_month * 31 + last_day
    spans: tuple[Span, ...] = ((first, last),) if first <= last else ((first, None), (None, last))
    return Asked(Condition(Target("birthday"), Spans(spans)), f"birthday:{day}.{month:02}..{last_day}.{last_month}")


def _present(schema: Schema) -> list[str]:
    paths = [f"{section.key}.{field.key}" for section in schema.sections for field in section.fields]
    return [*paths, *(section.key for section in schema.sections if section.key != "tags"), *brute.FIGURES, "viber"]


def _has(key: str, schema: Schema | None) -> Node:
    match key:
        case "consent":
            return Condition(Target(key), Spans(((TODAY.toordinal(), None),)))
        case "spent" | "bought":
            return Condition(Target(key), Spans(((1, None),)))
        case "viber":
            return Condition(Target("contacts.value", key), Present())
    return Condition(Target(key), Present())


def _consent(kind: str) -> Asked:
    return Asked(Condition(Target("consent", kind), Spans(((TODAY.toordinal(), None),))), f"consent:{kind}")
