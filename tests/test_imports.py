"""What is imported, and when: the store without a screen, a quick question without what it does not use."""

import json
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import store
import tui.cli
from tui.cli.commands import COMMANDS

SCREEN = ("textual", "rich", "tui")
OF_WRITING = {f"store.index.{name}" for name in ("columns", "extract", "figures", "said", "writing")}
"""What of the index no search needs."""

SLOW = ("textual", "rich", "tinydb", "phonenumbers", "stdnum", "email_validator", "charset_normalizer")

ALONE = """
import importlib, json, os, sys
names, unwanted = json.loads(sys.argv[1]), json.loads(sys.argv[2])
found = {}
for name in names:
    reading, writing = os.pipe()
    if os.fork() == 0:
        importlib.import_module(name)
        loaded = sorted({part.split(".")[0] for part in sys.modules} & set(unwanted))
        os.write(writing, json.dumps(loaded).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        found[name] = json.loads(pipe.read() or '["the import failed"]')
    os.wait()
print(json.dumps({name: loaded for name, loaded in found.items() if loaded}))
"""
"""Imports each module in a fork of an interpreter that has imported nothing, and tells what it brought along."""


def brought_along(names: list[str], unwanted: tuple[str, ...]) -> dict[str, list[str]]:
    command = [sys.executable, "-c", ALONE, json.dumps(names), json.dumps(unwanted)]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert isinstance(answer, dict)
    return answer


def modules_of(package: ModuleType) -> list[str]:
    name = package.__name__
    return [name, *(module.name for module in pkgutil.walk_packages(package.__path__, f"{name}."))]


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a command has imported when it ends, and the packages they are of."""
    code = "import sys, tui.cli.line; tui.cli.line.run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, *arguments]
    words = subprocess.run(command, check=True, capture_output=True, text=True).stderr.split()
    return {name.split(".")[0] for name in words} | set(words)


def test_no_module_of_the_store_brings_a_screen_along() -> None:
    names = modules_of(store)
    assert len(names) > 20
    assert brought_along(names, SCREEN) == {}


def test_no_module_of_the_command_line_brings_textual_along() -> None:
    assert brought_along(modules_of(tui.cli), ("textual", "rich")) == {}


def test_finding_a_client_imports_nothing_slow(tmp_path: Path) -> None:
    place = ("--store", str(tmp_path / "store"))
    assert "store" in loaded_by(*place, "new", "person.last_name=Шевченко")
    for question in (("find", "шевч"), ("find", "шевч", "--json"), ("find", "067")):
        assert loaded_by(*place, *question) & {*SLOW, *OF_WRITING} == set()


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_the_help_of_a_command_imports_nothing_slow(command: str) -> None:
    code = (
        "import sys, tui.cli.line\n"
        "try: tui.cli.line.run(sys.argv[1:])\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    arguments = [sys.executable, "-c", code, command, "--help"]
    words = subprocess.run(arguments, check=True, capture_output=True, text=True).stderr.split()
    assert {name.split(".")[0] for name in words} & set(SLOW) == set()
