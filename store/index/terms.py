"""How a term is written: the letter of its space, the field where it is a field's, then what is looked for.

| space | what follows | who has it |
|---|---|---|
| `w` | a folded word | whoever says it anywhere searched |
| `n` | a folded word | whose name it is of |
| `=` | field, folded text; of a text a mark and the text as written | who has that whole value |
| `f` | field, folded word | who says it in that field, unless a whole value begins with it |
| `#` | field, ordered number | who has that number or day |
| `?` | field or section | who has any value there |
| `g` | four digits | who has them in a phone, an identifier, the client number |
| `p` | five to eight digits | whose phone begins so, country code and all |
| `$` | three digits | who has one of these that ends so |
| `^` | one or two digits | whose identifier or client number begins so |
| `k` | one to three digits | whose client number begins so |
| `-` | `all`, `trash` | every card, those in the trash |
| `b` | field | bundles: who has each bit of the field's ordered number (see `store.index.slices`) |
| `v` | three letters | not clients: which words of the vocabulary hold them (see `store.index.vocabulary`) |

A field is two characters: its place in the plan (`store.index.plan`); a third, `~`, marks the lowest bits of long
numbers.
"""

RANK = "rk"
"""The code of the place among all names; no field has it."""

BEGINNINGS = range(5, 9)
"""How many digits of a phone's beginning are terms: so many share it that to look at each of them takes long."""

ALL = "-all"
TRASH = "-trash"

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

SPACES = {"w": 1, "=": 3, "f": 3, "#": 3, "n": 1}
"""The spaces that are asked by beginnings, those of most terms first, and how many letters name one."""

WRITTEN = "\x1f"
"""Between a folded text and the text as it is written. No NUL: SQLite's own functions end a text there."""

EXTENSION = ";ext="
"""Before the digits of a stored phone that are dialled last; nobody is found by these."""

BITS = 50
"""Of a number as it is written and sliced: in thousandths every number of eleven digits fits."""

OFFSET = 1 << BITS - 1
"""Added to a number so that it is written without a sign; greater ones count as the greatest."""

REST_BITS = BITS - 1
"""Of a number that takes more bits, so many lowest ones are sliced for themselves."""

_DIGIT_BITS = 5
_PLACES = range(BITS - _DIGIT_BITS, -1, -_DIGIT_BITS)
_NUMERALS = _DIGITS[: 1 << _DIGIT_BITS]


def space_size(term: str) -> int:
    """How many letters of a term name its space; 0 where nobody asks for beginnings there."""
    return SPACES.get(term[:1], 0)


def field_code(place: int) -> str:
    """The two characters that name a field of the plan."""
    return _DIGITS[place // 36] + _DIGITS[place % 36]


def rest_of(code: str) -> str:
    """The code by which the lowest bits of a field's long numbers are sliced."""
    return f"{code}~"


def unsigned(number: int) -> int:
    """A number as it is written and sliced: in the same order, and positive, as one without any bit is no number."""
    return min(max(number + OFFSET, 1), (1 << BITS) - 1)


def number_term(code: str, number: int) -> str:
    """The term of an ordered number of a field."""
    return f"#{code}{_numerals(unsigned(number))}"


def covering(code: str, least: int | None, most: int | None) -> list[str]:
    """The beginnings of number terms that cover a span: a handful, however many values lie in it."""
    low = 0 if least is None else unsigned(least)
    high = (1 << BITS) - 1 if most is None else unsigned(most)
    found: list[str] = []
    while low <= high:
        digits = 0
        # The widest block that begins here and ends before the span does.
        while digits < len(_PLACES) and not low & ((1 << _DIGIT_BITS * (digits + 1)) - 1):
            if low + (1 << _DIGIT_BITS * (digits + 1)) - 1 > high:
                break
            digits += 1
        found.append(f"#{code}{_numerals(low)[: len(_PLACES) - digits]}")
        low += 1 << _DIGIT_BITS * digits
    return found


def _numerals(number: int) -> str:
    """A number in digits of five bits, all of them."""
    return "".join([_NUMERALS[number >> place & 31] for place in _PLACES])
