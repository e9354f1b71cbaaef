"""Which commands a few typed letters mean."""

from collections.abc import Iterable
from dataclasses import dataclass

from store.folding import APOSTROPHES

_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a title fits what was typed; the lower sorts first."""

    rank: tuple[int, int, int]
    places: tuple[int, ...]
    """Which letters of the title were meant."""


def fit(typed: str, title: str) -> Fit | None:
    """How `typed` fits `title`, or None where its letters do not occur in order.

    Beginnings of words count most, then an unbroken part, then letters in order.

    Args:
        typed: letters in any case; blanks part words that may come in any place after each other.
        title: the text to fit.
    """
    # One for one: places are counted.
    typed, title = typed.translate(_APOSTROPHES), title.translate(_APOSTROPHES)
    wanted, text = typed.casefold().replace(" ", ""), title.casefold()
    if not wanted:
        return Fit((0, 0, 0), ())
    starts = [at for at, letter in enumerate(text) if letter.isalnum() and (at == 0 or not text[at - 1].isalnum())]
    for rank, start in enumerate(starts):
        if text.startswith(typed.casefold().strip(), start):
            return Fit((0, rank, len(text)), tuple(range(start, start + len(typed.strip()))))
    unbroken = text.find(typed.casefold().strip())
    if unbroken >= 0:
        return Fit((1, unbroken, len(text)), tuple(range(unbroken, unbroken + len(typed.strip()))))
    places: list[int] = []
    for letter in wanted:
        at = text.find(letter, places[-1] + 1 if places else 0)
        if at < 0:
            return None
        places.append(at)
    return Fit((2, places[-1] - places[0], places[0]), tuple(places))


def best_first(typed: str, titles: Iterable[str]) -> list[tuple[int, Fit]]:
    """Places of the titles that fit, the best first; all in their order where nothing was typed."""
    fits = ((at, fit(typed, title)) for at, title in enumerate(titles))
    return sorted(((at, found) for at, found in fits if found), key=lambda pair: (pair[1].rank, pair[0]))
