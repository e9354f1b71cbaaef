"""Commands in any keyboard layout: the letter of a Cyrillic layout stands for the Latin key of the same place.

An operator who writes names in Ukrainian does not switch the layout to press `n` for a new client: the key in that
place types `т`, and means `n`. Only letters are mapped; a full stop is a full stop, as nobody can tell which key it
came from.
"""

from textual import events
from textual.keys import KEY_NAME_REPLACEMENTS, _character_to_key

_ROWS = (
    ("йцукенгшщзхъ", "qwertyuiop[]"),
    ("фывапролджэ", "asdfghjkl;'"),
    ("ячсмитьбю", "zxcvbnm,."),
    ("ё", "`"),
    # What Ukrainian and Belarusian layouts have in other places; their и, ь, т are the Russian ones.
    ("ії", "s]"),
    ("єґ", "'\\"),
    ("ў", "o"),
)
_SHIFTED = dict(zip("[];'`,.\\", '{}:"~<>|', strict=True))

_LATIN = {cyrillic: latin for row, keys in _ROWS for cyrillic, latin in zip(row, keys, strict=True)}
_LATIN |= {cyrillic.upper(): _SHIFTED.get(latin, latin.upper()) for cyrillic, latin in _LATIN.items()}


def latin_key(char: str) -> str | None:
    """The character that the same key types in a Latin layout, or None if the character is not a Cyrillic letter."""
    return _LATIN.get(char)


def latin_chord(key: str) -> str | None:
    """The name of a chord with its letter in the Latin layout, `ctrl+s` for `ctrl+ы`; None if that changes nothing."""
    modifiers, plus, char = key.rpartition("+")
    latin = _LATIN.get(char)
    return f"{modifiers}+{key_name(latin)}" if plus and latin else None


def key_name(char: str) -> str:
    """What Textual calls the key of a character: `colon` for `:`."""
    name = char if char.isalnum() else _character_to_key(char)
    return KEY_NAME_REPLACEMENTS.get(name, name)


def as_latin(event: events.Key, *, typing: bool) -> events.Key:
    """The key as it is meant: the same event, or one of the Latin layout.

    Args:
        event: The key as the terminal sent it.
        typing: Whether a text field has the focus; letters then are letters, and only chords are mapped.
    """
    if (chord := latin_chord(event.key)) is not None:
        return events.Key(chord, None)
    if typing or event.character is None or (latin := latin_key(event.character)) is None:
        return event
    return events.Key(key_name(latin), latin)
