"""Which encoding a text file is in: Unicode by its marks and its rules, 8-bit Cyrillic by how its words look.

A short file of names is the normal case, so nothing here needs a long text: one surname is usually enough.
The reason it works: read as cp1251, lower-case koi8 comes out in capitals (and the other way round), cp866 as a mix of
signs and letters, and each Ukrainian letter as a sign that no word holds.
"""

import codecs
import math
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

CYRILLIC_ENCODINGS = ("cp1251", "koi8-u", "cp866", "mac-cyrillic")
WESTERN_ENCODING = "cp1252"
_OTHER_ENCODINGS = ("cp1250", "cp1252", "cp1257", "iso8859_2", "iso8859_5", "cp1251", "koi8_u")
"""What is asked of charset-normalizer: left free it finds Chinese in a short Ukrainian file."""
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RIGHT_FOR_A_WRONG = 4
_SURE = -1.5
"""A mean score a letter below which no guess of ours is to be trusted."""

# Letters in a hundred of mixed Ukrainian and Russian names and addresses, the commonest first (rounded).
_COMMON = {
    **dict.fromkeys("оаиен", 8.0),
    **dict.fromkeys("івртлкс", 4.5),
    **dict.fromkeys("мдупйяь", 2.4),
    **dict.fromkeys("бгзчюхшыї", 1.2),
    **dict.fromkeys("жцєф", 0.6),
    **dict.fromkeys("эщґёъ", 0.15),
}
_LETTER_SCORE = {letter: math.log(share / 2.0) for letter, share in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(r"[^\x00-\x7f\w\xa0«»№–—’“”…€°]|[\x80-\x9f]")
"""Signs that have no place beside names, phones and prices."""
_RARE_ENCODINGS = ("cp866", "mac-cyrillic")


def encoding_of(file: BinaryIO) -> str:
    """The encoding of a file opened for reading bytes, as Python names it; the file is left at its beginning.

    The whole file is read once where it may be UTF-8: its letters may all stand on the last line.
    """
    file.seek(0)
    head = file.read(_SAMPLE)
    found = _by_mark(head) or _utf16_without_mark(head)
    if not found:
        file.seek(0)
        found = "utf-8" if _is_utf8(iter(lambda: file.read(_CHUNK), b"")) else ""
    if not found:
        file.seek(0)
        sample = _lines_beyond_ascii(file)
        found = "utf-8" if _is_nearly_utf8(sample) else eight_bit_encoding(sample)
    file.seek(0)
    return found


def eight_bit_encoding(sample: bytes) -> str:
    """The likeliest 8-bit encoding of a text that is not Unicode."""
    scores = {
        name: _score(sample.decode(name, "replace")) - (0.6 if name in _RARE_ENCODINGS else 0.0)
        for name in (*CYRILLIC_ENCODINGS, WESTERN_ENCODING)
    }
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= _SURE:
        return best
    # Imported here: 40 ms that a file in UTF-8 need not pay.
    from charset_normalizer import from_bytes

    match = from_bytes(sample, cp_isolation=list(_OTHER_ENCODINGS)).best()
    return match.encoding if match else best


def _by_mark(head: bytes) -> str:
    return next((name for bom, name in _BOMS if head.startswith(bom)), "")


def _utf16_without_mark(head: bytes) -> str:
    """UTF-16 by its high bytes: in our languages nearly all are 00 (Latin, signs), 04 (Cyrillic), 20 or 21 (’ №)."""
    if len(head) < 4:
        return ""
    even, odd = head[0::2], head[1::2]
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        usual = sum(map(high.count, (0, 4, 0x20, 0x21))) / len(high)
        # No 8-bit text holds the bytes 00 and 04; the low bytes hold them as seldom.
        if usual >= 0.98 and high.count(0) + high.count(4) and low.count(0) <= len(low) // 50:
            return name
    return ""


def _is_utf8(chunks: Iterable[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_nearly_utf8(sample: bytes) -> bool:
    """Whether a few bytes were spoilt in UTF-8: hardly two letters of an 8-bit page look like one of UTF-8."""
    text = sample.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(not letter.isascii() for letter in text) - wrong
    return right > _RIGHT_FOR_A_WRONG * wrong


def _lines_beyond_ascii(file: BinaryIO) -> bytes:
    def found() -> Iterator[bytes]:
        size = 0
        for line in file:
            if not line.isascii():
                yield line[:_SAMPLE]
                size += len(line)
                if size > _SAMPLE:
                    return

    return b"".join(found())


def _score(text: str) -> float:
    """How much a text looks like words of our languages: the mean over its letters, higher is likelier."""
    total = -15.0 * len(_SIGN.findall(text))
    letters = 0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        letters += len(word)
        total += _word_score(word)
    return total / max(letters, 1)


def _word_score(word: str) -> float:
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in word)
    if cyrillic == 0:
        # Latin with a few accents (Müller, Łukasz); a word of accents alone is Cyrillic read wrongly.
        accents = sum(not letter.isascii() for letter in word)
        return 0.5 * len(word) if accents * 2 < len(word) else -2.0 * len(word)
    if cyrillic != len(word):
        return -3.0 * len(word)
    score = sum(_LETTER_SCORE.get(letter, -8.0) for letter in word.lower())
    return score - (0 if _usual_case(word) else 3.0 * len(word)) - (0.3 * len(word) if word.isupper() else 0)


def _usual_case(word: str) -> bool:
    return word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())
