"""An operator at the screen: presses keys, reads what is shown, waits for what is to come."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from store.card import Document
from store.door import Edit, Store
from tui.app import Kartoteka
from tui.screens.main import MainScreen
from tui.settings import Settings
from tui.sidebar.finder import Finder

NARROW, BROAD = (80, 24), (140, 40)
PATIENCE, GLANCE = 60.0, 0.005
"""Seconds: after which what was to come has failed to, and between two looks."""


class Operator:
    """Hands and eyes."""

    def __init__(self, pilot: Pilot[Any], store: Store) -> None:
        self.pilot = pilot
        self.store = store

    @property
    def app(self) -> Kartoteka:
        app = self.pilot.app
        assert isinstance(app, Kartoteka)
        return app

    @property
    def main(self) -> MainScreen:
        main = self.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        return main

    @property
    def screen(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        await self.pilot.press(*("space" if char == " " else char for char in text))

    async def search(self, line: str) -> None:
        await self.press("slash")
        await self.type(line)

    async def sees(self, *texts: str) -> None:
        await self.until(lambda: all(text in self.screen for text in texts), f"{texts} on the screen")

    async def reads(self, *sentences: str) -> None:
        """See sentences, wherever their lines break: where depends on the length of a path in them."""
        await self.until(
            lambda: all(sentence in " ".join(self.screen.split()) for sentence in sentences), f"{sentences} to be read"
        )

    async def sees_no(self, *texts: str) -> None:
        await self.until(lambda: not any(text in self.screen for text in texts), f"no {texts} on the screen")

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    # All that was sent has been handled then; of what a thread will send nobody can be told.
                    await self.pilot.pause(GLANCE)
        except TimeoutError:
            pytest.fail(f"waited for {what or condition}; the screen shows\n{self.screen}")

    def stored(self, number: str) -> Document:
        return self.store.get(number).card.document


@asynccontextmanager
async def at_work(
    store: Store, size: tuple[int, int] = NARROW, settings: Settings | None = None
) -> AsyncIterator[Operator]:
    app = Kartoteka(store, settings=settings)
    async with app.run_test(size=size) as pilot:
        operator = Operator(pilot, store)
        await operator.until(lambda: len(app.screen_stack) and app.focused is not None, "the program to start")
        yield operator


def add(store: Store, last_name: str, first_name: str, phone: str = "", **sections: Any) -> str:
    document = store.blank()
    document["person"] = {"last_name": last_name, "first_name": first_name}
    if phone:
        document["contacts"] = [{"kind": "phone", "value": phone, "main": True}]
    document.update(sections)
    return store.write([Edit(None, None, document)], why="new").cards[0].number


async def opened(operator: Operator, query: str) -> None:
    await operator.search(query)
    await operator.sees("1 of ")
    await operator.press("enter", "enter")
    await operator.until(lambda: operator.main.pane is not None and operator.main.pane.panel.has_focus_within)


def number_of(store: Store, name: str) -> str:
    return store.find(name).rows(0, 1)[0].number


def only(operator: Operator) -> str:
    """The name of the one client that a finder has found; "" where it has none or several."""
    finder = operator.app.screen
    row = finder.list.row if isinstance(finder, Finder) and finder.list._total == 1 else None
    return row.name if row else ""


def under_cursor(operator: Operator) -> str:
    """The name of the client under the cursor of the list."""
    row = operator.main.sidebar.list.client
    return row.name if row else ""
