"""In which fields of a card a query was found, how, and which letters of them: for the few cards that are shown."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from store import folding
from store.card import Document, rows
from store.index.extract import plan, texts
from store.index.tables import Owner
from store.query import All, Any, Condition, Digits, Node, Number, Phrase, Query, Whole, Word, Words, whole_key
from store.schema import Schema

HOW = ("exact", "folded", "transliterated", "layout", "old")
"""How a value was found, the nearest to what was typed first."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """A value in which something of the query was found."""

    path: str
    """`person.last_name`, `contacts[0].value`, `number`."""
    value: str
    """As stored; of a list, the one that was found."""
    how: str
    """One of `HOW`."""
    spans: tuple[Span, ...]
    """Which characters of the value, as pairs of start and end, in order and not overlapping."""


@dataclass(frozen=True, slots=True)
class _Value:
    path: str
    kind: str
    text: str
    old: bool = False


_Term = Callable[[_Value], list[Span]]


def matched(document: Document, schema: Schema, query: Query, former: Sequence[Owner] = ()) -> list[Match]:
    """The values of a card that a query was found in, the best first.

    Args:
        document: The card's document.
        schema: Which fields are searched.
        query: What was asked; another keyboard layout is tried only where it is not found as typed.
        former: Numbers and identifiers the client had (`Index.former`).
    """
    values = [*_values(document, schema), *(_Value(owner.path, "identifier", owner.value, True) for owner in former)]
    matches, complete = _matches(values, query)
    if not complete:
        for reading in query.other_layouts():
            swapped, complete = _matches(values, reading)
            if complete:
                return [match if match.how == "old" else replace(match, how="layout") for match in swapped]
    return matches


def tells(document: Document, schema: Schema, query: Query) -> bool:
    """Whether all that was asked is found in this document, or in this part of one: in a name, in a number.

    Args:
        document: The document, or what is shown of it.
        schema: Which fields are searched.
        query: What was asked.
    """
    values = list(_values(document, schema))
    return any(_matches(values, reading)[1] for reading in (query, *query.other_layouts()))


def _matches(values: Sequence[_Value], query: Query) -> tuple[list[Match], bool]:
    """The matches of a query, and whether everything it asks for was found."""
    spans: dict[_Value, list[Span]] = {}
    complete = True
    for term in _terms(query):
        found = [(value, where) for value in values if (where := term(value))]
        complete = complete and bool(found)
        for value, where in found:
            spans.setdefault(value, []).extend(where)
    matches = [
        Match(value.path, value.text, _how(value, where, query), tuple(_merged(where)))
        for value, where in spans.items()
    ]
    return sorted(matches, key=lambda match: HOW.index(match.how)), complete


def _values(document: Document, schema: Schema) -> Iterator[_Value]:
    yield _Value("number", "number", str(document.get("number", "")))
    for section, fields in plan(schema):
        for place, row in enumerate(rows(document, section.key)):
            for field in fields:
                path = f"{section.key}[{place}].{field.key}" if section.is_table else f"{section.key}.{field.key}"
                kind = field.kind_in(row)
                if field.searchable or kind == "phone":
                    yield from (_Value(path, kind, text) for text in texts(row.get(field.key)))


def _terms(query: Query) -> Iterator[_Term]:
    yield from _terms_of(query.root)


def _terms_of(node: Node) -> Iterator[_Term]:
    match node:
        case Word():
            yield partial(_word_spans, node)
        case Phrase(words):
            for word in words:
                yield partial(_word_spans, word)
        case Digits():
            yield partial(_digit_spans, node)
        case Number():
            yield partial(_number_spans, node)
        case Condition():
            yield partial(_facet_spans, node)
        case All(nodes):
            for each in nodes:
                yield from _terms_of(each)
        case Any(nodes):
            yield lambda value: [span for each in nodes for term in _terms_of(each) for span in term(value)]


def _number_spans(number: Number, value: _Value) -> list[Span]:
    is_number = value.kind == "number" or (value.old and value.path == "number")
    return [(0, len(value.text))] if is_number and folding.digits(value.text).startswith(number.digits) else []


def _word_spans(word: Word, value: _Value) -> list[Span]:
    if value.kind == "number" or (value.old and value.path == "number"):
        return []
    spans = []
    for start, end in folding.word_spans(value.text):
        forms = [form for written in folding.words(value.text[start:end]) for form in folding.forms(written)]
        for asked in word.forms:
            if any(form.startswith(asked) for form in forms):
                spans.append((start, _end_of(value.text, start, end, asked)))
                break
    if not spans and value.kind == "identifier":
        joined = "".join(folding.words(value.text))
        if any(form.startswith(asked) for form in folding.forms(joined) for asked in word.forms):
            spans.append((0, len(value.text)))
    return spans


def _end_of(text: str, start: int, end: int, asked: str) -> int:
    """Where the shortest beginning of a word ends that is found by what was asked."""
    for place in range(start + 1, end):
        if any(form.startswith(asked) for word in folding.words(text[start:place]) for form in folding.forms(word)):
            # A mark belongs to the letter before it.
            while place < end and unicodedata.combining(text[place]):
                place += 1
            return place
    return end


def _digit_spans(digits: Digits, value: _Value) -> list[Span]:
    places = [place for place, char in enumerate(value.text) if char.isdecimal()]
    written = folding.digits(value.text)
    if value.kind == "phone":
        start = written.find(digits.in_phone) if len(digits.in_phone) >= 3 else -1
        if start >= 0:
            return [(places[start], places[start + len(digits.in_phone) - 1] + 1)]
    elif value.kind in ("identifier", "number") and written.startswith(digits.run):
        return [(places[0], places[len(digits.run) - 1] + 1)]
    words = [(*span, folding.fold(value.text[slice(*span)])) for span in folding.word_spans(value.text)]
    for pieces in ((digits.run,), digits.pieces):
        found = [(start, start + len(p)) for p in pieces for start, _, word in words if word.startswith(p)]
        if all(any(word.startswith(piece) for _, _, word in words) for piece in pieces):
            return found
    return []


def _facet_spans(condition: Condition, value: _Value) -> list[Span]:
    section, _, field = value.path.rpartition(".")
    if condition.target.key != f"{section.partition('[')[0]}.{field}":
        return []
    match condition.test:
        case Words(words):
            found = whole_key(value.text).startswith("".join(word.forms[0] for word in words))
        case Whole(text):
            found = whole_key(value.text) == whole_key(text)
        case _:
            return []
    return [(0, len(value.text))] if found else []


def _how(value: _Value, spans: Iterable[Span], query: Query) -> str:
    if value.old:
        return "old"
    line = _plain(query.line)
    how = "exact"
    for start, end in spans:
        found = _plain(value.text[start:end])
        if found not in line:
            if value.text[start:end].isascii() != query.line.isascii() and not found.isdecimal():
                return "transliterated"
            how = "folded"
    return how


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
