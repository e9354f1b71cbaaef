"""The search language: a line as it is typed, read into a tree of what is asked for.

What most searches do without, filters and orders, is loaded when asked for.
"""

from typing import TYPE_CHECKING
from typing import Any as Anything

from store.query.nodes import (
    FIGURES,
    All,
    Any,
    Condition,
    Digits,
    Node,
    Not,
    Number,
    Phrase,
    Present,
    Related,
    Spans,
    Target,
    Test,
    Whole,
    Word,
    Words,
    rewrite,
    whole_key,
    words_of,
)
from store.query.parsing import narrowed, parse, seen
from store.query.query import Mistake, Query, distinct, joined

if TYPE_CHECKING:
    from store.query.sorting import Sort as Sort
    from store.query.sorting import parse_sort as parse_sort
    from store.query.sorting import target_of as target_of

__all__ = [
    "FIGURES",
    "All",
    "Any",
    "Condition",
    "Digits",
    "Mistake",
    "Node",
    "Not",
    "Number",
    "Phrase",
    "Present",
    "Query",
    "Related",
    "Sort",
    "Spans",
    "Target",
    "Test",
    "Whole",
    "Word",
    "Words",
    "distinct",
    "joined",
    "narrowed",
    "parse",
    "parse_sort",
    "rewrite",
    "seen",
    "target_of",
    "whole_key",
    "words_of",
]


def __getattr__(name: str) -> Anything:
    if name in ("Sort", "parse_sort", "target_of"):
        from store.query import sorting

        return getattr(sorting, name)
    raise AttributeError(name)
