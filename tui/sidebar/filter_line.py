"""Filters put into a search line and taken out of it: the line stays the operator's, as typed."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.errors import Problem
from store.query import (
    All,
    Any,
    Condition,
    Node,
    Not,
    Present,
    Spans,
    Target,
    Whole,
    Words,
    joined,
    narrowed,
    parse,
    whole_key,
)
from store.schema import Schema


@dataclass(frozen=True, slots=True)
class Term:
    """A filter as it stands in the line."""

    start: int
    end: int
    node: Node
    """What it asks; of one that excludes, what it excludes."""
    excluded: bool


class FilterLine:
    """A search line, to be changed filter by filter. Every change gives another line."""

    def __init__(self, line: str, schema: Schema, today: datetime.date) -> None:
        read = parse(line, schema, today)
        self.line = read.line
        """As it is seen: places are counted in that."""
        self._schema = schema
        self._today = today
        self._meanings: dict[str, Node] = {}
        """What filters ask that were asked about before: a panel asks about each of its values at every paint."""
        self._parts = read.parts
        self.terms = list(self._read())
        """The filters in it that are understood."""

    def state(self, token: str) -> bool | None:
        """Whether a filter is in the line (True), excluded by it (False), or neither (None)."""
        found = next(iter(self._saying(self.meaning(token))), None)
        return None if found is None else not found.excluded

    def toggle(self, token: str) -> str:
        """The line with a filter in it, or without it where it was there."""
        node, state = self.meaning(token), self.state(token)
        if state is not None:
            without = self._without(self._saying(node))
            return without if state else self._again(without).toggle(token)
        same = [term for term in self.terms if not term.excluded and _alike(term.node, node)]
        if len(same) == 1 and _replaces(node):
            last = same[-1]
            return joined([self.line[: last.start], token, self.line[last.end :]])
        if same:
            last = same[-1]
            return joined([self.line[: last.end], "or", token, self.line[last.end :]])
        return narrowed(self.line, token)

    def exclude(self, token: str) -> str:
        """The line with a filter excluded, or without it where it was."""
        node, state = self.meaning(token), self.state(token)
        if state is not None:
            without = self._without(self._saying(node))
            return self._again(without).exclude(token) if state else without
        return narrowed(self.line, f"-{token}")

    def without(self, target: Target) -> str:
        """The line without what it asks of a target, so that all its values can be counted."""
        return self._without([term for term in self.terms if target in _targets(term.node)])

    def asked_of(self, target: Target) -> list[str]:
        """What the line asks of a target, as it stands there."""
        return [self.line[term.start : term.end] for term in self.terms if target in _targets(term.node)]

    def _saying(self, node: Node) -> list[Term]:
        """The terms that ask what a filter does: `city:Київ` is taken for `city:"Київ"`, as one types it by hand."""
        return [term for term in self.terms if term.node == node or _spells(term.node, node)]

    def others(self, target: Target, tokens: Iterable[str]) -> list[str]:
        """What the line asks of a target beside these filters, as it stands there, without a sign that excludes."""
        known = [term for token in tokens for term in self._saying(self.meaning(token))]
        return [
            self.line[term.start + term.excluded : term.end]
            for term in self.terms
            if target in _targets(term.node) and term not in known
        ]

    def meaning(self, token: str) -> Node:
        """What a filter asks."""
        known = self._meanings.get(token)
        if known is None:
            known = self._meanings[token] = parse(token, self._schema, self._today).root
        return known

    def place_of(self, token: str, tokens: Sequence[str], otherwise: int) -> int:
        """Where a filter stands among others, or one that asks the same in other words."""
        if token in tokens:
            return tokens.index(token)
        node = self.meaning(token)
        alike = (place for place, each in enumerate(tokens) if _spells(node, self.meaning(each)))
        return next(alike, otherwise)

    def is_understood(self, token: str) -> bool:
        """Whether a filter is one."""
        read = parse(token, self._schema, self._today)
        return not read.problems and read.root != All(()) and len(read.parts) == 1 and read.parts[0][2]

    def mistake(self, token: str) -> Problem | None:
        """What is wrong with a filter."""
        problems = parse(token, self._schema, self._today).problems
        return problems[0].problem if problems else None

    def _again(self, line: str) -> "FilterLine":
        return FilterLine(line, self._schema, self._today)

    def _read(self) -> Iterator[Term]:
        for start, end, is_kept in self._parts:
            text = self.line[start:end]
            if not is_kept or ":" not in text:
                continue  # words, `or`
            excluded = text.startswith("-")
            read = parse(text[1:] if excluded else text, self._schema, self._today)
            if not read.problems and read.root != All(()):
                yield Term(start, end, read.root, excluded)

    def _without(self, terms: list[Term]) -> str:
        """The line without some terms, and without the `or` that each leaves alone."""
        gone = {(term.start, term.end) for term in terms}
        spans = set(gone)
        for at, (start, end, _) in enumerate(self._parts):
            if (start, end) not in gone:
                continue
            beside = [place for place in (at - 1, at + 1) if 0 <= place < len(self._parts) and self._is_or(place)]
            # Each its own: of `A or B or word` two go.
            left = [span for place in beside if (span := self._parts[place][:2]) not in spans]
            spans.update(left[:1])
        pieces, at = [], 0
        for start, end in sorted(spans):
            pieces.append(self.line[at:start])
            at = end
        return joined([*pieces, self.line[at:]])

    def _is_or(self, place: int) -> bool:
        start, end, is_kept = self._parts[place]
        return is_kept and ":" not in self.line[start:end]


def _targets(node: Node) -> set[Target]:
    match node:
        case Condition(target):
            return {target}
        case Not(inner):
            return _targets(inner)
        case All(nodes) | Any(nodes):
            return {target for each in nodes for target in _targets(each)}
    return set()


def _spells(node: Node, whole: Node) -> bool:
    """Whether a filter asks for all words of a value that another asks for as a whole."""
    match node, whole:
        case Condition(target, Words(words)), Condition(other, Whole(text)) if target == other:
            return " ".join(word.forms[0] for word in words) == whole_key(text)
    return False


def _alike(node: Node, other: Node) -> bool:
    """Whether two filters are about the same, and of the same sort."""
    return bool(_targets(node) & _targets(other)) and _sort(node) == _sort(other)


def _sort(node: Node) -> str:
    match node:
        case Not(inner):
            return _sort(inner)
        case Condition(_target, Present()):
            return "presence"
        case Condition(_target, Spans()):
            return "range"
    return "value"


def _replaces(node: Node) -> bool:
    """Whether a filter takes the place of another about the same, rather than standing beside it with `or`."""
    return _sort(node) == "presence"
