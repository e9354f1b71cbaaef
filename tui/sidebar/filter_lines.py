"""How the filter panel draws its fields and what can be chosen of one."""

from collections.abc import Iterable, Sequence

from tui.commands.fuzzy import best_first
from tui.dialogs.lines import DrawnLine
from tui.forms.askable import Askable
from tui.i18n.formats import count
from tui.sidebar.filter_choices import FilterChoice, has_values, typed_choice
from tui.sidebar.filter_line import FilterLine
from tui.terminal.cells import crop, fit, width
from tui.terminal.safe import safe
from tui.widgets.drawn import Piece

SIGNS = {True: "[+]", False: "[−]", None: "[ ]"}
"""Before a value that is chosen, excluded, neither."""
LABEL, GROUP, TOKEN = 34, 18, 20
"""Cells of a field's name, its section, and the filter as it is written."""
LEAST_WITH_TOKENS = 56
"""Cells of a line in which there is room for both the words and how they are written."""


def field_lines(fields: Sequence[Askable], query: FilterLine, typed: str, room: int) -> list[DrawnLine]:
    """The fields that fit what is typed; all of them under their sections where nothing is.

    Args:
        fields: all of them.
        query: the search line: what it asks of a field stands beside it.
        typed: letters of the names.
        room: cells of a line.
    """
    if typed.strip():
        titles = [f"{each.label} {each.group} {each.key.name}" for each in fields]
        begun = typed.strip().casefold()
        found = [fields[at] for at, _fit in best_first(typed, titles)]
        found.sort(key=lambda each: not _is_figure_called(each, begun))
        return [_field_line(each, query, room, group=True) for each in found]
    lines: list[DrawnLine] = []
    group = ""
    for each in fields:
        if each.group != group:
            group = each.group
            lines.append(DrawnLine([(group, "lines--heading")]))
        lines.append(_field_line(each, query, room))
    return lines


def _is_figure_called(asked: Askable, begun: str) -> bool:
    """Whether a word of a figure's name begins so: by these people choose clients, by the fields behind them rarely."""
    is_figure = asked.key.field is None and asked.key.section is None
    return is_figure and any(word.startswith(begun) for word in asked.label.casefold().split())


def choice_lines(
    asked: Askable, choices: Sequence[FilterChoice], query: FilterLine, typed: str, room: int
) -> list[DrawnLine]:
    """What can be chosen of a field and fits what is typed, and what is typed itself where it is a filter.

    Args:
        asked: the field.
        choices: all there is.
        query: the search line: what stands in it is marked.
        typed: letters of the values, or a value or range.
        room: cells of a line.
    """
    found: Iterable[FilterChoice]
    if typed.strip():
        found = [choices[at] for at, _fit in best_first(typed, [choice.label for choice in choices])]
        own = typed_choice(asked, typed)
        known = any(own is not None and each.token == own.token for each in found)
        if own is not None and not known and query.is_understood(own.token):
            # A range is rather typed, a value rather chosen.
            found = [*found, own] if has_values(asked.key) else [own, *found]
    else:
        target = asked.key.target
        others = query.others(target, [choice.token for choice in choices]) if target is not None else []
        # What was typed into the line by hand stands first, so that it is seen and can be taken off.
        found = [*(FilterChoice(token, token.partition(":")[2]) for token in dict.fromkeys(others)), *choices]
    return [_choice_line(each, query, room) for each in found]


def _field_line(asked: Askable, query: FilterLine, room: int, *, group: bool = False) -> DrawnLine:
    target = asked.key.target
    chosen = " ".join(query.asked_of(target)) if target is not None else ""
    pieces: list[Piece] = [(fit(safe(f"  {asked.label}"), LABEL) + " ", "")]
    left = room - LABEL - 2
    if group:
        pieces.append((fit(safe(asked.group), GROUP) + " ", "lines--muted"))
        left -= GROUP + 1
    text = crop(safe(chosen or f"{asked.key.name}:"), left)
    pieces.append((text, "lines--hit" if chosen else "lines--muted"))
    return DrawnLine(pieces, asked)


def _choice_line(choice: FilterChoice, query: FilterLine, room: int) -> DrawnLine:
    state = query.state(choice.token)
    number = "" if choice.count is None else count(choice.count)
    # On a narrow screen the words stay, and how they are written is left out.
    token = crop(safe(choice.token), TOKEN) if room >= LEAST_WITH_TOKENS else ""
    left = room - 18 - (TOKEN if token else 0)
    label = crop(safe(choice.label), left)
    pieces: list[Piece] = [
        (f"  {SIGNS[state]} ", "lines--key" if state is not None else "lines--muted"),
        (label, "lines--hit" if state is not None else ""),
        (" " * max(1, left - width(label)), ""),
        (f"{number:>9}  ", "lines--heading"),
        (token, "lines--muted"),
    ]
    return DrawnLine(pieces, choice)
