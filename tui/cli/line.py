"""From the words of the command line to an exit code."""

import argparse
import gc
import importlib
import os
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from store.errors import Invalid, StoreError
from tui.cli.commands import COMMANDS, command_named
from tui.cli.exits import Exit, exit_of
from tui.cli.output import STDOUT, Output, drop_output, use_utf8
from tui.cli.parser import (
    PROGRAM,
    Parser,
    UsageError,
    add_common_options,
    bare,
    language_asked,
    nearest,
    split,
    translate_argparse,
    with_nearest,
)
from tui.i18n import _, activate
from tui.i18n.choice import choose_language
from tui.places import settings_file


def run(arguments: Sequence[str], uncover: Callable[[], None] | None = None) -> int:
    """Do what a command line asks for and return its exit code; no error leaves as a traceback.

    Args:
        arguments: the words after the program's name.
        uncover: gives the terminal back where the frame of the screen was painted on it already.
    """
    use_utf8()
    activate(choose_language(language_asked(arguments), os.environ, _saved_language()))
    translate_argparse()
    output = Output(json="--json" in arguments)
    output.uncover = uncover
    try:
        code = _dispatch(arguments, output)
        output.finish()
        return code
    except UsageError as error:
        hint = {} if not error.usage else {"usage": error.usage}
        message = error.message if output.json or not error.usage else f"{error.usage}\n{error.message}"
        output.error("usage", message, hint)
        return Exit.USAGE
    except StoreError as error:
        _tell(error, output)
        return exit_of(error)
    except BrokenPipeError:
        return Exit.DONE
    except OSError as error:
        from tui.i18n.problems import say

        if error.filename == STDOUT:
            # No bad input: whoever reads the code must not do again what was done.
            told = _("The answer could not be written ({reason}). What was to be saved is saved.")
            output.error("output", told.format(reason=error.strerror or ""), {"file": STDOUT})
            return Exit.NOT_ALLOWED
        output.error("file", say(error), {"file": error.filename} if error.filename else {})
        return Exit.USAGE
    except KeyboardInterrupt:
        if output.json:
            output.error("interrupted", _("Interrupted."), {})
        else:
            output.talk(_("Interrupted."))
        return Exit.INTERRUPTED
    finally:
        output.clear_way()
        drop_output()


def _dispatch(arguments: Sequence[str], output: Output) -> int:
    parts = split(arguments)
    if parts.command is None:
        return _without_command(arguments, output)
    command = command_named(parts.command)
    if command is None:
        raise UsageError(_unknown_command(parts.command))
    module = importlib.import_module(f"tui.cli.{command.module}")
    parser = Parser(prog=f"{PROGRAM} {command.name}", description=_(command.summary))
    module.arguments(parser)
    add_common_options(parser)
    options = _parse(parser, module, [*parts.before, *parts.after])
    if command.lasting:
        gc.enable()
    exit_code: int = module.run(options, output)
    return exit_code


def _parse(parser: Parser, module: ModuleType, words: list[str]) -> argparse.Namespace:
    protect = getattr(module, "protect", None)
    options = parser.read(protect(words) if protect else words)
    for name, value in vars(options).items():
        # Any bytes may name a file or a folder.
        read = bare if name in ("store", "file", "map", "directory") else _text
        if isinstance(value, list):
            setattr(options, name, [read(word) for word in value])
        elif isinstance(value, str):
            setattr(options, name, read(value))
    return options


def _text(word: str) -> str:
    """The word as it was typed, read as UTF-8 where the locale could not read it (it knows no letters but ASCII's).

    Bytes that are no UTF-8 either are refused: stored, they could not be read again.
    """
    word = bare(word)
    if not any("\ud800" <= letter <= "\udfff" for letter in word):
        return word
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError as error:
        shown = word.encode("utf-8", "replace").decode()
        sentence = _("“{word}” is not text in UTF-8. Check the encoding of the terminal.").format(word=shown)
        raise UsageError(sentence) from error


def _without_command(arguments: Sequence[str], output: Output) -> int:
    parser = Parser(prog=PROGRAM, usage=f"{PROGRAM} [--store PATH] [--lang uk|ru|en] [COMMAND]", epilog=_command_list())
    parser.description = _("Client cards in the terminal. Without a command the screen opens.")
    parser.add_argument("--version", action="store_true", help=_("print the version"))
    parser.add_argument("--keys", action="store_true", help=_("print the keys of the screen"))
    add_common_options(parser)
    options = parser.read(arguments)
    if options.version:
        from importlib.metadata import version

        number = version(PROGRAM)
        output.value({"version": number}) if output.json else output.line(f"{PROGRAM} {number}")
        return Exit.DONE
    if options.keys:
        from tui.cli import keys

        return keys.run(output)
    if output.json:
        raise UsageError(_("--json needs a command: the screen prints no data."))
    from tui.cli import screen

    return screen.run(options.store, output)


def _command_list() -> str:
    width = max(len(command.name) for command in COMMANDS)
    lines = [f"  {command.name:{width}}  {_(command.summary)}" for command in COMMANDS]
    return "\n".join([_("commands:"), *lines, "", _("“kartoteka COMMAND --help” says more about one.")])


def _unknown_command(word: str) -> str:
    sentence = _("There is no command “{word}”.").format(word=word)
    near = nearest(word, [command.name for command in COMMANDS])
    if near:
        return with_nearest(sentence, near)
    advice = _("“kartoteka --help” lists the commands; to find a client: kartoteka find {word}").format(word=word)
    return f"{sentence} {advice}"


def _tell(error: StoreError, output: Output) -> None:
    from tui.i18n.problems import problem_data, say

    details: dict[str, Any] = {
        name: value for name, value in error.details.items() if isinstance(value, str | int | bool)
    }
    if isinstance(error, Invalid):
        details["problems"] = [problem_data(problem) for problem in error.problems]
    clashes = getattr(error, "clashes", ())
    if clashes:
        details["clashes"] = [
            {"field": clash.path, "before": clash.before, "mine": clash.mine, "theirs": clash.theirs}
            for clash in clashes
        ]
    output.error(error.code, say(error), details)


def _saved_language() -> str:
    """The language in the operator's settings; most have no such file, and then nothing is imported for it."""
    path = settings_file()
    if not path.exists():
        return ""
    from tui.settings import Settings, SettingsUnreadable

    try:
        return Settings.load(path).language
    except SettingsUnreadable:
        # The screen tells of it; a command does its work in the language of the machine.
        return ""
