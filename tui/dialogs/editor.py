"""The operator's own editor, over a file that nobody else can read."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

DEFAULT_EDITOR = "nano"


class EditorError(Exception):
    """The editor gave no text back."""

    def __init__(self, program: str) -> None:
        super().__init__(program)
        self.program = program


class EditorMissing(EditorError):
    """The editor could not be started."""


class EditorFailed(EditorError):
    """The editor ended with an error, or left what is no UTF-8 text."""


def edit_text(text: str) -> str:
    """Let the operator edit a text in `$VISUAL`, `$EDITOR` or nano; the terminal must be free for it.

    Raises:
        EditorMissing: the editor could not be started.
        EditorFailed: it ended with an error, or saved what is no UTF-8.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named) or [DEFAULT_EDITOR]
    except ValueError as error:  # a quotation mark is not closed
        raise EditorMissing(named) from error
    # mkdtemp makes a folder of mode 0700; editors leave their backups beside the file.
    with tempfile.TemporaryDirectory(prefix="kartoteka-") as folder:
        file = Path(folder) / "note.txt"
        file.write_text(text, encoding="utf-8")
        try:
            done = subprocess.run([*command, str(file)], check=False)
        except OSError as error:
            raise EditorMissing(command[0]) from error
        if done.returncode:
            raise EditorFailed(command[0])
        try:
            edited = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise EditorFailed(command[0]) from error
    # Editors end a file with a line break that nobody typed.
    return edited.removesuffix("\n") if not text.endswith("\n") else edited
