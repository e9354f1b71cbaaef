"""What the search line offers while it is typed: keys of filters, and their values."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from store import folding
from store.query import aliases
from store.query.choice_words import offered_choice
from store.query.keys import Key, Keys, keys_of
from store.query.nodes import Target
from store.query.vocabulary import as_key, plain
from store.schema import Field, Schema

Values = Callable[[Target, str], Sequence[tuple[str, int]]]
"""Gives the values of a field that begin so, with how many clients have each; see `Store.values`."""

MOST = 12
"""So many are offered at most."""

_TOKEN = re.compile(r'-?(?P<key>[^\W\d_][^\s:"]*)?(?P<colon>:)?(?P<value>"[^"]*|[^\s"]*)$')
_PLAIN_VALUE = re.compile(r"[^\s\"<>=≥≤.]+")
_LEAST_TYPED = 2
"""A single letter begins too many keys."""
_OFTEN = ("phone", "email", "birthday", "city", "purchases", "tag", "note", "consent")
_ASKED_OF_STORE = frozenset(("text", "tags"))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be put into the line instead of a part of it."""

    text: str
    """The new part: `city:`, `city:Київ`, `city:"Івано-Франківськ"`."""
    start: int
    """The part that it takes the place of: from here …"""
    end: int
    """… up to here."""
    note: str
    """What it is: of a key the field's path or the figure's name, the code of a choice, how many have a value."""


def complete(line: str, cursor: int, schema: Schema, language: str, values_of: Values) -> list[Suggestion]:
    """What may be meant by the word in which the cursor stands, the likeliest first.

    Args:
        line: As typed.
        cursor: Where it is being typed.
        schema: The fields there are.
        language: The operator's: names are offered in it unless another was begun.
        values_of: Asked for values of texts and tags.
    """
    start = _begin_of(line, cursor)
    token = _TOKEN.match(line[start:cursor])
    if token is None or not token["key"]:
        return []
    keys = keys_of(schema)
    begun = start + token.start("key")
    if token["colon"] is None:
        end = _end_of(line, cursor, before=":")
        return [Suggestion(f"{name}:", begun, end, _about(key)) for name, key in _keys(keys, token["key"], language)]
    key = keys.find(token["key"])
    if key is None:
        return []
    typed = token["value"]
    end = _end_of(line, cursor, before='"' if typed.startswith('"') else "")
    offered = _of_key(key, keys, typed.lstrip('"'), language, values_of)
    found = {text: Suggestion(f"{token['key']}:{text}", begun, end, note) for text, note in offered}
    return list(found.values())[:MOST]


def written(value: str) -> str:
    """A value as it is written in a filter: in quotation marks where it needs them, and is then meant as a whole."""
    return value if _PLAIN_VALUE.fullmatch(value) else quoted(value)


def quoted(value: str) -> str:
    """A value as it is written in a filter that means the whole of it."""
    return '"' + " ".join(value.replace('"', " ").split()) + '"'


def _begin_of(line: str, cursor: int) -> int:
    """Where the token begins that the cursor stands in; spaces in quotation marks do not end it."""
    begun, is_quoted = 0, False
    for place, char in enumerate(line[:cursor]):
        if char == '"':
            is_quoted = not is_quoted
        elif char.isspace() and not is_quoted:
            begun = place + 1
    return begun


def _end_of(line: str, cursor: int, *, before: str = "") -> int:
    """Where what is typed ends: with that sign, or before the next space."""
    for place in range(cursor, len(line)):
        if line[place] == before:
            return place + 1
        if before != '"' and (line[place].isspace() or line[place] == '"'):
            return place
    return len(line)


def _often(keys: Keys, language: str) -> list[tuple[str, Key]]:
    """What clients have or have not, where nothing was typed yet."""
    return [(_name_of(key, language), key) for name in _OFTEN if (key := keys.find(name))]


def _keys(keys: Keys, typed: str, language: str, *, least: int = _LEAST_TYPED) -> list[tuple[str, Key]]:
    """Keys that begin so, one name each: in the operator's language where that one begins so too."""
    begun = plain(typed)
    if len(begun) < least:
        return []
    found: dict[str, tuple[int, str, Key]] = {}
    for name, key in keys.names():
        if name.startswith(begun):
            own = _name_of(key, language)
            chosen = own if plain(own).startswith(begun) else name
            found.setdefault(key.name, (len(found), chosen, key))
    # Fields before whole sections, and those that are called so in the operator's language before others.
    ordered = sorted(found.values(), key=lambda e: (e[2].kind == "section", e[1] != _name_of(e[2], language), e[0]))
    return [(name, key) for _, name, key in ordered][:MOST]


def _name_of(key: Key, language: str) -> str:
    """A key as it is offered in a language."""
    for entries in (aliases.SPECIAL, aliases.FIGURES):
        if key.name in entries:
            return aliases.offered(entries[key.name], language)
    path = key.target.key if key.target else key.name
    if key.target and key.target.kind:
        said = aliases.KINDS.get(key.target.kind)
    else:
        said = aliases.SECTIONS.get(path) if key.kind == "section" else aliases.FIELDS.get(path)
    if said:
        return aliases.offered(said, language)
    labels = key.field.labels if key.field else key.section.labels if key.section else {}
    return as_key(labels.get(language, "")) or key.name


def _about(key: Key) -> str:
    return key.name if key.target is None else key.target.key if key.field else key.name


def _of_key(key: Key, keys: Keys, typed: str, language: str, values_of: Values) -> Iterator[tuple[str, str]]:
    """Values of a key that begin as typed, each with its note."""
    match key.kind:
        case "has" | "no":
            often = [pair for pair in _often(keys, language) if plain(pair[0]).startswith(plain(typed))]
            others = _keys(keys, typed, language, least=1) if typed else ()
            offered: dict[str, str] = {}
            for name, each in (*often, *others):
                if each.target:
                    offered.setdefault(name, _about(each))
            yield from offered.items()
        case "choice" if key.field and key.field.choices:
            yield from _of_choices(key, key.field, typed, language)
        case "consent":
            if (kinds := keys.path("consents.kind")) and kinds.field:
                yield from _of_choices(kinds, kinds.field, typed, language)
        case "section" if key.section and len(key.section.fields) == 1:
            # `tags:` asks the field `tags.tags`, as all of its section.
            if field := keys.path(f"{key.section.key}.{key.section.fields[0].key}"):
                yield from _of_key(field, keys, typed, language, values_of)
        case kind if kind in _FIXED:
            yield from _of_words(_FIXED[kind], typed, language)
        case "choice" | "name":
            yield from _of_store(Target("person.last_name") if key.kind == "name" else key.target, typed, values_of)
        case kind if kind in _ASKED_OF_STORE:
            yield from _of_store(key.target, typed, values_of)


def _of_choices(key: Key, field: Field, typed: str, language: str) -> Iterator[tuple[str, str]]:
    begun = plain(typed)
    for choice in field.choices:
        path = key.target.key if key.target else ""
        own = choice.labels.get(language) or offered_choice(path, choice.code, language)
        others = [name for name, code in key.choices.names.items() if code == choice.code]
        names = [own, *others]
        if chosen := next((name for name in names if plain(name).startswith(begun)), None):
            yield written(chosen), choice.code


def _of_words(known: Mapping[str, str], typed: str, language: str) -> Iterator[tuple[str, str]]:
    begun = plain(typed)
    own = [(aliases.offered(said, language), code) for code, said in known.items()]
    others = [(name, code) for code, said in known.items() for name in aliases.names(said)]
    # Of other languages only where the operator's has none: `с` is січень, and not сентябрь.
    for several in (own, others):
        chosen: dict[str, str] = {}
        for name, code in several:
            if plain(name).startswith(begun):
                chosen.setdefault(code, name)
        # The number of a month would be taken for how many clients there are.
        yield from ((name, "" if code.isdecimal() else code) for code, name in chosen.items())
        if chosen:
            return


def _of_store(target: Target | None, typed: str, values_of: Values) -> Iterator[tuple[str, str]]:
    if target is not None:
        for value, count in values_of(target, typed):
            if folding.words(value):
                yield written(value), str(count)


_WITHIN = {"30d": "30d | 30д | 30д", "90d": ">90d | >90д | >90д"}
_PAST = {name: aliases.DAYS[name] for name in ("today", "yesterday", "week", "month", "year")} | _WITHIN
_FIXED: Mapping[str, Mapping[str, str]] = {
    "in": aliases.TRASH,
    "yes_no": aliases.SAID,
    "rfm": aliases.SEGMENTS,
    "task": {**aliases.TASKS, **{name: aliases.DAYS[name] for name in ("today", "tomorrow", "week")}},
    "date": _PAST,
    "birthday": _PAST,
    "round": {
        **{name: aliases.DAYS[name] for name in ("today", "tomorrow", "week", "month")},
        "7d": "7d | 7д | 7д",
        **{str(number): said for number, said in aliases.MONTHS.items()},
    },
}
"""Words for the values of a key by its kind, by what each of them means."""
