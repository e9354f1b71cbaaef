"""How numbers and moments are written in the operator's language."""

import datetime

from tui.i18n import N_, _, language

_GROUPING = {"uk": "\N{NO-BREAK SPACE}", "ru": "\N{NO-BREAK SPACE}", "en": ","}
_UNITS = (N_("B"), N_("kB"), N_("MB"), N_("GB"), N_("TB"))
_DAY = {"uk": "%d.%m.%Y", "ru": "%d.%m.%Y", "en": "%Y-%m-%d"}


def count(number: int) -> str:
    """A whole number with its thousands apart: `12,044` in English, `12 044` in Ukrainian and Russian."""
    return f"{number:,}".replace(",", _GROUPING[language()])


def moment(stamp: str) -> str:
    """A stored moment (`2026-11-22T09:14:03Z`) as the operator's clock shows it, to the minute.

    What is no such moment is returned as it is: a foreign hand may have written it.
    """
    try:
        when = datetime.datetime.fromisoformat(stamp).astimezone()
    except (ValueError, OverflowError):
        return stamp
    return when.strftime(f"{_DAY[language()]} %H:%M")


def size(number: int) -> str:
    """A number of bytes as people say it: `940 B`, `1.4 MB`, in Ukrainian and Russian `1,4 МБ`."""
    value, unit = float(number), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    text = f"{value:.0f}" if unit == 0 or value >= 100 else f"{value:.1f}"
    return f"{text if language() == 'en' else text.replace('.', ',')} {_(_UNITS[unit])}"
