"""Of those found in one way, who stands nearer to what was typed: they come first, each group in its own order.

First comes whose number or identifier it is. Nearest are those called so as it stands: `шевч оле` is first of all a
Shevchenko whose first name begins so (of many, first those whose last name is just that, as `Koval` is a Коваль
before a Коваленко, then those whose letters are the ones that were typed, and not only taken for the same:
`store.index.initials`), then one who is named so the other way round; after them whose name holds the words anywhere
(`іванов` of a patronymic), and last who only lives in that street. Of words that were taken for others, the fewer
were, the nearer. Of digits in pieces, those who have them in one run.
"""

from collections.abc import Iterable, Iterator, Sequence

from store.index.addresses import EMAIL
from store.index.asking import Asking
from store.index.docs import Docs
from store.index.initials import begun_with
from store.index.sets import union
from store.query import All, Any, Digits, Node, Query, Target, Word
from store.query.nodes import wordy

_LAST, _FIRST = Target("person.last_name"), Target("person.first_name")
_AT = "@"

_FEW = 16
"""So many are seen at once in any window: there the order of names is easier to look through."""

_OF_NUMBER = 3
"""Digits that somebody's number or identifier has at least, to be looked for as such."""

_MANY = 50
"""Behind so many that are nearer nobody looks for anybody."""


def groups(asking: Asking, query: Query, docs: Docs, *, as_typed: bool) -> Iterator[Docs]:
    """Those whom a reading of the line found, in groups, the nearest first.

    Args:
        asking: The index.
        query: What was looked for.
        docs: Who was found by it.
        as_typed: Whether no word of it may have been meant as another.
    """
    is_number = len(docs) > 1 and sum(map(str.isdigit, query.typed)) >= _OF_NUMBER
    if is_number and (owning := docs & asking.owning(query.typed)):
        yield owning
        docs = docs - owning
    named = asking.named(query.root) if len(docs) > 1 else None
    if named is None:
        yield from _parted(docs, _by_run(asking, query.root, docs))
        return
    words = wordy(query.root)
    for near in _parted(docs, [*_by_field(asking, query, words, docs, named), named]):
        yield from (near,) if as_typed else _parted(near, _by_slips(asking, words, near))


def _by_field(asking: Asking, query: Query, words: Sequence[Node], docs: Docs, named: Docs) -> Iterator[Docs]:
    """Who has that e-mail address; who is called so, last name first, and who the other way round."""
    if len(docs) <= _FEW:
        return
    if _AT in query.typed:
        yield _begun(asking, docs, [(EMAIL, word) for word in words])
    called = docs & named
    nearer = _begun(asking, called, list(zip((_LAST, _FIRST), words, strict=False)))
    if len(nearer) > _FEW:
        typed = [word for word in query.typed.split() if not word.startswith("-")]
        written = begun_with(asking, nearer, typed[0] if typed else "")
        whole = nearer & asking.called(_LAST, words[0])
        yield whole & written
        yield whole
        yield written
    yield nearer
    if len(nearer) < _MANY:
        yield _begun(asking, called - nearer, list(zip((_FIRST, _LAST), words, strict=False)))


def _by_run(asking: Asking, node: Node, docs: Docs) -> Iterator[Docs]:
    """Who has all the digits in one run: of `067-123` each piece may stand in another place, a house or a word."""
    if isinstance(node, Digits) and len(node.pieces) > 1 and len(docs) > 1:
        yield asking.found(Digits(node.run, (node.run,)))


def _begun(asking: Asking, docs: Docs, asked: Sequence[tuple[Target, Node]]) -> Docs:
    for target, word in asked:
        docs = asking.begun(target, word, docs) if docs else docs
    return docs


def _by_slips(asking: Asking, words: Sequence[Node], near: Docs) -> Iterator[Docs]:
    """Of whom one word alone was taken for another."""
    taken = [word for word in words if isinstance(word, Any)]
    if len(taken) > 1 and len(near) > 1:
        yield union(
            asking.found(All(tuple(each if each is one else _as_typed(each) for each in words))) for one in taken
        )


def _as_typed(node: Node) -> Node:
    """The word that was typed, of a word and what it may have been meant as."""
    return node.nodes[0] if isinstance(node, Any) and isinstance(node.nodes[0], Word) else node


def _parted(docs: Docs, nearer: Iterable[Docs]) -> Iterator[Docs]:
    """The set in groups: who is in the first of these, who of the rest in the second …, and who in none."""
    rest = docs
    for near in nearer:
        if group := rest & near:
            yield group
            rest = rest - group
    if rest:
        yield rest
