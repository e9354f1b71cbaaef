"""Whether a client's texts hold what was asked: words side by side, digits in a run. What only they can tell."""

from collections.abc import Sequence

from store import folding
from store.index.runs import run_of
from store.index.terms import EXTENSION
from store.query import Word


def holds(run: str, number: str, phone: str, digits: str) -> bool:
    """Whether a run of digits is in a client's number, in the phone that is shown or in the others' digits."""
    return run in digits or run in run_of(phone) or run in folding.digits(number)


def holds_words(text: str, words: Sequence[Word]) -> bool:
    """Whether words stand side by side in a text, each in any spelling."""
    told = [forms for word in folding.words(text) if (forms := folding.forms(word))]
    return any(
        all(not set(told[start + step]).isdisjoint(word.forms) for step, word in enumerate(words))
        for start in range(len(told) - len(words) + 1)
    )


def is_of(text: str, form: str, word: Word) -> bool:
    """Whether a phone holds digits, or a word of an identifier begins with them."""
    if form == "phone":
        digits = folding.digits(text.partition(EXTENSION)[0])
        return any(asked in digits for asked in word.forms)
    told = folding.words(text)
    return any(
        form.startswith(asked) for one in (*told, "".join(told)) for form in folding.forms(one) for asked in word.forms
    )
