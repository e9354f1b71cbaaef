"""What the cells of spreadsheets and of other programs' files hold besides a value, taken apart."""

import re

_TIME = re.compile(
    r"(?P<day>.*\d)(?:T|,?\s+)(?P<hours>\d{1,2}):(?P<minutes>\d\d)(?::(?P<seconds>\d\d(?:[.,]\d+)?))?"
    r"(?P<zone>\s*Z|\s*[+-]\d\d:?\d\d)?",
    re.ASCII,
)
"""A day with a time of it."""
_SEVERAL = (" ::: ", ";", ",", "\n")


def parts(cell: str, kind: str) -> list[str]:
    """The values of a contact's cell: several e-mails are taken apart."""
    if kind != "email":
        return [part.strip() for part in cell.split(" ::: ") if part.strip()]
    text = cell
    for sign in _SEVERAL:
        text = text.replace(sign, " ")
    words = text.split()
    # "Олена <olena@example.com>", a remark: only where all words are addresses are they several.
    return words if all("@" in word for word in words) else [cell.strip()]


def of_table(cell: str, kind: str, *, with_time: bool = False) -> str:
    """What spreadsheets do to values, undone: `2026-10-30 00:00:00`, `1.0`; groups as Google writes them."""
    if kind in ("date", "birthday") and (match := _TIME.fullmatch(cell.strip())):
        is_kept = with_time and _is_told(match) and not match["zone"]
        return f"{match['day']} {match['hours']}:{match['minutes']}" if is_kept else match["day"]
    if kind == "tags":
        names = (part.strip() for part in cell.replace(":::", ",").replace("|", ",").replace("/", ",").split(","))
        return ", ".join(name for name in names if not name.startswith("* "))
    return cell


def loses_time(cell: str, *, with_time: bool) -> bool:
    """Whether a day has a time that its field has no room for, or one on the clock of another place."""
    match = _TIME.fullmatch(cell.strip())
    return match is not None and _is_told(match) and not (with_time and not match["zone"])


def _is_told(match: re.Match[str]) -> bool:
    """Whether the time is another than the midnight that spreadsheets write."""
    return bool((match["hours"] + match["minutes"] + (match["seconds"] or "")).strip("0.,"))
