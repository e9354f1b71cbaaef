"""Texts in the operator's language: gettext with English message ids.

`activate` chooses the language once, at the start; `_` and `ngettext` answer in it from then on.
"""

import gettext as _gettext
from pathlib import Path

LANGUAGES = ("uk", "ru", "en")
_LOCALES = Path(__file__).parent / "locales"
_texts: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def activate(language: str) -> None:
    """Speak that language (`uk`, `ru` or `en`) from now on."""
    global _texts, _language
    _texts = _gettext.translation("kartoteka", str(_LOCALES), [language], fallback=True)
    _language = language


def language() -> str:
    """The language spoken now."""
    return _language


def _(message: str) -> str:
    """The message in the operator's language."""
    return _texts.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message in the plural form that the number takes in the operator's language."""
    return _texts.ngettext(singular, plural, number)


def N_(message: str) -> str:
    """Mark a message for translation where it is only stored; it is said later through `_`."""
    return message
