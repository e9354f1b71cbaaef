"""Words that stand for a few codes: choices, segments, yes and no."""

import re
from collections.abc import Iterable, Mapping

from store import folding
from store.query import aliases

_COMPARED = str.maketrans({**dict.fromkeys(folding.APOSTROPHES, ""), "ё": "е", "-": "_", " ": "_"})

_SIGNS = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """A name as names are compared: small, `_` for spaces and hyphens, no apostrophes, `е` for `ё`."""
    return name.casefold().translate(_COMPARED)


def as_key(label: str) -> str:
    """A label as it can be written before a colon: `вага_кг` for `Вага, кг`; "" where it cannot."""
    key = _SIGNS.sub("_", plain(label)).strip("_")
    return key if key[:1].isalpha() else ""


class Vocabulary:
    """Names of codes. Names are compared `plain` and without full stops."""

    def __init__(self, said: Iterable[tuple[str, str]]) -> None:
        """Take in pairs of a code and a name of it; of two codes with one name the first has it."""
        self.names: dict[str, str] = {}
        """Name, as compared -> code."""
        for code, name in said:
            self.names.setdefault(_compared(name), code)

    @classmethod
    def of_entries(cls, entries: Mapping[str, str]) -> "Vocabulary":
        """The codes and names of entries of `aliases`."""
        return cls((code, name) for code, said in entries.items() for name in (code, *aliases.names(said)))

    def code_of(self, typed: str) -> str | None:
        """The code that a name stands for, or an only beginning of one; None for neither."""
        name = _compared(typed)
        if name in self.names:
            return self.names[name]
        if not name:
            return None  # signs alone begin nothing
        begun = {code for known, code in self.names.items() if known.startswith(name)}
        return begun.pop() if len(begun) == 1 else None


def _compared(name: str) -> str:
    said = plain(name)
    return said.replace("._", "_").replace(".", "").strip("_") or said
