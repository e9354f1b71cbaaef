"""`kartoteka import`: bring clients in from a file."""

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.progress import Progress
from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser, UsageError
from tui.i18n import _, ngettext
from tui.i18n.formats import count
from tui.i18n.problems import problem_data, say

if TYPE_CHECKING:
    from store.door import Store
    from store.exchange.importing import ImportReport

_PROBLEMS_SHOWN = 20


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", metavar="FILE", help=_("a CSV file of any usual encoding and delimiter, or JSON lines"))
    parser.add_argument(
        "--map",
        metavar="FILE",
        help=_("which column goes to which field: a JSON object or a CSV of two columns"),
    )
    parser.add_argument("--update-by", metavar="FIELD", help=_("update the clients whose FIELD holds the same value"))
    parser.add_argument("--dry-run", action="store_true", help=_("only tell what would be done"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Import, tell of each row that could not be taken as it stands."""
    if not Path(options.file).exists():
        raise NotFound("file-missing", path=options.file)  # before a store is made for it
    with _target(options, output) as store:
        report = _import(store, options, output.progress(_("Importing")))
    if output.json:
        output.value(_as_data(report))
    else:
        _print(report, output, dry_run=options.dry_run)
    return Exit.USAGE if report.failed and report.failed == report.rows - report.skipped else Exit.DONE


def _import(store: "Store", options: argparse.Namespace, progress: Progress | None) -> "ImportReport":
    from store.exchange import import_csv, import_jsonl, load_mapping

    given = {"update_by": options.update_by, "dry_run": options.dry_run, "progress": progress}
    if Path(options.file).suffix.lower() in (".jsonl", ".ndjson"):
        if options.map:
            raise UsageError(_("--map is for CSV: JSON lines name their fields themselves."))
        return import_jsonl(store, options.file, **given)
    mapping = load_mapping(options.map) if options.map else None
    return import_csv(store, options.file, mapping=mapping, **given)


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


def _as_data(report: "ImportReport") -> dict[str, object]:
    return {
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": report.skipped,
        "failed": report.failed,
        "changeset": report.changeset,
        "columns": [{"header": header, "field": path} for header, path in report.columns],
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
    if report.kept:
        output.talk(_("What could not be read is kept: a phone or e-mail as it stands, anything else in the notes."))
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
