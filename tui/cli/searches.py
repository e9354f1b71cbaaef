"""`kartoteka searches`: the saved searches with how many clients each finds."""

import argparse
from typing import TYPE_CHECKING

from store.errors import Invalid
from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser
from tui.i18n import _
from tui.i18n.formats import count

if TYPE_CHECKING:
    from store.door import Store


def arguments(parser: Parser) -> None:
    """Say what the command takes: nothing of its own."""


def run(options: argparse.Namespace, output: Output) -> Exit:
    """List them: the operator's own first, then the shared ones."""
    with opened(options, output) as store:
        known = [(search, _counted(store, search.line)) for search in store.searches.all()]
    if output.json:
        output.value(
            [
                {
                    "name": search.name,
                    "query": search.line,
                    "sort": search.sort,
                    "shared": search.shared,
                    "count": number,
                }
                for search, number in known
            ]
        )
    elif not known:
        output.talk(_("There is no saved search yet; the screen saves one with S."))
    from tui.forms.askable import order_in_words, orderable

    orders = orderable(store.schema) if any(search.sort for search, _number in known) else ()
    names = max((len(search.name) for search, _number in known), default=0)
    for search, number in () if output.json else known:
        order = f"  {order_in_words(search.sort, orders)}" if search.sort else ""
        whose = "" if search.shared else f"  {_('own')}"
        found = _("unclear") if number is None else count(number)
        output.line(f"{search.name:{names}}  {found:>8}  {search.line}{order}{whose}")
    return Exit.DONE if known else Exit.NOTHING


def _counted(store: "Store", line: str) -> int | None:
    """How many a search finds; None where it is not understood, as `find --saved` refuses it."""
    found = store.find(line)
    return None if found.query.problems else found.total


def saved_line(store: "Store", name: str | None, words: str, sort: str | None) -> tuple[str, str | None]:
    """A search line and its order: those of a saved search with further words, or just what was typed.

    Args:
        store: where the searches are.
        name: the saved search; None for none.
        words: what was typed besides.
        sort: the order that was asked for, before that of the saved search.

    Raises:
        NotFound: `search-missing`.
        Invalid: it is not understood: `or` at its end would go on with the words.
    """
    if name is None:
        return words, sort
    from store.query import narrowed

    search = store.searches.named(name)
    if words and (wrong := store.find(search.line).query.wrong):
        raise Invalid(wrong)
    return narrowed(search.line, words), sort or search.sort or None
