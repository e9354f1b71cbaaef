"""Kinds with few values: one of a list, words, yes or no."""

from collections.abc import Iterable
from typing import Any, ClassVar

from store.kinds.kind import Kind, Reading, is_unicode, refused
from store.schema import Choice, Field

_YES = frozenset(("yes", "y", "true", "1", "+", "on", "x", "✓", "так", "т", "да", "д", "є"))
_NO = frozenset(("no", "n", "false", "0", "-", "−", "off", "ні", "н", "нет", "немає"))
_SAID = {"uk": ("так", "ні"), "ru": ("да", "нет")}


class ChoiceKind(Kind):
    """One of a list: stored by its code, typed as the code or as it is called in any language."""

    name: ClassVar[str] = "choice"

    def _read(self, text: str, field: Field, reading: Reading) -> str:
        if not field.choices:
            return text
        wanted = text.casefold()
        begun = []
        for choice in field.choices:
            names = _names(choice)
            if wanted in names:
                return choice.code
            if any(name.startswith(wanted) for name in names):
                begun.append(choice.code)
        if len(begun) == 1:
            return begun[0]
        raise refused("choice-unknown", text, choices=[choice.code for choice in field.choices])

    def check(self, value: Any, field: Field) -> str | None:
        """It is one of the list (of a field with an empty list: any text)."""
        if not isinstance(value, str) or not is_unicode(value):
            return "choice-unknown"
        return None if not field.choices or any(value == choice.code for choice in field.choices) else "choice-unknown"

    def show(self, value: Any, field: Field, language: str) -> str:
        """The label in that language, else the code."""
        for choice in field.choices:
            if choice.code == value:
                return choice.labels.get(language) or choice.code
        return "" if value is None else str(value)


class TagsKind(Kind):
    """Words, typed with commas between them; each once, in the order given."""

    name: ClassVar[str] = "tags"

    def _read(self, text: str, field: Field, reading: Reading) -> list[str] | None:
        found: dict[str, str] = {}
        for part in text.replace(";", ",").replace("\n", ",").split(","):
            tag = " ".join(part.split()).lstrip("#").strip()
            if tag:
                found.setdefault(tag.casefold(), tag)
        return list(found.values()) or None

    def check(self, value: Any, field: Field) -> str | None:
        """A list of texts."""
        good = isinstance(value, list) and all(isinstance(tag, str) and is_unicode(tag) for tag in value)
        return None if good else "tags-unreadable"

    def show(self, value: Any, field: Field, language: str) -> str:
        """With commas."""
        return ", ".join(str(tag) for tag in value) if isinstance(value, list) else super().show(value, field, language)

    def texts(self, value: Any) -> Iterable[str]:
        """Each of them."""
        return [str(tag) for tag in value if tag] if isinstance(value, list) else super().texts(value)

    def order(self, value: Any) -> Any:
        """As one text."""
        return ", ".join(str(tag) for tag in value).casefold() if isinstance(value, list) else super().order(value)


class YesNoKind(Kind):
    """Yes or no, in any of the languages, `+`/`-`, `1`/`0`."""

    name: ClassVar[str] = "yes_no"

    def _read(self, text: str, field: Field, reading: Reading) -> bool:
        wanted = text.casefold()
        if wanted in _YES:
            return True
        if wanted in _NO:
            return False
        raise refused("yes-no-unreadable", text)

    def check(self, value: Any, field: Field) -> str | None:
        """True or false."""
        return None if isinstance(value, bool) else "yes-no-unreadable"

    def show(self, value: Any, field: Field, language: str) -> str:
        """Yes or no in that language."""
        if not isinstance(value, bool):
            return super().show(value, field, language)
        return _SAID.get(language, ("yes", "no"))[not value]

    def texts(self, value: Any) -> Iterable[str]:
        """Nothing: nobody looks for a `yes`."""
        return ()

    def order(self, value: Any) -> Any:
        """No before yes."""
        return value is True


def _names(choice: Choice) -> list[str]:
    return [choice.code.casefold(), *(label.casefold() for label in choice.labels.values())]
