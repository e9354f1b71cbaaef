"""What people write in a file where the card has a choice of codes, as it is said in searching too."""

from collections.abc import Mapping

from store.query.choice_words import CHOICE_WORDS

_CODES: Mapping[str, Mapping[str, str]] = {
    path: {word.casefold().replace("ё", "е"): code for code, words in choices.items() for word in (code, *words)}
    for path, choices in CHOICE_WORDS.items()
}


def code_of(path: str, typed: str) -> str | None:
    """The code of a standard choice that a word stands for, or None."""
    return _CODES.get(path, {}).get(typed.strip().strip("*. ").casefold().replace("ё", "е"))
