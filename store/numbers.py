"""Client numbers such as `K-4821-7`: random, easy to say, and nearly every slip in one is noticed.

The last digit is Damm's check digit (H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004): it catches
every wrong digit and every swap of neighbours. Digits only: letters clash with Cyrillic look-alikes, need another
keyboard layout and are on no keypad.
"""

import os
import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from store.errors import Invalid, Problem

LEAST_DIGITS = 4
"""Payload digits of a store of up to 1,000 clients."""

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−_./№#]+")
_NUMBER = re.compile(r"[KkКк]?([0-9]{2,})")
# The beast, codes of hatred, years of famine, terror and war, the dead and the wounded of armies, a narcotics
# article and other numbers that nobody wants on a card.
_OFFENDING = re.compile(r"666|1488|88|14.?88|193[2379]|1941|2014|2022|200|300|228|1312|69|420|0000")
_CANDIDATES = 60
_AT_ONCE = 5_000


def check_digit(payload: str) -> str:
    """Damm's check digit of a run of digits."""
    interim = 0
    for digit in payload:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def pretty(payload: str) -> str:
    """The number of a payload, with its check digit, in groups that can be said: `K-4821-7`, `K-482-137-5`."""
    groups = -(-len(payload) // 4)
    least, more = divmod(len(payload), groups)
    parts: list[str] = []
    place = 0
    for group in range(groups):
        size = least + (group < more)
        parts.append(payload[place : place + size])
        place += size
    return "-".join(("K", *parts, check_digit(payload)))


def digits(typed: str) -> str | None:
    """All digits of a number in any spelling, or None for what can't be one.

    The letter (Latin or Cyrillic, or none), spaces, dashes and other dividers don't matter.
    """
    match = _NUMBER.fullmatch(_SEPARATORS.sub("", typed))
    return match[1] if match else None


def parse(typed: str) -> str:
    """The number as stored, from any spelling.

    Raises:
        Invalid: `client-number-unreadable`, or `number-check-digit` where a digit is wrong.
    """
    found = digits(typed)
    if found is None or len(found) <= LEAST_DIGITS:
        raise Invalid([Problem("number", "client-number-unreadable", typed)])
    if check_digit(found[:-1]) != found[-1]:
        raise Invalid([Problem("number", "number-check-digit", typed)])
    return pretty(found[:-1])


def length(clients: int) -> int:
    """Payload digits for a store of that many clients: so many that at most 11 % of the numbers are given."""
    return max(LEAST_DIGITS, len(str(max(clients, 1) - 1)) + 1)


def offends(number: str) -> bool:
    """Whether a number says what nobody wants to be called by."""
    return bool(_OFFENDING.search("".join(letter for letter in number if letter.isdigit())))


def effort(payload: str) -> int:
    """How hard a number is to say and to keep in mind; less is easier."""
    distinct = len(set(payload))
    runs = sum(first != second for first, second in pairwise(payload))
    steps = {int(second) - int(first) for first, second in pairwise(payload)}
    half = len(payload) // 2
    patterned = payload == payload[::-1] or payload[:half] == payload[-half:] or len(steps) == 1
    return 2 * distinct + runs - (3 if patterned else 0)


def free(count: int, clients: int, taken: Callable[[Iterable[str]], set[str]]) -> list[str]:
    """Numbers that nobody has or had, the easiest first.

    Args:
        count: How many.
        clients: How many clients the store has; decides how long the numbers are.
        taken: Which of the numbers asked are or were somebody's.
    """
    size = length(clients)
    found: dict[str, None] = {}
    while len(found) < count:
        wanted = min(2 * (count - len(found)), _AT_ONCE)
        offered = {pretty(payload) for payload in _random_payloads(max(_CANDIDATES, wanted), size)}
        offered = {number for number in offered if not offends(number)}
        offered -= taken(offered)
        ranked = sorted(offered, key=lambda number: effort(number[1:].replace("-", "")[:-1]))
        found.update(dict.fromkeys(ranked))
    return list(found)[:count]


def _random_payloads(count: int, size: int) -> list[str]:
    low = 10 ** (size - 1)
    span = 9 * low
    return [str(low + int.from_bytes(os.urandom(8), "big") % span) for _ in range(count)]
