"""In which fields of a card a query was found, how, and which letters of them: for the few cards that are shown."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any as Anything

from store import clock, folding
from store.card import Document, Row, rows
from store.index import letters
from store.index.letters import Span
from store.index.tables import Owner
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
    Query,
    Related,
    Spans,
    Target,
    Test,
    Whole,
    Word,
    Words,
    whole_key,
    words_of,
)
from store.query.values import LEAST_PHONE_DIGITS
from store.schema import Field, Schema

HOW = ("exact", "folded", "transliterated", "part", "layout", "typo", "language", "both", "old")
"""How a value was found, the nearest to what was typed first."""

_NAMES = ("person.last_name", "person.first_name", "person.patronymic")
_TOLD_BY = {
    "birth": "person.birth_date",
    "birthday": "person.birth_date",
    "last_purchase": "purchases.date",
    "first_purchase": "purchases.date",
    "last_contact": "interactions.date",
    "consent": "consents.kind",
    "task": "tasks.due",
}
"""The field that a figure is read off."""
_OF_ONE_DAY = ("last_purchase", "first_purchase", "last_contact")
"""Figures that are the day of one row: of a purchase that was not cancelled or returned."""

_UNSEEN = ("spent", "bought", "completeness", "rfm")
"""Figures that follow from many values, so that no one of them is shown."""


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
    key: str
    """`contacts.value`; "" for a former one."""
    kind: str
    """The kind of the value in its row."""
    row_kind: str
    text: str
    ordinal: int | None = None
    is_searched: bool = True
    old: bool = False


_OF_DIGITS = ("phone", "identifier", "number of client")
"""Kinds whose digits are found anywhere in them."""

_Term = Callable[[_Value], list[Span]]
_Found = dict[_Value, list[tuple[Span, str]]]
"""Spans of a value, each with how it was found: "" where the letters tell it."""


def matched(
    document: Document, schema: Schema, query: Query, former: Sequence[Owner] = (), how: str = ""
) -> list[Match]:
    """The values of a card that a query was found in, the best first.

    Args:
        document: The card's document.
        schema: Its fields.
        query: What was looked for in the phase of the search that found it (`Phase.query`).
        former: Numbers and identifiers the client had (`Index.former`).
        how: The phase: one of the ways of `store.index.phases`; "" as asked.
    """
    looking = _Looking(document, [*_values(document, schema, query), *map(_former, former)], query, how)
    looking.look(query.root)
    return looking.matches()


def told(document: Document, schema: Schema, query: Query, how: str = "") -> tuple[bool, list[Match]]:
    """Whether all that was asked is found in this document, or in this part of one; and what is found there."""
    looking = _Looking(document, list(_values(document, schema, query)), query, how)
    is_complete = looking.look(query.root)
    return is_complete, looking.matches()


class _Looking:
    """Looks for the parts of a query in the values of one card."""

    def __init__(self, document: Document, values: Sequence[_Value], query: Query, how: str) -> None:
        self._document = document
        self._values = values
        self._line = _plain(query.line)
        self._how = how
        self._words = words_of(query.line)
        self._typed = {word.forms for word in self._words}
        self._found: _Found = {}
        self._places: dict[str, list[int]] | None = None
        """Skeletons of words -> the places of the values they are in: most values hold nothing that is asked for."""

    def look(self, node: Node) -> bool:
        """Take note of where a node is found; whether it is found, as far as a value can show it."""
        match node:
            case Not():
                return True
            case All(nodes):
                return not [each for each in nodes if not self.look(each)]
            case Any(nodes):
                return bool([each for each in nodes if self.look(each)])
            case Word():
                return self._look_for(node)
            case Phrase(words):
                return self._note(lambda value: _of_own(words, value) or _of_phrase(node, value))
            case Digits():
                return self._look_for_digits(node)
            case Number(digits):
                return self._note(lambda v: letters.of_number(digits, v.text) if _is_number(v) else [])
            case Condition(target, test):
                return self._look_at(target, test)

    def matches(self) -> list[Match]:
        """What was found, the nearest to what was typed first."""
        matches = []
        for value, spans in self._found.items():
            near = max((how or self._nearness(value.text[slice(*span)]) for span, how in spans), key=HOW.index)
            is_old = value.old or (value.key == "identifiers.value" and value.row_kind == "number")
            how = "old" if is_old else "layout" if self._how == "layout" else near
            match = Match(value.path, value.text, how, letters.merged(span for span, _ in spans))
            matches.append((HOW.index(how), HOW.index(near), match))
        return [match for _, _, match in sorted(matches, key=lambda found: found[:2])]

    def _note(self, term: _Term, how: str = "", values: Sequence[_Value] | None = None) -> bool:
        is_found = False
        for value in self._values if values is None else values:
            spans = term(value)
            if spans:
                is_found = True
                self._found.setdefault(value, []).extend((span, how) for span in spans)
        return is_found

    def _look_for_digits(self, digits: Digits) -> bool:
        """The run, or every piece of it, each in some value."""
        if self._note(lambda value: _of_digits(digits, value), values=self._with_digits(digits)):
            return True
        pieces = digits.pieces if len(digits.pieces) > 1 else ()
        return bool(pieces) and not [each for each in pieces if not self._look_for_digits(Digits(each, (each,)))]

    def _look_for(self, word: Word) -> bool:
        # Where a word is one that was typed, its letters tell how it was found.
        how = "" if self._how == "layout" or word.forms in self._typed else self._how
        if word.whole and not self._how and self._note(lambda value: _of_own((word,), value)):
            return True
        if self._how != "part":
            return self._note(lambda value: _of_word(word, value), how, self._with_word(word))
        if word.whole:
            return self._note(lambda value: self._typed_within(word, value), how, self._with_word(word))
        return self._note(lambda value: _of_word(word, value), values=self._with_word(word)) or self._note(
            lambda value: _of_word(word, value, inside=True), how="part"
        )

    def _with_word(self, word: Word) -> list[_Value]:
        """The values a word may be in: those that hold it, and identifiers, which are one word too."""
        places = {place for place, value in enumerate(self._values) if value.kind == "identifier"}
        if word.whole:
            for form in word.forms:
                places.update(self._held.get(form, ()))
        else:
            places |= self._beginning(word.forms)
        return [self._values[place] for place in sorted(places)]

    def _with_digits(self, digits: Digits) -> list[_Value]:
        """The values digits may be in: those with a word that begins so, and those that are digits."""
        places = self._beginning((digits.run, *digits.pieces))
        return [value for place, value in enumerate(self._values) if place in places or value.kind in _OF_DIGITS]

    def _beginning(self, forms: tuple[str, ...]) -> set[int]:
        return {place for form, places in self._held.items() if form.startswith(forms) for place in places}

    @property
    def _held(self) -> dict[str, list[int]]:
        if self._places is None:
            self._places = {}
            for place, value in enumerate(self._values):
                for form in letters.forms(value.text):
                    self._places.setdefault(form, []).append(place)
        return self._places

    def _typed_within(self, word: Word, value: _Value) -> list[Span]:
        """What was typed of a word that holds it, not the whole of that word."""
        wholes = _of_word(word, value)
        typed = [span for forms in self._typed for span in _of_word(Word("", forms), value, inside=True)]
        return [span for span in typed if any(start <= span[0] and span[1] <= end for start, end in wholes)] or wholes

    def _nearness(self, found: str) -> str:
        plain = _plain(found)
        if plain in self._line:
            return "exact"
        # Of letters, whether they were typed in the alphabet that they are found in.
        alike = [word for word in self._words if word.text.isascii() == found.isascii()]
        held = letters.forms(found) if any(map(str.isalpha, found)) else ()
        is_other = held and not any(form.startswith(word.forms) for word in alike for form in held)
        return "transliterated" if is_other else "folded"

    def _look_at(self, target: Target, test: Test) -> bool:
        key = _TOLD_BY.get(target.key, target.key)
        values = [v for v in self._values if v.key == key or v.key.partition(".")[0] == key]
        if target.kind:
            values = [v for v in values if v.row_kind == target.kind]
        if target.key in _UNSEEN or isinstance(test, Related):
            return True
        if target.key == "consent" and isinstance(test, Spans):
            values = self._standing(values, test)
        if target.key in _OF_ONE_DAY:
            values = self._of_one_day(values, target.key)
        if target.key == "birthday" or isinstance(test, Present) or target.key == "consent":
            return self._note(_whole, "exact", values[:1])
        how = "" if isinstance(test, Words) else "exact"
        # A task without a day shows none.
        return self._note(lambda value: _of_test(test, value), how, values) or target.key == "task"

    def _standing(self, consents: list[_Value], test: Spans) -> list[_Value]:
        """Of consents those that stand, and not what was said of them before."""
        from store.index.figures import standing_consents

        held = {f"consents[{place}].kind" for _, place, day in standing_consents(self._document) if _holds(test, day)}
        return [value for value in consents if value.path in held]

    def _of_one_day(self, days: list[_Value], figure: str) -> list[_Value]:
        """Of days the one that a figure is made of."""
        from store.index.figures import single_figures

        day = single_figures(self._document).get(figure)
        return [value for value in days if value.ordinal == day]


def _values(document: Document, schema: Schema, query: Query) -> Iterator[_Value]:
    """What a query may be found in: only a condition is about more than is searched."""
    is_filtered = _has_condition(query.root)
    number = str(document.get("number", ""))
    yield _Value("number", "number", "number of client", "", number)
    for key in ("created", "updated") if is_filtered else ():
        day = clock.day_of(document.get(key))
        ordinal = day.toordinal() if day else None
        yield _Value(key, key, "date", "", str(document.get(key, "")), ordinal, is_searched=False)
    for section in schema.sections:
        if section.key not in document:
            continue
        # Most of what a card says is not searched: those fields are passed over before any row is looked at.
        fields = [f for f in section.fields if is_filtered or f.searchable or f.kind_by or f.kind == "phone"]
        for place, row in enumerate(rows(document, section.key)):
            row_kind = str(row.get("kind", ""))
            for field in fields:
                value = row.get(field.key)
                if value is None or value in ("", []):
                    continue
                key = f"{section.key}.{field.key}"
                path = f"{section.key}[{place}].{field.key}" if section.is_table else key
                kind = field.kind_in(row)
                searched = field.searchable or kind == "phone"
                if not (searched or is_filtered):
                    continue
                ordinal = _ordinal(field, row, value) if is_filtered else None
                for text in _texts(value):
                    yield _Value(path, key, kind, row_kind, text, ordinal, searched)


def _has_condition(node: Node) -> bool:
    match node:
        case All(nodes) | Any(nodes):
            return any(map(_has_condition, nodes))
    return isinstance(node, Condition)


def _former(owner: Owner) -> _Value:
    kind = "number of client" if owner.path == "number" else "identifier"
    return _Value(owner.path, "", kind, "", owner.value, old=True)


def _texts(value: Anything) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, bool):
        yield "yes" if value else "no"
    elif value not in (None, ""):
        yield str(value)


def _ordinal(field: Field, row: Row, value: Anything) -> int | None:
    # Here: a search imports this module, and most have no filter.
    from store.kinds import kind_of

    return kind_of(field, row).ordinal(value, field)


def _is_number(value: _Value) -> bool:
    """Whether it is a client number: its own, or that of a client who was merged into it."""
    return value.kind == "number of client" or (value.key == "identifiers.value" and value.row_kind == "number")


def _reads(value: _Value) -> bool:
    """Whether words are looked for in it."""
    return value.is_searched and value.kind not in ("phone", "number of client")


def _of_word(word: Word, value: _Value, *, inside: bool = False) -> list[Span]:
    if not _reads(value) or (word.named and value.key not in (*_NAMES, "person.company")):
        return []
    return letters.of_word(word, value.text, kind=value.kind, inside=inside)


def _of_phrase(phrase: Phrase, value: _Value) -> list[Span]:
    return letters.of_phrase(phrase, value.text, apart=value.key in _NAMES) if _reads(value) else []


def _of_own(words: Sequence[Word], value: _Value) -> list[Span]:
    """The whole of a number or an identifier that is these words, in any spelling of it."""
    if value.kind not in ("identifier", "number of client"):
        return []
    key = folding.number_key if _is_number(value) else folding.identifier_key
    return _whole(value) if key(value.text) == key("".join(word.text for word in words)) else []


def _of_digits(digits: Digits, value: _Value) -> list[Span]:
    if not value.is_searched:
        return []
    if value.kind == "phone":
        return letters.of_digits(digits.in_phone, value.text) if len(digits.in_phone) >= LEAST_PHONE_DIGITS else []
    if value.kind in ("identifier", "number of client"):
        long = len(digits.run) >= LEAST_PHONE_DIGITS
        if spans := letters.of_number(digits.run, value.text) or (
            letters.of_digits(digits.run, value.text) if long else []
        ):
            return spans
    return letters.of_digit_words(digits, value.text)


def _of_test(test: Test, value: _Value) -> list[Span]:
    match test:
        case Words(words):
            if value.kind == "phone":
                return [span for word in words for form in word.forms for span in letters.of_digits(form, value.text)]
            return [span for word in words for span in letters.of_word(word, value.text, kind=value.kind)]
        case Phrase():
            return letters.of_phrase(test, value.text) if value.kind != "phone" else []
        case Whole(text):
            key = folding.identifier_key if value.kind == "identifier" else whole_key
            return _whole(value) if text == value.text or key(value.text) == key(text) else []
        case Spans():
            return _whole(value) if value.ordinal is not None and _holds(test, value.ordinal) else []
    return _whole(value)


def _holds(test: Spans, number: int) -> bool:
    """Whether a number is in one of the spans."""
    return any((low is None or number >= low) and (high is None or number <= high) for low, high in test.spans)


def _whole(value: _Value) -> list[Span]:
    return [(0, len(value.text))]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
