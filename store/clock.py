"""The one clock: aware UTC, as text with seconds where it is stored."""

import datetime

DAY = 86_400
"""Seconds."""


def now() -> datetime.datetime:
    """Return this moment, aware, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def stamp(moment: datetime.datetime | None = None) -> str:
    """Return a moment as it is stored: `2026-11-22T09:14:03Z`."""
    return (moment or now()).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_stamp(text: object) -> bool:
    """Whether it is a moment as `stamp` makes them."""
    try:
        return isinstance(text, str) and stamp(datetime.datetime.fromisoformat(text)) == text
    except ValueError:
        return False


def seconds_of(text: str) -> int | str:
    """A stored moment as seconds since 1970, a fifth of its size; as it is where `stamp` did not make it."""
    return int(datetime.datetime.fromisoformat(text).timestamp()) if is_stamp(text) else text


def stamp_of(seconds: int | str) -> str:
    """The moment that `seconds_of` was given."""
    return seconds if isinstance(seconds, str) else stamp(datetime.datetime.fromtimestamp(seconds, datetime.UTC))


def day_of(text: object) -> datetime.date | None:
    """The operator's day of a stored moment; None where it is none."""
    if not isinstance(text, str) or not is_stamp(text):
        return None
    try:
        return datetime.datetime.fromisoformat(text).astimezone().date()
    except OverflowError:  # the last night of the year 9999, east of Greenwich
        return None


def beginning_of(day: int) -> int:
    """When the operator's day of that proleptic ordinal begins: seconds of UTC, as many as of a day to its ordinal."""
    inside = min(max(day, 2), datetime.date.max.toordinal() - 1)  # the zone moves it by a day at most
    begins = datetime.datetime.combine(datetime.date.fromordinal(inside), datetime.time()).astimezone(datetime.UTC)
    return begins.toordinal() * DAY + begins.hour * 3600 + begins.minute * 60 + begins.second


def today() -> datetime.date:
    """Return the operator's day: the date in the machine's time zone."""
    return now().astimezone().date()
