"""Where the program keeps what on this machine: the store, the operator's settings."""

import os
from pathlib import Path

NAME = "kartoteka"


def default_store() -> Path:
    """The store of an operator who names none: in the user's data folder."""
    return _folder("XDG_DATA_HOME", ".local/share") / "store"


def settings_file() -> Path:
    """The operator's settings, which need not exist."""
    return _folder("XDG_CONFIG_HOME", ".config") / "settings.toml"


def crash_log() -> Path:
    """Where a fault of the program leaves its traceback."""
    return _folder("XDG_STATE_HOME", ".local/state") / "crash.log"


def _folder(variable: str, default: str) -> Path:
    """A folder of the user's by the XDG base directory specification.

    The specification says it: a relative path in the variable is to be ignored.
    """
    named = os.environ.get(variable, "")
    return (Path(named) if os.path.isabs(named) else Path.home() / default) / NAME
