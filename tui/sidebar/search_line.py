"""Where the query is typed: mistakes in it are underlined, and Tab takes what is suggested."""

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import reactive

from store.query import seen
from tui.i18n import _
from tui.widgets.line_input import LineInput

Span = tuple[int, int]


class SearchLine(LineInput):
    """The search line. It knows no store: who owns it tells it the mistakes and whether anything is suggested."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"search--mistake"}
    DEFAULT_CSS = """
    Sidebar SearchLine { background: $panel; padding: 0 1; }
    SearchLine > .search--mistake { color: $text-error; background: $panel; text-style: underline; }
    """

    mistakes: reactive[tuple[Span, ...]] = reactive(tuple)
    """The parts that were not understood, as places of their first letter and behind their last."""

    class Done(Message):
        """The operator turns to the list of what was found."""

    class Cleared(Message):
        """The operator gives the search up."""

    @dataclass
    class Suggestion(Message):
        """The operator takes what is suggested, or wants to see the next of it."""

        take: bool

    def __init__(self) -> None:
        super().__init__(placeholder=_("/ to search: name, phone, number"))
        self.suggests = False
        """Whether something is suggested: Tab and → take it."""

    def on_key(self, event: events.Key) -> None:
        """Take the keys that are no text."""
        message: Message | None = None
        match event.key:
            case "escape":
                message = self.Cleared()
            case "enter" | "down" | "up":
                message = self.Done()
            case "tab" | "shift+tab" if self.suggests:
                message = self.Suggestion(event.key == "tab")
            case "right" if self.suggests and self.cursor_at_end:
                message = self.Suggestion(take=True)
        if message is None:
            return  # to the handlers of the other classes, which Textual calls next
        event.stop()
        event.prevent_default()
        self.post_message(message)

    def load(self, text: str, *, select: bool = False) -> None:
        """Put another text here."""
        super().load(seen(text), select=select)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put the text in the place of what lies there, without the invisible characters that come with pasted ones.

        The places of mistakes are those of the line as it is seen.
        """
        super().replace(seen(text), start, end)

    @property
    def _value(self) -> Text:
        text = super()._value
        look = self.get_component_rich_style("search--mistake") if self.mistakes else None
        for start, end in self.mistakes:
            if look is not None:
                text.stylize(look, start, end)
        return text
