"""`kartoteka`, `kt` and `python -m tui`: a command, or without one the screen."""

import gc
import sys
from collections.abc import Sequence

_INTERRUPTED = 130
"""As `tui.cli.exits` has it."""

_WITH_VALUE = ("--store", "--lang")


def main() -> int:
    """Run the command line of this process and return its exit code."""
    # A quick command leaves no garbage worth looking for, and looking takes a tenth of its time, most of it while
    # modules are imported. What takes longer turns it on again.
    gc.disable()
    words = sys.argv[1:]
    wipe = None
    if opens_screen(words):
        # Before all other imports: the operator sees the frame of the screen in the time Python takes to start.
        from tui.terminal import skeleton

        if skeleton.refusal() is None:
            skeleton.paint()
            wipe = skeleton.wipe
    try:
        from tui.cli.line import run

        return run(words, wipe)
    except KeyboardInterrupt:  # while it is only imported: nothing was begun
        return _INTERRUPTED


def opens_screen(words: Sequence[str]) -> bool:
    """Whether a command line asks for the screen: it holds nothing but options that a screen takes."""
    place = 0
    while place < len(words):
        if words[place] in _WITH_VALUE:
            place += 2
        elif words[place].partition("=")[0] in _WITH_VALUE:
            place += 1
        else:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
