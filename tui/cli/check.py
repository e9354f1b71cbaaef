"""`kartoteka check`: read every file of the store and verify it."""

import argparse
from typing import TYPE_CHECKING, Any

from tui.cli.exits import Exit
from tui.cli.opening import opened, store_path
from tui.cli.output import Output
from tui.cli.parser import Parser
from tui.i18n import _, ngettext
from tui.i18n.formats import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.findings import Finding


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument("--repair", action="store_true", help=_("put right what can be put right"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Check, or check and repair."""
    if options.repair:
        _mend_settings(options, output)
    with opened(options, output) as store:
        progress = output.progress(_("Checking"))
        report = store.repair(progress) if options.repair else store.check(progress)
    if output.json:
        output.value(
            {
                "clients": report.clients,
                "segments": report.segments,
                "findings": [_data(finding) for finding in report.findings],
                "repaired": [_data(finding) for finding in report.repaired],
            }
        )
    else:
        for finding in (*report.repaired, *report.findings) if options.repair else report.findings:
            output.line(f"{finding.file}: {_sentence(finding)}")
        clients = ngettext("{number} client", "{number} clients", report.clients).format(number=count(report.clients))
        files = ngettext("{number} file", "{number} files", report.segments).format(number=count(report.segments))
        output.line(_("{clients} in {files} read.").format(clients=clients, files=files))
        output.line(_verdict(len(report.findings), len(report.repaired)))
    return Exit.STORE if report.findings else Exit.DONE


def _mend_settings(options: argparse.Namespace, output: Output) -> None:
    """Bring a damaged `store.json` back first: without it the store cannot be opened."""
    from store.errors import Damaged
    from store.settings import read_schema
    from store.snapshots.mending import mend_settings

    path = store_path(options.store)
    try:
        read_schema(path)
    except Damaged as error:
        if error.code != "segment-damaged":
            raise
        mended = mend_settings(path, "kartoteka")
        if mended is None:
            raise
        details = {"at": mended.at, "snapshot": mended.snapshot, "quarantine": mended.quarantine}
        output.talk(f"{mended.file}: {_of('segment-brought-back', details)}")


def _of(code: str, details: "Mapping[str, Any]") -> str:
    from tui.i18n.formats import moment
    from tui.i18n.problems import say_code

    return say_code(code, {**details, "at": moment(str(details["at"]))} if "at" in details else details)


def _sentence(finding: "Finding") -> str:
    return _of(finding.code, {**finding.details, "file": finding.file})


def _data(finding: "Finding") -> dict[str, Any]:
    return {**finding.details, "code": finding.code, "file": finding.file, "message": _sentence(finding)}


def _verdict(left: int, repaired: int) -> str:
    put_right = ngettext("{number} fault was put right.", "{number} faults were put right.", repaired)
    found = ngettext(
        "{number} fault was found; kartoteka check --repair puts right what can be.",
        "{number} faults were found; kartoteka check --repair puts right what can be.",
        left,
    )
    remain = ngettext("{number} fault remains.", "{number} faults remain.", left)
    match left, repaired:
        case 0, 0:
            return _("All is in order.")
        case _, 0:
            return found.format(number=count(left))
        case 0, _:
            return put_right.format(number=count(repaired))
    return f"{put_right.format(number=count(repaired))} {remain.format(number=count(left))}"
