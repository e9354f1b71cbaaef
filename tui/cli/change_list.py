"""How changes are told by `history`, `changes` and `undo`."""

from collections.abc import Mapping, Sequence
from typing import Any

from store.card import ENVELOPE, Card, Path
from store.door import Store
from store.journal import Change
from store.journal.differences import is_order
from store.schema import Schema
from tui.cli.output import Output
from tui.cli.show import filled
from tui.forms.describing import is_reordered
from tui.forms.naming import named_in_changes, names_of
from tui.forms.wording import shown
from tui.i18n import _
from tui.i18n.formats import moment
from tui.i18n.labels import path_label, why_label

_NOTHING = "—"


def as_data(change: Change) -> dict[str, Any]:
    """A change for `--json`."""
    return {
        "seq": change.seq,
        "changeset": change.changeset,
        "revision": change.revision,
        "at": change.at,
        "who": change.who,
        "why": change.why,
        "act": change.act,
        "fields": [{"field": field.path, "before": field.before, "after": field.after} for field in change.fields],
    }


def print_changes(changes: Sequence[Change], store: Store, cards: Mapping[int, Card], output: Output) -> None:
    """Print changes, each with its fields; with the card's number where `cards` holds it."""
    schema = store.schema
    names = names_of(store, named_in_changes([field for change in changes for field in change.fields], schema))
    for change in changes:
        card = cards.get(change.serial)
        client = f"  {card.number} {card.name}" if card else ""
        why = why_label(change.why)
        if change.why == "undo" and change.act != "edit":
            why = f"{why} ({why_label(change.act)})"
        output.line(f"{moment(change.at)}  {change.who}  {why}  {change.changeset}{client}")
        for field in change.fields:
            if field.before is None and field.after is None:
                output.line(f"  {path_label(schema, field.path)}")  # its values were erased
                continue
            if is_order(field):
                if is_reordered(field):
                    output.line(f"  {path_label(schema, field.path)}: {_('rows in another order')}")
                continue
            before, after = (_shown(schema, field.path, value, names) for value in (field.before, field.after))
            output.line(f"  {path_label(schema, field.path)}: {before} → {after}")


def _shown(schema: Schema, path: str, value: Any, names: Mapping[str, str]) -> str:
    """A value, a whole row or a whole form of a change as a person reads it."""
    if value is None or value == "" or value == []:
        return _NOTHING
    place = Path.parse(path) if path not in ENVELOPE else Path(path)
    section = schema.section(place.section)
    if section is None:
        return str(value)
    if not place.field and isinstance(value, dict):
        return " · ".join(text for _label, text in filled(section, value, names)) or _NOTHING
    field = section.field(place.field)
    return shown(value, section, field, {}, names) if field else str(value)
