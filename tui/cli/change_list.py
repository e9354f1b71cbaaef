"""How changes are told by `history`, `changes` and `undo`."""

from collections.abc import Mapping, Sequence
from typing import Any

from store.card import Card
from store.journal import Change
from store.schema import Schema
from tui.cli.output import Output
from tui.i18n import _
from tui.i18n.formats import moment
from tui.i18n.labels import path_label, why_label


def as_data(change: Change) -> dict[str, Any]:
    """A change for `--json`."""
    return {
        "seq": change.seq,
        "changeset": change.changeset,
        "revision": change.revision,
        "at": change.at,
        "who": change.who,
        "why": change.why,
        "fields": [{"field": field.path, "before": field.before, "after": field.after} for field in change.fields],
    }


def print_changes(changes: Sequence[Change], schema: Schema, cards: Mapping[int, Card], output: Output) -> None:
    """Print changes, each with its fields; with the card's number where `cards` holds it."""
    for change in changes:
        card = cards.get(change.serial)
        client = f"  {card.number} {card.name}" if card else ""
        output.line(f"{moment(change.at)}  {change.who}  {why_label(change.why)}  {change.changeset}{client}")
        for field in change.fields:
            output.line(f"  {path_label(schema, field.path)}: {_shown(field.before)} → {_shown(field.after)}")


def _shown(value: Any) -> str:
    match value:
        case None | "" | []:
            return "—"
        case bool():
            return _("yes") if value else _("no")
        case dict():
            return ", ".join(_shown(part) for key, part in value.items() if key != "id" and part is not None)
        case list():
            return ", ".join(_shown(part) for part in value)
    return str(value)
