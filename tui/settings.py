"""What an operator can set: the language, the colours, own keys. Read once, at the start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self


class SettingsUnreadable(Exception):
    """The settings file is there and cannot be read; the message says file and place."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The operator's settings; every one has a default, so the file need not exist."""

    language: str = ""
    """`uk`, `ru` or `en`; empty: by the locale."""

    theme: str = ""
    """A theme of Textual's; empty: the program's own."""

    keys: Mapping[str, str] = field(default_factory=dict)
    """Own keys by command id: `{"card.save": "f2,ctrl+s"}`."""

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the settings file; a missing one is all defaults. Raises SettingsUnreadable."""
        if not path.exists():
            return cls()
        import tomllib  # most operators have no settings, and need not wait for it

        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise SettingsUnreadable(f"{path}: {error}") from error
        return cls.from_data(data)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Settings as data; what is unknown or of another type is left at its default."""
        keys = data.get("keys")
        return cls(
            language=str(data.get("language", "")),
            theme=str(data.get("theme", "")),
            keys={str(command): str(key) for command, key in keys.items()} if isinstance(keys, dict) else {},
        )
