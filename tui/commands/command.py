"""One thing an operator can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tui.i18n import N_, _


class Place(StrEnum):
    """Where the operator is when a command applies; the value names the place in help."""

    ANYWHERE = "anywhere"
    LIST = "list"
    SEARCH = "search"
    CARD = "card"
    FIELD = "field"
    NOTE = "note"


PLACE_TITLES = {
    Place.ANYWHERE: N_("Anywhere"),
    Place.LIST: N_("In the list of clients"),
    Place.SEARCH: N_("In the search line"),
    Place.CARD: N_("In the card"),
    Place.FIELD: N_("While a field is edited"),
    Place.NOTE: N_("While a note is edited"),
}
"""Headings of the help page (message ids)."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it is called, what it does, which keys give it and where."""

    id: str
    """Lasting name, such as `card.save`: the operator's keymap goes by it."""

    place: Place
    """Where it applies."""

    keys: tuple[str, ...]
    """Keys by Textual's names, the one shown first; a numbered command has one key a number. Without any the command
    is in the palette alone."""

    title: str
    """What the palette calls it (message id)."""

    help: str
    """One line of help (message id)."""

    action: str = ""
    """The action of the place's widget; "" where the widget's own key does it and the command only explains it."""

    hint: str = ""
    """The word in the footer (message id); "" keeps it out of the footer."""

    priority: int = 0
    """Among the footer's hints the higher stays longer when the line is short."""

    numbered: bool = False
    """The action takes the place of the key among the keys, from 0."""

    aliases: tuple[str, ...] = ()
    """Further keys that nobody needs to be told: where a Ukrainian or Russian keyboard has the sign elsewhere."""


KEY_NAMES = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "plus": "+",
    "space": N_("Space"),
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "delete": "Del",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}
"""How a key is shown where its Textual name is not what is printed on it."""


def key_name(key: str) -> str:
    """How a key is shown to people: `ctrl+s` as `Ctrl+S`, `question_mark` as `?`.

    Args:
        key: a key by Textual's name.
    """
    if key in KEY_NAMES:
        return _(KEY_NAMES[key])
    *chords, last = key.split("+")
    if not chords:
        return last.upper() if len(last) > 1 else last
    return "+".join([*(chord.capitalize() for chord in chords), KEY_NAMES.get(last, last.upper())])


_own_keys: dict[str, tuple[str, ...]] = {}


def adopt_keys(keys: Mapping[str, str]) -> None:
    """Show the operator's own keys from now on; the application binds them.

    Args:
        keys: by command id, with commas between several: `{"card.save": "f2,ctrl+s"}`.
    """
    _own_keys.clear()
    _own_keys.update({command: tuple(key.strip() for key in own.split(",")) for command, own in keys.items()})


def keys_of(command: Command) -> tuple[str, ...]:
    """The keys that give the command: the operator's own, else those of the registry."""
    return _own_keys.get(command.id, command.keys)


def keys_shown(command: Command) -> str:
    """The command's keys as the help page shows them: `e`, `Ctrl+↓ J`, `1…0`."""
    keys = keys_of(command)
    if command.numbered and len(keys) > 2:
        return f"{key_name(keys[0])}…{key_name(keys[-1])}"
    return " ".join(key_name(key) for key in keys) or key_name("colon")
