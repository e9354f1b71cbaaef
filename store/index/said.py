"""What one value of a field is found by, counted by and sorted by: terms, words, a whole value, a number."""

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from store import folding
from store.index import figures
from store.index.plan import LONG, LONGEST_WHOLE, NUMERIC, PLACED, WHOLE, WORDY, Plan
from store.index.terms import ALL, BEGINNINGS, EXTENSION, OFFSET, TRASH, WRITTEN, number_term
from store.query import whole_key
from store.schema import Field


class Said:
    """What one value is found by."""

    __slots__ = ("code", "digits", "is_least", "number", "sum", "terms", "whole", "words")

    def __init__(self, code: str, value: str, terms: Iterable[str]) -> None:
        self.code = code
        self.terms = tuple(terms)
        self.words: tuple[str, ...] = ()
        """For the vocabulary: as written, not folded."""
        self.whole = ""
        """The term of the whole value, where the field is counted and sorted by these."""
        self.digits = ""
        """What is found by any run of four."""
        self.number: int | None = None
        """What the field is sorted by; one of `plan.LONG` in two numbers."""
        self.is_least = False
        """Of several values in a card, whether the least one is sorted by: so of texts."""
        self.sum = zlib.crc32((code + value).encode("utf-8", "surrogatepass"))


def said_of(plan: Plan, field: Field, code: str, kind: str, value: Any) -> Said:
    """What a value of a field is found by."""
    text = value if isinstance(value, str) else "yes" if value is True else "no" if value is False else ""
    if kind == "phone":
        return _said_phone(field, code, text)
    if kind == "identifier":
        return said_identifier(code, text)
    terms = [f"?{code}"]
    if kind in NUMERIC:
        number = figures.ordinal_of(kind, text)
        if number is not None and code not in plan.singles:
            terms.append(number_term(code, number))
        said = Said(code, text, terms)
        said.number = None if number is None else max(1 - OFFSET, min(number, OFFSET - 1))
        return said
    words = folding.words(text) if kind in WORDY else []
    forms = [form for word in words for form in folding.forms(word)]
    if kind in WHOLE and text:
        terms.append(whole_term(code, kind, text))
    # A text's first word is found by the beginning of the whole.
    terms += [f"f{code}{form}" for form in (forms[1:] if kind in PLACED else forms)]
    if field.searchable:
        terms += [f"w{form}" for form in forms]
    said = Said(code, text, terms)
    if field.searchable:
        said.words = tuple(words)
    if kind in PLACED:
        said.whole = terms[1] if text else ""
        return said
    said.is_least = True
    if kind == "choice":
        said.number = plan.choices.get(code, {}).get(text, _NO_CHOICE)
    elif kind == "yes_no":
        said.number = int(text == "yes")
    else:
        said.number = text_number(_SCHEME.sub("", text) if kind == "link" else text, long=kind in LONG)
    return said


_DIGITS = 28
"""Of an identifier that is a number; longer ones come last."""

_CODES = 10**_DIGITS
"""From here on identifiers that are no numbers are sorted."""

_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
"""Of a link: it tells nobody apart."""

_LETTERS = {True: 15, False: 6}
"""Whether it is long -> how many letters of a text its number tells."""

_SIGNS = {sign: place for place, sign in enumerate("\0 " + "".join(map(chr, range(0x30, 0x80))))}
"""What a sort key is made of, in its order: the end, a space, digits, how many, the letters of two alphabets."""

_NO_CHOICE = 99
"""Where a choice that the schema does not know is sorted."""


def said_identifier(code: str, text: str) -> Said:
    """What an identifier is found by; of no field, where it is one the client had once."""
    digits = folding.digits(text)
    terms = [f"?{code}"] if code else []
    words = [] if text.isdigit() else folding.words(text)
    forms = [form for word in words for form in folding.forms(word)]
    joined = "".join(words)
    if len(words) > 1:
        forms += folding.forms(joined)
    if digits:
        terms += _grams(digits)
        if joined in ("", digits):
            terms += (f"^{digits[:1]}", f"^{digits[:2]}")
    terms += [f"w{form}" for form in forms]
    if code:
        terms += [f"f{code}{form}" for form in forms]
    said = Said(code, text, terms)
    said.digits, said.words = digits, tuple(words)
    if code:
        # Numbers by their size, before other codes.
        if not text.isdecimal():
            said.number = _CODES + text_number(text, long=True)
        else:
            said.number = int(text) if len(text) <= _DIGITS else _CODES - 1
        said.is_least = True
    return said


def _said_phone(field: Field, code: str, text: str) -> Said:
    digits = folding.digits(text.partition(EXTENSION)[0])
    terms = [f"?{code}"]
    if digits and field.searchable:
        terms += (*_grams(digits), *(f"p{digits[:length]}" for length in BEGINNINGS))
    said = Said(code, text, dict.fromkeys(terms))
    said.digits = digits if field.searchable else ""
    if digits:
        said.number, said.is_least = int(digits[:12]), True
    return said


def said_number(number: str) -> Said:
    """A client number: by its beginning, by any run of four digits, or as the word it is."""
    digits = folding.digits(number)
    if not digits:
        words = folding.words(number)
        said = Said("", number, [f"w{form}" for word in words for form in folding.forms(word)])
        said.words = tuple(words)
        return said
    beginnings = (f"^{digits[:1]}", f"^{digits[:2]}", *(f"k{digits[:length]}" for length in (1, 2, 3)))
    said = Said("", number, (*beginnings, *_grams(digits)))
    said.digits = digits
    return said


def said_state(is_trashed: bool) -> Said:
    """That a card is there, and whether in the trash."""
    return Said("", TRASH, (ALL, TRASH)) if is_trashed else Said("", "", (ALL,))


def said_name(name: str) -> Said:
    """The words of a client's name, that they may be asked alone."""
    return Said("", name, [f"n{form}" for word in folding.words(name) for form in folding.forms(word)])


def said_day(code: str, day: int) -> Said:
    """A day of a figure that a card may have several of."""
    return Said("", f"{code}{day}", (f"?{code}", number_term(code, day)))


def whole_term(code: str, kind: str, text: str) -> str:
    """The term of a whole value: codes as they are; texts folded, so that they are found, then as written."""
    # SQLite's own functions end a text at a NUL.
    text = text.replace("\0", "\u2400")
    if kind not in PLACED:
        return f"={code}{text}"
    shown = text if len(text) <= LONGEST_WHOLE else f"{text[:LONGEST_WHOLE]}\u2026"
    return f"={code}{whole_key(text[:LONGEST_WHOLE])}{WRITTEN}{shown}"


def value_of(term: str) -> str:
    """The value that a whole term is of."""
    return term.partition(WRITTEN)[2] or term[3:]


@lru_cache(1 << 12)
def text_number(text: str, *, long: bool) -> int:
    """A number that sorts as the first letters of a text do, of `terms.REST_BITS` bits; a long one of twice as many."""
    letters = _LETTERS[long]
    others = len(_SIGNS)
    number = 0
    for char in folding.sort_key(text[: 4 * letters])[:letters].ljust(letters, "\0"):
        number = number * (others + 1) + _SIGNS.get(char, others)
    return number


def _grams(digits: str) -> Iterator[str]:
    for start in range(len(digits) - 3):
        yield f"g{digits[start : start + 4]}"
    yield f"${digits[-3:]}"
