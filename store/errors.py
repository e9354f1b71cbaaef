"""What can go wrong in the store, by what the caller can do about it.

No class here holds a sentence for people: each carries a code and the values that belong to it, and `tui`
says them in the operator's language. A new code needs a sentence in `tui/i18n/problems.py` (a test compares).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One value that cannot be taken as it stands, and why."""

    path: str
    """Where: `section.field`, `contacts[0].value`, or "" for the whole."""

    code: str
    """What is wrong, a key of the sentences in `tui`, such as `date-unreadable`."""

    value: str = ""
    """What was typed, as it was typed."""

    row: int | None = None
    """The row of an imported file, counted from 1 with the header as row 1; None elsewhere."""

    details: Mapping[str, Any] = field(default_factory=dict)
    """Named values the sentence needs, such as `{"least": 1, "most": 5}`."""


class StoreError(Exception):
    """Base of all the store raises on purpose.

    Attributes:
        code: what is wrong, a key of the sentences in `tui`.
        details: named values the sentence needs (`path`, `holder`, `reference` …).
    """

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details


class NotFound(StoreError):
    """No such client, change, file or folder."""


class Invalid(StoreError):
    """What was given cannot be taken; `problems` says where and why, each of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].code if problems else "invalid", problems=tuple(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed to different values since the same revision."""

    path: str
    before: Any
    mine: Any
    theirs: Any


class Conflict(StoreError):
    """Somebody changed the same fields meanwhile, or a unique value is another client's; nothing was saved.

    Attributes:
        clashes: the fields, with the value before, mine and theirs (empty where the code says another reason).
        current: the card as it is stored now, a `store.card.Card`, or None.
    """

    def __init__(self, code: str, clashes: Sequence[Clash] = (), current: Any = None, **details: Any) -> None:
        super().__init__(code, **details)
        self.clashes = tuple(clashes)
        self.current = current


class NotAllowed(StoreError):
    """The store is read-only for this user, or the act is forbidden."""


class Damaged(StoreError):
    """A file of the store is not what was written, or the store cannot be used (newer format, no store, NFS)."""


class Busy(StoreError):
    """Another process holds the store's lock longer than a caller should wait; `details["holder"]` names it."""


class Unsure(StoreError):
    """The disk failed at a moment when the change may or may not have been kept: re-read and look."""
