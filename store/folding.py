"""Brings text to one skeleton, so that spellings of one name meet: case, look-alike letters, Cyrillic and Latin.

Every letter becomes the same few Latin ones wherever it stands, so the fold of what was typed so far is always
a beginning of the fold of the whole. Latin words have a second, *romanised* form, in which the digraphs of the
romanisations in use (Ukraine's KMU 55-2010, ICAO 9303 of passports, everyday English and Polish spellings) are
read as the Cyrillic letters they stand for. That form is not prefix-safe, so it is only ever asked beside the
literal one. What is displayed is never folded.
"""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'\u2019\u02bc`\u2032\u2018\u02b9\u00b4\u02bb"
"""What people put for the Ukrainian apostrophe, by keyboard, phone and word processor."""

_IGNORED = APOSTROPHES + "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ASTERISK_MEANT, _QUOTE_MEANT = (
    re.compile(rf"(?<=[бпвмфкгґджзлнрстхцчшщ]){sign}(?=[яюєїёіе])", re.IGNORECASE) for sign in (r"\*", '"')
)
"""An apostrophe where a keyboard had none: in older bases of clients often. `і` and `е` may be decomposed `ї`, `ё`."""

_CYRILLIC = {
    **dict(zip("абвгґдезийіїклмнопрстуфхыэєё", "abvhhdeziiiiklmnoprstufhieee", strict=True)),
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ъ": "",
    "ь": "",
    "ю": "iu",
    "я": "ia",
    "ў": "u",
}
_LATIN = {"g": "h", "j": "i", "q": "k", "w": "v", "x": "ks", "y": "i"}
_OTHER = {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "t", "ð": "d", "ħ": "h", "ŋ": "n", "ı": "i"}
_SKELETON = str.maketrans({**_CYRILLIC, **_LATIN})

_ROMANISED = {
    "shch": "sh",
    "szcz": "sh",
    "sch": "sh",
    "sz": "sh",
    "tch": "ch",
    "cz": "ch",
    "zhzh": "zh",
    "zgh": "zgh",
    "kh": "h",
    "ck": "k",
    "ph": "f",
    "th": "t",
    "ie": "e",
    "ye": "e",
    "je": "e",
    "yo": "e",
    "jo": "e",
    "c": "k",
    # The last digraph of a word still being typed: `shc` is on its way to `shch`, and must not lose its hits.
    "shc": "sh",
    "sc": "sh",
    "zhz": "zh",
    "szc": "sh",
}
_DIGRAPH = re.compile(r"shch|szcz|shc$|szc$|sch|sc$|sz|tch|cz|zhzh|zhz$|kh|ck|ph|th|ie|[yj][eo]|c(?!h|k|$)")
_DOUBLE = re.compile(r"([^\W\d_])\1+")
LONGEST_WORD = 64
"""Letters by which a word is found: every beginning of it may become a set of its own in the index."""

_MOST_ALIKE = 8
_LEADING = re.compile(r"([^\W\d_])\1{2,}")
"""No word begins so by a slip of the hand: `ООО` and `www` are themselves, and not every word in `о` and `в`."""

_FIGURES = re.compile(r"\d")
_SHORT = 3
"""Letters of a word in which a double is no slip: sizes and Roman numbers."""

_NOT_IN_KEY = re.compile("[^0-9A-Z]+")
_NOT_DIGITS = re.compile("[^0-9]+")
_CAPITALS = ("АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX")
_LOOK_ALIKE = str.maketrans(*_CAPITALS)
_LOOK_ALIKE_SMALL = str.maketrans(*map(str.lower, _CAPITALS))
_LOOK_ALIKE_CYRILLIC = str.maketrans(*map(str.lower, ("ABEIKMHOPCTYX", "АВЕІКМНОРСТУХ")))
_HAS_LATIN = re.compile("[a-z]")
_HAS_CYRILLIC = re.compile("[а-яґєіїў]")


class _Cleaning(dict[int, str]):
    """What each character becomes before words are cut: small letters without marks, a space, or nothing."""

    def __missing__(self, code: int) -> str:
        cleaned = _clean(chr(code))
        self[code] = cleaned
        return cleaned


def _clean(char: str) -> str:
    if char in _IGNORED:
        return ""
    if char == "№":
        return " "
    letters = _without_marks(_without_marks(char).casefold())
    letters = "".join(_OTHER.get(c, c) for c in letters)
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c if c.isalnum() else "" if c in _IGNORED else " "
        for c in letters
    )


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


_CLEANING = _Cleaning()


def words(text: str) -> list[str]:
    """Cut a text into words of small letters and digits, without marks and apostrophes, not folded yet.

    `й` and `ї` come out as `и` and `і`: composed and decomposed Unicode (NFC, NFD) give the same words.
    """
    return with_apostrophes(text).translate(_CLEANING).split()


def with_apostrophes(text: str) -> str:
    """A text, as long as it was, with signs that stand for an apostrophe as one: `Лук*янчук`, `Лук"янчук`.

    Not quotation marks with a partner: `ТОВ"Юнона"` is two words.
    """
    if "*" in text:
        text = _ASTERISK_MEANT.sub("'", text)
    if '"' in text:
        count = text.count('"')
        if count % 2 or len(_QUOTE_MEANT.findall(text)) == count:
            text = _QUOTE_MEANT.sub("'", text)
    return text


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text lie, as it is written: pairs of a start and an end."""
    spans: list[tuple[int, int]] = []
    start = end = -1
    for place, char in enumerate(with_apostrophes(text)):
        cleaned = _CLEANING[ord(char)]
        if cleaned.isspace():
            if start >= 0:
                spans.append((start, end))
            start = -1
        elif cleaned:
            start = place if start < 0 else start
            end = place + 1
        elif start >= 0 and unicodedata.combining(char):
            end = place + 1
    if start >= 0:
        spans.append((start, end))
    return spans


@lru_cache(1 << 16)
def literal(word: str) -> str:
    """The skeleton of one of `words()`, letter by letter; doubles count once. Prefix-safe; may be empty."""
    if word.isdigit():
        return word
    return _single(_single(word).translate(_SKELETON))


def _single(word: str) -> str:
    if not _DOUBLE.search(word):
        return word  # nine words of ten, in a third of the time
    figures = _FIGURES.search(word)
    # Behind figures every letter tells: of number plates `AA1234BB` is not `AA1234B…`.
    end = figures.start() if figures else len(word)
    leading = _LEADING.match(word, 0, end)
    start = leading.end() if leading else 0
    return word[: min(start, _MOST_ALIKE)] + _DOUBLE.sub(r"\1", word[start:end]) + word[end:]


@lru_cache(1 << 16)
def forms(word: str) -> tuple[str, ...]:
    """The skeletons one of `words()` is indexed and asked by: the literal one and, of a Latin word, the romanised.

    Of a word longer than any, such as an attachment pasted as text, those of its beginning.
    """
    word = word[:LONGEST_WORD]
    first = literal(word)
    if not first:
        return ()
    if word.isdigit():
        return (first,)
    if not word.isascii():
        alike = [first]
        mixed = _HAS_LATIN.search(word) and _HAS_CYRILLIC.search(word)
        # Of a passport `КВ 123456` nobody sees in which alphabet it was typed, nor of single letters of a word.
        if mixed or any(map(str.isdigit, word)):
            alike.append(literal(word.translate(_LOOK_ALIKE_SMALL)))
        if mixed:
            alike.append(literal(word.translate(_LOOK_ALIKE_CYRILLIC)))
        return tuple(dict.fromkeys(filter(None, alike)))
    found = [first, literal(_DIGRAPH.sub(lambda match: _ROMANISED[match.group()], word))]
    if len(word) > 1 and word.endswith("c") and not word.endswith("sc"):
        # A `k`, unless more letters are to come and make it `ch`.
        found.append(found[1][:-1] + "k")
    return tuple(dict.fromkeys(form for form in found if form))


_IO = re.compile(r"(?<=\w)[йь]о", re.IGNORECASE)
_SOFT_IE = re.compile("ь[еёє]", re.IGNORECASE)


def said_otherwise(text: str) -> list[str]:
    """The text as the other of two languages spells it: Ukrainian `йо`, `ьо` and Russian `ё`, `ье` are one sound.

    Not in a skeleton, where every letter stands for itself: such words are asked for in both ways.
    """
    composed = unicodedata.normalize("NFC", text)
    return [said for said in (_IO.sub("е", composed), _SOFT_IE.sub("йо", composed)) if said != composed]


def doubled(text: str) -> str:
    """The short words of a text that only their doubled letters tell from others, as they are: `XXL` is not `XL`."""
    short = [word for word in words(text) if len(word) <= _SHORT and _is_doubled(word)]
    return " ".join(word.translate(_SKELETON) for word in short)


def _is_doubled(word: str) -> bool:
    # `words` made `ий` and `ії` of these; but `ІІ` is a Roman two.
    plain = word.replace("ии", "и")
    plain = plain if set(word) == {"і"} else plain.replace("іі", "і")
    return _single(plain) != plain


def fold(text: str) -> str:
    """The literal skeletons of a text's words, one space between. Idempotent and prefix-safe."""
    return " ".join(filter(None, map(literal, words(text))))


def identifier_key(value: str) -> str:
    """What an identifier is compared by: capital letters and digits only, Cyrillic look-alikes as Latin."""
    if value.isascii():
        return _NOT_IN_KEY.sub("", value.upper())
    known = unicodedata.normalize("NFKC", value.replace("№", " ")).upper()
    cleaned = "".join(c for c in known if c.isalnum())
    return cleaned.translate(_LOOK_ALIKE)


def number_key(value: str) -> str:
    """What a client number is compared by: `K-4821-7`, `к 4821 7` and `48217` are one."""
    key = identifier_key(value)
    return key[1:] if key[:1] == "K" and key[1:].isdigit() else key


def digits(text: str) -> str:
    """The decimal digits of a text, nothing between them."""
    if text.isascii():
        return _NOT_DIGITS.sub("", text)
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


_ALPHABET = "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя"
_ORDER = {
    **{letter: chr(0x41 + place) for place, letter in enumerate(_ALPHABET)},
    **{letter: chr(0x41 + len(_ALPHABET) + place) for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")},
}


_SEVERAL_FIGURES = re.compile(r"(?<![0-9])(?<![0-9][.,])[0-9]{2,}")
"""But for those behind a decimal comma: 1,25 comes before 1,5."""

_SIZES = ["", "", *map(chr, range(0xE000, 0xE007))]
"""By the number of figures: letters that nobody uses, for what stands between figures and letters in a key."""

_ORDER |= dict(zip(_SIZES[2:], ":;<=>?@", strict=True))


class _Ordering(dict[int, str]):
    """What each character becomes in a sort key."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = placed = "".join(_ORDER.get(c, c) for c in _small(char))
        return placed


def _small(char: str) -> str:
    small = char.casefold()
    if small in _ORDER:
        return small
    return _clean(char)


_ORDERING = _Ordering()


def sort_key(text: str) -> str:
    """A key that sorts as Ukrainian and Russian do: Ґ after Г, Є after Е, І after И, Ё after Е; then Latin.

    To be compared by code point as SQLite's BINARY does. Apostrophes do not count, hyphens count as spaces. Whole
    numbers go by their size, house 9 before house 10, up to seven figures; before those of several stands one sign.
    """
    composed = unicodedata.normalize("NFC", with_apostrophes(text))
    return " ".join(_SEVERAL_FIGURES.sub(_by_size, composed).translate(_ORDERING).split())


def _by_size(figures: re.Match[str]) -> str:
    """A number behind the sign of how many figures it has."""
    number = figures[0].lstrip("0") or "0"
    return _SIZES[min(len(number), len(_SIZES) - 1)] + number
