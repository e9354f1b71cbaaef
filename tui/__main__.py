"""`kartoteka`, `kt` and `python -m tui`: a command, or without one the screen."""

import sys


def main() -> int:
    """Run the command line of this process and return its exit code."""
    from tui.cli.line import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
