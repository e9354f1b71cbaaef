"""Which language to speak: what was asked for first, what the machine says last."""

from collections.abc import Mapping

from tui.i18n import LANGUAGES


def choose_language(asked: str | None, environment: Mapping[str, str], saved: str | None = None) -> str:
    """Return `uk`, `ru` or `en`.

    Args:
        asked: the value of `--lang`, or None.
        environment: the process's environment; `KARTOTEKA_LANG` stands before the locale's variables.
        saved: the language in the operator's settings, or None.
    """
    for wish in (asked, environment.get("KARTOTEKA_LANG"), saved):
        if language := _spoken(wish):
            return language
    # POSIX: LC_ALL overrides LC_MESSAGES, which overrides LANG; the first that is set decides, even if it says C.
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    return _spoken(locale) or "en"


def _spoken(wish: str | None) -> str | None:
    language = (wish or "").strip().lower()[:2]
    return language if language in LANGUAGES else None
