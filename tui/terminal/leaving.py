"""Leaving on a signal: a dropped line or a shutdown ends the program as its own exit does, terminal restored."""

import asyncio
import signal
from functools import partial
from typing import Any

from textual.app import App

ENDING = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
"""A line that dropped, a shutdown, an interrupt from outside (Ctrl+C in the terminal is a key)."""


def install(app: App[Any]) -> None:
    """Let those signals end the app; to be called in its running event loop.

    The process ends with 128 and the number of the signal, as shells report it.
    """
    loop = asyncio.get_running_loop()
    for number in ENDING:
        loop.add_signal_handler(number, partial(_leave, app, number))


def _leave(app: App[Any], number: signal.Signals) -> None:
    loop = asyncio.get_running_loop()
    # Whoever insists gets through; a hangup is often sent twice, by the terminal and by the shell.
    for insisted in (signal.SIGTERM, signal.SIGINT):
        loop.remove_signal_handler(insisted)
    app.exit(return_code=128 + number)
