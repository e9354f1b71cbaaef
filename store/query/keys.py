"""What a filter's key means: the fields, sections and figures of a schema by all the names they have."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from store import folding
from store.layouts import other_layouts
from store.query import aliases
from store.query.nodes import Target
from store.query.vocabulary import Vocabulary, as_key, plain
from store.schema import Field, Schema, Section

AHEAD = frozenset(("due", "until"))
"""Fields that look ahead: `7d` is within the next seven days, not the last."""

_FIGURE_KINDS = {"age": "age", "birthday": "round", "spent": "money", "bought": "count", "completeness": "percent"}
_LEAST_FOLDED = 4
"""Shorter keys must be typed as they are: folded, `є` would be `e`."""
_MOST_NEAR = 5
_MOST_REMEMBERED = 1000
_LIKE = 0.7
"""How like a key must be (`difflib`) to be the one that was meant."""


@dataclass(frozen=True)
class Key:
    """What a key stands for."""

    name: str
    """As it is written in a filter: `city`, `purchases.amount`."""
    kind: str
    """How its value is read: a kind of fields, `section`, the name of a special key or a figure's own way."""
    target: Target | None = None
    field: Field | None = None
    section: Section | None = None

    @cached_property
    def choices(self) -> Vocabulary:
        """The choices of the field, by their codes, their labels and other words for them."""
        from store.query.choice_words import words_of_choice

        choices = self.field.choices if self.field else ()
        path = self.target.key if self.target else ""
        labels = [
            (choice.code, name)
            for choice in choices
            for name in (*choice.labels.values(), *words_of_choice(path, choice.code))
        ]
        return Vocabulary([*((choice.code, choice.code) for choice in choices), *labels])


class Keys:
    """All the names of one schema. Built once for a schema, see `keys_of`."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._by_name: dict[str, Key] = {}
        self._by_path: dict[str, Key] = {}
        self._near: dict[str, list[str]] = {}
        self._remembered: dict[str, Key | None] = {}
        self._folded: dict[str, Key] | None = None
        for key, names in _figures():
            self._add(key, names)
        for section in schema.sections:
            for field in section.fields:
                path = f"{section.key}.{field.key}"
                self._by_path[path] = Key(path, field.kind, Target(path), field, section)
        self._add_fields()
        self._add_kinds()
        self._add_sections()
        self._add_own_names()

    def find(self, typed: str) -> Key | None:
        """The key that was typed, in any language, capitals, apostrophes and alphabet; None where there is none."""
        if typed not in self._remembered:
            if len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[typed] = self._find(plain(typed))
        return self._remembered[typed]

    def near(self, typed: str) -> list[str]:
        """The known keys that are most like a typed one; where none is, those used most."""
        name = plain(typed)
        if name not in self._near:
            if len(self._near) > _MOST_REMEMBERED:
                self._near.clear()
            meant = (plain(other) for other in other_layouts(typed))
            self._near[name] = [each for each in meant if each in self._by_name] or self._find_near(name)
        return self._near[name]

    def names(self) -> Iterator[tuple[str, Key]]:
        """All names with what they stand for; several of one key."""
        yield from self._by_name.items()

    def path(self, path: str) -> Key | None:
        """The key of a field by its path, `person.last_name`."""
        return self._by_path.get(path)

    def _find(self, name: str) -> Key | None:
        found = self._by_name.get(name) or self._by_path.get(name)
        if found is None and "." in name:
            found = self._dotted(name)
        if found is None and len(name) >= _LEAST_FOLDED:
            if self._folded is None:
                self._folded = {}
                for known, key in self._by_name.items():
                    self._folded.setdefault(_folded(known), key)
            found = self._folded.get(_folded(name))
        return found

    def _find_near(self, name: str) -> list[str]:
        _, _, last = name.rpartition(".")
        several = [path for path in self._by_path if last in _last_names(path)]
        if several:
            return several[:_MOST_NEAR]
        from difflib import get_close_matches

        begun = sorted((each for each in self._by_name if len(name) > 1 and each.startswith(name)), key=len)
        known = {**self._by_path, **self._by_name} if "." in name else self._by_name
        near = get_close_matches(name, known, _MOST_NEAR, _LIKE)
        found = {known[each].name: each for each in reversed([*begun, *near])}
        return list(found.values())[::-1][:_MOST_NEAR] or list(aliases.HEADLINES)

    def _add(self, key: Key, names: Sequence[str]) -> None:
        for name in names:
            self._by_name.setdefault(plain(name), key)

    def _add_fields(self) -> None:
        for path, said in aliases.FIELDS.items():
            if key := self._by_path.get(path):
                own = aliases.offered(said, "en")
                self._add(Key(own, key.kind, key.target, key.field, key.section), aliases.names(said))

    def _add_kinds(self) -> None:
        """`email:` is the value of those rows of `contacts` whose kind is `email`; so in any table of that shape."""
        seen: set[str] = set()
        for section in self.schema.sections:
            kind, value = section.field("kind"), section.field("value")
            if not (section.is_table and kind and value):
                continue
            for choice in kind.choices:
                row_kind = value.kind_in({"kind": choice.code}) if value.kind_by else value.kind
                target = Target(f"{section.key}.value", choice.code)
                full = f"{section.key}.{choice.code}"
                self._by_path.setdefault(full, Key(full, row_kind, target, value, section))
                if choice.code in ("other", "number") or choice.code in seen:
                    continue
                seen.add(choice.code)
                labels = filter(None, map(as_key, choice.labels.values()))
                names = [choice.code, *labels, *aliases.names(aliases.KINDS.get(choice.code, ""))]
                self._add(Key(choice.code, row_kind, target, value, section), names)

    def _add_sections(self) -> None:
        for section in self.schema.sections:
            key = Key(section.key, "section", Target(section.key), section=section)
            self._add(key, [section.key, *aliases.names(aliases.SECTIONS.get(section.key, ""))])

    def _add_own_names(self) -> None:
        """Keys of fields, and labels of what operators added, as far as each means one thing."""
        found: dict[str, list[Key]] = {}
        for key in list(self._by_path.values()):
            if key.field is not None and key.target is not None and not key.target.kind:
                for name in {plain(key.field.key), *map(as_key, key.field.labels.values())} - {""}:
                    found.setdefault(name, []).append(key)
        for section in self.schema.sections:
            for label in set(map(as_key, section.labels.values())) - {""}:
                key = Key(section.key, "section", Target(section.key), section=section)
                found.setdefault(label, []).append(key)
        for name, keys in found.items():
            if len(keys) == 1 and keys[0].field is not None and name == keys[0].field.key:
                only = keys[0]
                self._add(Key(name, only.kind, only.target, only.field, only.section), [name])
            elif len(keys) == 1:
                self._add(keys[0], [name])

    def _dotted(self, name: str) -> Key | None:
        """`покупки.сума`: a section and a field of it, each by any of its names."""
        first, _, second = name.partition(".")
        for section in self.schema.sections:
            if first not in _names_of(section.key, section.labels.values(), aliases.SECTIONS.get(section.key, "")):
                continue
            for field in section.fields:
                known = f"{aliases.FIELDS.get(f'{section.key}.{field.key}', '')} {aliases.COMMON.get(field.key, '')}"
                if second in _names_of(field.key, field.labels.values(), known):
                    return self._by_path[f"{section.key}.{field.key}"]
            kind = self._by_name.get(second)
            if kind and kind.section is section and kind.target and kind.target.kind:
                return kind
        return None


_kept: dict[int, Keys] = {}


def keys_of(schema: Schema) -> Keys:
    """The names of a schema, remembered."""
    found = _kept.get(id(schema))
    if found is None:
        if len(_kept) > 8:
            _kept.clear()
        # It holds the schema, so that no other schema gets its id.
        found = _kept[id(schema)] = Keys(schema)
    return found


def _figures() -> Iterator[tuple[Key, list[str]]]:
    for name, said in aliases.SPECIAL.items():
        if name == "number":
            yield Key(name, "client_number", Target(name)), aliases.names(said)
        else:
            yield Key(name, name), aliases.names(said)
    for name, said in aliases.FIGURES.items():
        kind = _FIGURE_KINDS.get(name, name if name in ("task", "consent", "rfm") else "date")
        yield Key(name, kind, Target("birth" if name == "age" else name)), aliases.names(said)


def _names_of(key: str, labels: Iterable[str], known: str) -> set[str]:
    return {plain(key), *map(as_key, labels), *map(plain, aliases.names(known))} - {""}


def _last_names(path: str) -> list[str]:
    """What the last part of a path is called."""
    _, _, field = path.partition(".")
    return [field, *aliases.names(aliases.COMMON.get(field, ""))]


def _folded(name: str) -> str:
    return "_".join(folding.literal(word) for word in folding.words(name.replace("_", " ").replace(".", " ")))
