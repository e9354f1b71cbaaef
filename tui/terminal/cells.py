"""Text measured in the terminal's cells.

Widths are those the compositor lays out by (Rich's tables), so what is measured here is what is drawn. Texts are
expected to have passed `tui.terminal.safe`: without joiners and selectors a width is the sum of its characters'.
"""

from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size

char_width = get_character_cell_size
"""Cells one character takes: 0, 1 or 2."""

ELLIPSIS = "…"


def width(text: str) -> int:
    """Cells the text takes."""
    return cell_len(text)


@lru_cache(4096)
def cells(text: str) -> tuple[str, ...]:
    """The text cell by cell: an empty string follows a wide character, marks join the character before them.

    The tuple has exactly `width(text)` items, except that marks with nothing to stand on are lost.
    """
    total = cell_len(text)
    if len(text) == total and text.isascii():
        return tuple(text)
    found: list[str] = []
    for char in text:
        match char_width(char):
            case 0:
                _join(found, char)
            case 2:
                found += (char, "")
            case _:
                found.append(char)
    if len(found) == total or not found:
        return tuple(found)
    # Joined pictures, where the tables see one wide character in several: kept as a whole.
    return (text, *("" for _ in range(total - 1)))


def _join(found: list[str], mark: str) -> None:
    at = len(found) - 1
    while at > 0 and not found[at]:
        at -= 1
    if at >= 0:
        found[at] += mark


def crop(text: str, room: int) -> str:
    """As much of the text as the room holds, with an ellipsis where something is left out."""
    if room <= 0:
        return ""
    if cell_len(text) <= room:
        return text
    taken: list[str] = []
    left = room - 1
    for char in text:
        left -= char_width(char)
        if left < 0:
            break
        taken.append(char)
    return "".join(taken) + ELLIPSIS


def fit(text: str, room: int, *, right: bool = False) -> str:
    """The text in exactly so many cells: cropped, or filled with blanks (on the left side if `right`)."""
    cropped = crop(text, room)
    blanks = " " * (room - cell_len(cropped)) if room > 0 else ""
    return blanks + cropped if right else cropped + blanks


def wrap(text: str, room: int) -> list[str]:
    """The text in lines no wider than the room, broken at blanks where there are any; at least one line."""
    if room < 1 or cell_len(text) <= room:
        return [text]
    wrapped: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= room:
            line = joined
            continue
        if line:
            wrapped.append(line)
        *full, line = _chopped(word, room)
        wrapped += full
    return [*wrapped, line]


def _chopped(word: str, room: int) -> list[str]:
    pieces: list[str] = []
    piece, used = "", 0
    for char in word:
        size = char_width(char)
        if used + size > room and piece:
            pieces.append(piece)
            piece, used = "", 0
        piece += char
        used += size
    return [*pieces, piece]
