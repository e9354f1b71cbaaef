"""`kartoteka merge`: make one card of two that are one client's."""

import argparse
from typing import TYPE_CHECKING, Any

from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser
from tui.i18n import _

if TYPE_CHECKING:
    from store.clients.uniting import Piece


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument("keep", metavar="KEEP", help=_("the client whose card stays; its values win"))
    parser.add_argument("other", metavar="OTHER", help=_("the client whose card goes into it"))
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would be taken from where"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Merge them, or show what that would do."""
    from store.clients.merging import preview
    from tui.forms.uniting import piece_lines

    with opened(options, output) as store:
        kept, other = store.get(options.keep).card, store.get(options.other).card
        pieces = preview(store.schema, kept, other, store.reading).pieces
        written = None
        if not options.dry_run:
            written = store.merge(kept.serial, other.serial, revisions=(kept.revision, other.revision))
        lines = piece_lines(pieces, store.schema, {})
    merged = written.cards[0] if written else kept
    if output.json:
        data = {"number": merged.number, "revision": merged.revision, "merged": other.number}
        changeset = {"changeset": written.changeset} if written else {}
        output.value({**data, **changeset, "pieces": [as_data(piece) for piece in pieces]})
        return Exit.DONE
    output.line(f"{merged.number}  {merged.name}")
    for line in lines:
        output.talk(f"  {line}")
    if written:
        output.talk(_("{other} was merged into it and finds it from now on.").format(other=other.number))
        output.talk(_("To take it back: kartoteka undo {changeset}").format(changeset=written.changeset))
    return Exit.DONE


def as_data(piece: "Piece") -> dict[str, Any]:
    """What became of one value, for `--json`."""
    return {"how": piece.how, "field": piece.path, "kept": piece.kept, "other": piece.other}
