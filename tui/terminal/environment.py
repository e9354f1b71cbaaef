"""What must be set before Textual is imported, as it reads its settings while it is."""

import os
import sys
from contextlib import suppress

TRUE_COLOUR = ("xterm-kitty", "foot", "foot-extra", "alacritty", "wezterm", "xterm-ghostty", "ghostty", "contour")
"""Values of $TERM of terminals that all know 24-bit colours; SSH does not pass $COLORTERM on."""

SETTINGS = {
    # A frame waits for its beat; at 60 a result list comes 34 ms after its letter, at 120 21, at 500 14. Idle has none.
    "TEXTUAL_FPS": "500",
    # Milliseconds after which ESC is the key and not the beginning of a sequence.
    "ESCDELAY": "25",
    # A tab underline that glides costs 18 frames on a slow line.
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
}

_M_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's malloc.h."""


def prepare() -> None:
    """Set what the operator has not set otherwise, and let any text out whatever the locale."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    if os.environ.get("TERM") in TRUE_COLOUR:
        os.environ.setdefault("COLORTERM", "truecolor")
    for stream in (sys.__stderr__, sys.__stdout__):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    _share_heaps()


def _share_heaps() -> None:
    """Let all threads share two heaps, where the C library is glibc.

    It gives every thread one of its own, and what a worker frees there nobody else gets: a day of saving would cost
    some 10 MB more.
    """
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
