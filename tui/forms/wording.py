"""What a card's values look like to people, and which choices a field offers."""

from collections.abc import Mapping
from typing import Any

from store.card import Row
from store.kinds import kind_of
from store.schema import Field, Section
from tui.i18n import _, language
from tui.i18n.labels import choice_label

YES_NO = (True, False)


def shown(value: Any, section: Section, field: Field, row: Row, names: Mapping[str, str]) -> str:
    """A value as the operator reads it; empty for none.

    Args:
        value: the JSON value.
        section: where it stands.
        field: whose it is.
        row: the row it stands in, which may decide its kind.
        names: what clients named by uid are called.
    """
    if value is None or value == "":
        return ""
    match field.kind_in(row):
        case "choice":
            return choice_label(section, field, str(value))
        case "yes_no" if isinstance(value, bool):
            return _("yes") if value else _("no")
        case "client":
            return names.get(str(value), str(value))
        case _:
            return kind_of(field, row).show(value, field, language())


def choices(section: Section, field: Field) -> list[tuple[Any, str]]:
    """The values a field can have and what each is called; empty where anything can be typed."""
    if field.kind == "choice":
        return [(choice.code, choice_label(section, field, choice.code)) for choice in field.choices]
    if field.kind == "yes_no":
        return [(value, _("yes") if value else _("no")) for value in YES_NO]
    return []


def chosen(text: str, section: Section, field: Field) -> tuple[bool, Any]:
    """Whether the text means one of the field's choices, and which value that is.

    A whole label or code counts, else the beginning of just one label.
    """
    wanted = text.strip().casefold()
    offered = choices(section, field)
    for value, label in offered:
        if wanted and wanted in (label.casefold(), str(value).casefold()):
            return True, value
    begun = [value for value, label in offered if wanted and label.casefold().startswith(wanted)]
    return (True, begun[0]) if len(begun) == 1 else (False, None)
