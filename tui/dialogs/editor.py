"""The operator's own editor, over a file that nobody else can read."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

DEFAULT_EDITOR = "nano"


class EditorMissing(Exception):
    """The editor could not be started."""

    def __init__(self, program: str) -> None:
        super().__init__(program)
        self.program = program


def edit_text(text: str) -> str:
    """Let the operator edit a text in `$VISUAL`, `$EDITOR` or nano; the terminal must be free for it.

    Returns:
        the text as it was saved there; the same text where the editor failed or saved what is no UTF-8.

    Raises:
        EditorMissing: the editor could not be started.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or DEFAULT_EDITOR)
    # mkdtemp makes a folder of mode 0700; editors leave their backups beside the file.
    with tempfile.TemporaryDirectory(prefix="kartoteka-") as folder:
        file = Path(folder) / "note.txt"
        file.write_text(text, encoding="utf-8")
        try:
            done = subprocess.run([*command, str(file)], check=False)
        except OSError as error:
            raise EditorMissing(command[0]) from error
        if done.returncode:
            return text
        try:
            edited = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return text
    # Editors end a file with a line break that nobody typed.
    return edited.removesuffix("\n") if not text.endswith("\n") else edited
