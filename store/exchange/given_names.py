"""Common first names of Ukraine, Russia and the English world: they tell "Олена Шевченко" from "Шевченко Олена"."""

import re

from store.query.given_names import GROUPS

_PATRONYMIC = re.compile(
    r"(?:[оеєії]вич|[їйь]ович|[иі]ч|[оеєії]вна|[їйь]івна|івна|ївна|[иі]ч?инична|[іи]чна"
    r"|[oei]vych|[oe]vich|[iy]ivna|ivna|[oe]vna)$",
    re.IGNORECASE,
)

_MORE_NAMES = """
пётр орися christopher joshua kenneth kevin brian ronald jason jeffrey ryan gary jonathan larry scott brandon benjamin
samuel frank raymond patrick jerry tyler aaron adam nathan walter kyle harold oliver harry noah oscar ian patricia
jennifer linda susan jessica sarah karen nancy ashley kimberly donna michelle carol amanda dorothy melissa deborah
rebecca sharon laura cynthia kathleen amy shirley brenda pamela emma nicole samantha debra rachel carolyn janet
heather ruth olivia joyce virginia kelly lauren joan judith megan cheryl jacqueline gloria sara madison frances janice
abigail alice judy grace denise amber doris marilyn danielle beverly isabella brittany charlotte kayla lori lucy
amelia freya florence oleksandr andrii andriy dmitriy yuriy yurii oleksii vitaliy mariya oleksandra valentyna
viktoriia
"""
GIVEN_NAMES = frozenset([*GROUPS.split(), *_MORE_NAMES.split()])
"""Those that go by other names in other languages, and those that do not."""


def is_given(word: str) -> bool:
    """Whether a word is a common first name."""
    plain = word.casefold().replace("’", "'").replace("ʼ", "'").replace("`", "'")
    return plain in GIVEN_NAMES or ("-" in plain and all(part in GIVEN_NAMES for part in plain.split("-")))


def may_be_patronymic(word: str) -> bool:
    """Whether a word ends as patronymics do; some surnames do too (Абрамович), so its place decides."""
    return len(word) > 5 and _PATRONYMIC.search(word) is not None
