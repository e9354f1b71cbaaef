"""The ways in which a line may have been meant: as typed, another keyboard, inside of words, a slip, another language.

A keyboard on which a word falls to pieces comes last, where nobody else is found: that is how an address is garbled,
but `ґ` with a slip as well. One that makes a word of pieces comes first.
Each way is tried where the ones before leave room on the first page (names in another language, and a house behind a
street, always), and adds only whom they did not find.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from store import folding
from store.index import vocabulary
from store.index.addresses import has_house, in_other_fields, whole_addresses
from store.index.asking import Asking
from store.index.docs import NOBODY, Docs
from store.query import (
    All,
    Any,
    Condition,
    Digits,
    Node,
    Not,
    Phrase,
    Query,
    Word,
    rewrite,
    words_of,
)

_TELLING_LETTERS = 3
"""Shorter words are words in every layout: another one is tried for them only where nothing was found."""

PAGE = 50
"""Clients of a first page: where fewer are found as typed, other ways are looked for."""

_FEW = 5
"""Where so many are found, nothing far-fetched is looked for: `Korolev` as Корольов, beside koroleva@example.com."""

_INITIALS = 2

_LONG = 6
"""Signs of two groups that may be one identifier: `UA 21` is none."""

_GROUPS = re.compile(r"\d+|[^\W\d_]+")

_WORDS = 40
"""So many words of the vocabulary are taken for one that was typed."""

Reading = tuple[str, Query, Docs]
"""How, what was looked for, and who is found by it and by none before."""


def other_readings(asking: Asking, query: Query, enough: int) -> Iterator[Reading]:
    """The query as typed, then as it may have been meant while fewer than `enough` are found; in each way once.

    Only what falls to pieces as typed and is whole in another layout comes before.
    Whether enough are found goes by the words alone: a filter narrows the list that they make, and never adds to it.
    Only where nothing is left of that list, the filters are asked together with what else may have been meant.
    """
    if found := whole_addresses(asking, query):
        yield "", query, found
        return
    found = asking.found(query.root)
    if enough and (together := _put_together(asking, query)):
        # First: by what is left of the word, strangers are found.
        meant_so = NOBODY
        for how, meant, docs in other_readings(asking, together, enough):
            if how != "layout":
                meant_so = meant_so | docs
                yield how or "layout", meant, docs
        yield "", query, found - meant_so
        return
    yield "", query, found
    if not enough or query.is_empty:
        return
    is_found = bool(found)
    for reading in _meant_otherwise(asking, query, enough, found) if query.words else ():
        is_found = True
        yield reading
    if is_found:
        return
    for meant in query.other_layouts_of_values():
        if docs := asking.found(meant.root):
            yield "layout", meant, docs
            return
    for meant in (*_joined(query), *_inside_addresses(asking, query), *_apart(query)):
        if docs := asking.found(meant.root):
            yield "part", meant, docs
            return
    others = list(in_other_fields(asking, query))
    for meant in chain(others, _otherwise(asking, others)):
        if docs := asking.found(meant.root):
            yield "field", meant, docs
            return
    from store.query.marks import without_marks  # few searches come so far

    if shorter := without_marks(query):
        for how, meant, docs in other_readings(asking, shorter, enough):
            yield how or "shorter", meant, docs


def _meant_otherwise(asking: Asking, query: Query, enough: int, found: Docs) -> Iterator[Reading]:
    # Letters that are signs in the layout they were typed in (`,jy` is `бон`) count as well.
    if not any(_letters(reading) >= _TELLING_LETTERS for reading in _in_layouts(query)):
        enough = min(enough, 1)
    is_found = bool(found)
    for reading in _others(asking, query, enough, found, _unfiltered):
        is_found = True
        yield reading
    if not is_found and _unfiltered(query.root) != query.root:
        yield from _others(asking, query, enough, found, lambda root: root)


def _others(
    asking: Asking, query: Query, enough: int, found: Docs, counted: Callable[[Node], Node]
) -> Iterator[Reading]:
    """How the query may have been meant otherwise.

    Args:
        asking: The index.
        query: As typed.
        enough: So many need no other way.
        found: Whom it finds as typed.
        counted: The part of a tree by which it is told whether enough are found.
    """
    known = found if counted(query.root) == query.root else asking.found(counted(query.root))
    used: set[str] = set()
    ways = _always(asking, query) if len(known) >= enough else _ways(asking, query, enough)
    for how, most, readings in ways:
        for reading in readings if len(known) < most else ():
            root = counted(reading.root)
            meant = asking.found(root) if how not in used else NOBODY
            if more := meant - known:
                known = known | more
                used.add(how)
                docs = (meant if root == reading.root else asking.found(reading.root)) - found
                if docs:
                    found = found | docs
                    yield how, reading, docs
                break


def _put_together(asking: Asking, query: Query) -> Query | None:
    """The reading in another layout in which a word that falls apart as typed is one; None where it finds nobody."""
    for reading in query.other_layouts() if query.falls_apart else ():
        # Where only letters of two Cyrillic layouts are exchanged, the pieces are still there.
        is_whole = not reading.falls_apart and len(reading.words) <= len(query.words)
        if is_whole and asking.found(reading.root):
            return reading
    return None


def _in_layouts(query: Query) -> Iterator[Query]:
    yield query
    yield from query.other_layouts()


def _letters(query: Query) -> int:
    return sum(len(word.text) for word in query.words)


def _unfiltered(node: Node) -> Node:
    """A tree without what only narrows: filters, exclusions, and phrases, for which cards have to be read."""
    match node:
        case All(nodes):
            return All(tuple([each for each in nodes if not _narrows(each)]))
        case _ if _narrows(node):
            return All(())
    return node


def _narrows(node: Node) -> bool:
    match node:
        case Any(nodes) | All(nodes):
            return all(map(_narrows, nodes))
    return isinstance(node, Condition | Not | Phrase)


_Way = tuple[str, int, Iterable[Query]]
"""How, from how many found it is not tried, and the readings, the likeliest first."""


def _always(asking: Asking, query: Query) -> Iterator[_Way]:
    """What may have been meant however many are found."""
    # By their digits strangers are found: of a house with a street its own people must not be hidden by them.
    yield "field", sys.maxsize, islice(in_other_fields(asking, query), 1) if has_house(query) else ()
    # Who is called so in another language is always told.
    yield "language", sys.maxsize, _languages(asking, query)


def _ways(asking: Asking, query: Query, enough: int) -> Iterator[_Way]:
    """All that may have been meant, the likeliest first."""
    whole: list[Query] = []
    in_pieces: list[Query] = []
    for reading in query.other_layouts():
        (in_pieces if len(reading.words) > len(query.words) else whole).append(reading)
    yield "layout", enough, whole
    field, language = _always(asking, query)
    yield field
    yield "part", enough, _parts(asking, query)
    yield "typo", enough, _typos(asking, query)
    yield "typo", min(enough, _FEW), _sounding(asking, query)
    yield language
    yield "language", sys.maxsize, chain.from_iterable(_languages(asking, reading) for reading in whole)
    yield "both", 1, _both(asking, query)
    yield "layout", 1, in_pieces


def _parts(asking: Asking, query: Query) -> Iterator[Query]:
    def containing(form: str) -> list[str]:
        return asking.words(form, "part", lambda form: vocabulary.containing(asking.db, form, _WORDS))

    def inside(word: Word) -> list[Word]:
        forms = [form for form in word.forms if len(form) >= vocabulary.SHORTEST_PART]
        if word.whole or len(word.text) < vocabulary.SHORTEST_PART:
            return []
        return [meant for form in forms for meant in _meant(containing(form))]

    yield from _rewritten(query, inside)


def _inside_addresses(asking: Asking, query: Query) -> Iterator[Query]:
    """Parts of e-mail addresses with figures in them (`seeva40`), which are in no vocabulary."""
    planned = asking.plan.targets.get(("contacts.value", "email"))

    def inside(word: Word) -> list[Word]:
        # Of a part without figures the vocabulary knows whole words; and every slip would look through all of them.
        is_part = len(word.text) >= vocabulary.SHORTEST_PART and any(map(str.isdigit, word.text))
        if planned is None or word.whole or not (word.text.isascii() and is_part):
            return []
        space = f"f{planned.code}"
        held = asking.words(
            word.forms[0], "address", lambda part: vocabulary.in_addresses(asking.db, space, part, _WORDS)
        )
        return [Word(skeleton, (skeleton,), whole=True) for skeleton in held]

    yield from _rewritten(query, inside)


def _joined(query: Query) -> Iterator[Query]:
    """What was typed in groups as one word: `AA 1234 BB` is how a number plate is read out, `FA-123456` a passport."""
    root = query.root
    nodes = root.nodes if isinstance(root, All) else ()
    texts = [each.run if isinstance(each, Digits) else each.text for each in nodes if isinstance(each, Digits | Word)]
    together = "".join(texts)
    is_long = len(texts) > 2 or (len(texts) > 1 and len(together) >= _LONG)
    if is_long and len(texts) == len(nodes) and any(map(str.isdigit, together)):
        (word,) = words_of(together)
        yield replace(query, root=word)


def _apart(query: Query) -> Iterator[Query]:
    """What was typed as one word in its groups: `TWK7403` of TWK-7403, initials `ОП` behind a name."""
    has_name = any(len(word.text) > _INITIALS for word in query.words)

    def parted(word: Word) -> Node:
        groups = _GROUPS.findall(word.text)
        if len(groups) == 1 and len(word.text) == _INITIALS and word.text.isalpha() and has_name:
            groups = list(word.text)
        return word if word.whole or len(groups) < 2 else All(words_of(" ".join(groups)))

    root = rewrite(query.root, parted)
    if root != query.root:
        yield replace(query, root=root)


def _otherwise(asking: Asking, readings: Iterable[Query]) -> Iterator[Query]:
    """Readings with a slip, or in another language."""
    for reading in readings:
        if not reading.words:
            continue
        yield from _languages(asking, reading)
        yield from _typos(asking, reading)


def _typos(asking: Asking, query: Query) -> Iterator[Query]:
    yield from _rewritten(query, _slipping(asking, query, vocabulary.near))


def _sounding(asking: Asking, query: Query) -> Iterator[Query]:
    """A Latin word that has near ones, other clients' perhaps, as one that is near to a Cyrillic one."""
    slipped, sounding = _slipping(asking, query, vocabulary.near), _slipping(asking, query, vocabulary.sounding_near)
    if any(word.text.isascii() and slipped(word) for word in query.words):
        yield from _rewritten(query, lambda word: [*slipped(word), *sounding(word)])


def _slipping(asking: Asking, query: Query, near: Callable[..., list[str]]) -> Callable[[Word], list[Word]]:
    last = query.words[-1] if not query.line.endswith(" ") else None

    def slipped(word: Word) -> list[Word]:
        if word.whole:
            return []
        typing = word is last
        how = f"{near.__name__} {typing}"
        known = asking.words(word.text, how, lambda text: near(asking.db, text, _WORDS, typing=typing))
        return [Word(form, (form,), whole=True) for form in known]

    return slipped


def _languages(_asking: Asking, query: Query) -> Iterator[Query]:
    yield from _rewritten(query, _in_languages)


def _in_languages(word: Word) -> list[Word]:
    from store.query import given_names, place_names

    return [*given_names.languages(word), *place_names.languages(word)]


def _both(asking: Asking, query: Query) -> Iterator[Query]:
    """One word with a slip and another in another language: `Ковалёв Николай`, who is called Ковальов Микола."""
    if len(query.words) > 1 and any(map(_in_languages, query.words)):
        slipped = _slipping(asking, query, vocabulary.near)
        yield from _rewritten(query, lambda word: [*_in_languages(word), *slipped(word)])


def _rewritten(query: Query, others: Callable[[Word], list[Word]]) -> Iterator[Query]:
    """The query with every word also meant as others; none where no word has any."""
    changed = False

    def change(word: Word) -> Node:
        nonlocal changed
        meant = others(word)
        changed = changed or bool(meant)
        return Any((word, *meant)) if meant else word

    root = rewrite(query.root, change)
    if changed:
        yield replace(query, root=root)


def _meant(words: list[str]) -> list[Word]:
    return [Word(word, forms, whole=True) for word in words if (forms := folding.forms(word))]
