"""The application: one screen over one open store."""

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.driver import Driver

from store.door import Store, open_store
from tui.commands.bindings import bindings
from tui.commands.command import Place, adopt_keys, key_name, keys_of
from tui.commands.registry import command
from tui.i18n import _
from tui.screens.main import MainScreen
from tui.settings import Settings
from tui.terminal.application import Settled, TerminalApp
from tui.terminal.job_control import can_be_woken
from tui.terminal.skeleton import LEAST_COLUMNS, LEAST_ROWS

if TYPE_CHECKING:
    from store.index import Found


class Kartoteka(TerminalApp[None], inherit_bindings=False):
    """Client cards over an open store."""

    TITLE = "Kartoteka"
    CSS_PATH = "screens/main.tcss"  # Textual does not read the file of a screen that is there from the start
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.ANYWHERE, only=("app.redraw",), priority=True),
        Binding("ctrl+c", "explain_quit", show=False, id="app.interrupt"),
        Binding("ctrl+z", "suspend_process", show=False, id="app.suspend"),
    ]

    def __init__(
        self,
        store: Store,
        *,
        settings: Settings | None = None,
        driver_class: type[Driver] | None = None,
        alone: bool = False,
    ) -> None:
        """Prepare the application.

        Args:
            store: open, and closed by whoever opened it.
            settings: the operator's settings.
            driver_class: what writes to the terminal; the environment's choice by default.
            alone: whether the process is this program's and ends with it.
        """
        super().__init__(driver_class=driver_class)
        self.store = store
        self._settings = settings or Settings()
        adopt_keys(self._settings.keys)
        self._main: MainScreen | None = None
        self._held: Settled | None = None
        self._alone = alone

    def get_default_screen(self) -> MainScreen:
        """The list and the card."""
        found: Found = self.store.find("")
        self._main = MainScreen(self.store, found)
        return self._main

    def action_explain_quit(self) -> None:
        """Ctrl+C leaves nothing in the middle; whoever presses it is told how to leave."""
        if self._main is not None:
            self._main.tell(_("Ctrl+Q leaves the program"))

    def action_suspend_process(self) -> None:
        """Ctrl+Z stops the program where a shell can wake it; elsewhere who means undo is told the key."""
        if can_be_woken():
            super().action_suspend_process()
        elif self._main is not None:
            key = key_name(keys_of(command("change.undo"))[0])
            self._main.tell(_("{key} takes the last change back; Ctrl+Z does nothing here").format(key=key))

    def on_mount(self) -> None:
        """Take the operator's own keys and colours."""
        if self._settings.theme in self.available_themes:
            self.theme = self._settings.theme
        if self._settings.keys:
            self.set_keymap(dict(self._settings.keys))
        if self._alone:
            # What the first list takes stays as long as the program: to look it through for garbage takes as long as
            # a letter, in the middle of one.
            self.call_after_refresh(gc.freeze)

    def exit(self, *args: Any, **options: Any) -> None:
        """Leave, on a signal too: what stands in a field is in the draft first."""
        if self._main is not None:
            self._main.keep_what_is_typed()
        super().exit(*args, **options)

    def on_resize(self, event: events.Resize) -> None:
        """Ask for more room where there is too little, over whatever is shown."""
        from tui.dialogs.more_room import MoreRoom

        small = event.size.width < LEAST_COLUMNS or event.size.height < LEAST_ROWS
        asking = isinstance(self.screen, MoreRoom)
        if small and not asking:
            self.push_screen(MoreRoom())
        elif asking and not small:
            self.screen.dismiss(None)

    @property
    def is_at_work(self) -> bool:
        """Whether a conversation works on what the last key asked."""
        return self._main is not None and self._main.is_busy

    @property
    def is_making_progress(self) -> bool:
        """Whether a conversation tells how far it is."""
        return self._main is not None and self._main.is_making_progress

    async def on_settled(self, message: Settled) -> None:
        """Hold the next key back while a conversation works on what the last one asked."""
        message.prevent_default()
        if self.is_at_work:
            message.stop()
            self._held = message
        else:
            await super().on_settled(message)

    async def on_speaking_screen_ready(self) -> None:
        """Let the next key go."""
        held, self._held = self._held, None
        if not self.screen_stack:
            return  # the program ends
        if held is None:
            await self._next_key()
        else:
            await super().on_settled(held)


def run(
    path: str | os.PathLike[str],
    *,
    operator: str | None = None,
    settings: Settings | None = None,
    crash_log: Path | None = None,
    **opening: Any,
) -> int:
    """Open a store and show it until the operator leaves.

    Args:
        path: the store.
        operator: who works with it, if not the one the environment names.
        settings: the operator's settings.
        crash_log: where the traceback of a fault of ours goes.
        **opening: what else `open_store` takes, such as `progress`.

    Returns:
        the exit code: 0, or 128 and the number of the signal that ended it.

    Raises:
        StoreError: the store cannot be opened.
    """
    with open_store(path, operator=operator, polled=True, **opening) as store:
        app = Kartoteka(store, settings=settings, alone=True)
        app.crash_log = crash_log
        app.run()
        return app.return_code or 0
