"""A bare application to put one widget on, and what it then shows."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from tui.widgets.drawn import Drawn


class Stage(App[None]):
    """Shows widgets and remembers what they said."""

    def __init__(self, *shown: Widget) -> None:
        super().__init__()
        self.shown = shown
        self.said: list[Message] = []

    def compose(self) -> ComposeResult:
        yield from self.shown

    def hear(self, message: Message) -> None:
        """Remember what our widgets say, once each however far it travels."""
        if type(message).__module__.startswith("tui.") and all(message is not known for known in self.said):
            self.said.append(message)

    def perform(self, size: tuple[int, int] = (60, 20)) -> AbstractAsyncContextManager[Pilot[None]]:
        """Run without a terminal."""
        return self.run_test(size=size, message_hook=self.hear)


def text_of(widget: Drawn) -> list[str]:
    """The lines the widget draws."""
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


def said(stage: Stage, kind: type[Message]) -> list[Any]:
    """What the widgets said of one kind."""
    return [message for message in stage.said if isinstance(message, kind)]


class Names:
    """A source of numbered rows that counts how often it is asked."""

    def __init__(self, total: int, names: Sequence[str] = ()) -> None:
        self.total = total
        self.names = names
        self.asked: list[int] = []

    def rows(self, start: int, count: int) -> Sequence[Any]:
        self.asked.append(start)
        named = list(self.names[start : start + count])
        return named or [f"row {at}" for at in range(start, min(start + count, self.total))]


def field_of(stage: Stage) -> Input:
    """The live input."""
    return stage.query_one(Input)
