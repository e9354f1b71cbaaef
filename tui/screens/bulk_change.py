"""Asking what is to become of many cards: the field, what is done with it, the value."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.bulk import Act, BulkEdit
from store.card import rows
from store.clients import defaults
from store.errors import Invalid
from store.schema import Field, Section
from tui.forms.describing import row_in_words, value_in_words
from tui.forms.edited_row import editable_text
from tui.forms.wording import choices
from tui.i18n import _, language
from tui.i18n.labels import field_in_full, field_label, section_label
from tui.i18n.problems import say

if TYPE_CHECKING:
    from tui.screens.choosing import ChoosingScreen


@dataclass(frozen=True, slots=True)
class AskedChange:
    """A change that the operator asked for."""

    edit: BulkEdit
    text: str
    """What it does, in words."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A field of a form, or a table that takes rows."""

    section: Section
    field: Field | None


async def ask_change(screen: "ChoosingScreen") -> AskedChange | None:
    """Ask until the change is whole and can be taken; None where the operator goes back."""
    place = await _ask_place(screen)
    if place is None:
        return None
    if place.field is None:
        return await _ask_row(screen, place.section)
    act = await _ask_act(screen, place.section, place.field)
    if act is None:
        return None
    path = f"{place.section.key}.{place.field.key}"
    label = field_in_full(place.section, place.field)
    if act == "clear":
        return AskedChange(BulkEdit("clear", path), _("{field}: cleared").format(field=label))
    typed = await _ask_value(screen, place.section, place.field, label, path)
    if typed is None:
        return None
    said = rows(screen.store.apply_typed({}, [(path, typed)]), place.section.key)
    shown = value_in_words(path, said[0].get(place.field.key) if said else None, screen.store.schema)
    return AskedChange(BulkEdit(act, path, (("", typed),)), f"{label}: {_SIGNS[act]} {shown}")


_SIGNS: dict[str, str] = {"set": "=", "add": "+", "remove": "−"}


async def _ask_place(screen: "ChoosingScreen") -> _Place | None:
    from tui.dialogs.picking import Choice, Picking

    offered: list[Choice] = []
    for section in screen.store.schema.sections:
        label = section_label(section)
        if section.is_table:
            place = _Place(section, None)
            offered.append(Choice(_("{section}: add a row").format(section=label), place, _("table")))
            continue
        for field in section.fields:
            if not field.hidden and not field.unique and field.kind != "client":
                offered.append(Choice(field_label(section, field), _Place(section, field), label))
    # Tags first: they are what is given to many.
    offered.sort(key=lambda each: each.value.section.key != "tags")
    menu: Picking[_Place] = Picking(_("Change what in all of them?"), offered)
    return await screen.app.push_screen_wait(menu)


async def _ask_act(screen: "ChoosingScreen", section: Section, field: Field) -> Act | None:
    acts: list[tuple[str, str, Act]] = []
    if field.kind == "tags":
        acts += [("a", _("add tags"), "add"), ("t", _("take tags off"), "remove")]
    acts.append(("s", _("put the same value into all"), "set"))
    if not field.required:
        acts.append(("c", _("clear it in all"), "clear"))
    title = field_in_full(section, field)
    answer = await screen.choose(title, [(key, text, act) for key, text, act in acts])
    return next((act for _key, _text, act in acts if act == answer), None)


async def _ask_value(screen: "ChoosingScreen", section: Section, field: Field, title: str, path: str) -> str | None:
    """A value as it is typed, once it can be read; of a field with choices, the code of one."""
    from tui.dialogs.picking import Choice, Picking
    from tui.dialogs.typed_line import TypedLine

    if offered := choices(section, field):
        menu: Picking[str] = Picking(title, [Choice(label, _code(value)) for value, label in offered])
        return await screen.app.push_screen_wait(menu)
    typed, about = "", ""
    while True:
        answer = await screen.app.push_screen_wait(TypedLine(title, typed, about=about))
        if answer is None or not answer.strip():
            return None
        typed = answer
        try:
            screen.store.apply_typed({}, [(path, typed)])
        except Invalid as error:
            about = say(error.problems[0], screen.store.schema)
            continue
        return typed


async def _ask_row(screen: "ChoosingScreen", section: Section) -> AskedChange | None:
    """Ask for the fields of a new row, one after another; an empty one keeps its default."""
    values: list[tuple[str, str]] = []
    for field in section.fields:
        if field.hidden or field.kind == "client":
            continue
        label = field_in_full(section, field)
        typed = await _ask_part(screen, section, field, label, values)
        if typed is None:
            return None
        if typed:
            values.append((field.key, typed))
    if not values:
        return None
    (row,) = rows(screen.store.apply_typed({}, _as_row(section, values)), section.key)
    text = _("{section}: a new row: {values}")
    text = text.format(section=section_label(section), values=row_in_words(row, section))
    return AskedChange(BulkEdit("row", section.key, tuple(values)), text)


async def _ask_part(
    screen: "ChoosingScreen", section: Section, field: Field, title: str, before: list[tuple[str, str]]
) -> str | None:
    """One field of a new row; empty where it is left out, None where the operator goes back."""
    from tui.dialogs.picking import Choice, Picking
    from tui.dialogs.typed_line import TypedLine

    if offered := choices(section, field):
        rest = [] if field.required else [Choice(_("leave it as new rows have it"), "")]
        values = [Choice(label, _code(value)) for value, label in offered]
        menu: Picking[str] = Picking(title, [*values, *rest], taken=_default(field))
        return await screen.app.push_screen_wait(menu)
    typed, about = _begun(screen, section, field), _("Enter take it, empty leaves it out   Esc back")
    while True:
        answer = await screen.app.push_screen_wait(TypedLine(title, typed, about=about))
        if answer is None:
            return None
        typed = answer
        if not typed.strip():
            if field.required:
                about = _("a value is needed here")
                continue
            return ""
        try:
            screen.store.apply_typed({}, _as_row(section, (*before, (field.key, typed))))
        except Invalid as error:
            about = say(error.problems[0], screen.store.schema)
            continue
        return typed


def _begun(screen: "ChoosingScreen", section: Section, field: Field) -> str:
    """What a new row has in a field of text, as it is typed."""
    row = defaults(section, screen.store.reading)
    return editable_text(row.get(field.key), field, row, language())


def _default(field: Field) -> str:
    return "" if field.default is None else _code(field.default)


def _code(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _as_row(section: Section, values: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The fields of a new row as they are typed into a card."""
    return [(f"{section.key}[+].{key}", text) for key, text in values]
