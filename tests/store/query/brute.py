"""Whether a query holds for a card, told by reading the document from top to bottom as a person would.

The law of the search: whoever is found is whoever this finds. Slow and plain on purpose, and apart from the index:
of the program it uses folding, the schema and what a card says of itself (`derive`).
"""

import datetime
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any as Anything

from store import folding
from store.card import Card, Document, display_name, rows
from store.derived import LOST, derive
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
    Whole,
    Word,
    Words,
)
from store.query.nodes import in_phone, whole_key
from store.schema import Field, Schema

Value = tuple[Field, str, Anything]
"""A field, its kind in that row, and what is stored."""


def finds(query: Query, card: Card, schema: Schema, today: datetime.date) -> bool:
    """Whether a query finds a card: those in the trash are found there only."""
    return card.trashed == query.in_trash and holds(query.root, card, schema, today)


def holds(node: Node, card: Card, schema: Schema, today: datetime.date) -> bool:
    """Whether a card is as asked."""
    document = card.document
    match node:
        case Word(named=True):
            return any(_begins(word, node) for text in _names(document) for word in folding.words(text))
        case Word(whole=True) if _owns((node,), document, schema):
            return True
        case Word():
            return any(_begins(word, node) for text in _texts(document, schema) for word in _words(*text))
        case Digits():
            return any(
                all(_has_digits(piece, document, schema) for piece in pieces) for pieces in ((node.run,), node.pieces)
            )
        case Number(digits):
            merged = [row.get("value") for row in rows(document, "identifiers") if row.get("kind") == "number"]
            return any(_digits(number).startswith(digits) for number in (document.get("number"), *merged))
        case Phrase(words) if _owns(words, document, schema):
            return True
        case Phrase():
            lines = [*(text for text, _ in _texts(document, schema)), display_name(document)]
            return any(_side_by_side(node, text) for text in lines)
        case Condition():
            return _meets(node, document, schema, today)
        case Not(inner):
            return not holds(inner, card, schema, today)
        case All(nodes):
            return all(holds(each, card, schema, today) for each in nodes)
        case Any(nodes):
            return any(holds(each, card, schema, today) for each in nodes)


def figure(target: Target, document: Document, today: datetime.date) -> list[int]:
    """The integers of a figure."""
    said = derive(document, today)
    person = next(iter(rows(document, "person")), {})
    match target.key:
        case "birth":
            return _days([person.get("birth_date")])
        case "birthday":
            born = re.fullmatch(r"(?:\d{4}|-)-(\d\d)-(\d\d)", str(person.get("birth_date")))
            return [int(born[1]) * 31 + int(born[2])] if born else []
        case "spent":
            return [_rounded(Decimal(said["total"].get("UAH", "0")) * 100)]
        case "bought":
            return [said["purchases"]]
        case "last_purchase" | "first_purchase":
            kept = [row.get("date") for row in rows(document, "purchases") if row.get("status") not in LOST]
            chosen = max if target.key == "last_purchase" else min
            return [chosen(days)] if (days := _days(kept)) else []
        case "last_contact":
            days = _days([row.get("date") for row in rows(document, "interactions")])
            return [max(days)] if days else []
        case "created" | "updated":
            moment = datetime.datetime.fromisoformat(str(document[target.key]))
            return [moment.astimezone().date().toordinal()]
        case "task":
            waiting = [row for row in rows(document, "tasks") if row.get("done") is not True]
            return [next(iter(_days([row.get("due")])), 0) for row in waiting]
        case "consent":
            return _consents(target, document)
        case "completeness":
            return [said["completeness"]]
    raise AssertionError(f"no figure: {target}")


def _consents(target: Target, document: Document) -> list[int]:
    newest: dict[str, dict[str, Anything]] = {}
    for row in rows(document, "consents"):
        kind = str(row.get("kind"))
        if kind not in newest or str(row.get("date")) >= str(newest[kind].get("date")):
            newest[kind] = row
    return [
        next(iter(_days([row.get("until")])), datetime.date.max.toordinal())
        for kind, row in newest.items()
        if row.get("given") is True and target.kind in ("", kind)
    ]


FIGURES = (
    *("birth", "birthday", "spent", "bought", "last_purchase", "first_purchase", "last_contact", "created"),
    *("updated", "task", "consent", "completeness"),
)


def _meets(condition: Condition, document: Document, schema: Schema, today: datetime.date) -> bool:
    target, test = condition.target, condition.test
    if target.key in FIGURES:
        numbers = figure(target, document, today)
        return bool(numbers) if isinstance(test, Present) else any(_within(number, test) for number in numbers)
    values = list(_values(target, document, schema))
    match test:
        case Present():
            return bool(values)
        case Words(words):
            return all(any(_said(word, value, target) for value in values) for word in words)
        case Phrase():
            return any(
                _side_by_side(test, text) for _, kind, stored in values if kind != "phone" for text in _strings(stored)
            )
        case Related():
            raise AssertionError("of other clients one document does not tell")
        case Whole(text):
            return any(_is(text, value) for value in values)
        case Spans():
            numbers = [number for value in values if (number := _number(value)) is not None]
            return any(_within(number, test) for number in numbers)


def _values(target: Target, document: Document, schema: Schema) -> Iterator[Value]:
    section_key, _, field_key = target.key.partition(".")
    section = schema.section(section_key)
    assert section
    for row in rows(document, section_key):
        if target.kind and row.get("kind") != target.kind:
            continue
        for field in section.fields:
            value = row.get(field.key)
            if field_key in ("", field.key) and value not in (None, "", []):
                yield field, field.kind_in(row), value


def _said(word: Word, value: Value, target: Target) -> bool:
    field, kind, stored = value
    if kind == "phone":
        asked_as_phone = bool(target.kind) or field.kind == "phone"
        return asked_as_phone and any(form in _digits(stored.partition(";ext=")[0]) for form in word.forms)
    return any(_begins(found, word) for text in _strings(stored) for found in _words(text, kind))


def _is(text: str, value: Value) -> bool:
    _, kind, stored = value
    if kind == "yes_no":
        return stored is (text == "yes")
    if kind == "choice" and stored == text:
        return True
    key = folding.identifier_key if kind == "identifier" else whole_key
    return kind != "choice" and any(key(each) == key(text) for each in _strings(stored))


def _number(value: Value) -> int | None:
    _, kind, stored = value
    match kind:
        case "date" | "birthday":
            return next(iter(_days([stored])), None)
        case "number" | "money":
            try:
                return _rounded(Decimal(stored) * (1000 if kind == "number" else 100))
            except InvalidOperation:
                return None
    return None


def _rounded(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def _within(number: int, test: Anything) -> bool:
    assert isinstance(test, Spans)
    return any((low is None or number >= low) and (high is None or number <= high) for low, high in test.spans)


def _days(texts: list[Anything]) -> list[int]:
    found = []
    for text in texts:
        if text and re.fullmatch(r"\d{4}-\d\d-\d\d(?:T.*)?", str(text)):
            found.append(datetime.date.fromisoformat(str(text)[:10]).toordinal())
    return found


def _names(document: Document) -> list[str]:
    person = next(iter(rows(document, "person")), {})
    return [display_name(document), str(person.get("company") or "")]


def _texts(document: Document, schema: Schema) -> Iterator[tuple[str, str]]:
    """Every text that is searched, with its kind: phones and the client's number apart."""
    for section in schema.sections:
        for row in rows(document, section.key):
            for field in section.fields:
                kind = field.kind_in(row)
                if field.searchable and kind != "phone":
                    yield from ((text, kind) for text in _strings(row.get(field.key)))


def _phones(document: Document, schema: Schema) -> Iterator[str]:
    for section in schema.sections:
        for row in rows(document, section.key):
            for field in section.fields:
                if field.kind_in(row) == "phone" and field.searchable:
                    yield from (_digits(text.partition(";ext=")[0]) for text in _strings(row.get(field.key)))


def _has_digits(run: str, document: Document, schema: Schema) -> bool:
    """Digits are the beginning of a word; or they are in a phone, an identifier or the client number: three of them
    anywhere, fewer at the beginning of the last two."""
    own = [_digits(document.get("number"))]
    for text, kind in _texts(document, schema):
        if any(form.startswith(run) for word in _words(text, kind) for form in folding.forms(word)):
            return True
        if kind == "identifier":
            own.append(_digits(text))
    if len(run) < 3:
        # Of codes with letters in them the words were asked above.
        return own[0].startswith(run)
    return any(meant in digits for digits in (*own, *_phones(document, schema)) for meant in (run, in_phone(run)))


def _words(text: str, kind: str) -> list[str]:
    found = folding.words(text)
    # An identifier is read as one, however it is grouped.
    return [*found, "".join(found)] if kind == "identifier" else found


def _owns(words: tuple[Word, ...], document: Document, schema: Schema) -> bool:
    """Whether these words are the client's number, or an identifier of theirs, and nothing else."""
    text = "".join(word.text for word in words)
    if not any(map(str.isdigit, text)):
        return False
    own = {folding.number_key(str(document.get("number", "")))}
    for section in schema.sections:
        for row in rows(document, section.key):
            for field in section.fields:
                if field.unique or field.kind_in(row) == "identifier":
                    own |= {folding.identifier_key(value) for value in _strings(row.get(field.key))}
    if text.isdigit() and len(text) >= 9:
        own |= {text for phone in _phones(document, schema) if _rings(phone, text)}
    return not own.isdisjoint({folding.identifier_key(text), folding.number_key(text)} - {""})


def _rings(phone: str, dialled: str) -> bool:
    """Whether these digits are a whole phone, or what is dialled in its country."""
    return phone == dialled or phone in [f"{code}{in_phone(dialled)}" for code in ("", *map(str, range(1, 1000)))]


def _begins(word: str, asked: Word) -> bool:
    forms = folding.forms(word)
    if asked.whole:
        return bool(set(forms) & set(asked.forms))
    return any(form.startswith(begun) for form in forms for begun in asked.forms)


def _side_by_side(phrase: Phrase, text: str) -> bool:
    found = [forms for word in folding.words(text) if (forms := folding.forms(word))]
    asked = [word.forms for word in phrase.words]
    return any(
        all(set(here) & set(there) for here, there in zip(asked, found[start:], strict=False))
        for start in range(len(found) - len(asked) + 1)
    )


def _strings(value: Anything) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [text for each in value for text in _strings(each)] if isinstance(value, list) else []


def _digits(text: Anything) -> str:
    return re.sub(r"\D", "", str(text or ""))
