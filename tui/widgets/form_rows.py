"""The fields of a form as rows of the screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from tui.terminal.cells import width, wrap
from tui.terminal.safe import lines, safe

MOST_ROWS = 200
"""Rows of the screen one value is drawn on; a longer note ends in an ellipsis."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field as it is shown."""

    label: str
    value: str
    """As a person reads it; line breaks in it are kept."""
    error: str = ""
    """What is wrong with the value, in a sentence."""
    hint: str = ""
    """What belongs here; shown while the field is edited, or in place of an empty value under the cursor."""
    changed: bool = False
    """Whether the value differs from the saved one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the screen: a part of a field."""

    index: int
    """The field's place in `FormView.lines`."""
    first: bool
    text: str
    look: str
    """The component class of the text."""


def rows_of(index: int, line: Line, room: int, *, empty: bool = False) -> list[Row]:
    """The rows of one field: its value, wrapped, and below it what is wrong with it.

    Args:
        index: The field's place in the form.
        line: The field.
        room: Cells there are for values.
        empty: Whether the value is left out, as the live input lies in its place.
    """
    parts = [""] if empty else [part for text in lines(line.value) for part in wrap(text, room)]
    if len(parts) > MOST_ROWS:
        parts = [*parts[: MOST_ROWS - 1], "…"]
    rows = [Row(index, at == 0, part, "") for at, part in enumerate(parts)]
    if line.error:
        rows += [Row(index, False, part, "form--error") for part in wrap("! " + safe(line.error), room)]
    return rows


class Rows:
    """The rows of a form as wide as it is: labels on the left, values wrapped to the room beside them."""

    def __init__(self, fields: Sequence[Line] = (), width_of_form: int = 0, *, edited: int | None = None) -> None:
        """Place the fields.

        Args:
            fields: The fields, from top to bottom.
            width_of_form: Its cells.
            edited: The place of the field that the live input lies over.
        """
        self.width = width_of_form
        widest = max((width(safe(field.label)) for field in fields), default=0)
        self.label_width = min(widest, max(8, width_of_form * 2 // 5))
        self.left = self.label_width + 3
        """The column that values begin in."""
        self.room = max(1, width_of_form - self.left - 1)
        """Cells there are for values."""
        self.all = [row for at, field in enumerate(fields) for row in rows_of(at, field, self.room, empty=at == edited)]
        self._spans: dict[int, tuple[int, int]] = {}
        for place, row in enumerate(self.all):
            self._spans[row.index] = self._spans.get(row.index, (place, place))[0], place

    def span(self, index: int) -> tuple[int, int]:
        """The first and the last row of a field."""
        return self._spans.get(index, (0, 0))
