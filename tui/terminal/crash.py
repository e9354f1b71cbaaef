"""What is left of a fault of our own: a traceback without values, in a file that only its owner reads."""

import os
import traceback
from pathlib import Path

from store.clock import stamp

MODE = 0o600


def record(error: BaseException, log: Path) -> bool:
    """Append the error to the log; whether that worked.

    The traceback holds the lines of the program and the error's own message, but no local values: those are clients.
    """
    text = "".join(traceback.TracebackException.from_exception(error, capture_locals=False).format())
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, MODE)
    except OSError:
        return False
    with open(descriptor, "a", encoding="utf-8", errors="replace") as file:
        file.write(f"{stamp()}\n{text}\n")
    return True
