"""The commands there are: name, the module that does it, one line of help."""

from typing import NamedTuple

from tui.i18n import N_


class Command(NamedTuple):
    """A command of the command line."""

    name: str
    module: str
    """Its module in `tui.cli`, with `arguments(parser)` and `run(options, output) -> Exit`."""
    summary: str
    """A message id: what it does, in a line."""
    lasting: bool = False
    """True where it may work for long on much, and garbage must be collected meanwhile."""


COMMANDS = (
    Command("demo", "demo", N_("open the screen over a throw-away store of made-up clients"), lasting=True),
    Command("find", "find", N_("find clients by words and filters, as in the search bar")),
    Command("searches", "searches", N_("list the saved searches with how many clients each finds")),
    Command("show", "show", N_("show a client's card")),
    Command("new", "new", N_("make a new card")),
    Command("set", "set_fields", N_("change fields of a card")),
    Command("merge", "merge", N_("make one card of two that are one client's")),
    Command("remove", "remove", N_("put clients into the trash")),
    Command("trash", "trash", N_("show who is in the trash, restore clients from it, empty it")),
    Command("import", "import_file", N_("bring clients in from a CSV file"), lasting=True),
    Command("export", "export_file", N_("write clients to a file"), lasting=True),
    Command("history", "history", N_("show what was changed in a card, by whom and when")),
    Command("changes", "changes", N_("show the latest changes in the store")),
    Command("undo", "undo", N_("take back your latest change, or the one named")),
    Command("privacy", "privacy", N_("erase a client for good"), lasting=True),
    Command("check", "check", N_("read every file of the store and verify it"), lasting=True),
    Command("reindex", "reindex", N_("build the search index again"), lasting=True),
    Command("backup", "backup", N_("keep a snapshot, or copy the store elsewhere while others work"), lasting=True),
    Command("restore", "restore", N_("bring back the state of a backup or snapshot"), lasting=True),
    Command("doctor", "doctor", N_("tell versions, terminal, and how the store is at a glance")),
)


def command_named(name: str) -> Command | None:
    """The command of that name, or None."""
    return next((command for command in COMMANDS if command.name == name), None)
