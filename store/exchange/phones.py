"""Phones as a spreadsheet holds them: several in a cell, with an extension, a remark, or a lost leading zero."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Codes of the National numbering plan of Ukraine in use: mobile operators and regions.
_UKRAINIAN = re.compile(
    r"(?:39|50|63|66|67|68|73|75|77|89|9[1-9]|3[1-8]|4[1-8]|5[1-7]|6[1-24-59]|80|90)\d{7}", re.ASCII
)
_BREAK = re.compile(r"[;,|\n\r/\\]+|\s:::\s|\s(?:та|и|і|або|или|and|or)\s(?=[\s+(\d])")
_EXTENSION = re.compile(r"(?:дод|доб|вн|внутр|ext|extension|x|#)\.?\s*:?\s*(\d{1,6})\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\+|00)?\(?\d[\d\s().\u2010-\u2015\u00a0\u202f-]*\d")
_BLANKS = re.compile(r"[^\S\r\n]{2,}")
_STARTS = re.compile(r"\s+(?=(?:\+\d|8?\s?\(?0(?:39|50|6[3678]|7[357]|9[1-9])))")
_LABELS = {
    "моб": "mobile",
    "mob": "mobile",
    "cell": "mobile",
    "сот": "mobile",
    "дом": "home",
    "home": "home",
    "роб": "work",
    "раб": "work",
    "work": "work",
    "офіс": "work",
    "офис": "work",
}
_MESSENGERS = {"viber": "viber", "вайбер": "viber", "whatsapp": "whatsapp", "ватсап": "whatsapp", "вотсап": "whatsapp"}


@dataclass(frozen=True, slots=True)
class TypedPhone:
    """One phone of a cell."""

    typed: str
    """The whole piece as typed."""
    value: str
    """E.164, with `;ext=12` behind where there is an extension, or "" where it is no phone."""
    kind: str = "phone"
    label: str = ""
    note: str = ""
    """What stood beside the number: `мама`."""


def phones_in(cell: str, region: str) -> list[TypedPhone]:
    """The phones of a cell, in its order; what is no phone is there too, without a value."""
    # Of many blanks one is as good, and each of them may be where something ends.
    cell = _BLANKS.sub(" ", cell)
    value = e164(cell, region)
    if value:
        return [TypedPhone(cell.strip(), value)]
    found = [_phone(piece, region) for piece in _pieces(cell)]
    if any(phone.value for phone in found) or all(sum(map(str.isdigit, phone.typed)) >= 9 for phone in found):
        return found
    # 067/123-45-67: the stroke was no break. What is no phone at all stays in one piece.
    whole = _phone(cell.replace("/", " ").strip(), region)
    return [TypedPhone(cell.strip(), whole.value, whole.kind, whole.label, whole.note)]


def _pieces(cell: str) -> Iterator[str]:
    """Cut a cell into pieces of one number each; a piece with too few digits belongs to the one before it."""
    held = ""
    for found in _BREAK.split(cell):
        if not found or not found.strip():
            continue
        digits = sum(map(str.isdigit, found))
        if held and digits < 5:
            held = f"{held}, {found.strip()}"
            continue
        if held:
            yield from _apart(held)
        held = found.strip()
    if held:
        yield from _apart(held)


def _apart(piece: str) -> Iterator[str]:
    """Two numbers with nothing but a space between them."""
    starts = _STARTS.split(piece)
    if len(starts) > 1 and all(9 <= sum(map(str.isdigit, start)) <= 15 for start in starts):
        yield from starts
    else:
        yield piece


def _phone(piece: str, region: str) -> TypedPhone:
    rest, suffix = piece, ""
    extension = _EXTENSION.search(piece)
    if extension and extension.start() > 5:
        rest, suffix = piece[: extension.start()], f";ext={extension[1]}"
    number = _NUMBER.search(rest)
    if not number:
        return TypedPhone(piece, "")
    beside = f"{rest[: number.start()]} {rest[number.end() :]}".strip(" ,.:()-–—\t\n")
    value = e164(number[0], region)
    if not value:
        return TypedPhone(piece, "")
    word = beside.casefold().split(" ")[0].strip(".:,()")
    kind = _MESSENGERS.get(word, "phone")
    label = next((label for start, label in _LABELS.items() if word.startswith(start)), "")
    if kind != "phone" or label:
        beside = beside[len(word) :].strip(" ,.:()-")
    return TypedPhone(piece, value + suffix, kind, label, beside)


@lru_cache(maxsize=4096)
def e164(typed: str, region: str) -> str:
    """One phone in the form it is stored in, or "" where it is none.

    Ukrainian numbers by their digits alone (2 µs); the rest of the world by phonenumbers (60 µs).
    """
    text = typed.strip()
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    plus = text.startswith("+")
    digits = _digits(text)
    if not 7 <= len(digits) <= 17:
        return ""
    if digits.startswith("00"):
        plus, digits = True, digits[2:]
    national = _ukrainian(digits, plus, region)
    if national:
        return f"+380{national}"
    return _foreign(digits, plus, region)


def _digits(text: str) -> str:
    """The digits of what holds only digits and the signs people put between them; else ""."""
    bare = text.translate(_SIGNS).removeprefix("+")
    return bare if bare.isascii() and bare.isdigit() else ""


_SIGNS = {
    ord(sign): None for sign in " \t()-.\u00a0\u202f\u2007\u2010\u2011\u2012\u2013\u2014\u2015\u200e\u202a\u202c'"
}


def _ukrainian(digits: str, plus: bool, region: str) -> str:
    """The nine digits after +380, or ""."""
    length = len(digits)
    if length == 12 and digits.startswith("380"):
        national = digits[3:]
    elif plus or region != "UA":
        return ""
    elif length == 10 and digits[0] == "0":
        national = digits[1:]
    elif length == 11 and digits.startswith("80"):
        national = digits[2:]
    elif length == 9:
        # A spreadsheet took 067… for a sum of money and dropped its zero.
        national = digits
    else:
        return ""
    return national if _UKRAINIAN.fullmatch(national) else ""


def _foreign(digits: str, plus: bool, region: str) -> str:
    # Imported here: 15 ms that a file of Ukrainian phones need not pay.
    import phonenumbers

    tries: list[tuple[str, str | None]] = [(f"+{digits}", None)] if plus else [(digits, region)]
    if not plus and len(digits) == 11 and digits[0] in "78" and digits[1] in "3489":
        # 8 916 … and 7 916 …: the Russian way, where it cannot be a number of the region.
        tries.append((f"+7{digits[1:]}", None))
    if not plus and len(digits) >= 11:
        tries.append((f"+{digits}", None))
    for text, country in tries:
        try:
            number = phonenumbers.parse(text, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return ""
