"""`kartoteka import`: bring clients in from a file."""

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import Invalid, NotFound, Problem
from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser
from tui.i18n import _, ngettext
from tui.i18n.formats import count
from tui.i18n.problems import problem_data, say

if TYPE_CHECKING:
    from store.door import Store
    from store.exchange import ImportReport

_PROBLEMS_SHOWN = 20


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", metavar="FILE", help=_("a CSV file in any usual encoding and with any delimiter"))
    parser.add_argument(
        "--map",
        metavar="FILE",
        help=_("which column goes to which field, as JSON"),
    )
    parser.add_argument("--update-by", metavar="FIELD", help=_("update the clients whose FIELD holds the same value"))
    parser.add_argument("--dry-run", action="store_true", help=_("only tell what would be done"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Import, tell of each row that could not be taken as it stands."""
    from store.exchange import import_csv

    mapping = _mapping(Path(options.map)) if options.map else None
    with _target(options, output) as store:
        report = import_csv(
            store,
            Path(options.file),
            mapping=mapping,
            update_by=options.update_by,
            dry_run=options.dry_run,
            progress=output.progress(_("Importing")),
        )
    if output.json:
        output.value(_as_data(report))
    else:
        _print(report, output, dry_run=options.dry_run)
    return Exit.USAGE if report.rows and report.failed == report.rows else Exit.DONE


@contextlib.contextmanager
def _target(options: argparse.Namespace, output: Output) -> Iterator["Store"]:
    """The store to import into; to try an import of a first file, an empty store that is thrown away."""
    try:
        store = opened(options, output, create=not options.dry_run)
    except NotFound as error:
        if error.code != "store-missing":
            raise
        with tempfile.TemporaryDirectory(prefix="kartoteka-") as folder:
            trial = argparse.Namespace(store=f"{folder}/store")
            with opened(trial, Output(json=True, quiet=True), create=True) as store:
                yield store
        return
    with store:
        yield store


def _mapping(path: Path) -> dict[str, str]:
    """Read a file that names the field of each column. Raises Invalid where it is no such file."""
    import json

    try:
        mapping = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise Invalid([_no_map(path)]) from error
    if not isinstance(mapping, dict) or not all(isinstance(field, str) for field in mapping.values()):
        raise Invalid([_no_map(path)])
    return mapping


def _no_map(path: Path) -> Problem:
    return Problem("", "map-unreadable", str(path), details={"example": '{"Тел.": "contacts[+].value"}'})


def _as_data(report: "ImportReport") -> dict[str, object]:
    return {
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": report.skipped,
        "failed": report.failed,
        "changeset": report.changeset,
        "problems": [{"row": problem.row, **problem_data(problem)} for problem in report.problems],
    }


def _print(report: "ImportReport", output: Output, *, dry_run: bool) -> None:
    for problem in report.problems[:_PROBLEMS_SHOWN]:
        output.talk(say(problem))
    if len(report.problems) > _PROBLEMS_SHOWN:
        more = len(report.problems) - _PROBLEMS_SHOWN
        output.talk(
            ngettext("… and {number} more; --json lists all.", "… and {number} more; --json lists all.", more).format(
                number=count(more)
            )
        )
    if dry_run:
        output.talk(_("Only tried: nothing was written."))
    rows = ngettext("{number} row", "{number} rows", report.rows).format(number=count(report.rows))
    output.line(
        _(
            "{rows}: {created} created, {updated} updated, {unchanged} unchanged, {skipped} skipped, {failed} failed"
        ).format(
            rows=rows,
            created=count(report.created),
            updated=count(report.updated),
            unchanged=count(report.unchanged),
            skipped=count(report.skipped),
            failed=count(report.failed),
        )
    )
    if report.changeset:
        output.talk(_("To take it all back: kartoteka undo {changeset}").format(changeset=report.changeset))
