"""`FIELD=VALUE` words, as `new` and `set` take them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.card import Path
from store.errors import Invalid, Problem
from store.schema import Schema
from tui.cli.output import Output
from tui.cli.parser import Parser, UsageError, nearest, with_nearest
from tui.i18n import _

if TYPE_CHECKING:
    from store.clients.uniqueness import Freed
    from store.door import Store


def add_fields(parser: Parser) -> None:
    """Add the words to a command's arguments."""
    parser.add_argument(
        "fields",
        nargs="+",
        metavar="FIELD=VALUE",
        help=_(
            "person.last_name=Шевченко; contacts[0].label=work for a table's row, counted from 0; "
            "contacts[+].value=… for a new row; nothing after = removes the value, contacts[0]= the row"
        ),
    )


def pairs(words: Sequence[str], store: "Store") -> list[tuple[str, str]]:
    """Cut the words at their first `=`; who stands for a client may be named in any way that `show` takes.

    Raises:
        UsageError: A word without `=`, a field there is not, or two values for one field.
        NotFound: `client-missing`, where a field names a client.
        Conflict: `reference-ambiguous`, the same.
    """
    cut = []
    for word in words:
        path, equals, value = word.partition("=")
        if not equals:
            raise UsageError(_("“{word}” says no value; write FIELD=VALUE.").format(word=word))
        _check(path, store.schema)
        place = None if path == "number" else Path.parse(path)
        field = store.schema.field(place.section, place.field) if place else None
        if field and field.kind == "client" and value.strip():
            value = str(store.get(value).card.document["uid"])
        cut.append((path, value))
    last = dict(cut)
    twice = next((path for path, value in cut if "[+]" not in path and last[path] != value), None)
    if twice is not None:
        raise UsageError(_("{field} is given twice, with two values.").format(field=twice))
    return cut


def _check(path: str, schema: Schema) -> None:
    """Refuse a field there is not, naming those that are spelt most like it."""
    if path == "number":
        return
    try:
        place = Path.parse(path)
    except Invalid as error:
        near = nearest(path, all_fields(schema))
        raise UsageError(_sentence(error.problems[0], near)) from error
    section = schema.section(place.section)
    whole_row = section is not None and section.is_table and not place.field
    if not whole_row and (section is None or section.field(place.field) is None):
        code = "field-unknown" if section else "section-unknown"
        raise UsageError(_sentence(Problem(path, code, path), nearest(path, all_fields(schema))))


def all_fields(schema: Schema) -> list[str]:
    """Every field's path, as it may be typed for a form or a new row."""
    return [
        f"{section.key}{'[+]' if section.is_table else ''}.{field.key}"
        for section in schema.sections
        for field in section.fields
    ]


def _sentence(problem: Problem, near: Sequence[str]) -> str:
    from tui.i18n.problems import say

    return with_nearest(say(problem), near)


def tell_saved(
    number: str, revision: int, changeset: str, merged: Sequence[str], output: Output, freed: "Sequence[Freed]" = ()
) -> None:
    """Say that a card was saved, what others had changed in it meanwhile, and whose in the trash its values were."""
    if output.json:
        data = {"number": number, "revision": revision, "changeset": changeset, "merged": list(merged)}
        output.value({**data, "freed": [each._asdict() for each in freed]})
        return
    for each in freed:
        output.talk(_("“{value}” was client {number}'s, who is in the trash.").format(**each._asdict()))
    output.line(number)
    if merged:
        output.talk(
            _("Others changed this card meanwhile; their changes are kept: {fields}").format(fields=", ".join(merged))
        )
