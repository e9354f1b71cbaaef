"""Texts in the operator's language: gettext with English message ids.

`activate` chooses the language once, at the start; `_` and `ngettext` answer in it from then on. The catalogue
is read when the first text is asked for: a command that only prints data never pays for it.
"""

import gettext as _gettext
from pathlib import Path

LANGUAGES = ("uk", "ru", "en")
_LOCALES = Path(__file__).parent / "locales"
_texts: _gettext.NullTranslations | None = None
_language = "en"


def activate(language: str) -> None:
    """Speak that language (`uk`, `ru` or `en`) from now on."""
    global _texts, _language
    _texts = None
    _language = language


def language() -> str:
    """The language spoken now."""
    return _language


def _(message: str) -> str:
    """The message in the operator's language."""
    return _catalogue().gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message in the plural form that the number takes in the operator's language."""
    return _catalogue().ngettext(singular, plural, number)


def N_(message: str) -> str:
    """Mark a message for translation where it is only stored; it is said later through `_`."""
    return message


def _catalogue() -> _gettext.NullTranslations:
    global _texts
    if _texts is None:
        # Not `gettext.translation`: it asks the locale's aliases first, which takes twice as long as the catalogue.
        path = _LOCALES / _language / "LC_MESSAGES" / "kartoteka.mo"
        try:
            with path.open("rb") as file:
                _texts = _gettext.GNUTranslations(file)
        except FileNotFoundError:
            _texts = _gettext.NullTranslations()
    return _texts
