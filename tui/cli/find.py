"""`kartoteka find`: clients by words and filters, as in the search bar."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from store.errors import Invalid
from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser, guard, positive
from tui.cli.searches import saved_line
from tui.i18n import _, ngettext
from tui.i18n.formats import count

if TYPE_CHECKING:
    from store.door import Store
    from store.index import Found, ListRow

_WIDEST = 60
"""Letters of a column: one odd card does not part those of all others."""


def protect(words: Sequence[str]) -> list[str]:
    """Keep the words that exclude (`-word`, `-tag:vip`) from being taken for options."""
    return guard(words, lambda word: len(word) > 1 and word[1] != "-" and word != "-h")


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORD",
        help=_("words in any order, each a beginning; filters such as city:Київ, age:30..40, no:email; -word excludes"),
    )
    parser.add_argument("--limit", type=positive, default=20, metavar="N", help=_("show at most N clients (20)"))
    parser.add_argument(
        "--sort",
        metavar="FIELD",
        help=_("order by a field or a figure, such as name, number, city, last_purchase; -updated turns it round"),
    )
    parser.add_argument("--saved", metavar="NAME", help=_("what the saved search of that name finds"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Find and list."""
    with opened(options, output) as store:
        line, sort = saved_line(store, options.saved, " ".join(options.words), options.sort)
        found = store.find(line, sort=sort)
        if wrong := found.query.wrong:
            # The search bar finds by the rest, as its line is still being typed; a script would take it for the answer.
            raise Invalid(wrong)
        rows = found.rows(0, options.limit)
        if output.json:
            output.value({"total": found.total, "clients": _as_data(store, found, rows)})
        else:
            _print(rows, output)
            _tell_total(found, len(rows), output)
    return Exit.DONE if rows else Exit.NOTHING


def _as_data(store: "Store", found: "Found", rows: Sequence["ListRow"]) -> list[dict[str, Any]]:
    if not rows:
        return []
    from store.index.matching import matched

    cards = {card.serial: card for card in store.cards([row.serial for row in rows])}
    asked = {phase.how: phase.query for phase in found.phases}
    clients = []
    for row in rows:
        card, former = cards.get(row.serial), store.index.former(row.serial)
        matches = matched(card.document, store.schema, asked[row.group], former, row.group) if card else []
        clients.append(
            {
                "number": row.number,
                "name": row.name,
                "matched": [{"field": match.path, "value": match.value, "how": match.how} for match in matches],
            }
        )
    return clients


def _print(rows: Sequence["ListRow"], output: Output) -> None:
    table = [(row.number, row.name, row.phone, row.city) for row in rows]
    widths = [min(_WIDEST, max((len(line[column]) for line in table), default=0)) for column in range(3)]
    for number, name, phone, city in table:
        output.line(f"{number:{widths[0]}}  {name:{widths[1]}}  {phone:{widths[2]}}  {city}".rstrip())


def _tell_total(found: "Found", shown: int, output: Output) -> None:
    if not shown:
        output.talk(_("Nobody was found."))
        from tui.sidebar.tried import alternatives_in_words

        for text in alternatives_in_words(found.query):
            output.talk(text)
        return
    total = found.total
    clients = ngettext("{number} client", "{number} clients", total).format(number=count(total))
    if total > shown:
        output.talk(_("{clients}, {shown} shown; --limit N shows more.").format(clients=clients, shown=count(shown)))
    else:
        output.talk(clients)
    otherwise = [phase for phase in found.phases if phase.is_told and phase.start < shown]
    if otherwise:
        from tui.sidebar.rows import how_found

        for phase in otherwise:
            output.talk(how_found(phase))
