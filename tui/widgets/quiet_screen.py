"""A screen that does not repaint itself whenever the focus moves."""

from typing import TypeVar

from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

Answer = TypeVar("Answer")


class QuietScreen(Screen[Answer]):
    """A screen whose focus changes repaint only the two widgets concerned.

    Textual's `Screen.focused` is a reactive that repaints the whole screen: 8 KB for each press of Tab.
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget that has the focus, or None."""


class QuietModal(ModalScreen[Answer]):
    """A dialog whose focus changes repaint only the two widgets concerned.

    Its background is transparent: a dimmed one changes the colour of every cell behind the dialog, 14 KB.
    """

    DEFAULT_CSS = """
    QuietModal { align: center middle; background: transparent; }
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget that has the focus, or None."""

    def store_changed(self) -> None:
        """What is stored is otherwise now: show it as it is."""

    def searches_changed(self) -> None:
        """The saved searches, or their counts, are others now: show them as they are."""
