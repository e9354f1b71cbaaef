"""Where a command's words go: results to stdout, talk and progress to stderr."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TextIO

from store.progress import Progress
from tui.i18n.formats import count

STDOUT = "stdout"
"""What a refusal to take the answer is told of."""


class Output:
    """What a command says, and to whom.

    Attributes:
        json: True where the result is to be one JSON value.
        uncover: called once before the first word, where something covers the terminal; else None.
    """

    def __init__(self, *, json: bool, quiet: bool = False) -> None:
        self.json = json
        # With --json an error is the one value on stderr: nothing may stand beside it.
        self._quiet = quiet or json
        self._bar_shown = False
        self.uncover: Callable[[], None] | None = None

    def value(self, value: Any) -> None:
        """Print the result as one JSON value."""
        self._print(_json(value))

    def line(self, text: str = "") -> None:
        """Print a line of the result, harmless to a terminal."""
        self._print(harmless(text))

    def talk(self, text: str) -> None:
        """Tell the operator something that is no result."""
        if self._quiet:
            return
        self._tell(harmless(text))

    def ask(self, question: str) -> None:
        """Put a question whose answer is typed in the same line; shown also with `--json`, as somebody must answer."""
        self.clear_way()
        with contextlib.suppress(OSError):
            print(harmless(question), end="", file=sys.stderr, flush=True)

    def error(self, code: str, message: str, details: Mapping[str, Any]) -> None:
        """Tell what went wrong: a sentence, or with `--json` one JSON value, on stderr either way."""
        if self.json:
            self._tell(_json({"error": {"code": code, "message": message, **details}}))
        else:
            for line in message.splitlines():
                self._tell(harmless(line))

    def progress(self, label: str) -> Progress | None:
        """A callback that draws `label 1,200 of 5,000` in one line of the terminal; None where nobody watches."""
        if not _is_terminal(sys.stderr):
            return None
        last_percent = -1

        def show(done: int, of: int) -> None:
            nonlocal last_percent
            percent = done * 100 // of if of else 100
            if percent == last_percent:
                return
            last_percent = percent
            numbers = f"{count(done)} / {count(of)}" if of else count(done)
            print(f"\r{label}  {percent:3d} %  {numbers}\x1b[K", end="", file=sys.stderr, flush=True)
            self._bar_shown = True

        return show

    def finish(self) -> None:
        """Remove the progress line and send everything off."""
        self._print("", end="", flush=True)

    def _print(self, text: str, end: str = "\n", *, flush: bool = False) -> None:
        self.clear_way()
        with naming_stdout():
            print(text, end=end, flush=flush)

    def _tell(self, text: str) -> None:
        self.clear_way()
        # Where nobody can be told, the exit code says it.
        with contextlib.suppress(OSError):
            print(text, file=sys.stderr)

    def clear_way(self) -> None:
        """Remove the progress line, and what covers the terminal."""
        if self.uncover:
            uncover, self.uncover = self.uncover, None
            uncover()
        if self._bar_shown:
            self._bar_shown = False
            with contextlib.suppress(OSError):
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextlib.contextmanager
def naming_stdout() -> Iterator[None]:
    """Name stdout in what it refuses, or a sentence would say that a disk is full and not whose."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror, STDOUT) from error


def harmless(text: str) -> str:
    """The text in one line, control and direction characters as visible marks."""
    from tui.terminal.safe import safe

    return text if text.isascii() and text.isprintable() else safe(text)


def use_utf8() -> None:
    """Write UTF-8 whatever the locale says, a question mark for what is no character.

    Under a locale of one-byte letters a name in another alphabet would end the command with a UnicodeEncodeError.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Closed by whoever started us. Opened now, it takes the closed one's descriptor, before a file of the
            # store does.
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def drop_output() -> None:
    """Send what is still unwritten nowhere: nobody can take it any more, and Python would complain at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _json(value: Any) -> str:
    import json

    # For people in lines; for programs in one, which takes a tenth of the time.
    indent = 2 if sys.stdout.isatty() else None
    return json.dumps(value, ensure_ascii=False, indent=indent, default=str)
