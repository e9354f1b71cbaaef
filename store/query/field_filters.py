"""Filters of fields and sections, by the kind of the field."""

from dataclasses import replace

from store import folding
from store.query import aliases, values
from store.query.asked import Asked, Refused, no_choice
from store.query.days import day_spans
from store.query.keys import AHEAD
from store.query.nodes import (
    WORDY,
    All,
    Any,
    Condition,
    Node,
    Number,
    Phrase,
    Related,
    Spans,
    Target,
    Whole,
    Words,
    whole_key,
)
from store.query.vocabulary import Vocabulary

NAMES = tuple(Target(f"person.{key}") for key in ("last_name", "first_name", "patronymic", "company"))
"""What `name:` is asked of."""

CITY = "addresses.city"

_SAID = Vocabulary.of_entries(aliases.SAID)


def text(asked: Asked) -> Node:
    """Words, each a beginning; in quotation marks the whole value. Of a field of several kinds also phones."""
    asked.refuse_range()
    if asked.quoted:
        if not whole_key(asked.value):
            raise Refused("filter-value", asked.path)
        return asked.condition(Whole(asked.value))
    found = asked.condition(of_any_language(asked.words()) if asked.path == CITY else asked.words())
    kinds = _kinds_of_phones(asked)
    if kinds and (digits := values.phone_words(asked.value)) and not any(map(str.isalpha, asked.value)):
        return Any((found, *(Condition(Target(asked.target.key, kind), digits) for kind in kinds)))
    return found


def note(asked: Asked) -> Node:
    """Words; in quotation marks whole ones, side by side."""
    asked.refuse_range()
    return asked.condition(_said(asked))


def client(asked: Asked) -> Node:
    """Another client, by the beginning of its number or words of its name."""
    asked.refuse_range()
    number = folding.number_key(asked.value)
    if number.isdecimal():
        return asked.condition(Related(Number(number)))
    words = tuple(replace(word, named=True) for word in asked.words(whole=asked.quoted).words)
    return asked.condition(Related(words[0] if len(words) == 1 else All(words)))


def phone(asked: Asked) -> Node:
    """A run of the number's digits."""
    asked.refuse_range()
    if not (words := values.phone_words(asked.value)):
        raise Refused("filter-phone", asked.path, least=values.LEAST_PHONE_DIGITS)
    return asked.condition(words)


def amount(asked: Asked) -> Node:
    """A number or a range of them."""
    return asked.condition(Spans(values.number_spans(asked.value, asked.key.kind)))


def day(asked: Asked) -> Node:
    """A day, a month, a year, a range of them or a distance from today."""
    ahead = asked.key.field is not None and asked.key.field.key in AHEAD
    born = asked.key.kind == "birthday" or asked.key.name == "birth"
    return asked.condition(Spans(day_spans(asked.value, asked.today, ahead=ahead, born=born)))


def choice(asked: Asked) -> Node:
    """One of the choices, by its code or what it is called."""
    if asked.key.field is None or not asked.key.field.choices:
        return text(asked)
    code = asked.key.choices.code_of(asked.value)
    if code is None:
        raise no_choice(asked.key)
    return asked.condition(Whole(code))


def yes_no(asked: Asked) -> Node:
    """Yes or no, as stored."""
    said = _SAID.code_of(asked.value)
    if said is None:
        raise Refused("filter-yes-no", asked.path)
    return asked.condition(Whole(said))


def name(asked: Asked) -> Node:
    """Words of the client's name or company."""
    asked.refuse_range()
    words = asked.words(whole=asked.quoted).words
    nodes = tuple(Any(tuple(Condition(target, Words((word,))) for target in NAMES)) for word in words)
    return nodes[0] if len(nodes) == 1 else All(nodes)


def section(asked: Asked) -> Node:
    """All the words in one of the section's fields of words; in quotation marks side by side in one value."""
    asked.refuse_range()
    words = _said(asked)
    fields = asked.key.section.fields if asked.key.section else ()
    found = [Condition(Target(f"{asked.target.key}.{f.key}"), words) for f in fields if f.searchable or f.kind in WORDY]
    if not any(f.searchable for f in fields):
        raise Refused("filter-section", known=[f"{asked.target.key}.{field.key}" for field in fields])
    return found[0] if len(found) == 1 else Any(tuple(found))


def of_any_language(words: Words) -> Words:
    """Words that a city may be called by, with what it is called in the other languages: one place is meant."""
    from store.query.place_names import languages  # as most filters are of other fields

    others = [[form for other in languages(word) for form in other.forms] for word in words.words]
    return Words(
        tuple(
            replace(word, forms=tuple(dict.fromkeys((*word.forms, *forms))))
            for word, forms in zip(words.words, others, strict=True)
        )
    )


def _said(asked: Asked) -> Words | Phrase:
    words = asked.words(whole=asked.quoted)
    return Phrase(words.words) if asked.quoted and len(words.words) > 1 else words


def _kinds_of_phones(asked: Asked) -> list[str]:
    field = asked.key.field
    if field is None or not field.kinds or asked.target.kind:
        return []
    return [row_kind for row_kind, kind in field.kinds.items() if kind == "phone"]
