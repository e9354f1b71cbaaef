"""Cures for defects of Textual 8.2.8 that no subclass of its widgets reaches."""

from functools import lru_cache, partial
from typing import Any

from textual import dom
from textual._styles_cache import StylesCache
from textual.cache import LRUCache
from textual.color import Color
from textual.style import Style

ANSWERS = 32
"""What a widget is asked about its children between two changes of them, with room to spare."""


def cure() -> None:
    """Mend what is known; done once, before the application starts."""
    _forget_closed_dialogs()
    _forget_old_answers()


def _forget_old_answers() -> None:
    """Remember what was asked of a tree of widgets last, and not 1,024 answers of each: 300 bytes an answer.

    An answer is known by the number of changes of the tree, so that each change leaves those before it behind.
    """
    dom.LRUCache = _FewAnswers  # type: ignore[attr-defined]


class _FewAnswers(LRUCache[Any, Any]):
    def __init__(self, maxsize: int) -> None:
        super().__init__(min(maxsize, ANSWERS))


def _forget_closed_dialogs() -> None:
    """Let go of the lines that closed dialogs drew: 30 KB each.

    A method that answers by two colours alone remembers its last 1,024 answers by `self` as well, and with it
    holds everything the widget drew.
    """
    original = getattr(StylesCache.get_inner_outer, "__wrapped__", None)
    if original is None:
        return
    remembered = lru_cache(1024)(partial(original, StylesCache))

    def get_inner_outer(cache: StylesCache, base_background: Color, background: Color) -> tuple[Style, Style]:
        styles: tuple[Style, Style] = remembered(base_background, background)
        return styles

    StylesCache.get_inner_outer = get_inner_outer  # type: ignore[method-assign, assignment]
