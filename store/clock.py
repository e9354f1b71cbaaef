"""The one clock: aware UTC, as text with seconds where it is stored."""

import datetime


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


def today() -> datetime.date:
    """Return the operator's day: the date in the machine's time zone."""
    return now().astimezone().date()
