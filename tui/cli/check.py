"""`kartoteka check`: read every file of the store and verify it."""

import argparse
from typing import TYPE_CHECKING

from tui.cli.exits import Exit
from tui.cli.opening import opened
from tui.cli.output import Output
from tui.cli.parser import Parser
from tui.i18n import _, ngettext
from tui.i18n.formats import count

if TYPE_CHECKING:
    from store.checkup import Finding


def arguments(parser: Parser) -> None:
    """Say what the command takes."""
    parser.add_argument("--repair", action="store_true", help=_("put right what can be put right"))


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Check, or check and repair."""
    with opened(options, output) as store:
        progress = output.progress(_("Checking"))
        report = store.repair(progress) if options.repair else store.check(progress)
    if output.json:
        findings = [
            {**finding.details, "code": finding.code, "file": finding.file, "message": _sentence(finding)}
            for finding in report.findings
        ]
        output.value(
            {
                "clients": report.clients,
                "segments": report.segments,
                "findings": findings,
                "repaired": report.repaired,
            }
        )
    else:
        for finding in report.findings:
            output.line(f"{finding.file}: {_sentence(finding)}")
        clients = ngettext("{number} client", "{number} clients", report.clients).format(number=count(report.clients))
        files = ngettext("{number} file", "{number} files", report.segments).format(number=count(report.segments))
        output.line(_("{clients} in {files} read.").format(clients=clients, files=files))
        output.line(_("All is in order.") if not report.findings else _verdict(len(report.findings), report.repaired))
    return Exit.STORE if len(report.findings) > report.repaired else Exit.DONE


def _sentence(finding: "Finding") -> str:
    from tui.i18n.problems import say_code

    return say_code(finding.code, {**finding.details, "file": finding.file})


def _verdict(findings: int, repaired: int) -> str:
    found = ngettext("{number} fault was found", "{number} faults were found", findings).format(number=count(findings))
    if repaired:
        return _("{faults}, {repaired} put right.").format(faults=found, repaired=count(repaired))
    return _("{faults}; kartoteka check --repair puts right what can be.").format(faults=found)
