"""What was meant when the keyboard was in another layout: the letters of the same keys in the others."""

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
        readings += [small.translate(table), small.translate(_UKRAINIAN_MEANT), small.translate(_RUSSIAN_MEANT)]
    return [reading for reading in dict.fromkeys(readings) if reading not in (line, small)]
