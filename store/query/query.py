"""A search line as understood: what it asks for, and what in it could not be understood."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from store import layouts
from store.errors import Problem
from store.query.nodes import All, Any, Node, Phrase, Word


class Mistake(NamedTuple):
    """A part of a search line that could not be understood; the rest of the line still asks."""

    start: int
    """Where it stands in the line, for underlining: from here …"""
    end: int
    """… up to here."""
    problem: Problem
    """What is wrong: `value` is that part as typed, `path` the field it is about where there is one."""


Part = tuple[int, int, bool]
"""A piece of the line, from one place to another, for reading it anew in another keyboard layout.

True for what no layout garbles as it was understood: a filter, `or`.
"""


@dataclass(frozen=True, slots=True)
class Query:
    """A search line as understood. Immutable: it goes between threads."""

    line: str
    root: Node
    in_trash: bool = False
    """Whether the removed cards are asked for."""
    problems: tuple[Mistake, ...] = ()
    typed: str = ""
    """The line without its filters: what a wrong keyboard layout may have garbled, and is told of another reading."""
    parts: tuple[Part, ...] = field(default=(), repr=False)
    reread: Callable[[str], "Query"] | None = field(default=None, repr=False, compare=False)
    """Reads another line with the same schema, on the same day."""

    @property
    def wrong(self) -> tuple[Problem, ...]:
        """What could not be understood, the same part once however often it is in the line."""
        return distinct(self.problems)

    @property
    def is_empty(self) -> bool:
        """True where nothing restricts: all cards are meant."""
        return self.root == All(())

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that are asked for, in their order; not those excluded, in phrases and in filters."""
        return tuple(_words(self.root))

    @property
    def count_of_kept(self) -> int:
        """How many pieces of it no layout garbles."""
        return sum(is_kept for _, _, is_kept in self.parts)

    @property
    def falls_apart(self) -> bool:
        """Whether the layout of the keyboard may have made several words of one, or a shorter one."""
        return layouts.falls_apart(self.typed)

    def other_layouts(self) -> list["Query"]:
        """The same line as if typed in the other keyboard layouts, the likeliest first; only those that differ."""
        # Digits are the same in every layout; whom a garbled exclusion finds, nobody meant.
        return list(self._in_layouts(words=True)) if _has_letters(self.root) else []

    def other_layouts_of_values(self) -> Iterator["Query"]:
        """The same line with the values of its filters as in the other layouts, then with all of it so.

        Not those in quotation marks: they are meant as they stand.
        """
        if any(is_kept and ":" in self.line[start:end] for start, end, is_kept in self.parts):
            yield from self._in_layouts(values=True)
            yield from self._in_layouts(words=True, values=True)

    def _in_layouts(self, *, words: bool = False, values: bool = False) -> Iterator["Query"]:
        if self.reread is None:
            return
        cut = [_cut(self.line[start:end], is_kept, words, values) for start, end, is_kept in self.parts]
        # Nothing typed holds a newline after `parse`, and no layout makes one.
        typed = "\n".join([garbled for _, garbled in cut])
        for meant in layouts.other_layouts(typed):
            pieces = meant.split("\n")
            line = joined(before + piece for (before, _), piece in zip(cut, pieces, strict=True))
            read = self.reread(line)
            same_filters = read.count_of_kept == self.count_of_kept
            if same_filters and len(read.problems) <= len(self.problems) and read.root not in (self.root, All(())):
                yield replace(read, problems=(), typed=read.line if values else read.typed)


def _cut(piece: str, is_kept: bool, words: bool, values: bool) -> tuple[str, str]:
    """A piece of the line, cut before what a layout may have garbled: of a filter that excludes, that is nothing."""
    if not is_kept:
        return ("", piece) if words else (piece, "")
    key, colon, value = piece.partition(":")
    if not (values and colon) or piece.startswith("-") or '"' in value:
        return piece, ""
    return f"{key}:", value


def distinct(mistakes: Iterable[Mistake]) -> tuple[Problem, ...]:
    """What is wrong, once for each part as typed."""
    known: dict[tuple[str, object], Problem] = {}
    for mistake in mistakes:
        known.setdefault((mistake.problem.code, mistake.problem.value), mistake.problem)
    return tuple(known.values())


def joined(pieces: Iterable[str]) -> str:
    """A line of these pieces, none of which changes what another asks."""
    line = ""
    for piece in filter(None, map(str.strip, pieces)):
        # Digits that come to stand behind an amount would be its thousands, but for a second blank.
        blanks = "  " if line[-1:].isdigit() and piece[0].isdigit() else " "
        line = f"{line}{blanks}{piece}" if line else piece
    return line


def _words(node: Node) -> Iterator[Word]:
    match node:
        case Word():
            yield node
        case All(nodes) | Any(nodes):
            for each in nodes:
                yield from _words(each)


def _has_letters(node: Node) -> bool:
    match node:
        case Word() | Phrase():
            return True
        case All(nodes) | Any(nodes):
            return any(map(_has_letters, nodes))
    return False
