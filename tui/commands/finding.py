"""Commands of the list of clients and of the search line."""

from tui.commands.command import Command, Place
from tui.i18n import N_

FINDING: tuple[Command, ...] = (
    Command(
        "list.open",
        Place.LIST,
        ("enter",),
        N_("Open the card"),
        N_("Open the card of the client under the cursor"),
        hint=N_("open"),
        priority=90,
    ),
    Command(
        "list.move",
        Place.LIST,
        ("up", "down", "pageup", "pagedown", "home", "end"),
        N_("Through the list"),
        N_("Through the list by a client, a page, to its ends; j and k as well"),
    ),
    Command(
        "list.digits",
        Place.LIST,
        ("0…9", "plus"),
        N_("Search by a number"),
        N_("Begin a search by client number or phone"),
    ),
    Command(
        "list.clear",
        Place.LIST,
        ("escape",),
        N_("Show all clients"),
        N_("Clear the search; the cursor stays on its client"),
        action="clear",
    ),
    Command(
        "search.done",
        Place.SEARCH,
        ("enter", "down"),
        N_("To the found clients"),
        N_("Go to the list of what was found"),
        hint=N_("to the list"),
        priority=90,
    ),
    Command(
        "search.leave",
        Place.SEARCH,
        ("escape",),
        N_("Clear the search"),
        N_("Clear the search line and return to the list"),
        hint=N_("clear"),
        priority=85,
    ),
)
"""In the order of the help page."""
