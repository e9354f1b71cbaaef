"""`kartoteka trash`: who is in it; bringing clients back; emptying it."""

import argparse
from typing import TYPE_CHECKING

from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser, UsageError
from tui.i18n import _, ngettext
from tui.i18n.formats import count, moment

if TYPE_CHECKING:
    from store.door import Store

_ACTS = ("list", "restore", "empty", "keep")


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "act",
        nargs="?",
        default="list",
        choices=_ACTS,
        metavar="list|restore|empty|keep",
        help=_("list who is in the trash; restore NUMBER…; empty it; keep DAYS: erase after so many days, 0 for never"),
    )
    parser.add_argument("words", nargs="*", metavar="NUMBER", help=_("for restore: clients; for keep: days"))
    parser.add_argument("--all", action="store_true", help=_("for empty: also who was removed a moment ago"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Do what was asked with the trash."""
    if bool(options.words) != (options.act in ("restore", "keep")):
        raise UsageError(_("restore needs client numbers and keep needs days; list and empty take neither."))
    with opened(options, output) as store:
        match options.act:
            case "restore":
                return _restore(store, options.words, output)
            case "empty":
                return _empty(store, options.all, output)
            case "keep":
                return _keep(store, options.words, output)
        return _list(store, output)


def _list(store: "Store", output: Output) -> Exit:
    from store import trash

    cards = trash.cards(store)
    if output.json:
        clients = [
            {"number": card.number, "name": card.name, "removed": card.document.get("updated")} for card in cards
        ]
        output.value({"days": trash.days(store), "clients": clients})
    for card in cards if not output.json else ():
        output.line(f"{card.number}  {moment(str(card.document.get('updated', '')))}  {card.name}")
    if not cards:
        output.talk(_("The trash is empty."))
    return Exit.DONE if cards else Exit.NOTHING


def _restore(store: "Store", numbers: list[str], output: Output) -> Exit:
    from store import trash

    serials = [store.get(number).card.serial for number in numbers]
    done = trash.restore(store, list(dict.fromkeys(serials)))
    restored = [card.number for card in done.written.cards]
    if output.json:
        given_up = [{"field": each.path, "value": each.value, "number": each.number} for each in done.given_up]
        output.value({"changeset": done.written.changeset, "numbers": restored, "given_up": given_up})
        return Exit.DONE
    for number in restored:
        output.line(number)
    for each in done.given_up:
        output.talk(_("Without “{value}”: it is client {number}'s now.").format(value=each.value, number=each.number))
    return Exit.DONE


def _empty(store: "Store", everybody: bool, output: Output) -> Exit:
    from store import snapshots, trash

    days = 0 if everybody else trash.days(store)
    snapshots.take(store)
    gone = trash.empty(store, older_than=days) if everybody or days else ()
    if output.json:
        output.value({"numbers": list(gone)})
    else:
        text = ngettext("{number} card was erased for good.", "{number} cards were erased for good.", len(gone))
        output.line(text.format(number=count(len(gone))))
    return Exit.DONE


def _keep(store: "Store", words: list[str], output: Output) -> Exit:
    from store import trash

    most = trash.MOST_DAYS
    digits = words[0].lstrip("0") or "0"
    is_number = len(words) == 1 and digits.isascii() and digits.isdecimal() and len(digits) <= len(str(most))
    if not is_number or int(digits) > most:
        sentence = _("keep takes one whole number of days, {most} at most, 0 for never.")
        raise UsageError(sentence.format(most=count(most)))
    trash.keep(store, int(words[0]))
    if output.json:
        output.value({"days": int(words[0])})
    return Exit.DONE
