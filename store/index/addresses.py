"""Where clients live and what they write from: whole e-mail addresses, houses and flats behind a street."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

from store.index.asking import Asking
from store.index.docs import NOBODY, Docs
from store.query import All, Any, Condition, Digits, Node, Query, Target, Whole, Word, Words, joined, words_of
from store.query.nodes import WORDY

_LONGEST_HOUSE = 4
"""Figures of a house or a flat."""

_LETTERED = re.compile(r"(\d+)([^\W\d_])")
"""A house with a letter."""

_ADDRESS = re.compile(r'[^\s@"-][^\s@"]*@[^\s@".]+(?:\.[^\s@".]+)+')
EMAIL = Target("contacts.value", "email")
"""What an e-mail address is asked of."""


def whole_addresses(asking: Asking, query: Query) -> Docs:
    """Those who have the whole e-mail addresses that were typed; nobody where none was, or where `or` stands."""
    pieces = [(query.line[start:end], is_kept) for start, end, is_kept in query.parts]
    wholes = [piece for piece, is_kept in pieces if not is_kept and _ADDRESS.fullmatch(piece)]
    is_either = any(is_kept and ":" not in piece for piece, is_kept in pieces)
    if query.reread is None or not wholes or is_either:
        return NOBODY
    rest = query.reread(joined(piece for piece, _ in pieces if piece not in wholes)).root
    # First by their words: the cards of whoever has these are read.
    asked = [Condition(EMAIL, test) for each in wholes for test in (Words(words_of(each, whole=True)), Whole(each))]
    return asking.found(All((*(rest.nodes if isinstance(rest, All) else (rest,)), *asked)))


def has_house(query: Query) -> bool:
    """Whether words and short figures were typed, as of a street and a house."""
    nodes = query.root.nodes if isinstance(query.root, All) else ()
    figures = [node for node in nodes if isinstance(node, Digits) or (isinstance(node, Word) and _is_figure(node))]
    short = [node for node in figures if isinstance(node, Word) or max(map(len, node.pieces)) <= _LONGEST_HOUSE]
    return bool(short) and any(isinstance(node, Word) and not _is_figure(node) for node in nodes)


def _is_figure(word: Word) -> bool:
    return not word.whole and any(map(str.isdigit, word.text))


def in_other_fields(asking: Asking, query: Query) -> Iterator[Query]:
    """Figures also in fields that are looked into only when named: `Морська 15` is a house, `08340` a postcode.

    First those who have just these figures: of a house 15 it is nearer than of a flat 158.
    """
    known = asking.plan.targets.values()
    others = [Target(each.key) for each in known if each.form in WORDY and not (each.searched or each.kind)]

    def somewhere(text: str, *, whole: bool) -> Node:
        words = words_of(text, whole=whole)
        return Any(tuple(Condition(target, Words(words)) for target in others if words))

    def lettered(figures: str, letter: str, *, whole: bool) -> tuple[Node, ...]:
        """A house `15-А`, however it is written."""
        return tuple(somewhere(text, whole=whole) for text in (f"{figures}{letter}", f"{figures} {letter}"))

    def meant(node: Node, *, whole: bool) -> Node:
        match node:
            case Word(text) if _is_figure(node):
                parted = _LETTERED.fullmatch(text)
                apart = lettered(*parted.groups(), whole=whole) if parted else (somewhere(text, whole=whole),)
                return Any((node, *apart))
            case Digits(run, pieces):
                single = tuple(Any((Digits(piece, (piece,)), somewhere(piece, whole=whole))) for piece in pieces)
                return Any((node, somewhere(run, whole=whole), All(single)))
            case All(nodes):
                return All(tuple(together(nodes, whole=whole)))
            case Any(nodes):
                return Any(tuple(meant(each, whole=whole) for each in nodes))
        return node

    def together(nodes: Sequence[Node], *, whole: bool) -> Iterator[Node]:
        """Nodes of which all are asked: a letter behind figures goes with them."""
        rest = list(nodes)
        while rest:
            node = rest.pop(0)
            found = meant(node, whole=whole)
            if rest and (figures := _figures(node)) and _is_letter(letter := rest[0]):
                rest.pop(0)
                found = Any((All((found, letter)), *lettered(figures, letter.text, whole=whole)))
            yield found

    roots = dict.fromkeys(meant(query.root, whole=whole) for whole in (True, False))
    for root in roots:
        if root != query.root:
            yield replace(query, root=root)


def _figures(node: Node) -> str:
    """Figures that a letter may follow; "" for none."""
    if isinstance(node, Digits):
        return node.run if len(node.pieces) == 1 else ""
    return node.text if isinstance(node, Word) and node.text.isdigit() and not node.whole else ""


def _is_letter(node: Node) -> TypeGuard[Word]:
    return isinstance(node, Word) and len(node.text) == 1 and node.text.isalpha()
