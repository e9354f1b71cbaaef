"""What an operator typed into the search bar, read into words, digits, phrases and filters.

`шевч оле`, `067 123-45`, `"олена петрівна"`, `-київ`, `tag:vip`, `К-4821`: words in any order, each a beginning.
A mistake in a filter is a problem of the query, and the rest still finds.
"""

import re
from dataclasses import dataclass, replace

from store import folding, layouts
from store.errors import Problem

FILTERS = ("tag", "city", "in", "number")
"""The filters that are understood."""

_TOKEN = re.compile(r'(?P<minus>-)?(?:(?P<key>[^\W\d_][\w.]*):(?!/))?(?:"(?P<phrase>[^"]*)"?|(?P<bare>[^\s"]+))?')
_PHONE_LIKE = re.compile(r"[+(]*\d[\d()+\-./]*|\+|[()\-./]+")
_NUMBER = re.compile(r"[KkКк][\s\-–—]?(?=\d{2})(?P<digits>\d[\d\s\-–—]*)")


@dataclass(frozen=True, slots=True)
class Word:
    """A beginning of a word to be found."""

    text: str
    """As typed: small letters, without marks and apostrophes."""

    forms: tuple[str, ...]
    """The skeletons it is looked for by, any of which will do (see `folding.forms`)."""


@dataclass(frozen=True, slots=True)
class Digits:
    """A run of digits: of a phone, an identifier, a client number or a house."""

    run: str
    pieces: tuple[str, ...]
    """The run as it was parted by spaces and dashes."""

    @property
    def in_phone(self) -> str:
        """What a stored international number must contain: the run without a trunk or exit prefix."""
        if len(self.run) >= 9:
            if self.run.startswith("00"):
                return self.run[2:]
            if self.run.startswith(("0", "80")) or (len(self.run) == 11 and self.run.startswith("8")):
                return self.run[1:]
        return self.run


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on one field, `key:value`."""

    key: str
    value: str
    whole: bool = False
    """True where the value was in quotes: it must be the whole value, not a beginning."""
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search line as understood. Immutable: it goes between threads."""

    line: str
    words: tuple[Word, ...] = ()
    digits: tuple[Digits, ...] = ()
    phrases: tuple[tuple[Word, ...], ...] = ()
    excluded: tuple[tuple[Word, ...], ...] = ()
    """What must not be there: any of these groups, all words of a group together."""
    filters: tuple[Filter, ...] = ()
    problems: tuple[Problem, ...] = ()
    typed: str = ""
    """The line without its filters: what a wrong keyboard layout may have garbled."""

    @property
    def in_trash(self) -> bool:
        """Whether the removed cards are asked for."""
        return any(f.key == "in" and not f.excluded for f in self.filters)

    @property
    def is_empty(self) -> bool:
        """True where nothing restricts: all cards are meant."""
        return not (self.words or self.digits or self.phrases or self.excluded) and all(
            f.key == "in" for f in self.filters
        )

    def other_layouts(self) -> list["Query"]:
        """The same line as if typed in the other keyboard layouts, the likeliest first; only those that differ."""
        readings: list[Query] = []
        if self.words and all(form.startswith("§") for word in self.words for form in word.forms):
            return readings  # A client number: its digits are the same in every layout.
        for line in layouts.other_layouts(self.typed):
            read = parse(line)
            asked = (read.words, read.digits, read.phrases, read.excluded)
            if any(asked) and not read.filters and asked != (self.words, self.digits, self.phrases, self.excluded):
                readings.append(replace(read, line=line, filters=self.filters, problems=()))
        return readings


def parse(line: str) -> Query:
    """Read a search line. Never fails: what cannot be understood is in `problems`."""
    words: list[Word] = []
    runs: list[list[str]] = []
    phrases: list[tuple[Word, ...]] = []
    excluded: list[tuple[Word, ...]] = []
    filters: list[Filter] = []
    problems: list[Problem] = []
    typed: list[str] = []
    after_digits = False
    for token in _tokens(line):
        key, phrase, bare = token["key"], token["phrase"], token["bare"]
        value = phrase if phrase is not None else bare or ""
        digits_before, after_digits = after_digits, False
        if key:
            _read_filter(key.lower(), value, token, filters, problems)
            continue
        typed.append(token[0])
        if token["minus"] and not value[:1].isdigit():
            if group := _words(value):
                excluded.append(group)
        elif phrase is not None:
            if group := _words(phrase):
                phrases.append(group)
        elif number := _NUMBER.fullmatch(bare):
            words.append(Word(bare, (number_token(number["digits"]),)))
        elif _PHONE_LIKE.fullmatch(bare):
            after_digits = True
            if digits := folding.digits(bare):
                if not digits_before:
                    runs.append([])
                runs[-1:] = [[*runs[-1], *re.findall(r"\d+", bare)]] if runs else [[digits]]
            else:
                after_digits = digits_before
        else:
            words.extend(_words(bare))
    return Query(
        line=line,
        words=tuple(dict.fromkeys(words)),
        digits=tuple(Digits("".join(pieces), tuple(pieces)) for pieces in runs),
        phrases=tuple(phrases),
        excluded=tuple(excluded),
        filters=tuple(filters),
        problems=tuple(problems),
        typed=" ".join(typed),
    )


def number_token(number: str) -> str:
    """The word a client number is indexed by, so that `К-48` asks for numbers and for nothing else."""
    return "§n" + folding.digits(number)


def name_token(form: str) -> str:
    """The word a part of a client's name is indexed by beside its plain form, so that names can be asked alone."""
    return f"¶{form}"


def facet(key: str, value: str) -> str:
    """The word a filter's value is indexed by: no word of a text is ever equal to it."""
    return f"§{key[0]}" + "".join(filter(None, map(folding.literal, folding.words(value))))


def _tokens(line: str) -> list[re.Match[str]]:
    whole = _NUMBER.fullmatch(line.strip())
    if whole and " " in line.strip():
        line = re.sub(r"\s", "", line)
    return [token for token in _TOKEN.finditer(line) if token[0].strip()]


def _words(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, forms) for word in folding.words(text) if (forms := folding.forms(word)))


def _read_filter(key: str, value: str, token: re.Match[str], filters: list[Filter], problems: list[Problem]) -> None:
    if key not in FILTERS:
        problems.append(Problem("", "filter-unknown", token[0], details={"known": list(FILTERS)}))
    elif not value or (key == "in" and value != "trash") or (key == "number" and not folding.digits(value)):
        problems.append(Problem("", "filter-value", token[0]))
    else:
        filters.append(Filter(key, value, whole=token["phrase"] is not None, excluded=bool(token["minus"])))
