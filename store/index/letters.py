"""Which letters of a text a word, a phrase or a run of digits was found in."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from store import folding
from store.query import Digits, Phrase, Word

Span = tuple[int, int]
"""From this character up to that one."""

_word_spans = lru_cache(1 << 11)(folding.word_spans)


def of_word(word: Word, text: str, *, kind: str = "text", inside: bool = False) -> list[Span]:
    """Where a word is found in a text.

    Args:
        word: A beginning, or a whole word.
        text: As stored.
        kind: Of the field: an identifier is one word too, however it is grouped.
        inside: Also a part of a word will do.
    """
    found = [span for place in _word_spans(text) if (span := _within(word, text, *place, inside)) is not None]
    if not found and kind == "identifier" and text:
        joined = folding.forms("".join(folding.words(text)))
        if any(form.startswith(asked) for form in joined for asked in word.forms):
            return [(0, len(text))]
    return found


def of_phrase(phrase: Phrase, text: str, *, apart: bool = False) -> list[Span]:
    """Where the words of a phrase stand side by side.

    Args:
        phrase: Whole words.
        text: As stored.
        apart: Each of them alone will do: the parts of a name lie in fields of their own.
    """
    spans = [span for span in _word_spans(text) if forms(text[slice(*span)])]
    told = [forms(text[start:end]) for start, end in spans]
    asked = [frozenset(word.forms) for word in phrase.words]
    count = len(asked)
    for place in range(len(spans) - count + 1):
        if all(asked[step] & told[place + step] for step in range(count)):
            return spans[place : place + count]
    return [span for span, held in zip(spans, told, strict=True) if any(each & held for each in asked)] if apart else []


def of_digits(run: str, text: str) -> list[Span]:
    """Where a run of digits stands among the digits of a phone."""
    places = [place for place, char in enumerate(text) if char.isdecimal()]
    start = folding.digits(text).find(run)
    return [(places[start], places[start + len(run) - 1] + 1)] if start >= 0 and run else []


LONGEST_INSIDE = 64
"""Letters of a word that is looked into: longer ones are in no vocabulary, and every ending of it is folded anew."""


def of_number(run: str, text: str) -> list[Span]:
    """Which digits of a number or an identifier begin with a run."""
    places = [place for place, char in enumerate(text) if char.isdecimal()]
    return [(places[0], places[len(run) - 1] + 1)] if run and folding.digits(text).startswith(run) else []


def of_digit_words(digits: Digits, text: str) -> list[Span]:
    """Which words of a text begin with the run, or with each of its pieces."""
    words = [(*span, folding.fold(text[slice(*span)])) for span in _word_spans(text)]
    for pieces in ((digits.run,), digits.pieces):
        if all(any(word.startswith(piece) for _, _, word in words) for piece in pieces):
            return [(start, start + len(p)) for p in pieces for start, _, word in words if word.startswith(p)]
    return []


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _within(word: Word, text: str, start: int, end: int, inside: bool) -> Span | None:
    held = forms(text[start:end])
    for asked in word.forms:
        if asked in held:
            return start, end
        if not word.whole and any(form.startswith(asked) for form in held):
            return start, _end_of(text, start, end, asked)
    if inside and end - start <= LONGEST_INSIDE:
        for place in range(start + 1, end):
            for asked in word.forms:
                if any(form.startswith(asked) for form in forms(text[place:end])):
                    return place, _end_of(text, place, end, asked)
    return None


def _end_of(text: str, start: int, end: int, asked: str) -> int:
    """Where the shortest beginning of a word ends that is found by what was asked."""
    for place in range(start + 1, end):
        if any(form.startswith(asked) for form in forms(text[start:place])):
            # A mark belongs to the letter before it.
            while place < end and unicodedata.combining(text[place]):
                place += 1
            return place
    return end


@lru_cache(1 << 12)
def forms(text: str) -> frozenset[str]:
    """The skeletons of a text's words."""
    return frozenset(form for word in folding.words(text) for form in folding.forms(word))
