"""Kinds that are days: dates (with a time where the field says so) and birthdays (with or without the year)."""

import datetime
import re
from typing import Any, ClassVar

from store.kinds.human_dates import NO_YEAR, read_day
from store.kinds.kind import Kind, Reading, refused
from store.schema import Field

_TIME = re.compile(r"(?:^|[\sTt,]+)(?:(?:о|об|в|во|at)\s+)?(\d{1,2})[:.](\d{2})(?::\d{2})?\s*$", re.IGNORECASE)
_BARE_TIME = re.compile(r"(?:(?:о|об|в|во|at)\s+)?(\d{1,2}):(\d{2})", re.IGNORECASE)
_YEARLESS = re.compile(r"--(\d{2})-(\d{2})", re.ASCII)


class DateKind(Kind):
    """A day, `2026-10-30`; with `with_time` also a moment, `2026-10-30T14:05`, on the operator's clock."""

    name: ClassVar[str] = "date"

    def _read(self, text: str, field: Field, reading: Reading) -> str:
        day_text, time = text, ""
        if field.with_time:
            day_text, time = _without_time(text)
        day = reading.today if field.with_time and time and not day_text else read_day(day_text, reading.today)
        if day is None:
            raise refused("date-unreadable", text)
        return f"{day.isoformat()}T{time}" if time else day.isoformat()

    def check(self, value: Any, field: Field) -> str | None:
        """An ISO date, with a time only where the field may have one."""
        try:
            day, _, time = value.partition("T")
            good = datetime.date.fromisoformat(day).isoformat() == day
            if time:
                moment = datetime.time.fromisoformat(time)
                good = good and field.with_time and moment.isoformat("minutes") == time
        except (AttributeError, ValueError, TypeError):
            good = False
        return None if good else "date-unreadable"

    def ordinal(self, value: Any, field: Field) -> int | None:
        """The day's, whatever the time."""
        return day_ordinal(value)

    def show(self, value: Any, field: Field, language: str) -> str:
        """`30.10.2026 14:05` (English: `2026-10-30 14:05`)."""
        text = super().show(value, field, language)
        day, _, time = text.partition("T")
        return " ".join(filter(None, (show_day(day, language), time)))


EARLIEST = 1000
"""The first year that is no slip of a finger (`0085`)."""


class BirthdayKind(Kind):
    """A day of birth; the year may be unknown: `--03-09`."""

    name: ClassVar[str] = "birthday"

    def _read(self, text: str, field: Field, reading: Reading) -> str:
        if match := _YEARLESS.fullmatch(text):
            day = _leap_day(int(match[1]), int(match[2]))
            if day is None:
                raise refused("date-unreadable", text)
            return text
        day = read_day(text, reading.today, birthday=True)
        if day is None:
            raise refused("date-unreadable", text)
        if day.year == NO_YEAR:
            return f"--{day.month:02}-{day.day:02}"
        if day > reading.today:
            raise refused("date-in-future", text)
        if day.year < EARLIEST:
            raise refused("date-too-long-ago", text)
        return day.isoformat()

    def check(self, value: Any, field: Field) -> str | None:
        """An ISO date, or one without its year."""
        if isinstance(value, str) and (match := _YEARLESS.fullmatch(value)):
            return None if _leap_day(int(match[1]), int(match[2])) else "date-unreadable"
        try:
            return None if datetime.date.fromisoformat(value).isoformat() == value else "date-unreadable"
        except (TypeError, ValueError):
            return "date-unreadable"

    def show(self, value: Any, field: Field, language: str) -> str:
        """`09.03.1987`, `09.03` (English: `1987-03-09`, `--03-09`)."""
        text = super().show(value, field, language)
        if match := _YEARLESS.fullmatch(text):
            return text if language == "en" else f"{match[2]}.{match[1]}"
        return show_day(text, language)

    def ordinal(self, value: Any, field: Field) -> int | None:
        """The day's, where the year is known."""
        return day_ordinal(value)

    def order(self, value: Any) -> Any:
        """By year, then day; without a year first."""
        return str(value)


def day_ordinal(value: Any) -> int | None:
    """The day that a stored date or moment begins with, as `date.toordinal()`; None where it begins with none."""
    if not isinstance(value, str) or len(value) < 10 or value[10:11] not in ("", "T"):
        return None
    try:
        return datetime.date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


def show_day(text: str, language: str) -> str:
    """An ISO day as it is written in a language; what is no ISO day stays as it is."""
    parts = text.split("-")
    if language == "en" or len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return text
    return f"{parts[2]}.{parts[1]}.{parts[0]}"


def _without_time(text: str) -> tuple[str, str]:
    bare = _BARE_TIME.fullmatch(text)
    match = bare or _TIME.search(text)
    if not match or (match.start() == 0 and not bare):
        return text, ""
    hours, minutes = int(match[1]), int(match[2])
    if hours > 23 or minutes > 59:
        return text, ""
    return text[: match.start()].strip(" ,"), f"{hours:02}:{minutes:02}"


def _leap_day(month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(2000, month, day)
    except ValueError:
        return None
