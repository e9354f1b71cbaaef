"""The command line in this process: quick, over a store of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tui.cli.line import run


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """What stands under `error` in the one JSON value on stderr."""
        return json.loads(self.err)["error"]


Type = Callable[..., Done]


@pytest.fixture
def kartoteka(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Type:
    """Types a command and returns what came of it; `$KARTOTEKA_STORE` names a store in `tmp_path`."""
    monkeypatch.setenv("KARTOTEKA_STORE", str(tmp_path / "store"))

    def typed(*arguments: str) -> Done:
        capsys.readouterr()
        try:
            code = run(arguments)
        except SystemExit as leaving:
            # argparse's own way out, after --help
            code = int(leaving.code or 0)
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return typed


@pytest.fixture
def olena(kartoteka: Type) -> str:
    """The number of a client who is in the store."""
    done = kartoteka(
        "new",
        "number=K-4821-7",
        "person.last_name=Шевченко",
        "person.first_name=Олена",
        "contacts[+].value=067 123-45-67",
    )
    assert done.code == 0, done.err
    return done.out.strip()
