"""Cures for defects of Textual 8.2.8 that no subclass of its widgets reaches."""

from functools import lru_cache, partial

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


def cure() -> None:
    """Mend what is known; done once, before the application starts."""
    _forget_closed_dialogs()


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
