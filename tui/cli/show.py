"""`kartoteka show`: a client's card."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from store.card import Row, rows
from store.schema import Section
from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser
from tui.forms.naming import named_in, names_of
from tui.forms.wording import shown
from tui.i18n import _
from tui.i18n.formats import moment
from tui.i18n.labels import field_label, section_label

if TYPE_CHECKING:
    from store.door import Store
    from store.lookup import Located


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument("number", metavar="NUMBER", help=_("a client number in any spelling, or any identifier"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Show the card."""
    with opened(options, output) as store:
        located = store.get(options.number)
        if output.json:
            output.value(_as_data(store, located))
        else:
            _print(store, located, output)
    return Exit.DONE


def _as_data(store: "Store", located: "Located") -> dict[str, Any]:
    from store.derived import derive

    data = dict(located.card.document)
    if located.old:
        data["old"] = True
    if located.card.trashed:
        data["trashed"] = True
    data["derived"] = derive(located.card.document, store.reading.today)
    return data


def _print(store: "Store", located: "Located", output: Output) -> None:
    card = located.card
    output.line(f"{card.number}  {card.name}")
    if located.old:
        output.talk(
            _("Found by an old number or identifier; the client number is now {number}.").format(number=card.number)
        )
    if card.trashed:
        output.talk(_("This card is in the trash."))
    names = names_of(store, named_in(card.document, store.schema))
    for section in store.schema.sections:
        lines = [line for row in rows(card.document, section.key) if (line := filled(section, row, names))]
        if not lines:
            continue
        output.line()
        output.line(section_label(section))
        for pairs in lines:
            if section.is_table:
                output.line("  " + " · ".join(_in_a_row(section, *pair) for pair in pairs))
            else:
                _print_form(pairs, output)
    revision, updated = card.revision, moment(str(card.document.get("updated", "")))
    output.talk(_("Revision {revision}, {updated}").format(revision=revision, updated=updated))


def _print_form(pairs: list[tuple[str, str]], output: Output) -> None:
    width = max(len(label) for label, _value in pairs)
    for label, value in pairs:
        output.line(f"  {label:{width}}  {value}")


def _in_a_row(section: Section, label: str, value: str) -> str:
    """A value among others in a line; a mere yes or no says nothing without its label."""
    bare = any(field.kind == "yes_no" and field_label(section, field) == label for field in section.fields)
    return f"{label}: {value}" if bare else value


def filled(section: Section, row: Row, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The filled fields of a row: what each is called and its value as a person reads it."""
    pairs = []
    for field in section.fields:
        text = "" if field.hidden else shown(row.get(field.key), section, field, row, names)
        if text:
            pairs.append((field_label(section, field), text))
    return pairs
