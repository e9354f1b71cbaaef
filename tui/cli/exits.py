"""Exit codes of the command line; scripts rely on them."""

import enum

from store.errors import Busy, Conflict, Damaged, Invalid, NotAllowed, NotFound, StoreError, Unsure


class Exit(enum.IntEnum):
    """How a command ended."""

    DONE = 0
    NOTHING = 1
    """Nothing was found: no client by those words, no such client, no change to undo."""
    USAGE = 2
    """Wrong usage or bad input: an unknown command or field, an unreadable value, a file that cannot be opened."""
    STORE = 3
    """The store is damaged, missing or cannot be used now."""
    NOT_ALLOWED = 4
    CONFLICT = 5
    """Somebody changed the same meanwhile, or the value is another client's."""
    INTERRUPTED = 130
    """Ctrl+C, as shells number it: 128 + SIGINT."""


_MISSING = {"store": Exit.STORE, "segment": Exit.STORE, "file": Exit.USAGE, "backup": Exit.USAGE}
"""What is missing, by the first word of the code; anything else is somebody who was not found."""


def exit_of(error: StoreError) -> Exit:
    """The exit code that an error of the store ends a command with."""
    match error:
        case NotFound(code=code):
            return _MISSING.get(code.partition("-")[0], Exit.NOTHING)
        case Invalid():
            return Exit.USAGE
        case NotAllowed():
            return Exit.NOT_ALLOWED
        case Conflict():
            return Exit.CONFLICT
        case Damaged() | Busy() | Unsure():
            return Exit.STORE
    return Exit.STORE
