"""Looks of cells as the parameters of an SGR sequence (ECMA-48, 8.3.117), and the shortest way from one to another."""

from functools import lru_cache
from typing import NamedTuple

RESET_OF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29"}
RESET_OF |= {"21": "24", "53": "55"}
"""The code that takes an attribute back. 22 takes back bold and dim together, 25 both ways of blinking."""

UNSEEN_ON_BLANKS = frozenset({"1", "2", "3"})
"""Attributes that change nothing about a blank cell: bold, dim, italic."""


class Look(NamedTuple):
    """A look taken apart."""

    attributes: frozenset[str]
    foreground: str
    background: str


@lru_cache(4096)
def look_of(parameters: str) -> Look:
    """The look that these SGR parameters, set after a reset, come to."""
    attributes: set[str] = set()
    foreground = background = ""
    codes = parameters.split(";") if parameters else []
    at = 0
    while at < len(codes):
        code, taken = codes[at], 1
        if code in ("38", "48"):
            taken = 3 if codes[at + 1 : at + 2] == ["5"] else 5
            colour = ";".join(codes[at : at + taken])
            foreground, background = (colour, background) if code == "38" else (foreground, colour)
        else:
            match int(code or 0):
                case 0:
                    attributes.clear()
                    foreground = background = ""
                case number if 30 <= number <= 37 or 90 <= number <= 97:
                    foreground = code
                case number if 40 <= number <= 47 or 100 <= number <= 107:
                    background = code
                case 39:
                    foreground = ""
                case 49:
                    background = ""
                case _:
                    attributes.add(code)
        at += taken
    return Look(frozenset(attributes), foreground, background)


@lru_cache(8192)
def change(before: str | None, after: str) -> str:
    """The shortest sequence that brings a terminal from one look to another.

    Args:
        before: Parameters of the look in force; None where it is not known.
        after: Parameters of the look wanted.
    """
    if before == after:
        return ""
    whole = f"\x1b[0;{after}m" if after else "\x1b[m"
    if before is None or not after:
        return whole
    old, new = look_of(before), look_of(after)
    resets = {RESET_OF.get(attribute, "0") for attribute in old.attributes - new.attributes}
    if "0" in resets:
        return whole
    lost_too = {attribute for attribute in new.attributes if RESET_OF.get(attribute) in resets}
    codes = [*sorted(resets), *sorted((new.attributes - old.attributes) | lost_too)]
    if new.foreground != old.foreground:
        codes.append(new.foreground or "39")
    if new.background != old.background:
        codes.append(new.background or "49")
    step = f"\x1b[{';'.join(codes)}m" if codes else ""
    return min(step, whole, key=len)


@lru_cache(4096)
def erasable(parameters: str) -> bool:
    """Whether a blank of that look is the same as a cell erased in it."""
    return look_of(parameters).attributes <= UNSEEN_ON_BLANKS
