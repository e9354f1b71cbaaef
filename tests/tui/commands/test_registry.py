from collections import Counter

import pytest
from textual.binding import Binding

from tui.app import Kartoteka
from tui.card.card_pane import CardPane
from tui.commands.command import PLACE_TITLES, Command, Place, key_name, keys_shown
from tui.commands.fuzzy import best_first, fit
from tui.commands.registry import COMMANDS, command, commands_in
from tui.dialogs.help import help_lines
from tui.dialogs.note import Note
from tui.screens.main import MainScreen
from tui.sidebar.sidebar import Sidebar
from tui.widgets.cursor_view import CursorView
from tui.widgets.form_view import FormView
from tui.widgets.table_view import TableView
from tui.widgets.virtual_list import VirtualList

OWNERS = {
    Place.ANYWHERE: MainScreen,
    Place.LIST: Sidebar,
    Place.CARD: CardPane,
    Place.NOTE: Note,
}


def test_every_command_has_its_own_id() -> None:
    assert Counter(each.id for each in COMMANDS).most_common(1)[0][1] == 1


@pytest.mark.parametrize("each", [each for each in COMMANDS if each.action], ids=lambda each: each.id)
def test_every_command_does_something_where_it_applies(each: Command) -> None:
    owner = Kartoteka if each.id == "app.redraw" else OWNERS[each.place]
    assert hasattr(owner, "action_" + each.action.partition("(")[0])


def test_no_key_means_two_things_at_one_place() -> None:
    for place in (Place.LIST, Place.CARD):
        keys = [
            key for each in commands_in(place, Place.ANYWHERE) if each.action for key in (*each.keys, *each.aliases)
        ]
        assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_no_command_takes_a_key_of_the_widget_that_has_the_focus() -> None:
    for widget, place in ((VirtualList, Place.LIST), (FormView, Place.CARD), (TableView, Place.CARD)):
        taken = {
            key
            for binding in Binding.make_bindings([*CursorView.BINDINGS, *widget.BINDINGS])
            for key in binding.key.split(",")
        }
        keys = {key for each in commands_in(place, Place.ANYWHERE) if each.action for key in each.keys}
        assert not taken & keys


def test_every_place_is_in_the_help_page_with_all_its_commands() -> None:
    text = "\n".join("".join(text for text, _ in line.pieces) for line in help_lines(list(Place), 200))
    assert all(title in text for title in PLACE_TITLES.values())
    assert all(each.help in text and keys_shown(each) in text for each in COMMANDS)


def test_the_help_page_fits_a_narrow_screen() -> None:
    for line in help_lines(list(Place), 60):
        assert sum(len(text) for text, _ in line.pieces) <= 60


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ctrl+s", "Ctrl+S"),
        ("question_mark", "?"),
        ("ctrl+down", "Ctrl+↓"),
        ("J", "J"),
        ("f1", "F1"),
        ("shift+tab", "Shift+Tab"),
    ],
)
def test_a_key_is_shown_as_it_is_printed_on_the_keyboard(key: str, shown: str) -> None:
    assert key_name(key) == shown


def test_numbered_keys_are_shown_as_a_run() -> None:
    assert keys_shown(command("card.section")) == "1…0"


def test_the_beginning_of_a_word_comes_before_letters_scattered_about() -> None:
    titles = ["Copy the value", "Save and new client", "Save"]
    assert [titles[at] for at, _ in best_first("sa", titles)] == ["Save", "Save and new client"]
    assert [titles[at] for at, _ in best_first("new", titles)] == ["Save and new client"]
    assert [titles[at] for at, _ in best_first("snc", titles)] == ["Save and new client"]


@pytest.mark.parametrize("typed", ["ім'я", "ім’я", "імʼя"])
def test_an_apostrophe_fits_however_it_is_written(typed: str) -> None:
    assert [place for place, _ in best_first(typed, ["Місто", "Ім’я"])] == [1]


def test_what_does_not_occur_does_not_fit() -> None:
    assert fit("xyz", "Save") is None


def test_the_letters_that_were_meant_are_told() -> None:
    found = fit("нов", "Зберегти й новий клієнт")
    assert found is not None
    assert "".join("Зберегти й новий клієнт"[at] for at in found.places) == "нов"
