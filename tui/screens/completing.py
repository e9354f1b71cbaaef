"""Suggestions for the search line: keys of filters and their values, as they are typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import work
from textual.message import Message
from textual.worker import get_current_worker

from store.errors import StoreError
from tui.i18n import language
from tui.i18n.formats import count
from tui.screens.marking import MarkingScreen
from tui.sidebar.sidebar import Offer, Sidebar

LEAST_LETTERS = 3
"""Letters of a word from which on it may be the key of a filter rather than a name just begun."""
MOST = 8


class CompletingScreen(MarkingScreen):
    """A screen that suggests how the search line may go on."""

    @dataclass
    class Completed(Message):
        """A worker's suggestions."""

        line: str
        cursor: int
        offers: Sequence[Offer]

    def seek(self, message: Sidebar.Asked) -> None:
        """Look for what was typed, and for what it may become."""
        super().seek(message)
        if message.cursor >= 0:
            self._complete(message.line, message.cursor)

    @work(thread=True, exclusive=True, group="complete", exit_on_error=False)
    def _complete(self, line: str, cursor: int) -> None:
        from store.query.completing import complete

        try:
            found = complete(line, cursor, self.store.schema, language(), self.store.values)
        except StoreError:
            return  # the list tells what is wrong with the store
        offers = [
            Offer(each.text, each.start, each.end, count(int(each.note)) if each.note.isdecimal() else "")
            for each in found
            if line[each.start : each.end] != each.text and _is_meant(each.text, line[each.start : cursor])
        ]
        if not get_current_worker().is_cancelled:
            self.post_message(self.Completed(line, cursor, offers[:MOST]))

    def on_completing_screen_completed(self, message: Completed) -> None:
        """Suggest them, unless something else was typed meanwhile."""
        search = self.sidebar.search
        if search.has_focus and (search.value, search.cursor_position) == (message.line, message.cursor):
            self.sidebar.offer(message.offers)


def _is_meant(text: str, typed: str) -> bool:
    """Whether a suggestion is no intrusion: a key only where enough of it was typed."""
    return not text.endswith(":") or ":" in typed or len(typed) >= LEAST_LETTERS
