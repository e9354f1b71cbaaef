"""The write-ahead log brought home beside the saves: to copy what forty of them wrote takes longer than one of them."""

import threading
from collections.abc import Callable
from contextlib import suppress

from store.errors import StoreError

EVERY = 40
"""Updates after which the log is brought home."""


class Homing:
    """Copies the log in a thread of its own, then the little that was written meanwhile, so that it begins anew."""

    def __init__(self, bring_home: Callable[[], None], is_much: Callable[[], bool]) -> None:
        """Begin.

        Args:
            bring_home: Copies the log as far as it can be copied now; called in both threads.
            is_much: Whether much waits in the log.
        """
        self._bring_home = bring_home
        self._is_much = is_much
        self._updates = 0
        self._thread: threading.Thread | None = None

    def updated(self) -> None:
        """Note that something was written."""
        self._updates += 1
        if self._thread is not None:
            if not self._thread.is_alive():
                self._thread = None
                self._bring_home()
        elif self._updates >= EVERY:
            self._updates = 0
            self._thread = threading.Thread(target=self._aside, name="index log", daemon=True)
            self._thread.start()

    def finish(self) -> None:
        """Wait until nothing is copied any more; who wrote leaves no long log, however few it was."""
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join()
        # A command saves once and ends: beside a screen that stays open nobody else would ever copy what thousands did.
        if self._updates and self._is_much():
            self._aside()

    def _aside(self) -> None:
        # Nobody asked for it: what is wrong with the file is told to whoever searches or saves next.
        with suppress(StoreError):
            self._bring_home()
