"""What the screen is measured beside: search, list and footer made of Textual's own widgets, or nothing at all."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Footer, Input, OptionList

NAMES = [f"{family} {given} {number}" for number in range(40) for family in ("Шевченко", "Бондар", "Коваль", "Мельник", "Гнатюк") for given in ("Олена", "Іван", "Марія", "Петро", "Юлія")]  # fmt: skip # noqa: E501


class Bare(App[None]):
    """A list that is narrowed by what is typed."""

    BINDINGS = [("ctrl+n", "new", "New"), ("ctrl+s", "save", "Save")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Input()
        yield OptionList(*NAMES)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        found = [name for name in NAMES if event.value.lower() in name.lower()]
        self.query_one(OptionList).set_options(found)


if __name__ == "__main__":
    (App[None] if "empty" in sys.argv else Bare)().run()
