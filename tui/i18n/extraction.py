"""Which texts of the program are to be translated: an extraction method for Babel (`make catalogues`).

Babel's own reads tokens and misses what stands inside an f-string before Python 3.12; this one reads the syntax tree.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

FUNCTIONS: Mapping[str, int] = {"_": 1, "N_": 1, "ngettext": 2}
"""The functions that take texts, and how many of them."""

Message = tuple[int, str, str | tuple[str, ...], list[str]]
"""Line, function, text (for a plural both), comments: as Babel wants it."""


def messages(
    file: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """The texts of one Python file, in their order.

    Raises:
        ValueError: a text is not a plain string, so that no catalogue could hold it.
    """
    calls = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if not isinstance(call.func, ast.Name) or call.func.id not in FUNCTIONS:
            continue
        texts = tuple(_text(argument) for argument in call.args[: FUNCTIONS[call.func.id]])
        if None in texts:
            if call.func.id == "_":
                # `_(TITLES[place])`: the text was marked with N_ where it is written.
                continue
            raise ValueError(f"line {call.lineno}: {call.func.id}() wants plain strings")
        found = tuple(text for text in texts if text is not None)
        yield call.lineno, call.func.id, found if len(found) > 1 else found[0], []


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
