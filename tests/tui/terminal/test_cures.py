"""What Textual keeps for ever, and must not."""

import gc

from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.widgets import Static

from tui.terminal.application import TerminalApp
from tui.terminal.cures import ANSWERS
from tui.widgets.quiet_screen import QuietModal


class Answer(QuietModal[None]):
    def compose(self) -> ComposeResult:
        yield Static("Зберегти зміни?")


def held() -> int:
    gc.collect()
    return sum(isinstance(held, StylesCache) for held in gc.get_objects())


async def test_a_dialog_that_was_closed_leaves_nothing_of_what_it_drew() -> None:
    app = TerminalApp[None]()
    async with app.run_test() as pilot:
        before = held()
        for _ in range(5):
            await app.push_screen(Answer())
            await pilot.pause()
            await app.pop_screen()
            await pilot.pause()
        assert held() == before


async def test_a_tree_of_widgets_remembers_few_answers() -> None:
    app = TerminalApp[None]()
    async with app.run_test():
        for _ in range(ANSWERS + 10):
            await app.screen.mount(added := Static())
            assert app.screen.query_one(Static) is added
            await added.remove()
        assert len(app.screen._query_one_cache) <= ANSWERS
