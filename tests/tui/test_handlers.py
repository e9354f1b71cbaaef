"""Handlers of messages: Textual calls those of all classes a widget is made of, each by itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import tui

FILES = sorted(Path(tui.__file__).parent.rglob("*.py"))


def called_twice(file: Path) -> Iterator[str]:
    """Handlers that call their parent's, which Textual calls as well unless it is told not to."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith(("on_", "_on_")):
            called = [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]
            names = {ast.unparse(func) for func in called}
            told = any(name.endswith(".prevent_default") for name in names)
            # `on_event` is what calls the handlers, not one of them.
            if f"super().{node.name}" in names and node.name != "on_event" and not told:
                yield f"{file.name}: {node.name}"


def test_no_message_is_handled_twice() -> None:
    assert [each for file in FILES for each in called_twice(file)] == []
