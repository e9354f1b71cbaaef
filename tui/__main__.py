"""`kartoteka`, `kt` and `python -m tui`: a command, or without one the screen."""

import gc
import sys


def main() -> int:
    """Run the command line of this process and return its exit code."""
    # A quick command leaves no garbage worth looking for, and looking takes a tenth of its time, most of it while
    # modules are imported. What takes longer turns it on again.
    gc.disable()
    from tui.cli.line import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
