"""A small application of our widgets, run as a program by the tests: list, form, tabs, footer, search bar."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.terminal.application import TerminalApp
from tui.terminal.cells import fit
from tui.widgets.footer import Footer, Hint
from tui.widgets.form_view import FormView, Line
from tui.widgets.line_input import LineInput
from tui.widgets.quiet_screen import QuietScreen
from tui.widgets.tab_bar import TabBar
from tui.widgets.virtual_list import VirtualList

LABELS = ("Прізвище", "Ім’я", "Інше")
TITLES = ("Person", "Contacts", "Purchases", "Notes")


class People:
    """Made-up clients whose names hold a text."""

    def __init__(self, total: int, wanted: str = "") -> None:
        self.total = total // (len(wanted) + 1)
        self.wanted = wanted

    def rows(self, start: int, count: int) -> Sequence[str]:
        return [f"Шевченко Олена {at}" for at in range(start, min(start + count, self.total))]


class PeopleList(VirtualList):
    def draw(self, row: str, width: int) -> Sequence[tuple[str, str]]:
        return [(fit(row, width - 10), ""), (fit("K-4821-7", 10), "")]


class Desk(QuietScreen[None]):
    CSS = "PeopleList { width: 40; } LineInput { width: 40; } Horizontal { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", show=False),
        Binding("n", "note('new')", show=False),
        Binding("ctrl+s", "note('saved')", show=False),
        Binding("e", "form", show=False),
        Binding("q", "app.quit", show=False),
        Binding("ctrl+l", "app.redraw", show=False),
        Binding("x", "app.explode", show=False),
    ]

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Vertical():
                yield LineInput(placeholder="search", id="search")
                yield PeopleList()
            with Vertical():
                yield TabBar()
                yield FormView()
        yield Footer()

    def on_mount(self) -> None:
        self.values = ["Шевченко", "Олена", "漢字 👍🏽 é"]
        self.query_one(PeopleList).show(People(100_000))
        self.query_one(TabBar).titles = TITLES
        self.query_one(Footer).hints = (Hint("?", "help"), Hint("/", "search"), Hint("Ctrl+S", "save"))
        self.show_form()
        self.query_one(PeopleList).focus()

    def show_form(self) -> None:
        self.query_one(FormView).lines = tuple(
            Line(LABELS[at % len(LABELS)], value) for at, value in enumerate(self.values)
        )

    def fill(self, values: list[str]) -> None:
        """Other values of the form, which is no longer edited."""
        self.query_one(FormView).stop_editing()
        self.values = values
        self.show_form()

    def action_search(self) -> None:
        self.set_focus(self.query_one("#search"))

    def action_form(self) -> None:
        self.set_focus(self.query_one(FormView))

    def action_note(self, text: str) -> None:
        self.query_one(Footer).message = text

    @on(Input.Changed, "#search")
    def search(self, event: Input.Changed) -> None:
        self.query_one(PeopleList).show(People(100_000, event.value))

    def on_form_view_edit(self, event: FormView.Edit) -> None:
        event.form.edit(self.values[event.index])

    def on_form_view_entered(self, event: FormView.Entered) -> None:
        self.values[event.index] = event.text
        event.form.stop_editing()
        self.show_form()
        event.form.cursor += event.move

    def on_form_view_given_up(self, event: FormView.GivenUp) -> None:
        event.form.stop_editing()


class Sample(TerminalApp[int]):
    ENABLE_COMMAND_PALETTE = False

    def get_default_screen(self) -> Desk:
        return Desk()

    def action_explode(self) -> None:
        secret = "Шевченко Олена"
        raise RuntimeError(f"a fault with {len(secret)} letters")


def main() -> int:
    app = Sample()
    if len(sys.argv) > 1:
        app.crash_log = Path(sys.argv[1])
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    from tui.terminal.environment import prepare

    prepare()
    sys.exit(main())
