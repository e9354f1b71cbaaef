"""The search language: a line as it is typed, read into a tree of what is asked for."""

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
from store.query.parsing import parse
from store.query.query import Mistake, Query, Sort
from store.query.sorting import parse_sort, target_of
from store.query.tokens import facet, name_token, number_token

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
    "Sort",
    "Spans",
    "Target",
    "Test",
    "Whole",
    "Word",
    "Words",
    "facet",
    "name_token",
    "number_token",
    "parse",
    "parse_sort",
    "rewrite",
    "target_of",
    "whole_key",
    "words_of",
]
