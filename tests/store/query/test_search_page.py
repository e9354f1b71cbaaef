"""What the page on the search language tells to type is understood."""

import re
from pathlib import Path

import pytest

from store.query import FIGURES, All, parse, parse_sort
from store.rfm import SEGMENTS
from tests.store.query.crowd import SCHEMA, TODAY

PAGE = (Path(__file__).parents[3] / "docs" / "search.md").read_text(encoding="utf-8")
EXAMPLES = [
    example for cell in re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE) for example in re.findall(r"`([^`]+)`", cell)
]
ORDERS = re.findall(r"`([^`]+)`", PAGE.partition("turns it round: ")[2].partition("\n")[0])


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_is_understood(line: str) -> None:
    query = parse(line, SCHEMA, TODAY)
    assert not query.problems
    assert query.root != All(()) or query.in_trash


def test_the_examples_are_found_on_the_page() -> None:
    assert len(EXAMPLES) > 70
    assert len(ORDERS) > 5


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_is_understood(order: str) -> None:
    parse_sort(order, SCHEMA)


def test_every_figure_and_segment_is_on_the_page() -> None:
    keys = {example.lstrip("-").partition(":")[0] for example in EXAMPLES}
    assert set(FIGURES) <= keys
    assert all(f"`{segment}`" in PAGE for segment in SEGMENTS)
