"""What a merge takes from the other card, and what it leaves, in words."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from store.schema import Schema
from tui.forms.describing import place_in_words, value_in_words
from tui.i18n import _

if TYPE_CHECKING:
    from store.clients.uniting import Piece


def piece_lines(pieces: "Sequence[Piece]", schema: Schema, names: Mapping[str, str]) -> list[str]:
    """One line a piece: first what stays as it is though the other card says otherwise, then what is taken.

    Args:
        pieces: what becomes of the other card's values.
        schema: names the fields.
        names: what clients named by uid are called.
    """
    ordered = sorted(pieces, key=lambda piece: piece.how != "left")
    return [_line(piece, schema, names) for piece in ordered]


def _line(piece: "Piece", schema: Schema, names: Mapping[str, str]) -> str:
    place = place_in_words(piece.path, schema)
    other = _shown(piece.path, piece.other, schema, names)
    if piece.how == "left":
        kept = _shown(piece.path, piece.kept, schema, names)
        return _("{field}: {kept} stays, not {other}").format(field=place, kept=kept, other=other)
    return f"{place}: + {other}"


def _shown(path: str, value: object, schema: Schema, names: Mapping[str, str]) -> str:
    text = value_in_words(path, value, schema)
    for uid, name in names.items():
        text = text.replace(uid, name)
    return text
