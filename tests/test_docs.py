"""The documents say what the program does, and what they tell to type was typed."""

import argparse
import dataclasses
import importlib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tui.cli.commands import COMMANDS, Command
from tui.cli.exits import Exit
from tui.cli.parser import Parser, add_common_options
from tui.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")


def chapter(command: str) -> str:
    found = re.search(rf"^### kartoteka {command}\n(.*?)(?=^##|\Z)", MANUAL, re.DOTALL | re.MULTILINE)
    assert found, f"the manual has no chapter on {command}"
    return found[1]


def options_of(parser: argparse.ArgumentParser) -> list[str]:
    return [option for action in parser._actions for option in action.option_strings if option.startswith("--")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_option_of_a_command_is_in_its_chapter_of_the_manual(command: Command) -> None:
    parser = Parser(add_help=False)
    importlib.import_module(f"tui.cli.{command.module}").arguments(parser)
    assert [option for option in options_of(parser) if f"`{option}" not in chapter(command.name)] == []


def test_every_chapter_of_the_manual_is_about_a_command_there_is() -> None:
    assert re.findall(r"^### kartoteka (\w+)", MANUAL, re.MULTILINE) == [
        "demo",
        *(command.name for command in COMMANDS if command.name != "demo"),
    ]


def test_the_common_options_are_in_the_manual() -> None:
    parser = Parser()
    add_common_options(parser)
    general = MANUAL.split("## Commands")[0]
    assert [option for option in (*options_of(parser), "--version", "--keys") if f"`{option}" not in general] == []


def test_every_exit_code_is_in_the_manual() -> None:
    assert [code for code in Exit if f"| {code.value} |" not in MANUAL] == []


def test_every_setting_and_variable_is_in_the_manual() -> None:
    sources = [path.read_text(encoding="utf-8") for name in ("store", "tui") for path in (ROOT / name).rglob("*.py")]
    variables = {name for source in sources for name in re.findall(r"KARTOTEKA_[A-Z]+", source)}
    assert len(variables) > 2
    assert {name for name in variables if f"| `{name}` |" not in MANUAL} == set()
    settings = MANUAL.split("```toml")[1].split("```")[0]
    assert {field.name for field in dataclasses.fields(Settings)} == set(tomllib.loads(settings))


def test_every_command_is_in_the_readme() -> None:
    table = README.split("## The command line")[1]
    assert [command.name for command in COMMANDS if not re.search(rf"`{command.name}\b", table)] == []


def test_what_the_readme_tells_to_type_works(tmp_path: Path) -> None:
    script = "set -eu\n" + "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
    commands = Path(sys.executable).parent
    done = subprocess.run(
        ["sh", "-x", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{commands}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    for found in ("Шевченко Олена", "Kovalenko Taras", "Чайник", "K-4821-7"):
        assert found in done.stdout + (tmp_path / "clients.jsonl").read_text(encoding="utf-8")


def test_links_of_the_documents_lead_somewhere() -> None:
    missing = []
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            missing += [] if (page.parent / link).exists() else [f"{page.name}: {link}"]
    assert missing == []
