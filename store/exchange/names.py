"""A whole name in one cell, taken apart: `Шевченко Олена Петрівна`, `О. П. Шевченко`, `Olena Shevchenko`."""

import re
from collections.abc import Sequence

from store.exchange.given_names import is_given, may_be_patronymic

_INITIAL = re.compile(r"[^\W\d_]\.?(?:-[^\W\d_]\.)?")
_GLUED = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_])")
_FIRM = re.compile(
    r"(?:^|\s)(?:тов|тзов|пп|прат|ат|зат|ват|фоп|спд|дп|кп|ооо|оао|зао|ао|ип|чп|llc|ltd\.?|inc\.?|gmbh|corp\.?|plc)(?:\s|$|[«\"“,])",
    re.IGNORECASE,
)
_AFTER_PATRONYMIC = frozenset(("огли", "оглы", "кизи", "кызы", "гызы"))
NAME_FIELDS = ("last_name", "first_name", "patronymic")


def split_name(cell: str) -> dict[str, str]:
    """The fields of `person` that a whole name comes to; every word of it is in one of them.

    Cyrillic names are taken surname first, Latin ones given name first, unless known first names, patronymics,
    initials or a comma say otherwise. A firm becomes `company`.
    """
    text = " ".join(cell.split())
    if not text:
        return {}
    if _FIRM.search(text) or any(sign in text for sign in '«»"“”'):
        return {"company": text}
    if "," in text:
        last, _, rest = text.partition(",")
        first, *others = rest.split() or [""]
        return _fields(last.strip(), first, " ".join(others))
    words = _GLUED.sub(" ", text).split()
    if len(words) == 1:
        return _fields("", text, "") if is_given(text) else _fields(text, "", "")
    return _fields(*(_with_initials(words) or _in_order(words)))


def _fields(last: str, first: str, patronymic: str) -> dict[str, str]:
    return {key: value for key, value in zip(NAME_FIELDS, (last, first, patronymic), strict=True) if value}


def _with_initials(words: Sequence[str]) -> tuple[str, str, str] | None:
    initials = [_INITIAL.fullmatch(word) is not None for word in words]
    if len(words) > 3 or sum(initials) != len(words) - 1:
        return None
    last = words[initials.index(False)]
    first, patronymic = [*(word for word, short in zip(words, initials, strict=True) if short), ""][:2]
    if not initials[0] and not initials[-1]:
        # "John F. Kennedy" is none of ours: both ends are whole words.
        return None
    return last, first, patronymic


def _in_order(words: Sequence[str]) -> tuple[str, str, str]:
    place = _place_of_patronymic(words)
    if place is not None:
        end = place + (2 if words[-1].casefold() in _AFTER_PATRONYMIC else 1)
        before, after = words[: place - 1], words[end:]
        return " ".join((*before, *after)), words[place - 1], " ".join(words[place:end])
    first_is_given, last_is_given = is_given(words[0]), is_given(words[-1])
    latin = words[0].isascii()
    given_first = latin if first_is_given == last_is_given else first_is_given
    if len(words) == 2:
        return (words[1], words[0], "") if given_first else (words[0], words[1], "")
    if latin:
        return (
            (words[-1], words[0], " ".join(words[1:-1])) if given_first else (words[0], words[1], " ".join(words[2:]))
        )
    if last_is_given and not is_given(words[1]):
        return " ".join(words[:-1]), words[-1], ""
    return words[0], words[1], " ".join(words[2:])


def _place_of_patronymic(words: Sequence[str]) -> int | None:
    """Where the patronymic stands: after a first name; a surname may end the same way (Абрамович)."""
    for place in range(len(words) - 1, 0, -1):
        if may_be_patronymic(words[place]) and (is_given(words[place - 1]) or (len(words) == 3 and place == 2)):
            return place
    return None
