"""Other processes that help to build the index: begun without the main script of this one."""

import sys
import threading
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType

_beginning = threading.Lock()


class _Helper(SpawnProcess):
    """A process that imports what it is given to do, and nothing else.

    Otherwise it would begin by importing `__main__`: a script that opens a store without asking for its own name
    would do all that it does once more, and wait for the lock that it holds itself.
    """

    def start(self) -> None:
        """Begin."""
        with _beginning:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                super().start()
            finally:
                sys.modules["__main__"] = main


class _Context(SpawnContext):
    Process = _Helper


CONTEXT = _Context()
