"""Runs of digits: how those of a phone lie in the index."""

from store import folding
from store.index.terms import BEGINNINGS, EXTENSION
from store.query.nodes import COUNTRY_DIGITS, in_phone


def run_of(phone: str) -> str:
    """The digits of a phone, which is shown as it was typed where it is none that can be called."""
    return phone if phone[1:].isdecimal() else folding.digits(phone.partition(EXTENSION)[0])


def as_beginnings(run: str) -> list[str]:
    """The beginnings of phones in which a run stands as people begin one: with its country code or without."""
    meant = (run, f"38{run}" if run.startswith("0") else "", f"380{run}")
    return [digits for digits in meant if len(digits) in BEGINNINGS]


def closings(run: str) -> list[str]:
    """The terms of a phone's last three digits in which one or two digits may be that no run of four begins with."""
    return [f"${number:03}" for number in range(1000) if run in f"{number:03}"]


def is_phone(phone: str, digits: str) -> bool:
    """Whether digits are all of a phone, or all but its country's code."""
    held, run = folding.digits(phone.partition(EXTENSION)[0]), in_phone(digits)
    return held == digits or (held.endswith(run) and len(held) - len(run) <= COUNTRY_DIGITS)
