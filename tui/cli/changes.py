"""`kartoteka changes`: the latest changes in the store."""

import argparse
import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import Conflict, Invalid, NotFound, Problem
from tui.cli.change_list import as_data, print_changes
from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser, guard, positive
from tui.i18n import _

if TYPE_CHECKING:
    from store.card import Card
    from store.door import Store
    from store.journal import Change
    from store.kinds import Reading


def protect(words: Sequence[str]) -> list[str]:
    """Keep days counted back (`-2d`) from being taken for options."""
    return guard(words, lambda word: word[1:2].isdecimal())


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--since",
        metavar="WHEN",
        help=_("only changes from then on: today, -2d, 2026-11-20, 2026-11-20T14:05"),
    )
    parser.add_argument("--limit", type=positive, default=100, metavar="N", help=_("show at most N changes (100)"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """List changes, the newest first."""
    with opened(options, output) as store:
        since = moment_typed(options.since, store.reading) if options.since else None
        changes = store.changes(since=since, limit=options.limit)
        cards = _cards_of(store, changes)
        if output.json:
            output.value({"changes": [_with_client(change, cards) for change in changes]})
        else:
            print_changes(changes, store, cards, output)
    if not changes:
        output.talk(_("Nothing was changed."))
    return Exit.DONE if changes else Exit.NOTHING


def moment_typed(typed: str, reading: "Reading") -> datetime.datetime:
    """A day or moment as people write it, in the machine's time zone. Raises Invalid."""
    from store.kinds import KINDS
    from store.schema import Field

    read = KINDS["date"].read(typed, Field("since", "date", {}, with_time=True), reading)
    try:
        return datetime.datetime.fromisoformat(read or "").astimezone()
    except (ValueError, OverflowError):  # blanks; a day that no clock has
        raise Invalid([Problem("", "date-unreadable", typed)]) from None


def _cards_of(store: "Store", changes: Sequence["Change"]) -> dict[int, "Card"]:
    cards = {}
    for serial in {change.serial for change in changes}:
        try:
            cards[serial] = store.card(serial)
        except (NotFound, Conflict):
            # Erased since, or merged into another: its changes are told without a name.
            continue
    return cards


def _with_client(change: "Change", cards: dict[int, "Card"]) -> dict[str, object]:
    card = cards.get(change.serial)
    return {"number": card.number if card else None, "name": card.name if card else None, **as_data(change)}
