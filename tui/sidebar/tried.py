"""Where nobody was found: what was tried, in words."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from store import folding
from store.index.vocabulary import SHORTEST_PART
from store.query import All, Any, Condition, Digits, Node, Not, Query, Word
from tui.i18n import _

MOST_LAYOUTS = 2

MOST_WORDS = 12
"""Words that are told of a line: all of a page that was pasted would fill the screen."""

_FRACTION = re.compile(r"\d,\d")


def tried_in_words(query: Query) -> list[str]:
    """What was tried for a query that found nobody: a line each, the first of them a heading.

    Args:
        query: what was asked.
    """
    if query.is_empty:
        return []
    from store.query.marks import without_marks  # most searches find somebody

    tried: list[str] = []
    if query.words:
        tried.append(_("as typed, in every spelling of Ukrainian, Russian and Latin letters"))
    elif query.typed.strip():
        tried.append(_("as typed"))
    several = list(dict.fromkeys(_long_words(query)))
    long = [*several[:MOST_WORDS], *(["…"] if len(several) > MOST_WORDS else [])]
    if long:
        tried.append(
            _("inside words: {words}").format(words=", ".join(word if word == "…" else f"…{word}" for word in long))
        )
    tried += _in_layouts(query.other_layouts()[:MOST_LAYOUTS])
    if long:
        tried.append(_("with one typing error: {words}").format(words=", ".join(long)))
    if query.words:
        tried.append(_("the same names in the other languages"))
    if _has_figures(query.root):
        tried.append(_("figures in house, flat, postcode and other fields"))
    if shorter := without_marks(query):
        tried.append(_("by “{words}” alone").format(words=" ".join(shorter.typed.split())))
    if tried and _has_filters(query.root):
        tried.append(_("The filters hold for all of these: without them there may be somebody"))
    elif not tried:
        tried.append(_("the filters as they stand: nobody is all of that"))
    tried += _in_layouts(islice(query.other_layouts_of_values(), 1))
    tried += alternatives_in_words(query)
    return [_("What was tried:"), *(f"· {text}" for text in tried)] if tried else []


def _in_layouts(readings: Iterable[Query]) -> list[str]:
    return [_("in another keyboard layout: {words}").format(words=" ".join(each.typed.split())) for each in readings]


def alternatives_in_words(query: Query) -> list[str]:
    """How several values of a field are asked for, where commas stand between them: a line, or none."""
    return [
        _("Either of several values is written with “or” between: {example}").format(example=example)
        for example in _alternatives(query)
    ][:1]


def mistakes_in_words(query: Query) -> list[str]:
    """What of a line was not understood: a line, or none."""
    if not query.problems:
        return []
    typed = ", ".join(str(problem.value) for problem in query.wrong)
    return [_("Not understood in the search, and left out: {typed}").format(typed=typed)]


def _alternatives(query: Query) -> Iterator[str]:
    """Filters with a comma between values, `city:Київ,Львів`, as they are written to be understood."""
    for start, end, _kept in query.parts:
        key, colon, value = query.line[start:end].partition(":")
        several = [each.strip() for each in value.split(",")]
        is_fraction = _FRACTION.search(value) is not None
        if colon and key[:1] != "-" and not is_fraction and '"' not in value and len(several) > 1 and all(several):
            yield f" {_('or')} ".join(f"{key}:{each}" for each in several)


def _long_words(query: Query) -> Iterator[str]:
    """The words that are looked for inside others and with an error, as they were typed; not those of phrases."""
    asked = {word.text for word in query.words if not word.whole and len(word.text) >= SHORTEST_PART}
    for start, end in folding.word_spans(query.typed):
        typed = query.typed[start:end]
        if asked.intersection(folding.words(typed)):
            yield typed


def _has_figures(node: Node) -> bool:
    match node:
        case Digits():
            return True
        case Word(text):
            return not node.whole and any(map(str.isdigit, text))
        case All(nodes) | Any(nodes):
            return any(map(_has_figures, nodes))
    return False


def _has_filters(node: Node) -> bool:
    match node:
        case Condition():
            return True
        case Not(inner):
            return _has_filters(inner)
        case All(nodes) | Any(nodes):
            return any(map(_has_filters, nodes))
    return False
