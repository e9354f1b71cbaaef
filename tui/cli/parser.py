"""Reading the command line: the options every command takes, and argparse in three languages."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn

from tui.i18n import LANGUAGES, N_, _, ngettext

PROGRAM = "kartoteka"
_WITH_VALUE = ("--store", "--lang")

ARGPARSE_TEXTS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)
"""What argparse itself says to a user; the rest of its messages are for programmers."""


class UsageError(Exception):
    """The command line cannot be understood.

    Attributes:
        message: what is wrong, in the operator's language.
        usage: the line that says how it should look, or "".
    """

    def __init__(self, message: str, usage: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.usage = usage


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal.

    argparse makes a formatter for every argument, and its own asks `shutil`, which imports every compression
    there is: a twentieth of the time of a `find`.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


class Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of leaving, and knows no abbreviations: they would bind us for ever."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=Formatter, **options)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(message.replace(_GUARD, "").replace(_GUARD_SHOWN, ""), self.format_usage().strip())

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """Read a command line. Raises UsageError.

        Of `--query=--` argparse drops the value in silence, so that all clients would be exported.
        """
        for word in words[: words.index("--")] if "--" in words else words:
            name, _equals, value = word.partition("=")
            option = self._option_string_actions.get(name)
            if value == "--" and option is not None and option.nargs is None:
                text = _("argument %(argument_name)s: %(message)s")
                self.error(text % {"argument_name": name, "message": _("expected one argument")})
        return self.parse_args(words)


class Split(NamedTuple):
    """A command line cut at the command's name."""

    before: tuple[str, ...]
    """Options given before the command."""
    command: str | None
    after: tuple[str, ...]


def split(arguments: Sequence[str]) -> Split:
    """Cut a command line at its first word that is neither an option nor an option's value."""
    place = 0
    while place < len(arguments) and arguments[place].startswith("-"):
        place += 2 if arguments[place] in _WITH_VALUE else 1
    if place >= len(arguments):
        return Split(tuple(arguments), None, ())
    return Split(tuple(arguments[:place]), arguments[place], tuple(arguments[place + 1 :]))


_DIGITS = 18
"""Of a number that every machine can count to."""

_GUARD, _GUARD_SHOWN = "\0", "\\x00"
"""Put before a word that begins with a dash, so that argparse takes it for a word; no argument can hold it itself."""


def guard(words: Sequence[str], is_word: Callable[[str], bool]) -> list[str]:
    """Guard the words that begin with one dash and are no options, up to `--`, until they are read (`bare`).

    Args:
        words: what follows the command.
        is_word: says of a word with one dash whether it is one of the command's own words.
    """
    end = words.index("--") if "--" in words else len(words)
    guarded = [_GUARD + word if word[:1] == "-" and is_word(word) else word for word in words[:end]]
    return [*guarded, *words[end:]]


def bare(word: str) -> str:
    """A word as it was typed."""
    return word.removeprefix(_GUARD)


def positive(typed: str) -> int:
    """A whole number of at least 1; raises ArgumentTypeError."""
    number = bare(typed)
    if not (number.isascii() and number.isdecimal() and number.strip("0")):
        raise argparse.ArgumentTypeError(_("“{value}” is not a whole number above 0").format(value=number))
    # Of more there is nothing, and neither SQLite nor Python count further.
    return int(number) if len(number) <= _DIGITS else sys.maxsize


def language_asked(arguments: Sequence[str]) -> str | None:
    """The value of `--lang`, read before the parser is built: its help must already speak that language."""
    for place, argument in enumerate(arguments):
        if argument == "--lang":
            return arguments[place + 1] if place + 1 < len(arguments) else None
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--":
            break
    return None


def _columns() -> int:
    """The columns of the terminal; 80 where there is none."""
    try:
        return int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        pass
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80
    except (OSError, ValueError):
        return 80


def translate_argparse() -> None:
    """Let argparse speak through our catalogue; its own look-up goes by the locale and finds no translation."""
    vars(argparse).update(_=_, ngettext=ngettext)


def add_common_options(parser: Parser) -> None:
    """Add the options that every command takes, before and after its name."""
    parser.add_argument("--store", metavar="PATH", help=_("the folder of the store"))
    parser.add_argument("--lang", choices=LANGUAGES, help=_("the language to speak"))
    parser.add_argument("--json", action="store_true", help=_("print one JSON value, for programs"))


def nearest(word: str, known: Sequence[str], most: int = 3) -> list[str]:
    """The known words that are most like a word mistyped, best first."""
    import difflib

    return difflib.get_close_matches(word.lower(), known, n=most, cutoff=0.5)


def with_nearest(sentence: str, near: Sequence[str]) -> str:
    """The sentence, and "did you mean" where something is near."""
    if not near:
        return sentence
    end = "" if sentence.endswith((".", "!", "?")) else "."
    return f"{sentence}{end} {_('Did you mean {names}?').format(names=', '.join(near))}"
