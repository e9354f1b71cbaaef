"""What was meant when the keyboard was in another layout: the letters of the same keys in the others."""

import re

_ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.\\"
_ENGLISH_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>|'
_UKRAINIAN = "'йцукенгшщзхїфівапролджєячсмитьбюґ"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю\\"


def _swap(typed: str, meant: str) -> dict[int, str]:
    return str.maketrans(dict(zip(typed, meant, strict=True)))


_FROM_ENGLISH = tuple(
    _swap(_ENGLISH, letters) | _swap(_ENGLISH_SHIFTED, letters.upper()) for letters in (_UKRAINIAN, _RUSSIAN)
)
_FROM_UKRAINIAN = _swap(_UKRAINIAN, _ENGLISH)
_FROM_RUSSIAN = _swap(_RUSSIAN[:-1], _ENGLISH[:-1])
_UKRAINIAN_MEANT = _swap("ъыэё", "їіє'")
_RUSSIAN_MEANT = _swap("їієґ", "ъыэ\\")
_SIGN = re.compile(r"[`\[\];',.~{}:<>]")
_LATIN = re.compile("[A-Za-z]")
_NO_APOSTROPHE = re.compile("'(?![яюєї])")
"""On that key a Russian layout has `ё`: `п'тр` is Пётр, and `мар'яна` Мар'яна."""


def falls_apart(line: str) -> bool:
    """Whether a word of Latin letters holds signs that are letters on the same keys: `oth,f` is щерба.

    Not where something is excluded: in another layout it would exclude nobody.
    """
    pieces = line.split()
    return not any(piece.startswith("-") for piece in pieces) and any(map(_falls_apart, pieces))


def _falls_apart(piece: str) -> bool:
    sign = None if "@" in piece else _SIGN.search(piece)
    return sign is not None and _LATIN.search(piece, sign.end()) is not None


def other_layouts(line: str) -> list[str]:
    """The readings of a typed line in the other layouts, the likeliest first; none of them is the line itself.

    Latin letters are read as Ukrainian and Russian, Cyrillic ones as Latin; the letters in which the Ukrainian
    and the Russian layout differ are exchanged.
    """
    small = line.lower()
    readings: list[str] = []
    if any("a" <= char <= "z" for char in small):
        readings += [line.translate(table) for table in _FROM_ENGLISH]
    if any(char >= "\u0400" for char in small):
        table = _FROM_RUSSIAN if any(char in "ъыэё" for char in small) else _FROM_UKRAINIAN
        in_russian = _NO_APOSTROPHE.sub("ё", small).translate(_RUSSIAN_MEANT)
        readings += [small.translate(table), small.translate(_UKRAINIAN_MEANT), in_russian]
    return [reading for reading in dict.fromkeys(readings) if reading not in (line, small)]
