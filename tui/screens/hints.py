"""Which hints the footer shows where the operator is."""

from textual.widget import Widget

from tui.commands.command import Command, Place, key_name, keys_of
from tui.commands.registry import command, commands_in
from tui.i18n import _
from tui.sidebar.search_line import SearchLine
from tui.widgets.footer import Hint
from tui.widgets.form_view import FormView
from tui.widgets.line_input import LineInput
from tui.widgets.table_view import TableView

MOST = 6
"""Hints at once: more is a list to be read, not a glance."""

TYPING = (Place.SEARCH, Place.FIELD)
"""Places where letters are typed: only other keys are commands there."""


def place_of(focused: Widget | None) -> Place:
    """Where the operator is, by what has the focus."""
    match focused:
        case SearchLine():
            return Place.SEARCH
        case LineInput():
            return Place.FIELD
        case FormView() | TableView():
            return Place.CARD
    return Place.LIST


def footer_hints(
    place: Place,
    *,
    changed: bool,
    has_rows: bool,
    choosing: bool,
    read_only: bool,
    nobody: bool = False,
    trashed: bool = False,
) -> tuple[Hint, ...]:
    """The hints of a place, help first, then by priority.

    Args:
        place: where the operator is.
        changed: whether there is something to save.
        has_rows: whether the section that is open has rows to add.
        choosing: whether the field that is edited has choices.
        read_only: whether nothing can be changed.
        nobody: whether there is no client a command could be about.
        trashed: whether that client is in the trash.
    """
    left_out = {"app.help"}
    if nobody:
        left_out |= {"list.open", "card.edit", "change.undo", "card.history", "copy.value"}
    if trashed:
        left_out |= {"card.edit", "card.open", "row.add", "row.remove"}
    if not trashed or read_only:
        left_out.add("client.restore")
    if not changed:
        left_out.add("card.save")
    if not has_rows:
        left_out |= {"row.add", "row.remove"}
    if not choosing:
        left_out.add("field.choose")
    if read_only:
        left_out |= {"client.new", "card.edit", "change.undo", "row.add", "row.remove", "card.open"}
    if place is Place.CARD:
        left_out.add("card.edit")  # Enter says the same there
    everywhere = [] if place in TYPING else list(commands_in(Place.ANYWHERE))
    if place is Place.FIELD and changed:
        everywhere.append(command("card.save"))
    offered = [each for each in (*commands_in(place), *everywhere) if each.hint and each.id not in left_out]
    offered.sort(key=lambda each: -each.priority)
    # The footer knows help by this sign and never leaves it out; F1 says it where ? is a letter.
    shown = [Hint("F1" if place in TYPING else "?", _(command("app.help").hint), 100)]
    return (*shown, *(_hint(each) for each in offered[: MOST - 1]))


def _hint(offered: Command) -> Hint:
    keys = keys_of(offered)
    key = "".join(key_name(key) for key in keys) if keys[0] == "up" else key_name(keys[0])
    return Hint(key, _(offered.hint), offered.priority)
