"""Without a command: the screen."""

import gc
import os
from pathlib import Path

from tui.cli.opening import store_path
from tui.cli.output import Output
from tui.cli.parser import UsageError
from tui.i18n import N_, _
from tui.places import crash_log, settings_file
from tui.terminal import skeleton

REFUSALS = {
    "terminal-none": N_("The screen needs a terminal. “kartoteka --help” lists what works without one."),
    "terminal-dumb": N_(
        "The screen cannot work here (TERM={terminal}). “kartoteka --help” lists what works without it."
    ),
    "terminal-small": N_(
        "The terminal has {columns} columns and {rows} rows; the screen needs {least_columns} and {least_rows}."
    ),
}


def run(asked: str | None, output: Output) -> int:
    """Paint the empty frame if that was not done yet, then import what takes long, open the store and show it.

    Args:
        asked: the store of `--store`, or None. The operator's own is made if there is none yet; one that was named
            and is not there is an error: the name may be mistyped.
        output: where the building of a missing index shows its progress.
    """
    refuse_unfit_terminal()
    named = asked or os.environ.get("KARTOTEKA_STORE")
    path = store_path(asked)
    if output.uncover is None:
        skeleton.paint()
        output.uncover = skeleton.wipe
    return _show(path, create=not named, output=output)


def refuse_unfit_terminal() -> None:
    """Raise UsageError where no screen can be shown, before anything is made or painted."""
    reason = skeleton.refusal()
    if reason is None:
        return
    columns, rows = (0, 0) if reason == "terminal-none" else skeleton.size()
    raise UsageError(
        _(REFUSALS[reason]).format(
            terminal=os.environ.get("TERM", ""),
            columns=columns,
            rows=rows,
            least_columns=skeleton.LEAST_COLUMNS,
            least_rows=skeleton.LEAST_ROWS,
        )
    )


def _show(path: Path, *, create: bool, output: Output) -> int:
    from tui.terminal.environment import prepare

    prepare()
    from tui import app
    from tui.settings import Settings, SettingsUnreadable

    try:
        settings = Settings.load(settings_file())
    except SettingsUnreadable as error:
        raise UsageError(_("The settings cannot be read: {reason}").format(reason=error)) from error
    # What was imported stays: no collection need look at it again.
    gc.freeze()
    gc.enable()
    progress = output.progress(_("Indexing"))
    code = app.run(path, settings=settings, crash_log=crash_log(), create=create, progress=progress)
    # The screen has left the terminal as it was, and may have said something.
    output.uncover = None
    return code
