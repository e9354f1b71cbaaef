"""Harmless text: what people typed, as it may be put on the screen.

A client's name can hold anything: escape sequences that would write the operator's clipboard, marks that turn a line
around, characters nobody sees, a thousand accents over one letter. What is stored is never touched; what is shown
goes through here. Every character that a terminal would obey, or that hides, becomes a visible mark of one cell.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.content import Content

MOST_MARKS = 3
"""Combining marks kept over one letter: Vietnamese takes two, Hebrew points three."""

LONGEST = 4096
"""Characters of one value that are ever drawn; no line of a terminal shows more."""

NEWLINE = "⏎"
UNSEEN = "\N{REPLACEMENT CHARACTER}"
CUT = "…"

HOSTILE = (
    "\x00-\x1f\x7f-\x9f"  # controls, and their 8-bit twins
    "\u00ad"  # soft hyphen: seen by some terminals only
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # fillers that look like nothing
    "\u061c\u180b-\u180f\u200b-\u200f"  # bidi marks, Mongolian selectors, zero width
    "\u2028-\u202e\u2060-\u206f"  # separators, bidi embeddings and isolates, invisible operators
    "\ufeff\ufff0-\ufffb"  # byte order mark, interlinear annotation
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # formats of shorthand and of music
    "\U000e0000-\U000e0fff"  # tags and variation selectors
    "\ud800-\udfff"  # half a character
)
"""The inside of a regular expression class: what never reaches the terminal from data."""

_HOSTILE = re.compile(f"[{HOSTILE}]")
_PICTURE_SELECTORS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
"""Text or picture, and the skin of a picture. Terminals do not agree how wide the character before them then is."""
_LINE_END = re.compile("\r\n?|[\n\x85\u2028\u2029]")
_PLAIN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e\u20a0-\u20c0]*")
"""Letters, digits and punctuation of one cell each, with nothing that combines: nearly every value there is."""


def _mark(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code in (0x0A, 0x0D, 0x85, 0x2028, 0x2029):
        return NEWLINE
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else UNSEEN


def marked(text: str) -> str:
    """The text with each hostile character as one visible mark; as many characters as before."""
    if _PLAIN.fullmatch(text):
        return text
    return _HOSTILE.sub(_mark, _PICTURE_SELECTORS.sub(UNSEEN, text))


def safe(text: str) -> str:
    """One line of harmless text: hostile characters as marks, accents over one letter bounded.

    Text beyond `LONGEST` characters is cut and ends in an ellipsis. `safe(safe(text)) == safe(text)`.
    """
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + CUT
    return text if _PLAIN.fullmatch(text) else _tamed(text)


@lru_cache(1024)
def _tamed(text: str) -> str:
    text = _PICTURE_SELECTORS.sub("", _LINE_END.sub(NEWLINE, text))
    return _unstacked(_HOSTILE.sub(_mark, text))


def _unstacked(text: str) -> str:
    """No more than `MOST_MARKS` combining marks over a letter, and none without a letter to stand on."""
    if _PLAIN.fullmatch(text):
        return text
    from tui.terminal.cells import char_width  # the command line says names too, and need not load rich for most

    kept: list[str] = []
    room = 0
    for char in text:
        if char_width(char):
            room = MOST_MARKS
        elif not kept:
            kept.append("\N{DOTTED CIRCLE}")
            room = MOST_MARKS - 1
        elif room:
            room -= 1
        else:
            continue
        kept.append(char)
    return "".join(kept)


def lines(text: str) -> list[str]:
    """The text as harmless lines, broken where its author broke them; tabs become blanks."""
    return [safe(line.replace("\t", "    ")) for line in _LINE_END.split(text)]


def content(text: str, style: str = "") -> "Content":
    """The text for a Textual widget: harmless, and never read as markup."""
    # Here, not above: the command line shows harmless text too, and importing Textual takes longer than a whole `find`.
    from textual.content import Content

    return Content.styled(safe(text), style) if style else Content(safe(text))
